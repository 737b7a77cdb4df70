"""The health screen: how every feed stands, in words, and what can be done about it."""

from dataclasses import replace
from datetime import datetime, timedelta

from tests.ui.driving import running
from tests.ui.fakes import HEALTHY, NOW, OFFLINE, FakeSource, gate
from tui.domain.board import FeedCounts
from tui.domain.feed import FeedRow, FeedState, FeedStatus
from tui.pipeline.gate import Switched
from tui.pipeline.keeping import PollRequest
from tui.ui.panes.feeds import draw_feed, feed_heading, feed_rows
from tui.ui.screens.health import Health
from tui.ui.screens.search import Search
from tui.ui.untrusted import cells

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


async def test_every_feed_stands_in_words_with_what_it_is_judged_by() -> None:
    async with running() as driven:
        await driven.press("H")
        await driven.sees("✗ gone", "410: gone for good", "4× 503 from the server", "… waiting", "◌ silent")
        await driven.sees("✓ 2 lively", "✓ 1 quiet", "◌ 1 silent", "✗ 1 failing", "✗ 1 gone", "– 1 off")
        silent = next(line for line in driven.lines if "Asahi" in line)
        # Last good, last answer, last news, its usual gap, next poll, stories in 30 days.
        assert silent.split("en ")[1].split()[:6] == ["3m", "3m", "9d", "30m", "5:00", "2"]


async def test_what_needs_a_look_is_counted_first_and_no_count_is_cut() -> None:
    async with running(size=(60, 16)) as driven:
        await driven.press("H")
        await driven.sees("✗ 1 gone  ✗ 1 failing  ◌ 1 silent")
        head = next(line for line in driven.lines if "✗ 1 gone" in line)
        assert "…" not in head.replace("… 1 waiting", "")


async def test_the_feed_under_the_cursor_is_told_whole() -> None:
    async with running() as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.sees("problem    410: gone for good; check the address by hand", "next poll never")
        await driven.press("j", "j")
        await driven.sees("silent, though it answers: about one entry in 30 minutes, the last 9 days ago")
        await driven.sees(
            "2 stories in 30 days", "HTTP 304 · 48,210 bytes · 76% of polls brought nothing new"
        )


async def test_offline_the_footer_and_every_feed_say_that_no_server_was_reached_and_when_it_is_tried_again() -> (
    None
):
    tried, retry = NOW - timedelta(minutes=9), NOW + timedelta(minutes=5, seconds=25)

    class Unreached(FakeSource):
        def feeds(self, now: datetime) -> tuple[FeedRow, ...]:
            never, away, good, *_ = super().feeds(now)
            quiet = FeedState("", FeedStatus.OK, last_attempt=tried, last_ok=tried - DAY)
            states = (
                FeedState("", last_attempt=tried, next_due=tried + MINUTE),
                replace(quiet, last_answer=tried - DAY, next_due=NOW + 2 * DAY),
                replace(quiet, last_answer=tried, next_due=tried + MINUTE),
            )
            return tuple(
                replace(row, state=replace(state, url=row.feed.url))
                for row, state in zip((never, away, good), states, strict=True)
            )

    offline = replace(
        OFFLINE, last_poll=None, next_poll=retry, feeds=FeedCounts(waiting=3, asked=tried), detail=""
    )
    async with running(Unreached(status=offline)) as driven:
        await driven.sees("asked 9m ago, no server was reached", "next poll 5:25", "retry in 5:25")
        assert "not polled yet" not in driven.text
        await driven.press("H")
        await driven.sees("problem    no network: no server was reached", "next poll 18 Mar 14:37Z")
        rows = driven.lines[3:-12]
        assert sum("no network: no server was reached" in line for line in rows) == 2
        assert sum(" 5:25 " in line for line in rows) == 2
        offline = replace(offline, last_poll=tried - DAY)
        driven.source.say(offline)
        driven.app.session.look()
        await driven.sees("asked 9m ago, no server was reached", "showing stored data up to")


async def test_sort_goes_round_and_the_list_can_be_narrowed_to_one_state() -> None:
    async with running() as driven:
        await driven.press("H")
        await driven.sees("sort attention ↓")
        await driven.press("s")
        await driven.sees("sort name ↓")
        await driven.press("f")
        await driven.sees("only gone 1", "Old Gazette")
        await driven.no_longer_sees("Baltic Wire")
        await driven.press("F")
        await driven.sees("Baltic Wire")
        await driven.no_longer_sees("only gone")


async def test_enter_shows_the_stories_of_the_feed_with_the_keys_on_them() -> None:
    async with running() as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.press("enter")
        await driven.until(lambda: isinstance(driven.app.screen, Search), "search")
        await driven.sees("feed:https://feeds.example/5.xml", "6 stories")
        screen = driven.app.screen
        assert isinstance(screen, Search)
        await driven.until(lambda: screen.focused is screen.hits, "the keys on the results")


async def test_the_feed_under_the_cursor_is_polled_and_every_feed_is() -> None:
    async with running() as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.press("j", "r", "ctrl+r")
        await driven.until(lambda: len(driven.marks.requests) == 2, "asked")
        assert driven.marks.requests == [
            PollRequest("feed", "https://feeds.example/4.xml"),
            PollRequest("all"),
        ]
        await driven.sees("asked to poll Ministry of Example")


async def test_a_feed_is_switched_off_in_the_list_and_what_came_of_it_is_said() -> None:
    asked: list[tuple[str, bool]] = []

    def switch(url: str, *, on: bool) -> Switched:
        asked.append((url, on))
        return Switched(
            done=len(asked) == 1, said="switched off in feeds.toml" if len(asked) == 1 else "it is not"
        )

    async with running(through=gate(FakeSource(), switch_feed=switch)) as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.press("D")
        await driven.sees("switched off in feeds.toml")
        await driven.press("G", "D")
        await driven.sees("it is not")
        assert asked == [("https://feeds.example/5.xml", False), ("https://feeds.example/9.xml", True)]


async def test_the_feeds_of_a_recording_cannot_be_switched_and_help_does_not_offer_it() -> None:
    async with running() as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.press("D")
        await driven.sees("the feeds of a recording cannot be switched off")
        await driven.press("question_mark")
        await driven.sees("help · health")
        assert "switch this feed" not in driven.text
        assert isinstance(driven.app.screen_stack[-2], Health)


def test_the_columns_stand_under_their_names_at_every_width() -> None:
    from tests.ui.fakes import NOW, feeds

    for width in (56, 58, 76, 99, 100, 116, 159, 160, 196):
        heading = "".join(text for text, _ in feed_heading(width))
        for row in feed_rows(feeds(), "name", "all", NOW):
            line = draw_feed(row, width, NOW)
            assert cells(line[:-1]) == heading.index(" problem"), (width, line)


async def test_what_is_wrong_with_the_list_of_feeds_is_told_whole() -> None:
    said = "feeds.toml, line 41: every: 'soon' is no duration; write a number and s, m, h or d; until then the list of before is used"
    async with running(FakeSource(status=replace(HEALTHY, list_problem=said)), size=(80, 24)) as driven:
        await driven.press("H")
        await driven.sees("the list", "until then the list of before is used")


async def test_a_feed_that_was_switched_off_is_switched_on_again_by_undo_from_any_screen() -> None:
    asked: list[tuple[str, bool]] = []

    def switch(url: str, *, on: bool) -> Switched:
        asked.append((url, on))
        return Switched(done=True, said=f"switched {'on' if on else 'off'} in feeds.toml")

    async with running(through=gate(FakeSource(), switch_feed=switch)) as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.press("D")
        await driven.sees("switched off in feeds.toml")
        await driven.press("escape")
        await driven.until(lambda: not isinstance(driven.app.screen, Health), "the monitor")
        await driven.press("u")
        await driven.sees("undone: ", "switched on in feeds.toml")
        await driven.press("U")
        await driven.sees("done again: ")
        await driven.until(lambda: len(asked) == 3, "asked")
        assert [on for _, on in asked] == [False, True, False]
        assert len({url for url, _ in asked}) == 1


async def test_a_feed_that_could_not_be_switched_is_no_step_of_undo_and_undo_says_what_it_is_not_for() -> (
    None
):
    def refuse(url: str, *, on: bool) -> Switched:
        return Switched(done=False, said=f"{url} stays {'off' if on else 'on'}")

    async with running(through=gate(FakeSource(), switch_feed=refuse)) as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.press("D")
        await driven.sees("stays on")
        await driven.press("u")
        await driven.sees("nothing to undo", "E opens it")


async def test_pressed_again_before_the_store_follows_the_switch_goes_back_and_undo_takes_each_step() -> None:
    asked: list[bool] = []

    def switch(url: str, *, on: bool) -> Switched:
        asked.append(on)
        return Switched(done=True, said=f"{len(asked)}: {url} {'on' if on else 'off'}")

    async with running(through=gate(FakeSource(), switch_feed=switch)) as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.press("D", "D", "D")
        await driven.until(lambda: len(asked) == 3, "three switches")
        # The store never follows here, as where nothing is fetched; another visit asks it anew.
        await driven.press("escape", "H")
        await driven.sees("410: gone for good")
        await driven.press("D")
        await driven.until(lambda: len(asked) == 4, "a fourth")
        await driven.press("u", "u", "u", "u")
        await driven.until(lambda: len(asked) == 8, "four taken back")
        await driven.press("U", "D")
        await driven.until(lambda: len(asked) == 10, "one again, and another")
        assert asked[:4] == [False, True, False, True]
        assert asked[4:8] == [False, True, False, True]
        assert asked[8:] == [False, True]


async def test_a_switch_that_was_refused_is_asked_for_again_by_the_same_key() -> None:
    asked: list[bool] = []

    def switch(url: str, *, on: bool) -> Switched:
        asked.append(on)
        return Switched(done=len(asked) not in (1, 3), said=f"{url}: answer {len(asked)}")

    async with running(through=gate(FakeSource(), switch_feed=switch)) as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        for number in range(1, 6):
            await driven.press("D")
            await driven.sees(f"answer {number}")
        assert asked == [False, False, True, True, False]


async def test_an_undo_that_the_list_does_not_take_now_stays_to_be_undone() -> None:
    asked: list[tuple[str, bool]] = []

    def switch(url: str, *, on: bool) -> Switched:
        asked.append((url, on))
        return Switched(done=len(asked) != 3, said=f"answer {len(asked)}")

    async with running(through=gate(FakeSource(), switch_feed=switch)) as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.press("D", "j", "D")
        await driven.sees("answer 2")
        for number in (3, 4, 5):
            await driven.press("u")
            await driven.sees(f"answer {number}")
        first, second = asked[0][0], asked[1][0]
        assert first != second
        assert asked[2:] == [(second, True), (second, True), (first, True)]


async def test_an_undo_for_a_feed_that_the_list_no_longer_names_makes_way_for_the_one_before() -> None:
    asked: list[tuple[str, bool]] = []

    def switch(url: str, *, on: bool) -> Switched:
        asked.append((url, on))
        gone = len(asked) == 3
        return Switched(done=not gone, said=f"answer {len(asked)}", never=gone)

    async with running(through=gate(FakeSource(), switch_feed=switch)) as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.press("D", "j", "D")
        await driven.sees("answer 2")
        for number in (3, 4):
            await driven.press("u")
            await driven.sees(f"answer {number}")
        assert [url for url, _ in asked] == [asked[0][0], asked[1][0], asked[1][0], asked[0][0]]
