"""`overflight once --plain`: what the monitor shows, in sentences, without a sign."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.ui.fakes import HEALTHY, NOW, OFFLINE, FakeSource, news
from tui.cli.board_plain import board_plain
from tui.domain.board import BoardQuery, CollectorStatus
from tui.domain.codes import EVENT_TAG, DatePrecision
from tui.domain.reading import EventDate

DAY = timedelta(hours=24)


def spoken(status: CollectorStatus = HEALTHY, window: timedelta | None = DAY) -> str:
    return board_plain(FakeSource().board(BoardQuery(window), NOW), status)


def test_the_frame_is_spoken() -> None:
    said = spoken()
    assert "Overflight, 18 March 2026, 14:32 UTC." in said
    assert "State: idle. The last answer of a feed came less than a minute ago." in said
    assert "44 of 45 feeds answering (1 failing, 2 damaged)." in said
    assert "12,431 stories kept of 87,017 entries seen." in said
    offline = spoken(OFFLINE)
    assert "State: offline." in offline
    assert "stored up to 18 March 2026, 12:40 UTC" in offline
    down = replace(OFFLINE, detail="No feed could be reached; the network of this machine may be down")
    assert "State: offline, no feed could be reached; the network" in spoken(down)
    broken = spoken(replace(HEALTHY, list_problem="feeds.toml, line 3: is not TOML"))
    assert "The list of feeds cannot be used as it is: feeds.toml, line 3" in broken


def test_the_row_of_numbers_is_spoken() -> None:
    said = spoken()
    assert (
        "26 incidents in the last 24 hours, 19 in the same time before; 9 new since you last looked at 18 March 2026, 13:05 UTC."
        in said
    )
    assert "By kind: " in said
    assert "shootdown 5" in said
    assert not any(tag in said for tag in EVENT_TAG.values())


def test_a_country_is_spoken_with_its_trend_and_a_zero_with_who_looked() -> None:
    said = spoken()
    assert (
        "Poland: 3 incidents, 1 new, worst critical. First seen by quarters of the window, oldest first: 0, 0, 1, 2."
        in said
    )
    assert "known incidents of the past, not news." in said


def test_an_incident_is_spoken_whole() -> None:
    said = next(line for line in spoken().splitlines() if "near Lublin" in line)
    for words in (
        "New, watched: Fighters shoot down a drone",
        "Told 6 minutes ago",
        "Affected: Poland.",
        "Place: Lublin.",
        "Actor: Russia, attributed by officials.",
        "Object: uav.",
        "Event: shootdown.",
        "Response: scramble, shootdown.",
        "Severity: critical. Certainty: confirmed.",
        "Why: the army and two publishers with their own sources.",
        "Outcome: open.",
        "23 publishers, 24 stories.",
    ):
        assert words in said, words


def test_what_is_unknown_is_said_and_every_incident_has_its_line() -> None:
    said = spoken(window=None)
    assert "Actor: unknown." in said
    assert "Affected: no state named." in said
    for row in news():
        assert row.line in said


@pytest.mark.parametrize(
    ("precision", "said"),
    [
        (DatePrecision.DAY, "Happened: 01 August 2022, known to the day."),
        (DatePrecision.WEEK, "Happened: in the week of 01 August 2022."),
        (DatePrecision.MONTH, "Happened: August 2022."),
        (DatePrecision.YEAR, "Happened: 2022."),
    ],
)
def test_a_date_is_spoken_no_more_exact_than_it_is_known(precision: DatePrecision, said: str) -> None:
    source = FakeSource()
    row = source.incidents[0]
    then = EventDate(date(2022, 8, 1), precision)
    source.incidents = (replace(row, facts=replace(row.facts, event_date=then)),)
    assert said in board_plain(source.board(BoardQuery(None), NOW), HEALTHY)


def test_no_sign_is_left_to_a_reader_that_cannot_say_it() -> None:
    assert not {sign for sign in spoken(window=None) if not sign.isascii() and not sign.isalpha()}
