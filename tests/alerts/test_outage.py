"""A receiver that is down and comes back: nothing lost, nothing twice, no flood."""

import json
from collections.abc import Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.alerts.given import Desk, a_plan, a_rule
from tests.pipeline.fakes import HandClock
from tests.servers.loopback import LoopbackServer
from tests.store.samples import NOON
from tui.alerts.deliver import Deliverer
from tui.domain.alerts import Channel, ChannelKind, Trigger
from tui.domain.feed import QuietHours, Settings
from tui.pipeline.alerting import Alerter, Alerting, alert_time, next_wait
from tui.store.alerts import StoreAlerts
from tui.store.database import open_writer
from tui.store.errors import StoreGone
from tui.store.sqlite import sqlite3


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


@asynccontextmanager
async def an_alerter(desk: Desk, clock: HandClock) -> Any:
    alerting = Alerting(desk.plan, lambda: StoreAlerts(open_writer(desk.path)), Deliverer(Settings()))
    async with Alerter(alerting, Settings(), clock, lambda: 0.5) as alerter:
        yield alerter


async def test_a_book_that_cannot_be_tidied_at_the_start_is_closed_again(tmp_path: Path) -> None:
    """Alerting is tried again every minute: each try would else leave a connection open."""
    desk = Desk(tmp_path / "home" / "overflight.db", a_plan(a_rule()))
    opened: list[StoreAlerts] = []

    def open_book() -> StoreAlerts:
        opened.append(StoreAlerts(open_writer(desk.path)))
        desk.path.rename(tmp_path / "elsewhere.db")
        return opened[0]

    alerting = Alerting(desk.plan, open_book, Deliverer(Settings()))
    with pytest.raises(StoreGone):
        await Alerter(alerting, Settings(), HandClock(NOON), lambda: 0.5).__aenter__()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        opened[0].writer.connection.execute("SELECT 1")


async def test_a_receiver_that_is_down_for_an_hour_gets_everything_once_in_one_message(
    server: LoopbackServer, tmp_path: Path
) -> None:
    hook = Channel("hook", ChannelKind.WEBHOOK, server.url("/hook"))
    desk = Desk(tmp_path / "home" / "overflight.db", a_plan(a_rule(budget=100), channels=(hook,)))
    clock = HandClock(NOON)
    server.put("/hook", status=503)
    told = 0
    for minute in range(60):
        # A process of its own each time: what waits is in the store.
        async with an_alerter(desk, clock) as alerter:
            if minute % 5 == 1:
                desk.at = clock.now()
                desk.tell(f"i{minute}", publisher=f"Publisher {minute}")
                told += 1
            await alerter.look(may_begin=True)
        clock.turn(timedelta(minutes=1))
    tries = len(server.asked("/hook"))
    assert told == 12
    assert 4 <= tries <= 14, "doubled up to ten minutes, not once a look"
    server.put("/hook", status=200)
    clock.turn(timedelta(minutes=15))
    async with an_alerter(desk, clock) as alerter:
        for _ in range(3):
            await alerter.look(may_begin=True)
    (arrived,) = server.asked("/hook")[tries:]
    document = json.loads(arrived.body)
    assert [alert["incident"]["id"] for alert in document["alerts"]] == [f"i{n}" for n in range(1, 60, 5)]
    assert {queued.state for logged in desk.log() for queued in logged.queued} == {"sent"}


async def test_a_command_is_tried_a_few_times_and_then_given_up(tmp_path: Path) -> None:
    failing = Channel("hook", ChannelKind.COMMAND, command=("false",))
    desk = Desk(tmp_path / "home" / "overflight.db", a_plan(a_rule("", Trigger.NEW), channels=(failing,)))
    clock = HandClock(NOON)
    async with an_alerter(desk, clock) as alerter:
        await alerter.look(may_begin=True)
        clock.turn(timedelta(minutes=1))
        desk.at = clock.now()
        desk.tell("i1")
        for _ in range(6):
            await alerter.look(may_begin=True)
            clock.turn(timedelta(minutes=11))
    assert [queued.state for queued in desk.log()[0].queued] == ["failed"]


def test_the_rest_after_a_failure_doubles_and_is_as_long_as_asked_for() -> None:
    waits = [next_wait(attempts, None, 0.5).total_seconds() for attempts in range(8)]
    assert waits == [15, 30, 60, 120, 240, 480, 600, 600]
    assert next_wait(0, timedelta(minutes=5), 0.0) == timedelta(minutes=5)
    assert next_wait(500, None, 1.0) <= timedelta(minutes=15)


def test_quiet_hours_and_days_are_those_of_the_user() -> None:
    settings = Settings(time_zone="Europe/Vilnius", quiet_hours=QuietHours("15:00", "16:00"))
    when = alert_time(settings, NOON)  # 15:00 there
    assert when.quiet
    assert (NOON - when.day_began, when.day_ends - when.day_began) == (timedelta(hours=15), timedelta(days=1))
