"""The replay: an earlier moment of what is stored, scrubbed and played, marked as no now."""

from dataclasses import replace
from datetime import timedelta

from tests.ui.driving import Driven, running
from tests.ui.fakes import NOW, FakeSource
from tui.domain.board import BoardQuery, Telling
from tui.domain.codes import Origin
from tui.domain.sources import ChainLink, SourceChain
from tui.ui.past import board_at, detail_at, seen_by_slice
from tui.ui.screens.incident import Incident
from tui.ui.screens.monitor import Monitor
from tui.ui.screens.replay import Replay

DAY, HOUR = timedelta(hours=24), timedelta(hours=1)


async def replayed(driven: Driven) -> Replay:
    await driven.press("R")
    await driven.until(lambda: isinstance(driven.app.screen, Replay), "replay")
    await driven.sees("18 incidents so far, 9 to come · facts as known now")
    await driven.press("right_curly_bracket")
    await driven.sees("27 incidents so far")
    screen = driven.app.screen
    assert isinstance(screen, Replay)
    return screen


def test_what_was_not_seen_yet_is_not_on_the_board_of_then() -> None:
    whole = FakeSource().board(BoardQuery(window=None), NOW)
    then = NOW - timedelta(hours=3)
    board = board_at(whole, then, DAY)
    news = [row for row in board.incidents if row.origin is not Origin.BASELINE]
    assert news
    assert all(row.first_seen <= then and not row.new and row.latest <= then for row in news)
    assert board.total == sum(not row.follow_up_only for row in news)
    assert sum(count for _, count in board.tags) == board.total
    assert sum(row.incidents for row in board.countries) == board.total
    assert {row.iso2 for row in board.countries} == {
        code for row in news if not row.follow_up_only for code in row.facts.affected or ("",)
    }
    assert sum(row.origin is Origin.BASELINE for row in board.incidents) == 3


def test_an_incident_of_then_is_as_old_as_the_last_story_that_had_come() -> None:
    source = FakeSource()
    whole = source.board(BoardQuery(window=None), NOW)
    row = replace(whole.incidents[0], first_seen=NOW - 9 * HOUR, first_told=NOW - 10 * HOUR, told=NOW - HOUR)
    whole = replace(whole, incidents=(row,))
    then = NOW - 5 * HOUR
    tellings = {
        row.key: (
            Telling(came=NOW - 9 * HOUR, told=NOW - 10 * HOUR),
            Telling(came=NOW - 6 * HOUR, told=NOW - 7 * HOUR),
            Telling(came=NOW - 4 * HOUR, told=NOW - 8 * HOUR),
            Telling(came=NOW - HOUR, told=NOW - HOUR),
        )
    }
    (of_then,) = board_at(whole, then, None, tellings).incidents
    assert (of_then.latest, of_then.earliest, of_then.stories) == (NOW - 7 * HOUR, NOW - 10 * HOUR, 2)
    assert not board_at(whole, then, timedelta(minutes=90), tellings).incidents
    # What is not known of its stories is as old as the first of them, never as now.
    (of_then,) = board_at(whole, then, None).incidents
    assert of_then.latest == NOW - 10 * HOUR


def test_the_stories_steps_and_sources_of_an_incident_are_those_that_had_come() -> None:
    detail = FakeSource().incident("lt1")
    assert detail is not None
    then = NOW - timedelta(minutes=30)
    links = tuple(
        ChainLink(story.key, story.publisher, story.publisher, story.published, opens=True)
        for story in detail.stories
    )
    found = detail_at(replace(detail, chain=SourceChain(links)), then)
    assert [story.key for story in found.stories] == ["s4", "s5", "s6"]
    assert [link.story for link in found.chain.links] == ["s4", "s5", "s6"]
    assert found.row.latest == NOW - timedelta(minutes=41)
    assert (found.row.stories, found.row.publishers) == (3, 3)
    only = detail_at(detail, NOW - timedelta(minutes=60))
    assert (only.row.stories, only.row.publishers) == (1, 1)
    assert all(step.at <= then for step in found.timeline)


async def test_an_incident_opened_in_the_past_has_no_story_of_the_time_after_it() -> None:
    async with running() as driven:
        screen = await replayed(driven)
        screen._go(NOW - timedelta(minutes=30))
        await driven.sees("18 Mar 14:02Z")
        await driven.press("enter")
        await driven.sees("stories 3 · 3 publishers", "11m")
        assert "halts flights again over balloons" not in driven.text


def test_the_end_of_the_past_is_now() -> None:
    whole = FakeSource().board(BoardQuery(window=None), NOW)
    board = board_at(whole, NOW, None)
    assert board.total == whole.total
    assert board.tags == whole.tags


def test_a_window_of_the_past_is_compared_with_the_one_before_it() -> None:
    whole = FakeSource().board(BoardQuery(window=None), NOW)
    board = board_at(whole, NOW, timedelta(hours=2))
    earlier = board_at(whole, NOW - timedelta(hours=2), timedelta(hours=2))
    assert board.previous_total == earlier.total


def test_the_bar_counts_every_incident_once() -> None:
    whole = FakeSource().board(BoardQuery(window=None), NOW)
    news = [row for row in whole.incidents if row.origin is not Origin.BASELINE]
    counts = seen_by_slice(whole, min(row.first_seen for row in news), NOW, 17)
    assert len(counts) == 17
    assert sum(counts) == len(news)


async def test_keys_move_through_time_and_the_screen_says_that_it_is_no_now() -> None:
    async with running() as driven:
        screen = await replayed(driven)
        assert " REPLAY " in driven.lines[0]
        assert "14:32Z" in driven.lines[0]
        assert "LIVE" not in driven.text
        await driven.press("left_square_bracket", "left_square_bracket")
        await driven.sees("replay ×3,600  18 Mar 12:32Z", "16 incidents so far")
        assert "Smuggling balloons" not in driven.text
        await driven.press("n")
        await driven.sees("17 incidents so far")
        await driven.press("p")
        await driven.sees("16 incidents so far")
        await driven.press("left_curly_bracket")
        await driven.sees("0 incidents so far")
        await driven.press("right_curly_bracket")
        await driven.sees("27 incidents so far", "Smuggling balloons")
        await driven.press("greater_than_sign")
        await driven.sees("×21,600")
        await driven.press("less_than_sign", "less_than_sign")
        await driven.sees("×600")
        assert screen.session.board is not driven.app.session.board


async def test_it_plays_to_its_end_and_stops_there() -> None:
    async with running() as driven:
        await replayed(driven)
        await driven.press("greater_than_sign", "greater_than_sign", "left_square_bracket", "space")
        await driven.sees("▶ replay ×86,400")
        await driven.sees("‖ replay ×86,400  18 Mar 14:32Z", "the replay is over")


async def test_an_incident_opens_from_the_past_and_now_comes_back_untouched() -> None:
    async with running() as driven:
        before = driven.app.session.board
        await replayed(driven)
        await driven.press("left_square_bracket", "enter")
        await driven.until(lambda: isinstance(driven.app.screen, Incident), "incident")
        assert " REPLAY " in driven.lines[0]
        await driven.press("escape")
        await driven.until(lambda: isinstance(driven.app.screen, Replay), "replay again")
        await driven.press("0")
        await driven.until(lambda: type(driven.app.screen) is Monitor, "monitor")
        await driven.sees("● LIVE", "Smuggling balloons")
        assert driven.app.session.board is before
        assert not [said for said in driven.marks.said if said[0] == "seen"]


async def test_it_opens_where_incidents_are_still_to_come_and_says_how_many() -> None:
    async with running() as driven:
        await driven.press("R")
        await driven.sees("18 incidents so far, 9 to come")
        await driven.press("n")
        await driven.sees("19 incidents so far, 8 to come")
        await driven.press("right_curly_bracket")
        await driven.sees("27 incidents so far · ␣ plays from the beginning")


async def test_an_hour_back_is_an_hour_back() -> None:
    async with running() as driven:
        await driven.press("left_square_bracket")
        await driven.sees("18 Mar 13:32Z", "to come")
