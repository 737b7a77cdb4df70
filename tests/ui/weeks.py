"""Invented incidents of many weeks, the same at every run: what the statistics of the fakes are counted from."""

import random
from collections import Counter, defaultdict
from datetime import date, datetime
from functools import lru_cache

from tui.domain.coverage import Coverage, Nearness
from tui.domain.history import Outcome
from tui.domain.record import Happened, Record, WeekCounts
from tui.domain.statistics import Statistics, statistics_of
from tui.domain.usual import TRAILING
from tui.domain.weeks import weeks_until

_STATES = (
    ("LT", 5.0, "BY"), ("PL", 4.6, "RU"), ("EE", 3.6, "RU"), ("LV", 3.2, "RU"), ("TW", 6.0, "CN"), ("JP", 3.0, "CN"),
    ("KR", 2.0, "KP"), ("DK", 1.8, ""), ("RO", 1.8, "RU"), ("FI", 1.2, "RU"), ("NO", 1.1, ""), ("DE", 0.8, ""),
    ("MD", 0.7, "RU"), ("BE", 0.6, ""), ("IL", 0.6, "IR"), ("GR", 0.5, "TR"), ("SE", 0.4, "RU"), ("US", 0.3, "CN"),
    ("NL", 0.3, ""), ("CA", 0.2, ""), ("PH", 0.2, "CN"), ("IN", 0.15, "PK"), ("FR", 0.1, ""), ("CZ", 0.0, ""),
)  # fmt: skip
_OBJECTS = (
    "uav",
    "uav",
    "uav",
    "uav",
    "balloon",
    "balloon",
    "military_aircraft",
    "military_aircraft",
    "missile",
    "helicopter",
    "",
)
_ENDINGS = (Outcome.OPEN, Outcome.UNRESOLVED, Outcome.CONFIRMED, Outcome.ATTRIBUTED, Outcome.UNFOUNDED)
BLIND = {"NO": 9, "IN": 30}
"""States whose feeds were silent in the last so many weeks."""


def _number(rate: float, chance: random.Random) -> int:
    """Drawn as chance events come in a week."""
    count, left = 0, chance.expovariate(1.0)
    while left < rate:
        count, left = count + 1, left + chance.expovariate(1.0)
    return count


def _of_state(state: tuple[str, float, str], weeks: tuple[date, ...]) -> list[Happened]:
    iso2, rate, actor = state
    chance = random.Random(iso2)
    told = []
    for week in weeks:
        number = _number(rate, chance)
        if week == weeks[-1]:  # under way
            number = 14 if iso2 == "DK" else number // 2
        for _ in range(number):
            old = week < weeks[-4]
            told.append(
                Happened(
                    states=(iso2,),
                    actors=(actor,) if actor and chance.random() < 0.8 else (),
                    object=chance.choice(_OBJECTS),
                    monday=week,
                    hour=int(chance.gauss(22, 5)) % 24,
                    answer=chance.choice((None, None, 0, 12, 40, 95, 300, 1200, 5000)),
                    outcome=chance.choice(_ENDINGS[1:] if old else (_ENDINGS[0], *_ENDINGS[2:])),
                )
            )
    return told


@lru_cache(8)
def _all(today: date) -> tuple[tuple[date, ...], tuple[Happened, ...]]:
    weeks = weeks_until(today, 52 + TRAILING)
    return weeks, tuple(one for state in _STATES for one in _of_state(state, weeks))


def counts_of(now: datetime, weeks: int) -> WeekCounts:
    """As the store would count them."""
    every, happened = _all(now.date())
    reach = every[-(weeks + TRAILING) :]
    counted: defaultdict[str, Counter[date]] = defaultdict(Counter)
    for one in happened:
        if one.monday in reach:
            counted[one.states[0]][one.monday] += 1
    return WeekCounts(
        weeks=reach,
        counted=counted,
        watched={
            iso2: frozenset(reach[: -BLIND[iso2]] if iso2 in BLIND else reach) for iso2, _, _ in _STATES
        },
        coverage={iso2: Coverage(Nearness.HOME, 4, 1 if iso2 in BLIND else 4) for iso2, _, _ in _STATES},
    )


def statistics_at(now: datetime, weeks: int) -> Statistics:
    """Everything counted over so many weeks."""
    every, happened = _all(now.date())
    shown = every[-weeks:]
    return statistics_of(
        Record(
            taken=now,
            weeks=shown,
            states=counts_of(now, weeks),
            happened=tuple(one for one in happened if one.monday in shown),
            undated=3,
        )
    )
