"""A clock that is set to another time, by an hour or by ten years: no alert twice, no age below nothing, no silence."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.alerts.given import Desk, a_plan, a_rule
from tests.store.samples import NOON
from tests.ui.driving import running
from tui.domain.feed import QuietHours
from tui.ui.wording import age, clock_time

STEPS = [timedelta(hours=1), timedelta(days=1), timedelta(days=3652)]
BOTH_WAYS = [*STEPS, *(-step for step in STEPS)]
NEGATIVE = re.compile(r"(?<![\w.–-])-\d+ ?(?:s|m|h|d)\b")


@pytest.mark.parametrize("step", BOTH_WAYS, ids=str)
def test_no_alert_is_told_twice_and_none_is_lost_when_the_clock_is_set(
    tmp_path: Path, step: timedelta
) -> None:
    desk = Desk(tmp_path / "home" / "o.db", a_plan(a_rule()))
    assert desk.look() == 0
    desk.later(minutes=1)
    desk.tell("i1")
    assert desk.look() == 1
    desk.at = desk.at + step
    assert desk.look() == 0
    desk.later(minutes=1)
    desk.tell("i2", publisher="Other")
    desk.look()
    desk.at = NOON + timedelta(days=3)
    desk.look()
    told = [row.key for row in desk.incidents()]
    assert told.count("i1") == 1
    assert told.count("i2") <= 1


@pytest.mark.parametrize("step", BOTH_WAYS, ids=str)
async def test_no_age_on_the_screen_is_below_nothing_when_the_clock_is_set(step: timedelta) -> None:
    async with running(size=(200, 60)) as driven:
        driven.clock.turn(step)
        driven.app._tick()
        driven.source.generation += 1
        driven.app._tick()
        await driven.settled()
        for key in ("H", "escape", "enter", "enter"):
            await driven.press(key)
            await driven.settled()
            assert not NEGATIVE.search(driven.text), driven.text
        assert driven.app.is_running


@pytest.mark.parametrize("seconds", [-315_532_800, -86_400, -1, 0])
def test_the_age_of_what_is_dated_ahead_is_none_at_all(seconds: int) -> None:
    assert not age(timedelta(seconds=seconds)).startswith("-")


def test_over_a_change_to_summer_time_the_same_moment_has_the_users_own_hour() -> None:
    vilnius = ZoneInfo("Europe/Vilnius")
    before = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)
    assert clock_time(before, vilnius).startswith("02:59")
    assert clock_time(before + timedelta(minutes=1), vilnius).startswith("04:00")
    after = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert clock_time(after, vilnius).startswith("03:30")
    assert clock_time(after + timedelta(hours=1), vilnius).startswith("03:30")


def test_quiet_hours_hold_by_the_users_clock_on_the_night_it_changes() -> None:
    vilnius, quiet = ZoneInfo("Europe/Vilnius"), QuietHours("02:00", "05:00")
    start = datetime(2026, 3, 28, 23, 0, tzinfo=UTC)
    held = [quiet.hold((start + timedelta(minutes=15 * step)).astimezone(vilnius)) for step in range(16)]
    assert held.count(True) == 8  # two hours by the sun: the hour from three to four does not happen


def test_a_leap_day_is_a_day_like_others() -> None:
    leap = datetime(2028, 2, 29, 23, 59, tzinfo=UTC)
    assert (leap + timedelta(minutes=1)).date() == date(2028, 3, 1)
    assert clock_time(leap, None).startswith("23:59")
    assert age(leap + timedelta(days=1) - leap) == age(timedelta(days=1))
