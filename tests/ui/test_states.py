"""The states nobody draws first: empty, offline, first poll, too small, replay, no news."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.ui.driving import running
from tests.ui.fakes import HEALTHY, NOW, OFFLINE, STARTING, FakeSource, baseline, countries, gate, news
from tui.domain.board import Board, BoardQuery, CollectorStatus, CountryRow, IncidentDetail
from tui.domain.codes import Origin
from tui.domain.incident import FactCorrection


async def test_the_first_start_offline_shows_the_baseline_and_says_why_there_is_no_news() -> None:
    status = replace(
        OFFLINE, last_poll=None, feeds=replace(HEALTHY.feeds, ok=0, damaged=0, failing=0, waiting=150)
    )
    source = FakeSource(incidents=baseline(), status=status, stories=0, looked=None)
    async with running(source) as driven:
        await driven.sees(
            "no news yet · 0 of 150 feeds answered · OFFLINE",
            "baseline · known incidents, not news",
            "B Nov22 PL",
            "B Feb23 US",
        )
        assert " 0 incidents 24h" in driven.text
        await driven.press("enter")
        await driven.sees("baseline, not news", "uncertain", "count, place", "a known incident of the past")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_known_incident_of_the_past_says_why_it_has_no_story(size: tuple[int, int]) -> None:
    async with running(FakeSource(incidents=baseline(), stories=0), size=size) as driven:
        await driven.press("enter")
        await driven.sees("stories none · a known incident of the past")
        assert "⏎ open" not in driven.lines[-1]
        await driven.press("enter")
        await driven.until(
            lambda: any("no story of it was" in note.message for note in driven.app._notifications),
            "said why",
        )
        await driven.press("x")
        await driven.sees("why these stories are one incident", "nothing was grouped here")


async def test_enter_is_offered_on_an_incident_with_stories() -> None:
    async with running() as driven:
        await driven.press("enter")
        await driven.sees("⏎ open", "stories 6")


async def test_an_incident_that_a_person_said_is_none_says_that_it_is_hidden_and_how_to_take_it_back() -> (
    None
):
    class Hidden(FakeSource):
        def incident(self, key: str) -> IncidentDetail | None:
            found = super().incident(key)
            return replace(found, hidden=True) if found else None

    async with running(Hidden()) as driven:
        await driven.press("enter")
        await driven.sees("✎ you said: not an incursion", "hidden from the lists", "u takes it back")


async def test_an_empty_store_says_so_and_every_key_still_lives() -> None:
    source = FakeSource(incidents=(), status=STARTING, stories=0, looked=None)
    async with running(source) as driven:
        await driven.sees("no news yet · 0 of 150 feeds answered · STARTING", "first poll 26/150 feeds")
        await driven.press(*"jkgGnpaANwostyYOlh", "enter", "z", "space", "i")
        await driven.press("question_mark")
        await driven.sees("help · monitor")


async def test_news_outside_the_window_is_told_apart_from_no_news_at_all() -> None:
    source = FakeSource(incidents=baseline())
    async with running(source) as driven:
        await driven.sees("no incident in the news of the last 24h · t widens")


async def test_baseline_rows_are_marked_and_never_counted_or_new() -> None:
    async with running(size=(120, 74)) as driven:
        await driven.sees("+3 baseline", "B Feb23 TW ○ BLN DEBR Remains of a balloon")
        assert " 26 incidents 24h" in driven.text


@pytest.mark.parametrize("key", ["", "enter", "H", "question_mark"])
async def test_a_replay_says_so_on_every_screen(key: str) -> None:
    source = FakeSource(incidents=tuple(replace(row, origin=Origin.REPLAY) for row in news()))
    async with running(source, through=gate(source, replay=True)) as driven:
        if key:
            await driven.press(key)
            await driven.settled()
        assert " REPLAY " in driven.lines[0]
        assert "LIVE" not in driven.lines[0]


async def test_a_replay_whose_collector_is_silent_says_so_beside_the_label() -> None:
    source = FakeSource(incidents=tuple(replace(row, origin=Origin.REPLAY) for row in news()))
    async with running(source, through=gate(source, replay=True)) as driven:
        assert "its collector is silent" not in driven.lines[-2]
        driven.clock.turn(timedelta(seconds=21))
        await driven.sees("the recording has stopped arriving: its collector is silent")
        assert " REPLAY " in driven.lines[0]


async def test_a_replay_that_is_over_says_so_and_not_that_it_stopped_arriving() -> None:
    source = FakeSource(incidents=tuple(replace(row, origin=Origin.REPLAY) for row in news()))
    through = gate(source, replay=True, replay_end=NOW + timedelta(seconds=10))
    async with running(source, through=through) as driven:
        assert "over" not in driven.lines[0]
        driven.clock.turn(timedelta(seconds=600))
        await driven.sees("the recording is over: this is how it ended")
        assert " REPLAY OVER " in driven.lines[0]
        assert "stopped arriving" not in driven.text


async def test_a_screen_too_small_says_what_it_needs_and_recovers() -> None:
    async with running(size=(59, 20)) as driven:
        assert driven.lines[0].strip() == "needs 60×16, have 59×20"
        assert "".join(driven.lines[1:]).strip() == ""
        await driven.pilot.resize_terminal(80, 24)
        await driven.sees("¹countries", "Smuggling balloons")
        await driven.pilot.resize_terminal(80, 15)
        await driven.sees("needs 60×16, have 80×15")


@pytest.mark.parametrize(
    "size", [(60, 16), (80, 24), (99, 33), (100, 34), (120, 40), (160, 50), (200, 60), (300, 90)]
)
async def test_every_size_draws_full_rows_without_a_crash(size: tuple[int, int]) -> None:
    async with running(size=size) as driven:
        for keys in (("enter",), ("enter",), ("question_mark",)):
            from rich.cells import cell_len

            await driven.press(*keys)
            await driven.settled()
            assert len(driven.lines) == size[1]
            assert {cell_len(line) for line in driven.lines} == {size[0]}


async def test_a_storm_of_resizes_is_survived() -> None:
    async with running() as driven:
        for width, height in [(20, 5), (1, 1), (200, 60), (80, 24), (500, 2), (60, 16), (120, 40)] * 3:
            await driven.pilot.resize_terminal(width, height)
        await driven.sees("¹countries", "Smuggling balloons")


async def test_a_store_that_cannot_be_read_at_all_still_opens_the_monitor() -> None:
    async with running(FakeSource(broken="unable to open the file")) as driven:
        await driven.sees("✗ unable to open the file", "reading the store")


async def test_notices_are_said_once_as_plain_text() -> None:
    source = FakeSource()
    async with running(
        source, through=gate(source, notices=("[/b] feeds.toml has a line [red]left out",))
    ) as driven:
        await driven.sees("[/b] feeds.toml has a line", "[red]left out")


async def test_first_poll_progress_is_in_the_status_bar_of_every_screen() -> None:
    async with running(FakeSource(status=STARTING)) as driven:
        for key in ("enter", "H"):
            await driven.press(key)
            await driven.sees("first poll 26/150 feeds")


async def test_the_line_of_an_incident_says_that_its_sources_contradict_each_other() -> None:
    first, *rest = news()
    contradicted = replace(first, facts=replace(first.facts, disputed=("count",)))
    async with running(FakeSource(incidents=(contradicted, *rest)), size=(200, 60)) as driven:
        await driven.sees("disputed ●●●≠", "disputed ◌◌◌")
        assert sum(" disputed ●" in line or " disputed ◌" in line for line in driven.lines) == 2
        await driven.press("enter")
        await driven.sees("≠ disputed")


async def test_a_fact_that_a_person_corrected_is_marked() -> None:
    first, *rest = news()
    by_hand = (FactCorrection("actor", "RU", NOW), FactCorrection("outcome", "confirmed", NOW))
    corrected = replace(first, facts=replace(first.facts, corrected=by_hand))
    async with running(FakeSource(incidents=(corrected, *rest))) as driven:
        await driven.press("enter")
        await driven.sees("✎ actor: RU by you · 18 Mar 14:32Z", "✎ outcome: confirmed by you")


async def test_until_the_feeds_are_known_nothing_is_said_of_them_or_of_the_countries_they_look_at() -> None:
    class Unknown(FakeSource):
        def board(self, query: BoardQuery, now: datetime) -> Board:
            quiet = tuple(
                CountryRow(row.iso2, row.name, 0, 0, 1, row.severity, ()) for row in countries(baseline())
            )
            return replace(super().board(query, now), coverage=(), countries=quiet)

    source = Unknown(incidents=baseline(), stories=0, status=CollectorStatus())
    async with running(source) as driven:
        await driven.sees("feeds …", "no news yet · NOT FETCHING", "¹countries …", "US United Sta…")
        for said in ("✓0", "not polled yet", "of 0 feeds", "unseen", "?  "):
            assert said not in driven.lines[-2]
            assert not any(said in line[:33] for line in driven.lines)
        source.say(STARTING)
        driven.app.session.look()
        await driven.sees("…150", "first poll 26/150 feeds", "no news yet · 0 of 150 feeds answered")
