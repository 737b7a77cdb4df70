"""Tables from a record made by hand: what is counted, what is unusual, what is blind."""

from datetime import UTC, date, datetime

from tui.domain.coverage import Coverage, Nearness
from tui.domain.history import Outcome
from tui.domain.record import Happened, Record, WeekCounts
from tui.domain.statistics import lag_words, span_words, statistics_of, week_cell
from tui.domain.tables import TableRow
from tui.domain.weeks import weeks_until

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)
WEEKS = weeks_until(NOW.date(), 30)
SHOWN = WEEKS[-4:]
ALL = frozenset(WEEKS)


def counts(**fields: object) -> WeekCounts:
    given: dict[str, object] = {"weeks": WEEKS, **fields}
    return WeekCounts(**given)  # type: ignore[arg-type]  # the fields are those of WeekCounts


def happened(monday: date = SHOWN[-1], **fields: object) -> Happened:
    given: dict[str, object] = {
        "states": ("PL",),
        "actors": ("RU",),
        "object": "uav",
        "monday": monday,
        "hour": 22,
        **fields,
    }
    return Happened(**given)  # type: ignore[arg-type]  # the fields are those of Happened


def record(*told: Happened, states: WeekCounts | None = None) -> Record:
    return Record(NOW, SHOWN, states or counts(), told)


def row(rows: tuple[TableRow, ...], key: str) -> TableRow:
    return next(one for one in rows if one.key == key)


def test_more_than_usual_is_unusual_and_says_so_with_its_range() -> None:
    states = counts(counted={"PL": {WEEKS[-1]: 6, WEEKS[-3]: 1}}, watched={"PL": ALL})
    cell = week_cell(states, "PL", WEEKS[-1])
    assert (cell.count, cell.known, cell.unusual) == (6, True, True)
    assert cell.words == "unusual: 6 this week, usual 0–1"
    assert str(cell.query) == "country:PL week:2026-W12 is:news -is:followup"


def test_a_week_in_which_the_state_was_blind_is_no_zero() -> None:
    """Half of the weeks were not heard: they neither count as zeros nor make the record long enough."""
    watched = {"PL": frozenset(WEEKS[-6:])}
    cell = week_cell(counts(counted={"PL": {WEEKS[-1]: 6}}, watched=watched), "PL", WEEKS[-1])
    assert not cell.unusual
    assert cell.words == "6 this week, too short a record to say what is usual: 5 of 8 weeks heard"
    blind = week_cell(counts(watched=watched), "PL", WEEKS[-9])
    assert (blind.count, blind.known) == (0, False)
    assert blind.words == "0 told, not watched: it says nothing of the week"


def test_a_quiet_week_counts_as_a_zero_and_a_blind_one_does_not() -> None:
    """Eight heard weeks with four each; the eighteen silent ones do not draw the usual down."""
    heard = WEEKS[-9:-1]
    told = dict.fromkeys(heard, 4)
    cell = week_cell(
        counts(counted={"PL": told}, watched={"PL": frozenset({*heard, WEEKS[-1]})}), "PL", WEEKS[-1]
    )
    assert cell.words == "0 this week, usual 1–9"
    diluted = week_cell(counts(counted={"PL": told}, watched={"PL": ALL}), "PL", WEEKS[-1])
    assert diluted.words == "0 this week, usual 0–4"


def test_more_than_usual_is_unusual_even_in_a_week_that_is_not_watched() -> None:
    watched = {"PL": frozenset(WEEKS[:-1])}
    cell = week_cell(counts(counted={"PL": {WEEKS[-1]: 6}}, watched=watched), "PL", WEEKS[-1])
    assert (cell.unusual, cell.known) == (True, False)


def test_the_line_of_a_state_says_whether_anyone_looks_now() -> None:
    coverage = {
        "PL": Coverage(Nearness.HOME, 6, 6),
        "LT": Coverage(Nearness.HOME, 4, 1),
        "LV": Coverage(Nearness.HOME, 2, 2),
    }
    states = counts(counted={"PL": {WEEKS[-1]: 1}}, watched=dict.fromkeys(coverage, ALL), coverage=coverage)
    rows = statistics_of(record(states=states)).by_week.rows
    assert row(rows, "PL").words == "6/6 sources fresh"
    assert row(rows, "LT").words == "blind, 1/4 answering"
    assert row(rows, "LV").words == "quiet, 2/2 sources fresh"
    assert [one.key for one in rows] == ["PL", "LV", "LT"], "most first, then by name"


def test_every_actor_and_every_state_counts_and_each_line_sums_incidents() -> None:
    table = statistics_of(
        record(happened(states=("LT", "PL"), actors=("BY", "RU")), happened(actors=()), happened(states=()))
    ).actors
    assert table.columns == ("PL", "LT", "")
    assert {one.key: [cell.count for cell in one.cells] for one in table.rows} == {
        "RU": [1, 1, 1],
        "BY": [1, 1, 0],
        "": [1, 0, 0],
    }
    assert [one.total.count for one in table.rows] == [2, 1, 1]
    assert str(row(table.rows, "").cells[0].query).startswith("actor:none country:PL week:2026-W09..2026-W12")


def test_each_incident_has_one_object_and_none_told_is_unknown() -> None:
    table = statistics_of(
        record(happened(), happened(object="loitering_munition"), happened(object=""))
    ).objects
    current = table.rows[-1]
    assert {
        tag: cell.count for tag, cell in zip(table.columns, current.cells, strict=True) if cell.count
    } == {"DRN": 2, "UNK": 1}
    assert str(current.cells[-1].query).startswith("main_object:UNK,none week:2026-W12")


def test_hours_and_lags_are_told_with_median_range_and_number() -> None:
    found = statistics_of(
        record(*(happened(answer=lag, hour=hour) for lag, hour in ((0, 22), (40, 3), (200, 3), (None, 5))))
    )
    assert [cell.count for cell in found.hours.rows[0].cells][2:6] == [0, 2, 0, 1]
    assert {one.key: one.total.count for one in found.answers.rows} == {
        "0": 1,
        "1h": 1,
        "6h": 1,
        "24h": 0,
        "later": 0,
        "none": 1,
    }
    assert found.answers.words == "median 40 min, from 0 min to 3 h, n = 3"
    assert lag_words([]) == "no answer told"
    assert [span_words(minutes) for minutes in (119, 120, 2879, 2880)] == ["119 min", "2 h", "47 h", "2 d"]


def test_the_unresolved_share_leaves_out_what_is_not_due() -> None:
    told = [
        happened(outcome=outcome)
        for outcome in (Outcome.UNRESOLVED, Outcome.OPEN, Outcome.CONFIRMED, Outcome.UNFOUNDED)
    ]
    table = statistics_of(record(*told)).outcomes
    assert table.words == row(table.rows, "PL").words == "33 % of 3 unresolved"
    assert str(table.rows[0].cells[0].query).startswith("country:PL outcome:open age:>=21 week:")
    assert statistics_of(record(happened())).outcomes.words == "none is due yet"


def test_each_table_tells_its_rule() -> None:
    for _, table in statistics_of(record()).tables:
        assert table.rule.endswith("."), table.name
