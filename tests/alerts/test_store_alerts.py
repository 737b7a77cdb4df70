"""Alerts raised from a real store: once each, whatever ends in between."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.alerts.given import HOOK, Desk, a_plan, a_rule
from tests.store.samples import NOON
from tui.domain.alerts import Digest, Trigger
from tui.domain.board import BoardQuery
from tui.store.alerts import StoreAlerts
from tui.store.archive import archive_lines, restore
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "overflight.db"


def begun(path: Path, *rules: object) -> Desk:
    desk = Desk(path, a_plan(*rules))  # type: ignore[arg-type]  # rules
    assert desk.look() == 0
    desk.later(minutes=1)
    return desk


def test_an_alert_is_on_the_next_board_and_raises_the_generation_once(path: Path) -> None:
    desk = begun(path, a_rule())
    board = StoreBoard(open_reader(path))
    try:
        desk.tell("i1")
        before = board.stamp().generation
        desk.look()
        desk.look()
        assert board.stamp().generation == before + 1
        shown = board.board(BoardQuery(), desk.at)
        assert [(alert.rule, alert.incident, alert.text) for alert in shown.rung] == [
            ("rule", "i1", "PL violation (new)")
        ]
        assert shown.alerts == 1
        assert board.board(BoardQuery(), desk.at + timedelta(days=2)).alerts == 0
    finally:
        board.close()


def test_what_was_stored_before_the_first_look_is_never_told(path: Path) -> None:
    desk = Desk(path, a_plan(a_rule()))
    desk.tell("i1")
    assert desk.look(may_begin=False) == 0
    desk.tell("i2")
    assert desk.look() == 0
    desk.later(minutes=1)
    assert desk.look() == 0
    desk.tell("i3")
    assert (desk.look(), desk.look()) == (1, 0)
    assert [row.key for row in desk.incidents()] == ["i3"]


def test_only_incidents_of_the_query_are_told(path: Path) -> None:
    desk = begun(path, a_rule("country:LT"))
    desk.tell("i1", affected=("PL",))
    desk.tell("i2", publisher="Other", affected=("LT",))
    assert desk.look() == 1
    assert [row.key for row in desk.incidents()] == ["i2"]


def test_a_change_is_told_against_what_was_said_at_the_last_look(path: Path) -> None:
    desk = begun(path, a_rule("", Trigger.COUNT_REVISED))
    desk.tell("i1", count=3)
    assert desk.look() == 0
    desk.later(minutes=5)
    desk.tell("i1", publisher="Other", count=8)
    assert desk.look() == 1
    (logged,) = desk.log()
    assert logged.alert.text == "count 3 → 8"
    assert [row.facts.count for row in desk.incidents()] == [8]
    assert [link.publisher for link in logged.alert.links] == ["Other", "Example News"]


def test_an_alert_and_what_is_remembered_stand_or_fall_together(path: Path) -> None:
    desk = begun(path, a_rule())
    desk.tell("i1")
    breaking = sqlite3.connect(path)
    breaking.execute(
        "CREATE TRIGGER full BEFORE INSERT ON alert_out BEGIN SELECT raise(ABORT, 'no space'); END"
    )
    breaking.commit()
    with pytest.raises(Exception, match="no space"):
        desk.look()
    assert desk.log() == ()
    breaking.execute("DROP TRIGGER full")
    breaking.commit()
    breaking.close()
    assert (desk.look(), desk.look()) == (1, 0)


def test_within_the_cooldown_changes_wait_and_are_told_as_one(path: Path) -> None:
    desk = begun(path, a_rule("", Trigger.NEW, Trigger.COUNT_REVISED))
    desk.tell("i1", count=1)
    desk.look()
    desk.sent(desk.due())
    for count in (2, 5):
        desk.later(minutes=5)
        desk.tell("i1", publisher=f"P{count}", count=count)
        assert desk.look() == 1
    assert desk.due().ids == ()
    desk.later(hours=1)
    (alert,) = desk.due().alerts
    assert alert.text == "count 1 → 2; count 2 → 5"
    assert [row.facts.count for row in desk.incidents()] == [1, 5]


def test_a_rule_without_channels_says_within_the_cooldown_no_second_thing_of_an_incident(path: Path) -> None:
    desk = begun(path, replace(a_rule("", Trigger.NEW, Trigger.COUNT_REVISED), channels=()))
    for count, minutes in ((1, 5), (2, 61), (5, 0)):
        desk.tell("i1", publisher=f"P{count}", count=count)
        assert desk.look() == 1
        desk.later(minutes=minutes)
    assert [logged.alert.text for logged in desk.log()] == ["new; count 1 → 2", "count 2 → 5"]


def test_a_flood_of_incidents_from_one_publisher_rings_once_and_are_counted_after_the_hour(
    path: Path,
) -> None:
    desk = begun(path, a_rule(budget=1000))
    for number in range(40):
        desk.tell(f"i{number}")
    assert desk.look() == 40
    first = desk.due()
    assert (len(first.alerts), first.left_out) == (1, ())
    desk.sent(first)
    desk.later(minutes=30)
    assert desk.due().ids == ()
    desk.later(minutes=31)
    (left_out,) = desk.due().left_out
    assert (left_out.count, len(left_out.lines)) == (39, 20)
    desk.sent(desk.due())
    assert desk.due().ids == ()


def test_what_is_over_the_budget_of_a_day_is_counted_the_next_day(path: Path) -> None:
    desk = begun(path, a_rule(budget=2))
    for number in range(5):
        desk.tell(f"i{number}", publisher=f"Publisher {number}")
    desk.look()
    first = desk.due()
    assert len(first.alerts) == 2
    desk.sent(first)
    assert desk.due().ids == ()
    desk.later(days=1)
    assert [left.count for left in desk.due().left_out] == [3]


def test_quiet_hours_hold_everything_and_then_it_goes_as_one(path: Path) -> None:
    desk = begun(path, a_rule())
    for number in range(3):
        desk.tell(f"i{number}", publisher=f"Publisher {number}")
        desk.look()
        desk.later(minutes=5)
        assert desk.due(quiet=True).ids == ()
    assert len(desk.due().alerts) == 3


def test_rules_switched_off_and_on_again_begin_anew(path: Path) -> None:
    desk = begun(path, a_rule())
    book = StoreAlerts(open_writer(path))
    book.rest()
    book.close()
    desk.tell("i1")
    assert desk.look() == 0
    desk.later(minutes=1)
    desk.tell("i2")
    assert desk.look() == 1


def test_news_of_last_week_that_is_new_to_us_rings_not(path: Path) -> None:
    desk = begun(path, a_rule())
    desk.later(days=3)
    from tests.store.samples import NOON, a_round, an_entry, filed, keeper_on, kept

    keeper = keeper_on(path)
    read = kept(an_entry(99, published=NOON))
    keeper.save_round(a_round(read, filing=filed(read, "old"), at=desk.at))
    keeper.close()
    assert desk.look() == 0


def test_what_no_channel_took_for_a_week_is_given_up(path: Path) -> None:
    desk = begun(path, a_rule())
    desk.tell("i1")
    desk.look()
    desk.later(days=8)
    book = StoreAlerts(open_writer(path))
    book.prune(desk.at)
    book.close()
    assert desk.due().ids == ()
    assert [queued.state for queued in desk.log()[0].queued] == ["failed"]


def test_a_digest_tells_what_was_raised_in_an_hour_or_a_day_once_it_is_over(tmp_path: Path) -> None:
    for digest, until in ((Digest.HOURLY, timedelta(hours=1)), (Digest.DAILY, timedelta(hours=12))):
        slow = replace(HOOK, digest=digest)
        desk = Desk(tmp_path / digest / "o.db", a_plan(a_rule(budget=100), channels=(slow,)))
        desk.look()
        for minute in (5, 20, 40):
            desk.at = NOON + timedelta(minutes=minute)
            desk.tell(f"i{minute}", publisher=f"Publisher {minute}")
            desk.look()
            assert desk.due().ids == ()
        desk.at = NOON + until
        desk.tell("late", publisher="Late")
        desk.at += timedelta(seconds=5)
        desk.look()
        batch = desk.due()
        assert [alert.row.key for alert in batch.alerts if alert.row] == ["i5", "i20", "i40"]
        desk.sent(batch)
        assert desk.due().ids == ()
        desk.at += until if digest is Digest.HOURLY else timedelta(days=1)
        assert len(desk.due().alerts) == 1


def test_a_copy_of_the_store_tells_nothing_that_waited_in_the_first(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "first" / "o.db", a_plan(a_rule(budget=100)))
    desk.look()
    desk.later(hours=1)
    desk.tell("waiting")
    desk.look()
    desk.tell("not yet looked at", publisher="Other")
    lines = list(archive_lines(desk.path, desk.at))
    copy = Desk.__new__(Desk)
    copy.path, copy.plan, copy.at, copy._number = tmp_path / "second" / "o.db", desk.plan, desk.at, 50
    restore(copy.path, lines, desk.at)
    assert copy.due().ids == ()
    assert [queued.state for logged in copy.log() for queued in logged.queued] == ["failed"]
    assert copy.look() == 0, "the first look only remembers"
    copy.later(hours=1)
    copy.tell("told there", publisher="Third")
    assert copy.look() == 1
    assert [alert.row.key for alert in copy.due().alerts if alert.row] == ["told there"]
    assert len(desk.due().ids) == 1, "the first store still tells it"
