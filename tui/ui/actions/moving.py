"""The keys that move about."""

from tui.ui.actions.action import (
    COUNTRY,
    HANDOVER,
    HEALTH,
    INCIDENT,
    LINED,
    LINES,
    MONITOR,
    NUMBERS,
    ONE_INCIDENT,
    REPLAY,
    SEARCH,
    STATS,
    STORY,
    WATCH,
    Action,
)

PLACED = (COUNTRY, INCIDENT, NUMBERS)
"""Screens whose panes are counted from the left."""

MOVING = (
    # Moving about.
    Action("down", "j,down", "move(1)", "down", "move", LINES, shown="j ↓", palette=False),
    Action("up", "k,up", "move(-1)", "up", "move", LINES, shown="k ↑", palette=False),
    Action("top", "g,home", "to_top", "to the top", "move", LINES, shown="g", palette=False),
    Action("bottom", "G,end", "to_bottom", "to the bottom", "move", LINES, shown="G", palette=False),
    Action("half_down", "ctrl+d", "page(0.5)", "half a page down", "move", LINES, shown="^d", palette=False),
    Action("half_up", "ctrl+u", "page(-0.5)", "half a page up", "move", LINES, shown="^u", palette=False),
    Action("page_down", "pagedown", "page(1)", "a page down", "move", LINES, shown="PgDn", palette=False),
    Action("page_up", "pageup", "page(-1)", "a page up", "move", LINES, shown="PgUp", palette=False),
    Action(
        "read_on", "space", "page(1)", "a page down", "move", (STORY,), "page", "␣", order=20, palette=False
    ),
    Action("read_back", "b", "page(-1)", "a page up", "move", (STORY,), shown="b", palette=False),
    Action(
        "open",
        "enter,l,right",
        "open",
        "open",
        "move",
        (*ONE_INCIDENT, SEARCH, HEALTH, REPLAY, HANDOVER, WATCH),
        "open",
        "⏎",
        order=10,
        palette=False,
    ),
    Action("back", "h,left,backspace", "back", "back", "move", LINED, shown="h ← ⌫", palette=False),
    Action("stats_back", "backspace", "back", "back", "move", (STATS,), shown="⌫", palette=False),
    Action("number_left", "h,left", "step(-1)", "left", "move", (STATS,), shown="h ←", palette=False),
    Action("number_right", "l,right", "step(1)", "right", "move", (STATS,), shown="l →", palette=False),
    Action("number_open", "enter", "open", "list what it counts", "move", (STATS,), "list", "⏎", order=10),
    Action(
        "weeks_back", "left_square_bracket", "weeks(4)", "earlier weeks", "narrow down", (STATS,), shown="["
    ),
    Action(
        "weeks_on",
        "right_square_bracket",
        "weeks(-4)",
        "later weeks",
        "narrow down",
        (STATS,),
        "weeks",
        "]",
        "[ ]",
        14,
    ),
    Action("range", "t", "range", "more weeks, or fewer", "narrow down", (STATS,), "range", "t", order=22),
    Action(
        "share",
        "c",
        "share",
        "counts, or shares of the line",
        "narrow down",
        (STATS,),
        "count/share",
        "c",
        order=24,
    ),
    Action("copy_query", "y", "copy_query", "copy the query behind the number", "act", (STATS,), shown="y"),
    Action("escape", "escape", "escape", "close, or back", "move", shown="esc", palette=False),
    Action(
        "next_item",
        "J",
        "next_item(1)",
        "the next one",
        "move",
        (COUNTRY, INCIDENT, STORY),
        "next",
        "J",
        "J K",
        18,
    ),
    Action(
        "prev_item", "K", "next_item(-1)", "the one before", "move", (COUNTRY, INCIDENT, STORY), shown="K"
    ),
    Action("pane_next", "tab", "focus_pane(1)", "next pane", "move", LINES, shown="tab", palette=False),
    Action(
        "pane_prev", "shift+tab", "focus_pane(-1)", "pane before", "move", LINES, shown="⇧tab", palette=False
    ),
    Action(
        "pane1",
        "1",
        "pane(1)",
        "countries; again: alone",
        "move",
        (MONITOR, REPLAY),
        shown="1",
        palette=False,
    ),
    Action(
        "pane2",
        "2",
        "pane(2)",
        "incidents; again: alone",
        "move",
        (MONITOR, REPLAY),
        shown="2",
        palette=False,
    ),
    Action("pane3", "3", "pane(3)", "map; again: alone", "move", (MONITOR, REPLAY), shown="3", palette=False),
    Action(
        "pane4", "4", "pane(4)", "stories; again: alone", "move", (MONITOR, REPLAY), shown="4", palette=False
    ),
    *(
        Action(
            f"place{n}",
            str(n),
            f"pane({n})",
            f"pane {n}; again: alone",
            "move",
            PLACED,
            shown=str(n),
            palette=False,
        )
        for n in range(1, 5)
    ),
    *(
        Action(f"link{n}", str(n), f"link_number({n})", "open link", "act", (STORY,), shown="", palette=False)
        for n in range(2, 9)
    ),
    Action(
        "link1",
        "1",
        "link_number(1)",
        "open a link by its number",
        "act",
        (STORY,),
        shown="1–9",
        palette=False,
    ),
    Action("link9", "9", "link_number(9)", "open link", "act", (STORY,), palette=False),
    Action("raw", "backslash", "raw", "the text as it is stored", "act", (STORY,), shown="\\"),
    Action("zoom", "z", "zoom", "this pane alone", "move", LINES, shown="z"),
)
