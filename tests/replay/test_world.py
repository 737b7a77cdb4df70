"""The recorded world is as large, as many-tongued and as ordinary as a real list of feeds."""

import importlib.util
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import feedparser
import pytest

from tui.domain.codes import Event, ObjectCode
from tui.domain.territories import TERRITORY_NAMES
from tui.replay.world import World, load_world
from tui.replay.xml import feed_xml

ROOT = Path(__file__).parents[2]
EPOCH = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def world() -> World:
    return load_world((ROOT / "seeds" / "demo" / "world.jsonl").read_text(encoding="utf-8"))


def test_the_world_is_large_enough(world: World) -> None:
    assert len(world.feeds) >= 40
    assert len(world.entries) >= 600
    assert len(world.incidents) >= 30
    assert len({feed.lang for feed in world.feeds}) >= 10
    assert timedelta(days=9) < world.length <= timedelta(days=10)
    assert len({entry.id for entry in world.entries}) == len(world.entries)


def test_most_entries_are_ordinary_news_and_many_of_those_look_like_ours(world: World) -> None:
    ordinary = [entry for entry in world.entries if entry.incident is None]
    assert len(ordinary) > 0.75 * len(world.entries)
    assert sum(entry.lookalike for entry in ordinary) > 0.2 * len(ordinary)


def test_no_ordinary_headline_stands_twice(world: World) -> None:
    titles = Counter(entry.title for entry in world.entries if entry.incident is None)
    assert [title for title, count in titles.items() if count > 1] == []


def test_incidents_are_told_by_several_publishers_in_several_languages(world: World) -> None:
    lang_of = {feed.slug: feed.lang for feed in world.feeds}
    told = {incident.slug: set[str]() for incident in world.incidents}
    langs = {incident.slug: set[str]() for incident in world.incidents}
    for entry in world.entries:
        if entry.incident is not None:
            told[entry.incident].add(entry.feed)
            langs[entry.incident].add(lang_of[entry.feed])
    assert sum(len(feeds) >= 2 for feeds in told.values()) > 0.8 * len(told)
    assert sum(len(spoken) >= 2 for spoken in langs.values()) > 0.6 * len(langs)
    assert len(set.union(*langs.values())) >= 10


def test_every_incident_is_coded_in_the_codebooks_terms(world: World) -> None:
    for incident in world.incidents:
        assert {*incident.affected, *incident.actor} <= TERRITORY_NAMES.keys()
        assert incident.affected
        assert set(incident.object) <= set(ObjectCode)
        assert set(incident.event) <= set(Event)


def test_a_wire_copy_and_corrections_are_in_it(world: World) -> None:
    told = Counter(entry.title for entry in world.entries if entry.incident is not None)
    assert max(told.values()) == 2
    assert sum(bool(entry.edits) for entry in world.entries) >= 2


def test_every_feed_parses_and_gives_back_its_words(world: World) -> None:
    at = EPOCH + world.length
    for feed in world.feeds:
        parsed = feedparser.parse(BytesIO(feed_xml(world, feed, EPOCH, at)))
        standing = world.standing(feed, EPOCH, at)
        assert not parsed.bozo or feed.encoding != "utf-8", (feed.slug, parsed.bozo_exception)
        assert [item.title for item in parsed.entries] == [
            entry.wording(at - EPOCH).title for entry in standing
        ], feed.slug
        assert parsed.feed.title == feed.name


def test_the_shipped_world_is_what_its_sources_give() -> None:
    spec = importlib.util.spec_from_file_location("build_demo", ROOT / "scripts" / "build_demo.py")
    assert spec is not None
    assert spec.loader is not None
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    assert builder.build() == (ROOT / "seeds" / "demo" / "world.jsonl").read_text(encoding="utf-8")
