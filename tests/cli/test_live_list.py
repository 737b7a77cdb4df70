"""The real collector, as a process of its own, while a person edits its feeds.toml."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.servers.loopback import LoopbackServer
from tui.domain.board import CollectorStatus
from tui.domain.feed import FeedStatus
from tui.store.database import open_reader
from tui.store.errors import StoreError
from tui.store.load import StoreBoard

_FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><item><title>A headline</title>'
    b"<guid>1</guid></item></channel></rss>"
)


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        for path in ("/one", "/two", "/three"):
            running.put(path, _FEED, etag='"1"')
        yield running


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


class _Collector:
    """`overflight collect` on a database of its own, and what can be seen of it from outside."""

    def __init__(self, folder: Path, feeds: Path) -> None:
        self._database = folder / "overflight.db"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tui", "--feeds", str(feeds), "--db", str(self._database), "collect"],
            env={**os.environ, "OVERFLIGHT_HOME": str(folder)},
            stderr=subprocess.DEVNULL,
        )

    def end(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            assert self._process.wait(10) == 0
        finally:
            self._process.kill()
            self._process.wait()

    def stands(self) -> dict[str, FeedStatus]:
        try:
            board = StoreBoard(open_reader(self._database))
        except StoreError:  # it is only being made
            return {}
        try:
            return {row.feed.name: row.state.status for row in board.feeds(datetime.now(UTC))}
        finally:
            board.close()

    def says(self) -> CollectorStatus:
        board = StoreBoard(open_reader(self._database))
        try:
            return board.collector(datetime.now(UTC))
        finally:
            board.close()


def _written(server: LoopbackServer, *names: str, more: str = "") -> str:
    return "\n".join(
        f'[[feed]]\nurl = "{server.url("/" + name)}"\nname = "{name}"\nallow_private = true\n{more}'
        for name in names
    )


def test_feeds_added_changed_and_removed_are_taken_up_while_it_runs_and_a_bad_list_is_told_of(
    server: LoopbackServer, tmp_path: Path
) -> None:
    feeds = tmp_path / "chosen.toml"
    feeds.write_text(_written(server, "one", "two"))
    collector = _Collector(tmp_path, feeds)
    try:
        _until(lambda: collector.stands() == {"one": FeedStatus.OK, "two": FeedStatus.OK})
        begun = time.monotonic()

        feeds.write_text(_written(server, "two", "three"))
        _until(lambda: collector.stands() == {"two": FeedStatus.OK, "three": FeedStatus.OK})
        assert time.monotonic() - begun < 10
        assert len(server.asked("/two")) == 1  # it stayed as it was, so it was not asked again

        feeds.write_text(_written(server, "two", "three") + 'evrey = "5m"\n')
        _until(lambda: collector.says().list_problem != "")
        said = collector.says()
        assert "chosen.toml, line 10: evrey: is no key that is known here" in said.list_problem
        assert "the list of before is used" in said.list_problem
        assert said.state != "failed"
        assert collector.stands() == {"two": FeedStatus.OK, "three": FeedStatus.OK}

        feeds.write_text(_written(server, "two", more='headers = { "X-Key" = "k" }\n'))
        _until(lambda: collector.says().list_problem == "" and collector.stands() == {"two": FeedStatus.OK})
        assert len(server.asked("/one")) == len(server.asked("/three")) == 1
    finally:
        collector.end()


def test_a_server_that_does_not_answer_does_not_hold_up_a_changed_list(
    server: LoopbackServer, tmp_path: Path
) -> None:
    server.put("/slow", _FEED, delay=20)
    feeds = tmp_path / "chosen.toml"
    feeds.write_text(_written(server, "slow"))
    collector = _Collector(tmp_path, feeds)
    try:
        _until(lambda: server.asked("/slow") != [])
        feeds.write_text(_written(server, "one"))
        begun = time.monotonic()
        _until(lambda: collector.stands() == {"one": FeedStatus.OK})
        assert time.monotonic() - begun < 15
    finally:
        collector.end()
