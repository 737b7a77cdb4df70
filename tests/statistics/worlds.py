"""Stores full of incidents of every kind, made by a seed, and the queries that statistics ask of them."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tests.store.samples import FEED, NOON, a_report, a_round, an_entry, filed, kept
from tui.domain.codes import Certainty, DatePrecision, Event, ObjectCode, Response
from tui.domain.correction import SetOutcome
from tui.domain.history import Outcome
from tui.domain.reading import EventDate, Report
from tui.domain.statistics import Statistics
from tui.domain.tables import Cell
from tui.store.marks import StoreMarks
from tui.store.save import StoreKeeper

STATES = (("PL",), ("LT", "PL"), ("TW",), (), ("RO",))
ACTORS = (("RU",), ("BY", "RU"), ("CN",), ())
OBJECTS = (*((code,) for code in ObjectCode), (ObjectCode.UAV, ObjectCode.BALLOON), ())
EVENTS = (Event.VIOLATION, Event.SHOOTDOWN, Event.ADIZ_ENTRY, Event.PROTEST, Event.ANALYSIS)
RESPONSES = ((), (), (Response.SCRAMBLE,), (Response.NONE_REPORTED,))


def _when(told: date, chance: random.Random) -> EventDate | None:
    day = told - timedelta(days=chance.randrange(-2, 40))
    return chance.choice([None, *(EventDate(day, precision) for precision in DatePrecision)])


def _report(told: date, chance: random.Random) -> Report:
    return a_report(
        affected=chance.choice(STATES),
        actor=chance.choice(ACTORS),
        object=chance.choice(OBJECTS),
        event=(chance.choice(EVENTS),),
        response=chance.choice(RESPONSES),
        certainty=chance.choice(tuple(Certainty)),
        event_date=_when(told, chance),
    )


def fill(
    keeper: StoreKeeper, marks: StoreMarks, seed: int, incidents: int = 40, noon: datetime = NOON
) -> None:
    """Incidents over the ten weeks before noon, each told by one story or two, some with an outcome set by hand."""
    chance = random.Random(seed)
    number = 0
    for at in range(incidents):
        first = noon - timedelta(minutes=chance.randrange(70 * 24 * 60))
        for story in range(chance.choice((1, 1, 2))):
            number += 1
            seen = min(noon, first + story * timedelta(minutes=chance.randrange(3000)))
            read = kept(an_entry(number, published=seen), _report(seen.date(), chance))
            keeper.save_round(a_round(read, filing=filed(read, f"i{at}"), at=seen, feed=FEED))
        if not chance.randrange(5):
            outcome = chance.choice((Outcome.CONFIRMED, Outcome.ATTRIBUTED, Outcome.UNFOUNDED))
            marks.correct(SetOutcome(f"i{at}", outcome), noon)


def cells_of(statistics: Statistics) -> Sequence[Cell]:
    """Every number of every table."""
    return [*(cell for _, table in statistics.tables for cell in table.cells), statistics.undated]
