"""What is counted over a stretch of weeks; pure, from a record of what happened and of who was looking."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from datetime import date

from tui.domain.codes import OBJECT_GLYPH, OBJECT_TAG, ObjectCode
from tui.domain.coverage import Coverage, Sight
from tui.domain.history import Outcome
from tui.domain.query_tree import Between, Not, OneOf, Part, Weeks
from tui.domain.record import COUNTED, WATCHED, Record, WeekCounts
from tui.domain.tables import Cell, Table, TableRow, asking
from tui.domain.territories import territory_name
from tui.domain.usual import RULE as USUAL_RULE
from tui.domain.usual import TRAILING, is_unusual, usual_range, week_words
from tui.domain.value import dataclass
from tui.domain.weeks import week_name

NO_STATE = "no state named"
UNATTRIBUTED = "unattributed"


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything that is counted over a stretch of weeks."""

    weeks: tuple[date, ...]
    by_week: Table
    """State by ISO week."""
    actors: Table
    """Actor by affected state."""
    objects: Table
    """Week by object."""
    hours: Table
    """One line, 24 columns: hour of the first report, UTC."""
    answers: Table
    """Time to the first word of an answer."""
    outcomes: Table
    """State by outcome: how many have none."""
    undated: Cell = field(default_factory=Cell)
    """Of no week that is told."""

    @property
    def tables(self) -> tuple[tuple[str, Table], ...]:
        """All of them by name, in the order in which they are shown."""
        return (
            ("week", self.by_week),
            ("actor", self.actors),
            ("object", self.objects),
            ("hour", self.hours),
            ("answer", self.answers),
            ("outcome", self.outcomes),
        )


def statistics_of(record: Record) -> Statistics:
    """All tables of a record."""
    return Statistics(
        weeks=record.weeks,
        by_week=week_table(record.states, record.weeks, len(record.happened)),
        actors=actor_table(record),
        objects=object_table(record),
        hours=hour_table(record),
        answers=answer_table(record),
        outcomes=outcome_table(record),
        undated=Cell(record.undated, asking(Weeks(None, None)), words="of no week that is told"),
    )


def _stretch(weeks: Sequence[date]) -> Weeks:
    return Weeks(weeks[0], weeks[-1])


def _coded(field: str, *codes: str) -> OneOf:
    """Asks for these codes of a field; an empty one is none told."""
    return OneOf(field, codes, tuple(code or "none" for code in codes))


# States by week.


def week_table(states: WeekCounts, shown: Sequence[date], incidents: int) -> Table:
    """How many incidents each state had in each week shown, most first; a watched state has a line of zeros."""
    known = {iso2 for iso2, weeks in states.counted.items() if any(week in weeks for week in shown)}
    known |= {iso2 for iso2, weeks in states.watched.items() if weeks & set(shown)}
    rows = sorted(
        (_week_row(states, iso2, shown) for iso2 in known), key=lambda row: (-row.total.count, row.name)
    )
    return Table(
        name="country × week",
        columns=tuple(map(week_name, shown)),
        rows=tuple(rows),
        total=Cell(incidents, asking(_stretch(shown))),
        rule=f"{COUNTED} {WATCHED} {USUAL_RULE}",
    )


def _week_row(states: WeekCounts, iso2: str, shown: Sequence[date]) -> TableRow:
    cells = tuple(week_cell(states, iso2, week) for week in shown)
    return TableRow(
        key=iso2,
        name=territory_name(iso2) if iso2 else NO_STATE,
        cells=cells,
        total=Cell(
            sum(cell.count for cell in cells),
            asking(_coded("country", iso2), _stretch(shown)),
            known=any(cell.known for cell in cells),
        ),
        words=_sight_words(cells[-1], states.coverage.get(iso2, Coverage())) if iso2 else "",
    )


def week_cell(states: WeekCounts, iso2: str, week: date) -> Cell:
    """One state in one week, beside what is usual by the watched weeks before it."""
    counts, watched = states.counted.get(iso2, {}), states.watched.get(iso2, frozenset())
    at = states.weeks.index(week)
    heard = [
        counts.get(before, 0) for before in states.weeks[max(0, at - TRAILING) : at] if before in watched
    ]
    usual, over, count = usual_range(heard), week != states.weeks[-1], counts.get(week, 0)
    query = asking(_coded("country", iso2), _stretch((week,)))
    # What was told is told, whoever was looking: more than usual is unusual in a week half watched too.
    if week not in watched and not is_unusual(count, usual, over=False):
        yet = "" if over else " yet"
        return Cell(
            count, query, known=False, words=f"{count} told, not watched{yet}: it says nothing of the week"
        )
    return Cell(
        count,
        query,
        known=week in watched,
        unusual=is_unusual(count, usual, over=over and week in watched),
        words=week_words(count, usual, len(heard), over=over),
    )


def this_week(states: WeekCounts) -> dict[str, Cell]:
    """By ISO2: the week under way beside what is usual, of every state that is counted or watched."""
    return {
        iso2: week_cell(states, iso2, states.weeks[-1]) for iso2 in {*states.counted, *states.watched} if iso2
    }


def _sight_words(current: Cell, coverage: Coverage) -> str:
    """Whether anyone is looking now: what a zero of this week is."""
    blind = coverage.sight is not Sight.WATCHED
    return coverage.verdict if blind or not current.count else coverage.said


# Who, over whom.


def actor_table(record: Record) -> Table:
    """Which actor is told of over which state; one incident may have several of either."""
    pairs: Counter[tuple[str, str]] = Counter()
    by_actor: Counter[str] = Counter()
    by_state: Counter[str] = Counter()
    for one in record.happened:
        actors, states = one.actors or ("",), one.states or ("",)
        pairs.update((actor, state) for actor in actors for state in states)
        by_actor.update(actors)
        by_state.update(states)
    told = sorted(by_state, key=lambda state: (not state, -by_state[state], state))
    when = _stretch(record.weeks)
    return Table(
        name="actor → affected",
        columns=tuple(told),
        rows=tuple(
            TableRow(
                key=actor,
                name=territory_name(actor) if actor else UNATTRIBUTED,
                cells=tuple(
                    Cell(
                        pairs[actor, state],
                        asking(_coded("actor", actor), _coded("country", state), when),
                    )
                    for state in told
                ),
                total=Cell(by_actor[actor], asking(_coded("actor", actor), when)),
            )
            for actor in sorted(by_actor, key=lambda actor: (not actor, -by_actor[actor], actor))
        ),
        total=Cell(len(record.happened), asking(when)),
        rule="Each incident counts under every actor that is told, whether or not officials attributed it, and under every "
        "affected state; unattributed when none is told. The sum of a line counts each incident once.",
    )


# What flew.

_CODES_OF_TAG = {
    tag: (*(str(code) for code in ObjectCode if OBJECT_TAG[code] == tag), *([""] if tag == "UNK" else ()))
    for tag in OBJECT_GLYPH
}


def object_table(record: Record) -> Table:
    """What flew, week by week."""
    counted: Counter[tuple[date, str]] = Counter()
    for one in record.happened:
        counted[one.monday, OBJECT_TAG[ObjectCode(one.object)] if one.object else "UNK"] += 1
    by_week = Counter(one.monday for one in record.happened)
    return Table(
        name="objects",
        columns=tuple(OBJECT_GLYPH),
        rows=tuple(
            TableRow(
                key=week_name(week),
                name=week_name(week).partition("-")[2],
                cells=tuple(
                    Cell(counted[week, tag], asking(_of_tag(tag), _stretch((week,)))) for tag in OBJECT_GLYPH
                ),
                total=Cell(by_week[week], asking(_stretch((week,)))),
            )
            for week in record.weeks
        ),
        total=Cell(len(record.happened), asking(_stretch(record.weeks))),
        rule="Each incident counts once, under its main object; UNK is an object that is not identified or not told.",
    )


def _of_tag(tag: str) -> Part:
    codes = _CODES_OF_TAG[tag]
    return OneOf("main_object", codes, (tag, *(["none"] if "" in codes else ())))


# When.


def hour_table(record: Record) -> Table:
    """At which hour of the day the first report came."""
    by_hour = Counter(one.hour for one in record.happened)
    when = _stretch(record.weeks)
    total = Cell(len(record.happened), asking(when))
    cells = tuple(Cell(by_hour[hour], asking(Between("hour", hour, hour), when)) for hour in range(24))
    return Table(
        name="hour of first report",
        columns=tuple(f"{hour:02}" for hour in range(24)),
        rows=(TableRow("", "incidents", cells, total),),
        total=total,
        rule="The hour, UTC, at which the first story was published, or first seen when it gives no time: the hour of "
        "the news, not of the flight.",
    )


# What was done, and how soon.

_ANSWERS = (
    ("0", "in the first report", 0, 0),
    ("1h", "within an hour", 1, 60),
    ("6h", "within six hours", 61, 360),
    ("24h", "within a day", 361, 1440),
    ("later", "later", 1441, None),
)
"""Key, name, least and most minutes."""


def answer_table(record: Record) -> Table:
    """How long after the first report a story told what was done about it."""
    when = _stretch(record.weeks)
    lags = sorted(one.answer for one in record.happened if one.answer is not None)
    silent = len(record.happened) - len(lags)
    rows = [
        _line(
            key,
            name,
            sum(least <= lag and (most is None or lag <= most) for lag in lags),
            Between("answer", least, most),
            when,
        )
        for key, name, least, most in _ANSWERS
    ]
    rows.append(_line("none", "no answer told", silent, Not(Between("answer", 0, None)), when))
    return Table(
        name="time to the answer",
        columns=("incidents",),
        rows=tuple(rows),
        total=Cell(len(lags), asking(Between("answer", 0, None), when)),
        words=lag_words(lags),
        rule="From the first report of an incident to the first that tells what was done (scramble, closure, protest, or that "
        "nothing was). When the answer itself was given is seldom told; none told is not none given.",
    )


def _line(key: str, name: str, count: int, asked: Part, when: Weeks) -> TableRow:
    cell = Cell(count, asking(asked, when))
    return TableRow(key, name, (cell,), cell)


def lag_words(lags: Sequence[int]) -> str:
    """Median, range and number of times in minutes, shortest first; the median is one of them, the lower of two."""
    if not lags:
        return "no answer told"
    middle = lags[(len(lags) - 1) // 2]
    return (
        f"median {span_words(middle)}, from {span_words(lags[0])} to {span_words(lags[-1])}, n = {len(lags)}"
    )


def span_words(minutes: int) -> str:
    """0 min, 90 min, 5 h, 3 d: two figures at most."""
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 2880 else f"{minutes // 1440} d"


# How it ended.

_ENDINGS = (Outcome.UNRESOLVED, Outcome.OPEN, Outcome.CONFIRMED, Outcome.ATTRIBUTED, Outcome.UNFOUNDED)


def outcome_table(record: Record) -> Table:
    """How many incidents of each state nobody with authority has confirmed, attributed or explained away."""
    counted: Counter[tuple[str, Outcome]] = Counter()
    by_state: Counter[str] = Counter()
    for one in record.happened:
        counted.update((state, one.outcome) for state in one.states or ("",))
        by_state.update(one.states or ("",))
    when, days = _stretch(record.weeks), record.unresolved_days
    in_all = Counter(one.outcome for one in record.happened)
    rows = [
        TableRow(
            key=state,
            name=territory_name(state) if state else NO_STATE,
            cells=tuple(
                Cell(counted[state, ending], asking(_coded("country", state), *_ended(ending, days), when))
                for ending in _ENDINGS
            ),
            total=Cell(by_state[state], asking(_coded("country", state), when)),
            words=_share_words(
                counted[state, Outcome.UNRESOLVED], by_state[state] - counted[state, Outcome.OPEN]
            ),
        )
        for state in by_state
    ]
    return Table(
        name="without an outcome",
        columns=tuple(str(ending) for ending in _ENDINGS),
        rows=tuple(sorted(rows, key=lambda row: (-row.cells[0].count, -row.total.count, row.name))),
        total=Cell(len(record.happened), asking(when)),
        words=_share_words(in_all[Outcome.UNRESOLVED], len(record.happened) - in_all[Outcome.OPEN]),
        rule=f"Open until one with authority confirms, attributes or withdraws it; unresolved once {days} days have gone by "
        "since its first report. The share is that of the unresolved among those whose time is up or that came to an end.",
    )


def _ended(ending: Outcome, days: int) -> tuple[Part, ...]:
    if ending is Outcome.UNRESOLVED:
        return (_coded("outcome", Outcome.OPEN), Between("age", days, None))
    if ending is Outcome.OPEN:
        return (_coded("outcome", Outcome.OPEN), Between("age", None, days - 1))
    return (_coded("outcome", ending),)


def _share_words(unresolved: int, due: int) -> str:
    return f"{round(100 * unresolved / due)} % of {due} unresolved" if due else "none is due yet"
