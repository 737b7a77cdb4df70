"""One line of the action table, and the screens on which it can hold."""

from tui.domain.value import dataclass

MONITOR, COUNTRY, INCIDENT, STORY = "monitor", "country", "incident", "story"
HEALTH, SEARCH = "health", "search"
STATS, NUMBERS = "statistics", "numbers"
REPLAY = "replay"
HANDOVER = "handover"
WORLD = "world"
"""The map on the full screen."""
WATCH = "watch"
MAP = "map"
"""The keys of a map itself, wherever one has the focus."""
LINES = (MONITOR, COUNTRY, INCIDENT, STORY, HEALTH, SEARCH, NUMBERS, STATS, REPLAY, HANDOVER, WATCH)
"""Screens with something to move through line by line."""
EVERYWHERE = (*LINES, WORLD)
LISTS = (MONITOR, COUNTRY)
ROWS = (*LISTS, NUMBERS)
"""Screens with rows of incidents."""
ONE_INCIDENT = (*ROWS, INCIDENT)
ONE_STORY = (*ONE_INCIDENT, STORY)
ELSEWHERE = (COUNTRY, INCIDENT, STORY, HEALTH, SEARCH, NUMBERS, STATS, WORLD, HANDOVER, WATCH)
"""Every screen of the present but the monitor."""
LINED = (*ONE_STORY, HEALTH, SEARCH, REPLAY, HANDOVER, WATCH)
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
    pair: str = ""
    """Keys on the key bar, where one word stands for two actions."""
    order: int = 50
    """Place on the key bar; the last ones go first when there is no room."""
    palette: bool = True
    priority: bool = False
