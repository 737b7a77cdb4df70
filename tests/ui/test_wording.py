"""How times, changes and doubt are said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.ui.fakes import HEALTHY, NOW, news
from tui.domain.board import CollectorStatus, IncidentRow
from tui.domain.codes import DatePrecision, IncidentCertainty
from tui.domain.reading import EventDate
from tui.ui.chrome import too_small
from tui.ui.liveness import liveness
from tui.ui.panes.facts import chips, fact_lines
from tui.ui.panes.incidents import draw_incident
from tui.ui.virtual_list import Row
from tui.ui.wording import (
    WINDOWS,
    age,
    braille,
    certainty_mark,
    change,
    countdown,
    day_time,
    event_day,
    next_window,
    plural,
    short_age,
    sparkline,
    superscript,
    window_name,
)

LONG_AGO = NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-5, "0m"),
        (0, "0m"),
        (59, "59m"),
        (60, "1h00"),
        (92, "1h32"),
        (599, "9h59"),
        (600, "10h"),
        (2879, "47h"),
        (2880, "2d"),
    ],
)
def test_ages_are_short_and_never_negative(minutes: int, said: str) -> None:
    assert age(timedelta(minutes=minutes)) == said


def test_a_poll_of_seconds_ago_is_told_in_steps_of_five() -> None:
    assert [short_age(timedelta(seconds=seconds)) for seconds in (0, 4, 12, 59, 61)] == [
        "0s",
        "0s",
        "10s",
        "55s",
        "1m",
    ]


def test_countdowns_stop_at_zero_and_step_by_five_until_the_last_ten_seconds() -> None:
    assert [countdown(timedelta(seconds=s)) for s in (-3, 7, 41, 617, 3700)] == [
        "0:00",
        "0:07",
        "0:45",
        "10:20",
        "1:01:40",
    ]


def test_changes_say_direction_and_never_divide_by_nothing() -> None:
    assert [change(131, 100), change(50, 100), change(7, 7), change(3, 0), change(0, 0)] == [
        "▲31%",
        "▼50%",
        "=",
        "▲3",
        "",
    ]


def test_windows_go_round() -> None:
    window = WINDOWS[0][1]
    seen = []
    for _ in WINDOWS:
        seen.append(window_name(window))
        window = next_window(window)
    assert seen == ["6h", "24h", "7d", "30d", "all"]
    assert window == WINDOWS[0][1]


def test_days_carry_their_year_only_when_it_tells_something() -> None:
    assert day_time(NOW, None, NOW) == "18 Mar 14:32Z"
    assert day_time(NOW.replace(year=2023), None, NOW) == "18 Mar 2023 14:32Z"


def test_event_days_are_no_more_exact_than_they_are_known() -> None:
    on = date(2023, 2, 4)
    said = [event_day(EventDate(on, precision)) for precision in DatePrecision]
    assert said == ["4 Feb 2023", "week of 4 Feb 2023", "Feb 2023", "2023"]
    assert event_day(None) == "–"


def test_certainty_marks_are_three_cells_as_the_codebook_draws_them() -> None:
    drawn = {c: "".join(text for text, _ in certainty_mark(c)) for c in IncidentCertainty}
    assert drawn[IncidentCertainty.CONFIRMED] == "●●●"
    assert drawn[IncidentCertainty.CORROBORATED] == "●●○"
    assert drawn[IncidentCertainty.CLAIMED] == "●○○"
    assert drawn[IncidentCertainty.DISPUTED] == "◌◌◌"


def test_bars_lose_no_incident_and_fill_their_room() -> None:
    values = tuple(1 if slot == 17 else 0 for slot in range(24))
    assert len(braille(values, 6, 4)) == 6
    assert braille(values, 6, 4).strip() != ""
    assert sparkline((0, 1, 8)) == " ▁█"


def test_small_words() -> None:
    assert plural(1, "story", "stories") == "1 story"
    assert plural(2, "publisher") == "2 publishers"
    assert superscript(12) == "¹²"


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (HEALTHY, "LIVE"),
        (CollectorStatus(), "NO COLLECTOR"),
        (replace(HEALTHY, heartbeat=NOW - timedelta(minutes=3)), "STALE 3m"),
        (
            replace(HEALTHY, next_poll=NOW - timedelta(minutes=9), last_poll=NOW - timedelta(minutes=24)),
            "STALE 24m",
        ),
        (replace(HEALTHY, state="offline"), "OFFLINE"),
        (replace(HEALTHY, state="failed"), "FAILED"),
        (replace(HEALTHY, state="paused"), "PAUSED"),
    ],
)
def test_doubt_is_shown_as_doubt(status: CollectorStatus, word: str) -> None:
    assert liveness(status, NOW, started=LONG_AGO).word == word
    assert liveness(status, NOW, started=LONG_AGO, replay=True).word == "REPLAY"


def test_where_nobody_was_started_it_is_said_at_once_that_nothing_is_fetched() -> None:
    assert liveness(CollectorStatus(), NOW, started=NOW, fetches=False).word == "NOT FETCHING"
    silent = replace(HEALTHY, heartbeat=NOW - timedelta(hours=3))
    assert liveness(silent, NOW, started=NOW, fetches=False).word == "STALE 3h00"
    assert liveness(HEALTHY, NOW, started=NOW, fetches=False).word == "LIVE", "another process fetches"


@pytest.mark.parametrize("width", [60, 24, 20, 13, 9, 6, 1])
def test_a_screen_too_small_says_so_in_as_many_cells_as_there_are(width: int) -> None:
    ((words, _),) = too_small(width, 5)
    assert 0 < len(words) <= width


def test_a_collector_is_given_time_to_start() -> None:
    assert liveness(CollectorStatus(), NOW, started=NOW - timedelta(seconds=2)).word == "STARTING"


def said_of(row: IncidentRow, width: int, *, whole: bool = False) -> str:
    return "\n".join(
        "".join(text for text, _ in line) for line in fact_lines(row, width, NOW, None, whole=whole)
    )


def test_the_age_beside_the_facts_is_that_of_the_list_and_each_time_has_a_name_of_its_own() -> None:
    row = replace(
        news()[0],
        first_told=NOW - timedelta(hours=7, minutes=22),
        told=NOW - timedelta(hours=5, minutes=39),
        first_seen=NOW - timedelta(hours=3),
        last_revised=NOW - timedelta(minutes=12),
    )
    in_list = "".join(text for text, _ in draw_incident(Row(row.key, row), 120, NOW, countries=True))
    assert "5h39" in in_list
    for width in (40, 60, 120):
        beside = said_of(row, width)
        assert "5h39 ago" in beside, width
        assert "12m" not in beside
        assert "…" not in beside.splitlines()[2], width
    whole = said_of(row, 60, whole=True)
    assert "in news   07:10Z → 08:53Z (5h39 ago)" in whole
    assert "came in   11:32Z, last changed 14:20Z" in whole
    assert whole.count(" ago)") == 1


def test_a_certainty_without_room_for_its_word_is_said_by_its_dots() -> None:
    row = news()[2]
    assert "●●● confirmed" in "".join(text for text, _ in chips(row, 60))
    brief = "".join(text for text, _ in chips(row, 40))
    assert "●●●" in brief
    assert "conf" not in brief
