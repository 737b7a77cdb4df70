"""What the store could not take is not shown as set, is said with its cure, and is over once it works: a real store on a real file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.corrections.conftest import WRITING
from tests.store.samples import NOON, a_story_round, keeper_on
from tests.ui.conftest import Heard
from tests.ui.driving import Driven, running
from tests.ui.fakes import FakeBrowser, FakeClock, FakeCollecting, FakeMarks, FakeSource, gate
from tui.domain.feed import Feed
from tui.pipeline.gate import Gate
from tui.store.database import open_reader, open_writer
from tui.store.errors import StoreFull
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks
from tui.ui.app import OverflightApp
from tui.ui.chrome import status_bar

FEED = "https://feed.example/rss"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "home" / "overflight.db"
    keeper = keeper_on(made)
    keeper.sync_feeds([Feed(FEED, "Example", country="PL")], NOON)
    keeper.save_round(a_story_round(1, "a"))
    keeper.close()
    return made


@asynccontextmanager
async def on_a_store(path: Path) -> AsyncIterator[Driven]:
    door = Gate(
        StoreBoard(open_reader(path)),
        StoreMarks(open_writer(path), lambda: WRITING),
        None,
        FakeBrowser(),
    )
    clock = FakeClock(NOON)
    app = OverflightApp(door, clock)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        source = FakeSource()
        driven = Driven(app, pilot, source, FakeMarks(source), FakeBrowser(), clock)
        await driven.until(lambda: app.session.board is not None, "first board")
        await driven.settled()
        yield driven
    door.source.close()
    door.marks.close()


def gone(path: Path) -> Path:
    """Where the file is kept meanwhile."""
    return path.rename(path.with_suffix(".aside"))


def watched(driven: Driven) -> bool:
    board = driven.app.session.board
    assert board is not None
    return board.incidents[0].watched


async def test_a_star_that_was_not_stored_is_taken_off_the_screen_and_its_cure_is_told(
    path: Path, faults: Heard
) -> None:
    async with on_a_store(path) as driven:
        aside = gone(path)
        await driven.press("w")
        told = driven.app._notifications
        cure = "Put the database back, or start Overflight again; nothing more is written."
        await driven.until(lambda: len(told) == 2, "both told whole")
        assert {one.message.split(":")[0] for one in told} == {
            "not stored",
            "The database was moved, deleted or replaced while it was open",
        }
        assert all(one.message.endswith(f"{path}. {cure}") for one in told)
        bar = "".join(text for text, _ in status_bar(driven.app.session, 80))
        assert bar.startswith(f" ✗ {cure}")
        await driven.until(lambda: not watched(driven), "no star")
        await driven.press("u")
        await driven.sees("nothing to undo")
        aside.rename(path)
        await driven.press("w")
        await driven.until(lambda: not driven.app.session.problem, "read again")
        await driven.no_longer_sees("✗ ")
        await driven.until(lambda: watched(driven), "the star")
        assert faults.records


async def test_a_note_and_tags_that_were_not_stored_are_no_step_to_undo(path: Path, faults: Heard) -> None:
    async with on_a_store(path) as driven:
        aside = gone(path)
        for key, typed in (("c", "hello"), ("number_sign", "night")):
            await driven.press(key)
            await driven.until(lambda: type(driven.app.screen).__name__ == "Ask", "the box")
            await driven.press(*typed, "enter")
            await driven.sees("not stored: ")
        aside.rename(path)
        await driven.press("u")
        await driven.sees("nothing to undo")
        assert "somebody else" not in driven.text
        assert faults.records


async def test_an_undo_that_was_not_stored_can_be_asked_for_again(path: Path, faults: Heard) -> None:
    async with on_a_store(path) as driven:
        await driven.press("w")
        await driven.until(
            lambda: watched(driven) and not driven.app.session.marking._steps._asked, "the star"
        )
        aside = gone(path)
        await driven.press("u")
        await driven.sees("not stored: ")
        await driven.until(lambda: watched(driven), "the star again")
        assert "undone" not in driven.text
        aside.rename(path)
        await driven.press("u")
        await driven.sees("undone: watched")
        await driven.until(lambda: not watched(driven), "no star")
        assert faults.records


async def test_an_undo_that_is_refused_is_not_called_undone_and_stands_in_nobodys_way(path: Path) -> None:
    async with on_a_store(path) as driven:
        for key, typed in (("w", ""), ("number_sign", "mine")):
            await driven.press(key)
            if typed:
                await driven.until(lambda: type(driven.app.screen).__name__ == "Ask", "the box")
                await driven.press(*typed, "enter")
                await driven.sees("tagged #mine")
        other = StoreMarks(open_writer(path))
        other.set_tags("a", ("mine", "theirs"), NOON)
        other.close()
        await driven.press("u")
        await driven.sees("somebody else changed it meanwhile")
        assert "undone" not in driven.text
        await driven.press("u")
        await driven.sees("undone: watched")


async def test_a_star_of_a_pause_stays_when_the_next_mark_is_laid(path: Path) -> None:
    async with on_a_store(path) as driven:
        await driven.press("space")
        await driven.sees("PAUSED")
        await driven.press("w")
        await driven.until(
            lambda: driven.app.session._held is not None, "a board that has the star, held back"
        )
        await driven.press("a")
        await driven.settled()
        assert watched(driven)


class FullDisk(FakeMarks):
    """Where nothing can be stored, and what is stored can be read."""

    full = True

    def remember(self, name: str, value: str) -> None:
        if self.full:
            raise StoreFull("The disk is full", Path("overflight.db"), "Free some space, then try again.")
        super().remember(name, value)


async def test_why_nothing_is_heard_of_a_collector_that_runs_is_told(faults: Heard) -> None:
    source = FakeSource()
    door = gate(source, marks=FullDisk(source), collecting=FakeCollecting())
    async with running(source, through=door) as driven:
        driven.clock.turn(timedelta(minutes=5))
        driven.app._tick()
        await driven.sees("✗ storing what is fetched did not work: Free some space")
        source.say(replace(source.status, heartbeat=driven.clock.now()))
        driven.app._tick()
        await driven.no_longer_sees("✗ ")
        assert faults.records


async def test_a_correction_is_undone_once_and_done_again_and_then_what_was_before_it(path: Path) -> None:
    async with on_a_store(path) as driven:
        told = driven.app._notifications

        async def press(key: str, words: str) -> None:
            driven.app.clear_notifications()
            await driven.press(key)
            await driven.until(
                lambda: (
                    any(note.message.startswith(words) for note in told)
                    and not driven.app.session.marking._steps._asked
                ),
                words,
            )

        await driven.press("w")
        await driven.until(lambda: watched(driven), "the star")
        await driven.press("exclamation_mark")
        await driven.sees("what is wrong?")
        await driven.press("n")
        await press("enter", "corrected: ")
        await press("u", "taken back: ")
        await press("U", "corrected: ")
        await press("u", "taken back: ")
        await press("u", "undone: watched")
        await press("U", "done again: watched")
        await press("U", "corrected: ")
