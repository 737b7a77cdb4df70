"""Alerts in the dashboard: said once, never as markup, and heard once a minute at most."""

from datetime import timedelta

import pytest

from tests.ui.driving import Driven, running
from tests.ui.fakes import FakeSource, gate


def counted(driven: Driven, monkeypatch: pytest.MonkeyPatch) -> list[None]:
    bells: list[None] = []
    monkeypatch.setattr(driven.app, "bell", lambda: bells.append(None))
    return bells


async def shows(driven: Driven) -> None:
    """The board of now is on the screen."""
    before = driven.source.reads
    driven.app.session.look(anew=True)
    await driven.until(lambda: driven.source.reads > before, "another board")
    await driven.settled()


async def test_an_alert_is_a_toast_once_and_counted_in_the_status_bar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = FakeSource()
    source.ring("an old one")
    async with running(source) as driven:
        bells = counted(driven, monkeypatch)
        await driven.sees("alerts 1")
        assert "an old one" not in driven.text
        source.ring("PL drones [red]over[/nope] Lublin (new)")
        await shows(driven)
        await driven.sees("watch: PL drones [red]over[/nope]", "alerts 2")
        assert len(bells) == 1


async def test_many_at_once_are_three_toasts_and_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    source = FakeSource()
    async with running(source) as driven:
        bells = counted(driven, monkeypatch)
        source.ring(*(f"incident {number}" for number in range(8)))
        await shows(driven)
        await driven.sees("incident 0", "incident 2", "and 5 alerts more")
        assert "incident 3" not in driven.text
        assert len(bells) == 1


async def test_the_bell_rings_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    source = FakeSource()
    async with running(source) as driven:
        bells = counted(driven, monkeypatch)
        for expected, pause in ((1, 30), (1, 31), (2, 0)):
            source.ring("an incident")
            await shows(driven)
            assert len(bells) == expected
            driven.clock.turn(timedelta(seconds=pause))


async def test_in_quiet_hours_an_alert_is_seen_and_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    source = FakeSource()
    async with running(source, through=gate(source, may_ring=lambda _: False)) as driven:
        bells = counted(driven, monkeypatch)
        source.ring("an incident")
        await shows(driven)
        await driven.sees("watch: an incident")
        assert not bells
