"""The program killed without warning in the middle of its rounds, and started again."""

import asyncio
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.servers.loopback import LoopbackServer
from tui.domain.board import BoardQuery
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard

SERVERS, ITEMS, KILLS = 8, 25, 4


def _rss(server: int) -> bytes:
    told = "".join(
        f'<item><guid isPermaLink="false">{server}-{item}</guid><title>Plain headline {server} {item}</title></item>'
        for item in range(ITEMS)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{told}</channel></rss>'.encode()


async def _start(database: Path, feed_list: Path, *command: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tui", "--db", str(database), "--feeds", str(feed_list), *command),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )


def _entries(database: Path) -> int:
    board = StoreBoard(open_reader(database))
    try:
        from tests.pipeline.fakes import NOON

        return board.board(BoardQuery(window=None), NOON).entries
    finally:
        board.close()


async def _more_than(database: Path, entries: int) -> None:
    async with asyncio.timeout(40):
        while _entries(database) <= entries:  # noqa: ASYNC110 - what is waited for is in a file
            await asyncio.sleep(0.02)


async def test_killed_again_and_again_it_ends_with_every_story_once(tmp_path: Path) -> None:
    database, feed_list = tmp_path / "overflight.db", tmp_path / "feeds.toml"
    open_writer(database).close()
    with ExitStack() as stack:
        servers = [stack.enter_context(LoopbackServer()) for _ in range(SERVERS)]
        for number, server in enumerate(servers):
            server.put("/f", _rss(number), etag=f'"{number}"', delay=0.2 * number)
        feed_list.write_text(
            "\n".join(
                f'[[feed]]\nurl = "{server.url("/f")}"\nname = "f{number}"\nlang = "en"\ncountry = "PL"\n'
                f'publisher = "P{number}"\nkind = "national"\nallow_private = true\n'
                for number, server in enumerate(servers)
            )
        )
        for kill in range(KILLS):
            collector = await _start(database, feed_list, "collect")
            await _more_than(database, ITEMS * kill)
            collector.kill()
            await collector.wait()
        once = await _start(database, feed_list, "once", "--all", "--plain")
        async with asyncio.timeout(60):
            assert await once.wait() == 0
    assert _entries(database) == SERVERS * ITEMS
    writer = open_writer(database)
    try:
        answers: list[Any] = writer.connection.execute("PRAGMA quick_check").fetchall()
        assert [answer[0] for answer in answers] == ["ok"]
    finally:
        writer.close()


async def test_told_to_end_in_the_middle_of_a_request_it_ends_at_once(
    server: LoopbackServer, tmp_path: Path
) -> None:
    database, feed_list = tmp_path / "overflight.db", tmp_path / "feeds.toml"
    server.put("/f", b"x" * 100, drip=0.2)
    feed_list.write_text(
        f'[[feed]]\nurl = "{server.url("/f")}"\nname = "f"\nlang = "en"\ncountry = "PL"\npublisher = "P"\n'
        'kind = "national"\nallow_private = true\n'
    )
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        asked = len(server.received)
        collector = await _start(database, feed_list, "collect")
        async with asyncio.timeout(40):
            while len(server.received) == asked:  # noqa: ASYNC110 - what is waited for is in another process
                await asyncio.sleep(0.02)
        os.kill(collector.pid, number)
        async with asyncio.timeout(2):
            assert await collector.wait() == 0
