"""The keys of what is live, of the map and of the past, and those that lead to another screen."""

from tui.ui.actions.action import (
    HEALTH,
    LISTS,
    MAP,
    MONITOR,
    ONE_INCIDENT,
    ONE_STORY,
    REPLAY,
    ROWS,
    WORLD,
    Action,
)

GOING = (
    # Live.
    Action("pause", "space", "pause", "pause, go on", "live", (*ONE_INCIDENT, WORLD), "pause", "␣", order=44),
    Action("preview", "i", "preview", "preview on or off", "live", ROWS, shown="i"),
    Action(
        "poll_due", "r", "poll('due')", "poll what is due", "live", (*LISTS, WORLD), "poll", "r", order=46
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
        (*LISTS, HEALTH, WORLD),
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
    Action(
        "replay", "R", "go('replay')", "replay what is stored", "go to", (MONITOR,), "replay", "R", order=49
    ),
    Action(
        "statistics",
        "S",
        "go('statistics')",
        "statistics",
        "go to",
        (*ONE_STORY, WORLD),
        "stats",
        "S",
        order=47,
    ),
    Action("world", "M", "go('world')", "map on the full screen", "go to", ONE_STORY, "map", "M", order=47),
    Action(
        "health", "H", "go('health')", "feed health", "go to", (*ONE_STORY, WORLD), "health", "H", order=48
    ),
    Action("handover", "B", "go('handover')", "hand over the shift", "go to", (*ONE_STORY, WORLD), shown="B"),
    Action("help", "question_mark,f1", "go('help')", "this help", "go to", shown="?", palette=False),
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
