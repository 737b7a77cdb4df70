"""From a feed on loopback to a receiver on loopback, with the real parts throughout."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.alerts.given import a_plan, a_rule
from tests.pipeline.fakes import EachItsOwn, RunningClock
from tests.servers.loopback import LoopbackServer
from tui.cli.wiring import equipment
from tui.domain.alerts import AlertRule, Channel, ChannelKind
from tui.domain.feed import Feed, FeedList, Settings
from tui.pipeline.collector import Equipment, collect_for_ever, collect_once
from tui.pipeline.parse_child import ParseChild
from tui.pipeline.rhythm import Rhythm

RHYTHM = Rhythm(
    spacing=timedelta(0), hand_pause=timedelta(0), tick=timedelta(milliseconds=20), resume_gap=None
)


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


def _rss(*titles: str) -> bytes:
    told = "".join(f"<item><guid>{title}</guid><title>{title}</title></item>" for title in titles)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{told}</channel></rss>'.encode()


def _parts(server: LoopbackServer, path: Path, rule: AlertRule, clock: RunningClock) -> Equipment:
    hook = Channel("hook", ChannelKind.WEBHOOK, server.url("/hook"))
    feed = Feed(server.url("/feed"), "Feed", publisher="Press", country="PL", allow_private=True)
    listed = FeedList((feed,), Settings(), "feeds.toml", alerts=a_plan(rule, channels=(hook,)))
    return replace(
        equipment(listed, path, clock, rhythm=RHYTHM),
        parser=ParseChild("tests.pipeline.reader:read_story"),
        make_grouping=EachItsOwn,
    )


async def _closed(parts: Equipment) -> None:
    await parts.fetcher.aclose()
    await parts.parser.aclose()


async def test_once_tells_of_what_came_since_the_last_time_and_of_nothing_the_first_time(
    server: LoopbackServer, tmp_path: Path
) -> None:
    clock = RunningClock()
    server.put("/hook", status=204)
    for titles in (["A drone"], ["A drone", "Another drone"], ["A drone", "Another drone"]):
        server.put("/feed", _rss(*titles))
        parts = _parts(server, tmp_path / "o.db", a_rule("country:PL"), clock)
        try:
            await collect_once(parts, everything=True)
        finally:
            await _closed(parts)
    (told,) = server.asked("/hook")
    (alert,) = json.loads(told.body)["alerts"]
    assert alert["stories"][0]["title"] == "Another drone"


async def test_a_collector_tells_while_it_runs(server: LoopbackServer, tmp_path: Path) -> None:
    clock = RunningClock()
    server.put("/hook", status=204)
    server.put("/feed", _rss("A drone"))
    first = _parts(server, tmp_path / "o.db", a_rule(), clock)
    await collect_once(first, everything=True)
    await _closed(first)
    server.put("/feed?again", _rss("A third drone"))
    parts = _parts(server, tmp_path / "o.db", a_rule(), clock)
    parts = replace(parts, feeds=replace(parts.feeds, feeds=_asked_anew(parts)))
    stop = asyncio.Event()
    running = asyncio.create_task(collect_for_ever(parts, stop))
    try:
        await _until(lambda: bool(server.asked("/hook")))
    finally:
        stop.set()
        await asyncio.wait_for(running, 10)
        await _closed(parts)
    assert len(server.asked("/hook")) == 1


def _asked_anew(parts: Equipment) -> tuple[Feed, ...]:
    """The same feed under another address, so that it is due."""
    (feed,) = parts.feeds.feeds
    return (replace(feed, url=f"{feed.url}?again"),)


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():  # noqa: ASYNC110 - nobody sets an event in another program
            await asyncio.sleep(0.02)
