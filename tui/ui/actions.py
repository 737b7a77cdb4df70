"""The one table of what a person can do: bindings, key bar, help, palette and own keys are all read from it."""

from dataclasses import dataclass

from textual.binding import Binding, BindingType

MONITOR, COUNTRY, INCIDENT, STORY = "monitor", "country", "incident", "story"
HEALTH, SEARCH = "health", "search"
STATS, NUMBERS = "statistics", "numbers"
REPLAY = "replay"
WORLD = "world"
"""The map on the full screen."""
MAP = "map"
"""The keys of a map itself, wherever one has the focus."""
_LINES = (MONITOR, COUNTRY, INCIDENT, STORY, HEALTH, SEARCH, NUMBERS, STATS, REPLAY)
"""Screens with something to move through line by line."""
EVERYWHERE = (*_LINES, WORLD)
_LISTS = (MONITOR, COUNTRY)
_ROWS = (*_LISTS, NUMBERS)
"""Screens with rows of incidents."""
_ONE_INCIDENT = (*_ROWS, INCIDENT)
_ONE_STORY = (*_ONE_INCIDENT, STORY)
_LINED = (*_ONE_STORY, HEALTH, SEARCH, REPLAY)
"""Screens on which left goes back."""


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the table; `name` is the method `action_<name>` of the screen, or of the app after a dot."""

    id: str
    keys: str
    """Key names of Textual, comma between them."""
    name: str
    help: str
    """Sentence of the help and the palette."""
    group: str
    """Heading it stands under in the help."""
    contexts: tuple[str, ...] = EVERYWHERE
    word: str = ""
    """Word of the key bar; empty: not on it."""
    shown: str = ""
    """Keys as a person reads them; empty: told on another line."""
    order: int = 50
    """Place on the key bar; the last ones go first when there is no room."""
    palette: bool = True
    priority: bool = False


ACTIONS = (
    # Moving about.
    Action("down", "j,down", "move(1)", "down", "move", _LINES, shown="j ↓", palette=False),
    Action("up", "k,up", "move(-1)", "up", "move", _LINES, shown="k ↑", palette=False),
    Action("top", "g,home", "to_top", "to the top", "move", _LINES, shown="g", palette=False),
    Action("bottom", "G,end", "to_bottom", "to the bottom", "move", _LINES, shown="G", palette=False),
    Action("half_down", "ctrl+d", "page(0.5)", "half a page down", "move", _LINES, shown="^d", palette=False),
    Action("half_up", "ctrl+u", "page(-0.5)", "half a page up", "move", _LINES, shown="^u", palette=False),
    Action("page_down", "pagedown", "page(1)", "a page down", "move", _LINES, shown="PgDn", palette=False),
    Action("page_up", "pageup", "page(-1)", "a page up", "move", _LINES, shown="PgUp", palette=False),
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
        (*_ONE_INCIDENT, SEARCH, HEALTH, REPLAY),
        "open",
        "⏎",
        order=10,
        palette=False,
    ),
    Action("back", "h,left,backspace", "back", "back", "move", _LINED, shown="h ← ⌫", palette=False),
    Action("stats_back", "backspace", "back", "back", "move", (STATS,), shown="⌫", palette=False),
    Action("number_left", "h,left", "step(-1)", "left", "move", (STATS,), shown="h ←", palette=False),
    Action("number_right", "l,right", "step(1)", "right", "move", (STATS,), shown="l →", palette=False),
    Action("number_open", "enter", "open", "list what it counts", "move", (STATS,), "list", "⏎", 10),
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
        "[ ]",
        14,
    ),
    Action("range", "t", "range", "more weeks, or fewer", "narrow down", (STATS,), "range", "t", 22),
    Action(
        "share",
        "c",
        "share",
        "counts, or shares of the line",
        "narrow down",
        (STATS,),
        "count/share",
        "c",
        24,
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
        order=18,
    ),
    Action(
        "prev_item", "K", "next_item(-1)", "the one before", "move", (COUNTRY, INCIDENT, STORY), shown="K"
    ),
    Action("pane_next", "tab", "focus_pane(1)", "next pane", "move", _LINES, shown="tab", palette=False),
    Action(
        "pane_prev", "shift+tab", "focus_pane(-1)", "pane before", "move", _LINES, shown="⇧tab", palette=False
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
        "pane4", "4", "pane(4)", "stories; again: alone", "move", (MONITOR, REPLAY), shown="4", palette=False
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
    Action("zoom", "z", "zoom", "this pane alone", "move", (*_ONE_STORY, STATS, REPLAY), shown="z"),
    # What is new.
    Action("next_new", "n", "next_new(1)", "next new", "new things", _ROWS, "next new", "n", order=12),
    Action("prev_new", "p", "next_new(-1)", "new before", "new things", _ROWS, shown="p"),
    Action(
        "seen_next", "a", "seen_next", "seen, on to the next new", "new things", _ROWS, "seen", "a", order=14
    ),
    Action("toggle_seen", "N", "toggle_seen", "seen or new", "new things", _ONE_INCIDENT, shown="N"),
    Action("all_seen", "A", "all_seen", "all in view seen", "new things", _ROWS, shown="A"),
    Action("undo", "u", "undo", "undo the last mark", "new things", _ONE_STORY, shown="u"),
    Action("redo", "U", "redo", "do it again", "new things", _ONE_STORY, shown="U"),
    Action("watch", "w", "watch", "watch ★", "new things", _ONE_INCIDENT, "watch", "w", order=40),
    Action("next_fact", "n", "next_fact(1)", "next fact", "move", (STORY,), "next fact", "n", order=30),
    Action("prev_fact", "p", "next_fact(-1)", "fact before", "move", (STORY,), shown="p"),
    # Narrowing down.
    Action(
        "search",
        "slash",
        "search",
        "search everything stored",
        "narrow down",
        word="search",
        shown="/",
        order=20,
    ),
    Action("filter", "f", "filter", "filter the lists", "narrow down", _LISTS, "filter", "f", order=21),
    Action("clear_filter", "F", "clear_filter", "no filter", "narrow down", (*_LISTS, HEALTH), shown="F"),
    Action(
        "only", "f", "only", "only those of the next state", "narrow down", (HEALTH,), "only", "f", order=23
    ),
    Action(
        "facets",
        "i",
        "facets",
        "what the results have in common",
        "narrow down",
        (SEARCH,),
        "in common",
        "i",
        order=21,
    ),
    Action(
        "filter_by",
        "f",
        "filter_by",
        "filter the lists by this query",
        "narrow down",
        (SEARCH, NUMBERS),
        "filter lists",
        "f",
        order=22,
    ),
    Action(
        "window",
        "t",
        "window",
        "time window",
        "narrow down",
        (*_LISTS, WORLD, REPLAY),
        "window",
        "t",
        order=22,
    ),
    Action(
        "sort",
        "s",
        "sort",
        "sort by the next column",
        "narrow down",
        (*_ROWS, HEALTH),
        "sort",
        "s",
        order=24,
    ),
    Action("density", "d", "density", "separators on or off", "narrow down", _ROWS, shown="d"),
    # Acting on it.
    Action(
        "browser",
        "o",
        "browser",
        "open in the browser",
        "act",
        (*_ONE_STORY, SEARCH),
        "browser",
        "o",
        order=26,
    ),
    Action("browser_seen", "O", "browser_seen", "browser, and seen", "act", _ONE_INCIDENT, shown="O"),
    Action("cite", "y", "cite", "copy citation", "act", (*_ONE_STORY, SEARCH), "cite", "y", order=34),
    Action("link", "Y", "link", "copy link", "act", (*_ONE_STORY, SEARCH), shown="Y"),
    Action(
        "wrong",
        "exclamation_mark",
        "wrong",
        "say what is wrong with it",
        "act",
        _ONE_STORY,
        "wrong",
        "!",
        order=38,
    ),
    Action("why", "x", "why", "why it was matched", "act", (INCIDENT, STORY), "why", "x", order=16),
    Action("rule", "x", "why", "the rule behind the numbers", "act", (STATS,), "rule", "x", order=16),
    # Live.
    Action(
        "pause", "space", "pause", "pause, go on", "live", (*_ONE_INCIDENT, WORLD), "pause", "␣", order=44
    ),
    Action("preview", "i", "preview", "preview on or off", "live", _ROWS, shown="i"),
    Action(
        "poll_due", "r", "poll('due')", "poll what is due", "live", (*_LISTS, WORLD), "poll", "r", order=46
    ),
    Action("poll_feed", "r", "poll_feed", "poll this feed", "live", (HEALTH,), "poll this", "r", order=16),
    Action(
        "switch_feed",
        "D",
        "switch_feed",
        "switch this feed off, or on",
        "act",
        (HEALTH,),
        "off/on",
        "D",
        order=30,
    ),
    Action(
        "poll_all",
        "ctrl+r",
        "poll('all')",
        "poll every feed",
        "live",
        (*_LISTS, HEALTH, WORLD),
        "poll all",
        "^r",
        order=47,
    ),
    Action("map", "m", "map", "map on or off", "live", (MONITOR, REPLAY), shown="m"),
    # The map.
    Action("world_back", "backspace", "back", "back", "move", (WORLD,), shown="⌫", palette=False),
    Action("map_right", "l,right", "pan(1,0)", "east", "map", (MAP,), palette=False),
    Action("map_left", "h,left", "pan(-1,0)", "pan", "map", (MAP,), shown="h j k l", palette=False),
    Action("map_down", "j,down", "pan(0,-1)", "south", "map", (MAP,), palette=False),
    Action("map_up", "k,up", "pan(0,1)", "north", "map", (MAP,), palette=False),
    Action("map_in", "plus,equals_sign", "zoom(0.7)", "nearer", "map", (MAP,), "zoom", "+ -", order=14),
    Action("map_out", "minus", "zoom(1.43)", "farther", "map", (MAP,), shown="-"),
    Action("map_next", "J", "pick(1)", "next country", "map", (MAP,), "country", "J K", order=11),
    Action("map_prev", "K", "pick(-1)", "country before", "map", (MAP,), shown="K"),
    Action("map_new", "n", "pick_new(1)", "next country with news", "map", (MAP,), "next new", "n", order=12),
    Action("map_new_prev", "p", "pick_new(-1)", "the one with news before", "map", (MAP,), shown="p"),
    Action("map_open", "enter", "open", "open the country", "map", (MAP,), "open", "⏎", order=10),
    Action("map_centre", "c", "centre", "to the country chosen", "map", (MAP,), "centre", "c", order=15),
    Action("map_region", "full_stop", "region(1)", "next region", "map", (MAP,), "region", ", .", order=13),
    Action("map_region_prev", "comma", "region(-1)", "region before", "map", (MAP,), shown=","),
    Action("map_layer", "L", "layer", "what the colours say", "map", (MAP,), "colours", "L", order=16),
    # The past.
    Action("play", "space", "play", "play, or hold", "replay", (REPLAY,), "play", "␣", order=11),
    Action("slower", "less_than_sign", "speed(-1)", "slower", "replay", (REPLAY,), shown="<"),
    Action("faster", "greater_than_sign", "speed(1)", "faster", "replay", (REPLAY,), "faster", ">", order=12),
    Action(
        "hour_back",
        "left_square_bracket",
        "jump(-1)",
        "an hour back",
        "replay",
        (REPLAY,),
        "hour",
        "[",
        order=14,
    ),
    Action(
        "hour_on", "right_square_bracket", "jump(1)", "an hour on", "replay", (REPLAY,), "hour", "]", order=15
    ),
    Action(
        "day_back", "left_curly_bracket", "jump(-24)", "a day back", "replay", (REPLAY,), "day", "{", order=16
    ),
    Action(
        "day_on", "right_curly_bracket", "jump(24)", "a day on", "replay", (REPLAY,), "day", "}", order=17
    ),
    Action(
        "incident_on",
        "n",
        "next_incident(1)",
        "to the next incident",
        "replay",
        (REPLAY,),
        "next",
        "n",
        order=13,
    ),
    Action(
        "incident_back", "p", "next_incident(-1)", "to the incident before", "replay", (REPLAY,), shown="p"
    ),
    Action("live", "0", "live", "back to now", "replay", (REPLAY,), "now", "0", order=18),
    # Going places.
    Action("replay", "R", "replay", "replay what is stored", "go to", (MONITOR,), "replay", "R", order=49),
    Action(
        "statistics", "S", "statistics", "statistics", "go to", (*_ONE_STORY, WORLD), "stats", "S", order=47
    ),
    Action("world", "M", "world", "map on the full screen", "go to", _ONE_STORY, "map", "M", order=47),
    Action("health", "H", "health", "feed health", "go to", (*_ONE_STORY, WORLD), "health", "H", order=48),
    Action("help", "question_mark,f1", "help", "this help", "go to", shown="?", palette=False),
    Action(
        "palette",
        "ctrl+p",
        "app.command_palette",
        "every command",
        "go to",
        shown="^p :",
        palette=False,
        priority=True,
    ),
    Action("palette2", "colon", "app.command_palette", "every command", "go to", palette=False),
    Action("redraw", "ctrl+l", "redraw", "draw the screen anew", "go to", shown="^l"),
    Action("back_or_quit", "q", "back_or_quit", "back; twice quits", "go to", shown="q", palette=False),
    Action("quit", "ctrl+q", "app.quit", "quit now", "go to", shown="^q", priority=True),
)


def actions_in(context: str, table: tuple[Action, ...] = ACTIONS) -> tuple[Action, ...]:
    """What can be done on a screen."""
    return tuple(action for action in table if context in action.contexts)


def bindings(context: str) -> list[BindingType]:
    """Bindings of a screen, each with an id, so that users can give it another key."""
    return [_binding(action) for action in actions_in(context) if not action.name.startswith("app.")]


def app_bindings() -> list[BindingType]:
    """Bindings that hold whatever screen is up.

    Textual drops its own ctrl+p as soon as an app binds its palette to any key, so both keys are ours.
    """
    return [_binding(action) for action in ACTIONS if action.name.startswith("app.")]


def _binding(action: Action) -> Binding:
    name = action.name.removeprefix("app.")
    return Binding(action.keys, name, action.help, show=False, id=action.id, priority=action.priority)
