"""What makes it a monitor: it changes while one looks, and nothing moves under the finger."""

import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta

from textual import events

from tests.ui.driving import Driven, running
from tests.ui.fakes import (
    HEALTHY,
    NOW,
    OFFLINE,
    FakeCollecting,
    FakeSource,
    baseline,
    gate,
    incident,
    minutes,
    news,
)
from tui.domain.board import Board, BoardQuery, IncidentDetail
from tui.domain.codes import Event
from tui.domain.history import TimelineEntry, TimelineKind
from tui.ui.screens.monitor import Monitor


def monitor(driven: Driven) -> Monitor:
    screen = driven.app.screen
    assert isinstance(screen, Monitor)
    return screen


def line_with(driven: Driven, words: str) -> int:
    return next(at for at, line in enumerate(driven.lines) if words in line)


async def test_new_incidents_above_leave_the_selected_row_on_its_line_of_the_screen() -> None:
    async with running() as driven:
        await driven.press("j", "j", "j")
        listed = monitor(driven).incidents
        assert listed.key == "dk1"
        before = line_with(driven, "Copenhagen halts departures")
        fresh = [
            incident(f"x{n}", f"Fresh incident number {n}", minutes(0), cc="SE", new=True) for n in range(3)
        ]

        driven.source.change(*fresh, *driven.source.incidents)

        await driven.until(lambda: "x0" in listed.keys, "the new rows")
        await driven.settled()
        assert listed.key == "dk1"
        assert line_with(driven, "Copenhagen halts departures") == before
        # One of the three stands where the separator stood, the other two are above.
        await driven.sees("▲ 2 new above · g", "Fresh incident number 2")
        assert "Fresh incident number 1" not in driven.text

        await driven.press("g")
        await driven.sees("Fresh incident number 0")
        await driven.no_longer_sees("new above")


async def test_a_short_list_keeps_its_line_too_though_all_of_it_would_fit() -> None:
    source = FakeSource(incidents=news()[:3])
    async with running(source) as driven:
        await driven.press("j", "k")
        before = line_with(driven, "Smuggling balloons")
        fresh = [incident(f"x{n}", f"Fresh incident {n}", minutes(0), new=True) for n in range(2)]
        source.change(*fresh, *source.incidents)
        await driven.sees("▲ 1 new above · g")
        assert line_with(driven, "Smuggling balloons") == before


async def test_a_cursor_that_nobody_has_placed_stays_with_the_newest_so_that_news_is_seen_to_come() -> None:
    source = FakeSource(incidents=baseline(), stories=0)
    async with running(source) as driven:
        await driven.sees("no news yet")
        source.change(incident("x", "The first news of all", minutes(0), new=True), *source.incidents)
        await driven.sees("The first news of all", "● 1 new")
        assert monitor(driven).incidents.key == "x"
        assert "new above" not in driven.text


async def test_a_selected_incident_that_goes_leaves_the_cursor_on_its_neighbour() -> None:
    async with running() as driven:
        await driven.press("j", "j")
        listed = monitor(driven).incidents
        assert listed.key == "tw1"
        driven.source.change(*(row for row in driven.source.incidents if row.key != "tw1"))
        await driven.until(lambda: listed.key == "dk1", "the next row below")


async def test_marking_seen_moves_no_row_and_goes_to_the_next_new_one() -> None:
    async with running() as driven:
        where = line_with(driven, "Smuggling balloons")
        await driven.press("a")
        listed = monitor(driven).incidents
        await driven.until(lambda: listed.key == "pl1", "the next new one")
        await driven.sees("● 8 new")
        await driven.until(lambda: ("seen", ("lt1",)) in driven.marks.said, "stored")
        assert line_with(driven, "Smuggling balloons") == where
        assert "● 5m" not in driven.text


async def test_undo_takes_back_what_was_seen_and_watched_step_by_step() -> None:
    source = FakeSource(incidents=tuple(row for row in news() if not row.updated))
    async with running(source) as driven:
        await driven.press("w", "A")
        await driven.sees("● 0 new")
        await driven.press("u")
        await driven.sees("● 9 new")
        await driven.press("u")
        await driven.until(lambda: ("watched", ("lt1", False)) in driven.marks.said, "watch undone")
        await driven.until(
            lambda: not next(row for row in driven.source.incidents if row.key == "lt1").watched, "stored"
        )


async def test_what_was_undone_is_done_again_until_something_new_is_done() -> None:
    source = FakeSource(incidents=tuple(row for row in news() if not row.updated))
    async with running(source) as driven:
        await driven.press("w", "A")
        await driven.sees("● 0 new")
        await driven.press("u", "u")
        await driven.sees("● 9 new")
        await driven.press("U")
        await driven.sees("done again: watched")
        await driven.press("U")
        await driven.sees("● 0 new", "done again: all marked seen (9)")
        await driven.press("U")
        await driven.sees("nothing to do again")
        await driven.press("u")
        await driven.sees("● 9 new")
        await driven.press("a")
        await driven.sees("● 8 new")
        await driven.press("U")
        await driven.settled()
        assert "● 8 new" in driven.text


async def test_a_mark_shows_at_once_even_while_the_store_is_slow() -> None:
    source = FakeSource()
    hold = threading.Event()
    door = gate(source)
    store_it = door.marks.mark_seen

    def slowly(keys: object, at: object) -> None:
        hold.wait(5)
        store_it(keys, at)  # type: ignore[arg-type]  # handed on as they came

    door.marks.mark_seen = slowly  # type: ignore[method-assign]  # the fake is slowed down
    async with running(source, through=door) as driven:
        await driven.press("a")
        await driven.sees("● 8 new")
        assert not driven.marks.said
        # A poll that brings the old state of the mark does not bring the dot back.
        source.generation += 1
        reads = source.reads
        await driven.until(lambda: source.reads > reads, "another read")
        await driven.settled()
        assert "● 8 new" in driven.text
        hold.set()
        await driven.until(lambda: driven.marks.said, "stored in the end")


async def test_scrolling_and_time_mark_nothing_seen() -> None:
    async with running() as driven:
        await driven.press("G", "g", "pagedown", "ctrl+d", "j", "k")
        driven.clock.turn(timedelta(minutes=30))
        await driven.sees("15:02Z")
        assert driven.marks.said == []
        assert "● 9 new" in driven.text


async def test_opening_an_incident_marks_it_seen() -> None:
    async with running() as driven:
        await driven.press("enter")
        await driven.until(lambda: ("seen", ("lt1",)) in driven.marks.said, "seen by opening")


async def test_pause_holds_new_incidents_back_and_says_how_many_wait() -> None:
    async with running() as driven:
        await driven.press("space")
        await driven.sees("● PAUSED")
        driven.source.change(
            incident("x", "Fresh incident", minutes(0), new=True),
            incident("y", "Another fresh incident", minutes(0), new=True),
            *driven.source.incidents,
        )
        await driven.sees("2 waiting")
        assert "x" not in monitor(driven).incidents.keys
        await driven.press("space")
        await driven.sees("● LIVE")
        await driven.until(lambda: "x" in monitor(driven).incidents.keys, "let in")


async def test_while_paused_another_window_is_shown_whole() -> None:
    async with running() as driven:
        await driven.press("space", "t")
        await driven.sees("window 7d")
        await driven.until(
            lambda: (
                driven.app.session.board is not None
                and driven.app.session.board.counted
                and driven.app.session.board.query.window == timedelta(days=7)
            ),
            "its countries too",
        )
        assert driven.app.session.board is not None
        assert driven.app.session.board.countries


async def test_paused_and_out_of_sight_time_alone_reads_and_draws_nothing() -> None:
    async with running() as driven:
        await driven.press("space")
        await driven.sees("● PAUSED")
        driven.app.post_message(events.AppBlur())
        await driven.until(lambda: not driven.app.app_focus, "out of sight")
        await driven.settled()
        reads, stood = driven.source.reads, driven.text
        for _ in range(3):
            driven.clock.turn(timedelta(seconds=61))
            driven.app._tick()
            await driven.settled()
        assert (driven.source.reads, driven.text) == (reads, stood)
        driven.app.post_message(events.AppFocus())
        await driven.until(lambda: driven.text != stood, "the time of now")


async def test_the_store_is_never_read_on_the_event_loop() -> None:
    async with running() as driven:
        await driven.press("enter", "enter")
        await driven.sees("why matched")
        assert driven.source.threads == {"overflight-reads", "overflight-counts"}


async def test_a_read_that_fails_says_so_in_the_status_bar_and_goes_when_it_works_again() -> None:
    async with running() as driven:
        # What is read for one screen is told of by itself, and for longer.
        await driven.until(lambda: monitor(driven).detail is not None, "the preview")
        driven.source.broken = "[/bold] the disk [red]is gone\x1b[2J"
        await driven.until(lambda: driven.app.session.problem, "the failure")
        await driven.until(lambda: "✗ " in driven.lines[-2], "told in the status bar")
        assert "[/bold] the disk [red]is gone" in driven.lines[-2]
        assert " TROUBLE " in driven.lines[0]
        assert "\x1b" not in driven.text
        assert "Smuggling balloons" in driven.text
        driven.source.broken = None
        await driven.no_longer_sees("the disk [red]is gone")


async def test_the_window_is_widened_by_a_key() -> None:
    old = incident("old", "An incident of last week", timedelta(days=5))
    async with running(FakeSource(incidents=(*news(), old))) as driven:
        assert "old" not in monitor(driven).incidents.keys
        await driven.press("t")
        await driven.sees("window 7d")
        await driven.until(lambda: "old" in monitor(driven).incidents.keys, "the wider window")


async def test_where_the_top_bar_has_no_room_for_the_window_a_key_says_it() -> None:
    async with running(size=(80, 24)) as driven:
        await driven.press("t")
        await driven.until(
            lambda: any(
                "what changed in the last 7d" in toast.message for toast in driven.app._notifications
            ),
            "a toast that names the window",
        )


async def test_a_country_narrows_the_list_and_all_widens_it_again() -> None:
    async with running() as driven:
        await driven.press("1", "j")
        await driven.until(
            lambda: monitor(driven).incidents.keys == ("pl1", "pl2", "pl3", "pl4", "b-pl"), "Poland"
        )
        assert "monitor › Poland" in driven.lines[0]
        await driven.press("k")
        await driven.until(lambda: "lt1" in monitor(driven).incidents.keys, "all again")


async def test_a_silent_collector_turns_the_top_bar_stale() -> None:
    async with running() as driven:
        driven.clock.turn(timedelta(minutes=3))
        await driven.sees(" STALE 3m ")
        driven.source.say(replace(HEALTHY, heartbeat=driven.clock.now()))
        await driven.sees("● LIVE")


async def test_no_collector_at_all_is_said() -> None:
    source = FakeSource(status=replace(HEALTHY, heartbeat=None, state="none"))
    async with running(source, through=gate(source, collecting=FakeCollecting())) as driven:
        driven.clock.turn(timedelta(seconds=30))
        await driven.sees(" NO COLLECTOR ")


async def test_a_dashboard_that_was_told_not_to_fetch_says_so_from_the_first_picture() -> None:
    async with running(FakeSource(status=replace(HEALTHY, heartbeat=None, state="none"))) as driven:
        await driven.sees(" NOT FETCHING ")


async def test_offline_says_up_to_when_the_data_is_and_stays_usable() -> None:
    async with running(FakeSource(status=OFFLINE)) as driven:
        await driven.sees("OFFLINE", "showing stored data up to 12:40Z", "retry in 0:40")
        await driven.press("enter")
        await driven.sees("why cert")
        assert "OFFLINE" in driven.lines[0]


async def test_a_list_of_feeds_that_cannot_be_used_is_said_with_its_place() -> None:
    said = "feeds.toml, line 41: every: is no duration; the list of before goes on"
    async with running(FakeSource(status=replace(HEALTHY, list_problem=said))) as driven:
        await driven.sees(f"! {said}", "● LIVE")
        assert said in driven.lines[-2]


async def test_a_dead_collector_is_started_again_but_not_for_ever() -> None:
    source = FakeSource(status=replace(HEALTHY, heartbeat=None, state="none"))
    collecting = FakeCollecting(stays_up=False)
    async with running(source, through=gate(source, collecting=collecting)) as driven:
        driven.clock.turn(timedelta(seconds=30))
        for _ in range(8):
            driven.app._tick()
            driven.clock.turn(timedelta(seconds=1))
        await driven.sees("the collector ended: feeds.toml, line 3: not TOML; it is started again")
        await driven.until(lambda: 1 < collecting.starts < 4, "starts with pauses between them")
        for _ in range(8):
            driven.app._tick()
            driven.clock.turn(timedelta(minutes=3))
        await driven.sees("the collector ended 6 times within the hour: feeds.toml, line 3")
        await driven.until(lambda: collecting.starts == 6, "one start and five more")


async def test_a_collector_that_ended_is_not_missed_while_another_process_fetches() -> None:
    source = FakeSource()
    collecting = FakeCollecting(stays_up=False)
    async with running(source, through=gate(source, collecting=collecting)) as driven:
        await driven.until(lambda: collecting.starts == 1, "the first start")
        for _ in range(8):
            driven.app._tick()
        await driven.settled()
        assert collecting.starts == 1
        assert driven.app.session.problem is None


async def test_without_focus_the_clock_goes_slowly_and_with_it_at_once_again() -> None:
    async with running() as driven:
        driven.app.post_message(events.AppBlur())
        await driven.until(
            lambda: driven.app._timer is not None and driven.app._timer._interval == 10, "slow"
        )
        driven.clock.turn(timedelta(minutes=2))
        driven.app.post_message(events.AppFocus())
        await driven.sees("14:34Z")
        assert driven.app._timer is not None
        assert driven.app._timer._interval == 1


async def test_polling_is_asked_for_by_key() -> None:
    async with running() as driven:
        await driven.press("r", "ctrl+r")
        await driven.until(
            lambda: [request.kind for request in driven.marks.requests] == ["due", "all"], "both requests"
        )


async def test_the_preview_follows_the_cursor_once_it_rests() -> None:
    async with running() as driven:
        await driven.press("j", "j", "j", "j", "j")
        await driven.until(
            lambda: any("▊Debris of a drone is found" in line for line in driven.lines),
            "its line in the preview",
        )
        await driven.sees("Airspace open")


async def test_the_preview_tells_more_as_soon_as_more_is_stored() -> None:
    async with running() as driven:
        await driven.sees("Airspace open")
        step = TimelineEntry(NOW, TimelineKind.COUNT, "rule", "Count 60 → 64")
        read_incident = driven.source.incident

        def longer(key: str) -> IncidentDetail | None:
            detail = read_incident(key)
            return None if detail is None else replace(detail, timeline=(*detail.timeline, step))

        driven.source.incident = longer  # type: ignore[method-assign]  # the fake learns more
        driven.source.generation += 1
        await driven.sees("Count 60 → 64")


async def test_a_protest_is_listed_but_not_counted() -> None:
    rows = [row for row in news() if row.facts.event[0] is Event.PROTEST]
    async with running(FakeSource(incidents=(*rows, *baseline()))) as driven:
        await driven.sees(" 0 incidents 24h", "Warsaw summons the envoy")


async def test_quitting_never_waits_for_a_read_that_hangs() -> None:
    source = FakeSource()
    hold = threading.Event()
    read_board = source.board

    def hang(query: BoardQuery, now: datetime) -> Board:
        if source.generation > 1:
            hold.wait(60)
        return read_board(query, now)

    source.board = hang  # type: ignore[method-assign]  # the fake is made to hang
    async with running(source) as driven:
        source.generation = 2
        reads = source.threads
        await driven.until(lambda: reads, "a read")
        await driven.press("j")
        began = time.monotonic()
    assert time.monotonic() - began < 5
    hold.set()
