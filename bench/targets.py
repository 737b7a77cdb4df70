"""What must hold, measure by measure: the figure asked for, and the program that measures it."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """One line of a table of what must hold."""

    group: str
    what: str
    key: str
    """Under which it is recorded."""
    sign: str
    """`>=` or `<=`."""
    wanted: float
    unit: str
    bench: str
    """A name of `PROGRAMS`."""

    def held(self, value: float) -> bool:
        """Whether the figure is as it must be."""
        return value >= self.wanted if self.sign == ">=" else value <= self.wanted


@dataclass(frozen=True, slots=True)
class Program:
    """How to run what measures."""

    arguments: tuple[str, ...]
    times: int
    """Runs whose median counts; 1 where a run takes medians itself."""
    minutes: float
    """About how long one run takes on two cores."""


PROGRAMS = {
    "evaluate": Program(("bench.evaluate", "--json"), 1, 0.3),
    "reading_speed": Program(("bench.reading_speed",), 1, 1.5),
    "reading_start": Program(("bench.reading_start",), 1, 0.2),
    "start_and_idle": Program(("bench.start_and_idle",), 3, 0.7),
    "ui_in_a_terminal": Program(("bench.ui_in_a_terminal",), 1, 35),
    "round_1000": Program(("bench.round_1000",), 1, 1),
    "board_50k": Program(("bench.board_50k",), 1, 3),
    "group_load": Program(("bench.group_load", "100000"), 1, 3),
    "fetch": Program(("bench.fetch",), 1, 15),
    "politeness": Program(("bench.politeness",), 1, 3),
    "requests_a_day": Program(("bench.requests_a_day",), 1, 2),
    "five_thousand": Program(("bench.five_thousand",), 1, 5),
}


def _table(group: str, bench: str, *rows: tuple[str, str, str, float, str]) -> Iterator[Target]:
    for what, key, sign, wanted, unit in rows:
        yield Target(group, what, key, sign, wanted, unit, bench)


TARGETS = (
    *_table(
        "Reading",
        "evaluate",
        ("precision, real headlines", "relevance real P", ">=", 0.95, ""),
        ("recall, real headlines", "relevance real R", ">=", 0.93, ""),
        ("precision, gold", "relevance gold P", ">=", 0.97, ""),
        ("recall, gold", "relevance gold R", ">=", 0.96, ""),
        ("recall, real, Polish", "relevance pl R", ">=", 0.90, ""),
        ("recall, real, Swedish", "relevance sv R", ">=", 0.90, ""),
        ("recall, real, Chinese", "relevance zh R", ">=", 0.90, ""),
        ("recall, gold, not English", "relevance gold not English R", ">=", 0.90, ""),
        ("kept of 10,000 random headlines", "false alarms", "<=", 2, ""),
        ("affected states, exact, gold", "affected exact", ">=", 0.92, ""),
        ("affected states, micro-F1, real", "affected real F1", ">=", 0.92, ""),
        ("actor, micro-F1, gold", "actor gold F1", ">=", 0.90, ""),
        ("actor, micro-F1, real", "actor real F1", ">=", 0.88, ""),
        ("object, micro-F1, gold", "object F1", ">=", 0.95, ""),
        ("main event, gold", "event", ">=", 0.85, ""),
        ("certainty, gold", "certainty", ">=", 0.80, ""),
    ),
    *_table(
        "Reading",
        "reading_speed",
        ("stories a second that the gate drops", "dropped by the gate", ">=", 40_000, "/s"),
        ("stories a second that are let in", "let in by the gate", ">=", 3_000, "/s"),
    ),
    *_table(
        "Reading",
        "reading_start",
        ("import and load, all languages", "reading start, all languages", "<=", 0.4, "s"),
        ("memory, all languages", "reading memory, all languages", "<=", 120, "MB"),
    ),
    *_table(
        "Incidents",
        "evaluate",
        ("grouping B³ F1, gold, own reading", "grouping gold own F1", ">=", 0.92, ""),
        ("grouping B³ precision, gold, own reading", "grouping gold own P", ">=", 0.95, ""),
        ("grouping B³ F1, gold, labels given", "grouping gold labels F1", ">=", 0.96, ""),
        ("look-alike pairs merged", "look-alikes", "<=", 3, "%"),
        ("grouping B³ F1, real, own reading", "grouping real own F1", ">=", 0.85, ""),
        ("lowest B³ between orders, own reading", "orders own", ">=", 0.97, ""),
        ("lowest B³ between orders, labels given", "orders labels", ">=", 0.97, ""),
    ),
    *_table(
        "Incidents",
        "group_load",
        ("stories a second, 100,000 over a year", "group speed", ">=", 1_000, "/s"),
        ("memory at 100,000 stories against 40,000", "group memory ratio", "<=", 1.1, "×"),
    ),
    *_table(
        "Fetching",
        "fetch",
        ("cold reload of 1,000 feeds, wall, against newsboat", "newsboat: cold, wall", "<=", 0.35, "×"),
        ("warm (304), wall, against newsboat", "newsboat: 304, wall", "<=", 0.15, "×"),
        ("warm (304), CPU, against newsboat", "newsboat: 304, CPU", "<=", 0.15, "×"),
        (
            "warm (same bodies), wall, against newsboat's 304",
            "newsboat: 200 same bodies, wall, beside its 304",
            "<=",
            0.17,
            "×",
        ),
        ("peak memory, against newsboat", "newsboat: peak memory", "<=", 2.5, "×"),
        ("cold, wall, against reader", "reader: cold, wall", "<=", 0.25, "×"),
        ("warm, wall, against reader", "reader: 304, wall", "<=", 0.35, "×"),
        ("entries stored, of those made", "entries stored", ">=", 1, "×"),
        ("dates right, of those made", "dates right", ">=", 1, "×"),
    ),
    *_table(
        "Fetching",
        "requests_a_day",
        ("requests a day, against every 15 minutes", "requests", "<=", 0.5, "×"),
    ),
    *_table(
        "Fetching",
        "politeness",
        ("rules of feed readers kept, of those that applied", "politeness", ">=", 1, "×"),
    ),
    *_table(
        "Fetching",
        "five_thousand",
        ("5,000 feeds: polls on time", "5000 on time", ">=", 1, "×"),
        ("5,000 feeds: memory", "5000 memory", "<=", 400, "MB"),
        ("5,000 feeds: key to first byte, p99", "5000 keys p99", "<=", 100, "ms"),
        ("5,000 feeds: delay of the event loops, p99", "5000 loops p99", "<=", 100, "ms"),
    ),
    *_table(
        "Interface",
        "start_and_idle",
        ("first content, warm", "first content", "<=", 500, "ms"),
        ("idle, of a core", "idle cpu alone", "<=", 0.5, "%"),
        ("idle, to the terminal", "idle bytes alone", "<=", 1_024, "B/s"),
    ),
    *_table(
        "Interface over 50,000 incidents and 200,000 stories",
        "ui_in_a_terminal",
        ("first content 80×24, warm", "50k: first content 80×24, warm", "<=", 500, "ms"),
        ("first content 120×40, warm", "50k: first content 120×40, warm", "<=", 500, "ms"),
        ("first content 200×60, warm", "50k: first content 200×60, warm", "<=", 500, "ms"),
        (
            "first paint of the list, all incidents",
            "50k: first paint of the list, all incidents",
            "<=",
            150,
            "ms",
        ),
        ("key to paint p95, 24 h window", "50k: key to paint p95, 24 h window", "<=", 16, "ms"),
        ("key to paint p95, all incidents", "50k: key to paint p95, all incidents", "<=", 16, "ms"),
        ("key to paint p95, during ingest", "50k: key to paint p95, during ingest", "<=", 25, "ms"),
        ("open incident", "50k: open incident", "<=", 200, "ms"),
        ("open story", "50k: open story", "<=", 200, "ms"),
        ("open country", "50k: open country", "<=", 200, "ms"),
        ("open map", "50k: open map", "<=", 200, "ms"),
        ("open health", "50k: open health", "<=", 200, "ms"),
        ("open statistics", "50k: open statistics", "<=", 200, "ms"),
        ("open search", "50k: open search", "<=", 200, "ms"),
        ("open filter", "50k: open filter", "<=", 200, "ms"),
        ("open help", "50k: open help", "<=", 200, "ms"),
        ("slowest search, first results", "50k: slowest search, first results", "<=", 100, "ms"),
        ("idle, of a core", "50k: idle, of a core", "<=", 0.5, "%"),
        ("idle, to the terminal", "50k: idle, to the terminal", "<=", 1_024, "B/s"),
        (
            "unfocused and paused, to the terminal",
            "50k: unfocused and paused, to the terminal",
            "<=",
            0,
            "B/s",
        ),
        ("memory of the interface", "50k: memory of the interface", "<=", 100, "MB"),
    ),
)
