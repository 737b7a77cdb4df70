"""The store as other programs see it: Python's own sqlite3, nothing of ours on the connection."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.store.samples import (
    FEED,
    NOON,
    a_report,
    a_round,
    a_story_round,
    an_entry,
    dropped,
    filed,
    keeper_on,
    kept,
)
from tui.domain.board import BoardQuery
from tui.domain.codes import DatePrecision, ObjectCode, PlacePrecision, Response
from tui.domain.feed import Feed
from tui.domain.reading import EventDate, Place
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.migrations import SCHEMA_VERSION, migrate, steps
from tui.store.save import StoreKeeper
from tui.store.statistics import load_weeks

VIEWS = ("feed_health", "incident_lines", "report_facts", "story_lines", "weekly_counts")


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[StoreKeeper]:
    """A process that writes, and goes on to hold the database while others read."""
    keeper = keeper_on(tmp_path / "overflight.db")
    silent = Feed("https://feed.example/silent", "Silent", enabled=False)
    keeper.sync_feeds(
        [Feed(FEED, "Example", lang="en", country="PL", publisher="Example News"), silent], NOON
    )
    yield keeper
    keeper.close()


def rows(folder: Path, sql: str) -> list[dict[str, object]]:
    """What another program gets."""
    with closing(sqlite3.connect(f"file:{folder / 'overflight.db'}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql)]


def fill(keeper: StoreKeeper) -> None:
    """Three incidents, one of two states, a dropped story, and one of war routine."""
    told = a_report(
        affected=("PL", "LT"),
        count=3,
        response=(Response.SCRAMBLE,),
        place=Place("Lublin", "PL", 51.25, 22.57, PlacePrecision.SETTLEMENT),
        event_date=EventDate(date(2026, 5, 3), DatePrecision.DAY),
    )
    keeper.save_round(a_story_round(1, "i1", NOON, told))
    later = NOON + timedelta(days=8)
    balloon = kept(an_entry(2, published=later), a_report(actor=(), object=(ObjectCode.BALLOON,)))
    keeper.save_round(a_round(balloon, filing=filed(balloon, "i2"), at=later))
    other = kept(an_entry(3, published=NOON - timedelta(days=1)), a_report(), a_report(affected=("EE",)))
    keeper.save_round(a_round(other, filing=filed(other, "i1", "i3"), at=NOON + timedelta(hours=1)))
    keeper.save_round(a_round(dropped(an_entry(4)), dropped(an_entry(5), war_routine=True)))


def test_incidents_and_stories_can_be_read_while_the_program_writes(
    keeper: StoreKeeper, tmp_path: Path
) -> None:
    fill(keeper)
    with keeper.writer.transaction(durable=False):
        incidents = {row["incident"]: row for row in rows(tmp_path, "SELECT * FROM incident_lines")}
    first = incidents["i1"]
    assert set(incidents) == {"i1", "i2", "i3"}
    assert (first["states"], first["actors"], first["object"], first["event"]) == (
        "PL LT",
        "RU",
        "uav",
        "violation",
    )
    assert (first["number"], first["stories"], first["publishers"], first["origin"]) == (3, 2, 1, "news")
    assert first["first_told"] == "2026-05-03T12:00:00Z"
    assert incidents["i2"]["actors"] is None
    stories = rows(tmp_path, "SELECT * FROM story_lines ORDER BY published, first_seen")
    assert [story["incidents"] for story in stories] == ["i1 i3", "i1", "i2"]
    assert stories[1]["title"] == "Drones cross the border, report 1"
    assert (stories[0]["publisher"], stories[0]["feed"]) == ("Example News", "Example")


def test_facts_of_a_report_are_words_and_an_unknown_is_null(keeper: StoreKeeper, tmp_path: Path) -> None:
    fill(keeper)
    told = rows(tmp_path, "SELECT * FROM report_facts ORDER BY incident, number_in_story, first_seen")
    assert [(row["incident"], row["number_in_story"], row["states"]) for row in told] == [
        ("i1", 1, "PL LT"),
        ("i1", 1, "PL"),
        ("i2", 1, "PL"),
        ("i3", 2, "EE"),
    ]
    assert (told[0]["responses"], told[1]["responses"]) == ("scramble", None)
    assert (told[0]["place"], told[0]["latitude"], told[0]["place_precision"]) == (
        "Lublin",
        51.25,
        "settlement",
    )
    assert (told[0]["zones"], told[0]["certainty"], told[0]["event_date"]) == (
        "sovereign",
        "alleged",
        "2026-05-03",
    )


def test_the_incidents_are_those_of_the_dashboard_and_the_weeks_those_of_the_statistics(
    keeper: StoreKeeper, tmp_path: Path
) -> None:
    fill(keeper)
    now = NOON + timedelta(days=9)
    reader = open_reader(tmp_path / "overflight.db")
    shown = {row.key for row in StoreBoard(reader).board(BoardQuery(window=None), now).incidents}
    with reader.snapshot() as connection:
        weeks = load_weeks(connection, now, timedelta(minutes=15), 8)
    reader.close()
    assert {row["incident"] for row in rows(tmp_path, "SELECT incident FROM incident_lines")} == shown
    counted = {
        (row["state"], row["week"]): row["incidents"] for row in rows(tmp_path, "SELECT * FROM weekly_counts")
    }
    assert counted == {
        (iso2, monday.isoformat()): number
        for iso2, by_week in weeks.counted.items()
        for monday, number in by_week.items()
    }
    assert counted["PL", "2026-04-27"] == 1  # 3 May was a Sunday
    assert len(counted) == 4


def test_feeds_stand_with_their_health_and_those_taken_out_do_not(
    keeper: StoreKeeper, tmp_path: Path
) -> None:
    fill(keeper)
    health = {row["name"]: row for row in rows(tmp_path, "SELECT * FROM feed_health")}
    assert set(health) == {"Example", "Silent"}
    example, silent = health["Example"], health["Silent"]
    assert (example["status"], example["lang"], example["publisher"], example["entries"], example["kept"]) == (
        "ok", "en", "Example News", 5, 3
    )  # fmt: skip
    assert (example["last_ok"], example["last_new"]) != (None, "")
    assert (silent["enabled"], silent["last_ok"]) == (0, None)
    keeper.sync_feeds([Feed(FEED, "Example")], NOON + timedelta(days=9))
    assert [row["name"] for row in rows(tmp_path, "SELECT name FROM feed_health")] == ["Example"]


def test_a_store_of_before_gets_the_views_and_an_empty_one_has_them(tmp_path: Path) -> None:
    path, before = tmp_path / "overflight.db", SCHEMA_VERSION - 1
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.create_function("spaced", 1, lambda value: value, deterministic=True)
        migrate(connection, path, steps(before), known=before)
    open_writer(path).close()
    for view in VIEWS:
        assert rows(tmp_path, f"SELECT * FROM {view}") == []
