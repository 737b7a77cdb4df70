"""The keys of saved views, of notes and tags, and of the screen on which everything watched stands."""

from tui.ui.actions.action import (
    EVERYWHERE,
    LISTS,
    NUMBERS,
    ONE_INCIDENT,
    REPLAY,
    SEARCH,
    WATCH,
    Action,
)

_LIVE = tuple(context for context in EVERYWHERE if context != REPLAY)
"""A look at the past has no views: they are of now."""

DIGITS = tuple(map(str, range(1, 10)))

WATCHING = (
    Action(
        "watch_screen",
        "W",
        "go('watch')",
        "watch & alerts",
        "go to",
        tuple(context for context in _LIVE if context != WATCH),
        "watched",
        "W",
        order=48,
    ),
    Action(
        "views", "v", "go('views')", "saved views; then a digit", "narrow down", _LIVE, "views", "v", order=43
    ),
    Action(
        "save_view",
        "V",
        "save_view",
        "save this as a view",
        "narrow down",
        (*LISTS, NUMBERS, SEARCH),
        shown="V",
    ),
    Action("note", "c", "note", "a note of yours ¶", "act", (*ONE_INCIDENT, WATCH), shown="c"),
    Action("tags", "number_sign", "tags", "tags of yours", "act", (*ONE_INCIDENT, WATCH), shown="#"),
    # The watch screen.
    Action("new_view", "V", "new_view", "a new view", "views", (WATCH,), "new view", "V", order=11),
    Action(
        "edit_view", "E", "edit_view", "name and query of the view", "views", (WATCH,), "edit", "E", order=12
    ),
    Action(
        "alert_of",
        "space",
        "alert_rule",
        "alert rule of it, to paste",
        "views",
        (WATCH,),
        "alert rule",
        "␣",
        order=13,
    ),
    Action("drop_view", "D", "drop_view", "delete the view", "views", (WATCH,), "delete", "D", order=14),
    Action(
        "view_down", "J", "shift_view(1)", "view further down", "views", (WATCH,), "reorder", "J K", order=16
    ),
    Action("view_up", "K", "shift_view(-1)", "view further up", "views", (WATCH,), shown="K"),
    Action("unwatch", "w", "watch", "no longer watch ★", "views", (WATCH,), "unwatch", "w", order=15),
    *(
        Action(
            f"view{digit}",
            digit,
            f"open_view({digit})",
            "show that view",
            "views",
            (WATCH,),
            shown="1-9" if digit == "1" else "",
            palette=False,
        )
        for digit in DIGITS
    ),
)
