"""Alerts in the dashboard: said once, never as markup, and heard once a minute at most."""

from datetime import timedelta

import pytest

from tests.ui.driving import Driven, running
from tests.ui.fakes import FakeSource, gate
from tui.domain.feed import TerminalNotice
from tui.ui.terminal import notice


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


async def test_the_terminal_is_asked_to_notify_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    source = FakeSource()
    async with running(source, through=gate(source, terminal=TerminalNotice.OSC_9)) as driven:
        written: list[str] = []
        assert driven.app._driver is not None
        monkeypatch.setattr(driven.app._driver, "write", written.append)
        for _ in range(3):
            source.ring("PL drones; \x1b]52;c;cHduZWQ=\x07 over Lublin")
            await shows(driven)
        notices = [text for text in written if "]9;" in text]
        assert len(notices) == 1
        assert notices[0].startswith("\x1b]9;Overflight: watch: PL drones; ")
        assert notices[0].endswith("over Lublin\x1b\\")
        assert notices[0][1:-2].isprintable(), "nothing in it ends the sequence or begins another"


async def test_without_asking_no_terminal_is_written_to(monkeypatch: pytest.MonkeyPatch) -> None:
    source = FakeSource()
    async with running(source) as driven:
        written: list[str] = []
        assert driven.app._driver is not None
        monkeypatch.setattr(driven.app._driver, "write", written.append)
        source.ring("an incident")
        await shows(driven)
        assert not [text for text in written if "an incident" in text and "\x1b]" in text]


def test_a_notice_is_one_field_of_777_and_goes_through_tmux_whole() -> None:
    assert notice(TerminalNotice.OSC_777, "a;b", in_tmux=False) == "\x1b]777;notify;Overflight;a,b\x1b\\"
    assert (
        notice(TerminalNotice.OSC_9, "a", in_tmux=True)
        == "\x1bPtmux;\x1b\x1b]9;Overflight: a\x1b\x1b\\\x1b\\"
    )
    assert notice(TerminalNotice.NONE, "a", in_tmux=False) == ""
    assert len(notice(TerminalNotice.OSC_9, "x" * 5000, in_tmux=False)) < 230
