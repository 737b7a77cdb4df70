"""The handover on the screen: each incident once under what happened to it, opened, copied and written."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tests.ui.driving import Driven, running
from tests.ui.fakes import LOOKED, NOW, FakeSource, gate, timeline
from tui.cli.saving import SaveInFolder
from tui.domain.board import Board, BoardQuery
from tui.domain.feed import FeedRow, FeedState
from tui.domain.history import Outcome, TimelineEntry, TimelineKind
from tui.pipeline.gate import Saved
from tui.ui.screens.country import Country
from tui.ui.screens.handover import HandoverScreen
from tui.ui.screens.incident import Incident
from tui.ui.screens.search import Search


def at(minutes: int, kind: TimelineKind, text: str) -> TimelineEntry:
    return TimelineEntry(NOW - timedelta(minutes=minutes), kind, "Baltic Wire", text)


def told() -> FakeSource:
    """One incident denied since the last look, one whose outcome was told, the others new, revised or as they were."""
    source = FakeSource()
    ended = {"md2": Outcome.UNFOUNDED}
    source.incidents = tuple(
        replace(
            row,
            last_revised=NOW - timedelta(minutes=10),
            facts=replace(row.facts, outcome=ended.get(row.key, row.facts.outcome)),
        )
        if row.key in {"md1", "md2", "lv1", "no1"}
        else row
        for row in source.incidents
    )
    source.timelines = {
        "lv1": (*timeline()[:1], at(20, TimelineKind.DENIAL, "Minsk denies that anything crossed")),
        "md2": (at(10, TimelineKind.OUTCOME, "It was one of their own"),),
        "no1": (at(600, TimelineKind.FIRST_REPORT, "First report"),),
    }
    return source


async def handed_over(driven: Driven) -> HandoverScreen:
    await driven.press("B")
    await driven.until(lambda: isinstance(driven.app.screen, HandoverScreen), "the handover")
    screen = driven.app.screen
    assert isinstance(screen, HandoverScreen)
    await driven.sees("newly blind")
    return screen


async def test_each_incident_stands_once_under_what_happened_to_it_since_the_last_look() -> None:
    async with running(told(), size=(120, 60)) as driven:
        screen = await handed_over(driven)
        await driven.sees(
            "── new 9 ", "── resolved 1 ", "── contradicted 1 ", "── revised ", "── newly blind 1 "
        )
        keys = screen.items.keys
        assert len(keys) == len(set(keys))
        assert "no1" not in keys
        assert keys.index("md2") < keys.index("lv1")
        await driven.sees("since you last looked")
        assert screen._handover is not None
        assert screen._handover.since == LOOKED


async def test_it_begins_with_the_mark_that_stands_and_one_key_tells_of_the_whole_session() -> None:
    source = told()
    source.looked = LOOKED
    async with running(source, size=(120, 60)) as driven:
        marked = NOW - timedelta(minutes=15)
        source.looked = marked
        source.generation += 1
        await driven.press("a")
        await driven.until(
            lambda: driven.app.session.board is not None and driven.app.session.board.looked == marked,
            "the mark",
        )
        screen = await handed_over(driven)
        assert screen._handover is not None
        assert screen._handover.since == marked
        await driven.press("t")
        await driven.sees("since you looked before this session")
        assert screen._handover.since == LOOKED


async def test_what_is_opened_from_it_moves_no_beginning_under_the_cursor() -> None:
    source = told()
    async with running(source, size=(120, 60)) as driven:
        screen = await handed_over(driven)
        keys = screen.items.keys
        source.looked = NOW
        source.generation += 1
        await driven.until(lambda: screen._generation == source.generation, "the board after it")
        assert screen._handover is not None
        assert screen._handover.since == LOOKED
        assert screen.items.keys == keys


async def test_each_row_leads_on() -> None:
    async with running(told(), size=(120, 60)) as driven:
        screen = await handed_over(driven)
        await driven.press("enter")
        await driven.until(lambda: isinstance(driven.app.screen, Incident), "the incident")
        assert ("seen", ("lt1",)) in driven.marks.said
        await driven.press("escape")
        await driven.until(lambda: driven.app.screen is screen, "back")
        screen.items.select("state NO")
        await driven.press("enter")
        await driven.until(lambda: isinstance(driven.app.screen, Country), "the country")
        await driven.sees("Norway")
        await driven.press("escape")
        await driven.until(lambda: driven.app.screen is screen, "back")
        await driven.press("t")
        await driven.until(
            lambda: "feed https://feeds.example/4.xml" in screen.items.keys, "the failing feed"
        )
        screen.items.select("feed https://feeds.example/4.xml")
        await driven.sees("503 from the server")
        await driven.press("enter")
        await driven.until(lambda: isinstance(driven.app.screen, Search), "the stories of the feed")


async def test_another_beginning_hands_over_more() -> None:
    async with running(told(), size=(120, 60)) as driven:
        screen = await handed_over(driven)
        few = len(screen.items.keys)
        await driven.press("t")
        await driven.sees("since 8h")
        await driven.until(lambda: len(screen.items.keys) > few, "more incidents")


async def test_one_who_looks_for_the_first_time_is_told_a_day() -> None:
    source = FakeSource()
    source.looked = None
    async with running(source) as driven:
        screen = await handed_over(driven)
        await driven.sees("24h, for nobody looked before")
        assert screen._handover is not None
        assert screen._handover.since == NOW - timedelta(hours=24)


async def test_y_copies_it_as_markdown_that_cannot_act_on_a_terminal() -> None:
    source = told()
    source.timelines["lv1"] = (
        at(20, TimelineKind.DENIAL, "Denied \x1b]52;c;cHduZWQ=\x07 [x](javascript:1)"),
    )
    async with running(source) as driven:
        await handed_over(driven)
        await driven.press("y")
        await driven.until(lambda: driven.app.clipboard, "copied")
        text = driven.app.clipboard
        assert text.startswith("# Handover\n")
        assert "## Contradicted" in text
        assert "\x1b" not in text
        assert "\x07" not in text


async def test_e_writes_it_whole_and_says_where(tmp_path: Path) -> None:
    source = told()
    through = gate(source, save=SaveInFolder(tmp_path))
    async with running(source, through=through) as driven:
        await handed_over(driven)
        await driven.press("e")
        await driven.sees("written:")
        (file,) = await asyncio.to_thread(lambda: list(tmp_path.iterdir()))
        assert file.name == "overflight-handover-20260318T1432Z.md"
        assert file.read_text(encoding="utf-8").startswith("# Handover\n")


async def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    source = told()
    async with running(source, through=gate(source, save=SaveInFolder(tmp_path / "none"))) as driven:
        await handed_over(driven)
        await driven.press("e")
        await driven.sees("cannot be written")
    async with running(source) as driven:
        await handed_over(driven)
        await driven.press("e")
        await driven.sees("a recording writes no files")


def test_a_name_is_no_way_out_of_the_folder(tmp_path: Path) -> None:
    assert SaveInFolder(tmp_path)("../../out.md", "x") == Saved(
        done=True, said=f"written: {tmp_path / 'out.md'}"
    )
    assert [file.name for file in tmp_path.iterdir()] == ["out.md"]


async def test_a_shift_in_which_no_feed_answered_looks_like_no_quiet_one() -> None:
    source = Unreached()
    source.incidents = ()
    async with running(source, size=(120, 40)) as driven:
        await driven.press("B")
        await driven.sees(
            "nothing could be seen", "0/2 feeds answered", "None of the 2 feeds answered in the shift"
        )
        screen = driven.app.screen
        assert isinstance(screen, HandoverScreen)
        assert not screen.items.keys


class Unreached(FakeSource):
    """No feed answered, and no state was watched before."""

    def feeds(self, now: datetime) -> tuple[FeedRow, ...]:
        return tuple(replace(row, state=FeedState(row.feed.url)) for row in super().feeds(now)[:2])

    def board(self, query: BoardQuery, now: datetime) -> Board:
        return replace(super().board(query, now), coverage=())
