"""Feeds as publishers and other parsers' tests have them: read in place, never copied."""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.parse.samples import FEED
from tui.feeds.parse import FeedDocument, NotAFeed, parse_feed

EXTERNAL = (
    Path(os.environ.get("OVERFLIGHT_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "external"
)
pytestmark = pytest.mark.skipif(not EXTERNAL.exists(), reason=f"{EXTERNAL} is not on this machine")


def files_of(folder: str) -> list[Path]:
    return [
        path
        for path in sorted((EXTERNAL / folder).rglob("*"))
        if path.is_file() and path.name != "MANIFEST.json"
    ]


def test_every_file_of_other_parsers_tests_is_a_feed_or_is_refused_with_a_reason() -> None:
    feeds, refused = 0, []
    for path in files_of("feed_tests"):
        parsed = parse_feed(path.read_bytes(), FEED, "")
        if isinstance(parsed, NotAFeed):
            assert parsed.reason.isprintable()
            refused.append(path.name)
            continue
        feeds += 1
        assert len({entry.key for entry in parsed.entries}) == len(parsed.entries)
        assert all(entry.title for entry in parsed.entries)
    assert feeds >= 220
    # Web pages, subscription lists, gzip, broken JSON: nothing that is a feed to a person.
    assert not [
        name
        for name in refused
        if name.endswith((".rss", ".atom", ".rdf")) and not name.startswith("unrecognized")
    ]


@pytest.mark.parametrize(("folder", "least"), [("nyt", 15), ("orx365", 5)])
def test_captured_feeds_have_titles_links_and_dates_throughout(folder: str, least: int) -> None:
    # One capture is a channel without items.
    paths = [
        path
        for path in files_of(f"captured_feeds/{folder}")
        if path.suffix == ".xml" and b"<item" in path.read_bytes()
    ]
    assert paths
    for path in paths:
        parsed = parse_feed(path.read_bytes(), FEED, "")
        assert isinstance(parsed, FeedDocument), (path.name, parsed)
        assert len(parsed.entries) >= least
        assert all(entry.title and entry.url and entry.published for entry in parsed.entries)
        assert not any(entry.zone_assumed for entry in parsed.entries)


def consecutive_captures() -> Iterator[bytes]:
    with tarfile.open(
        EXTERNAL / "captured_feeds" / "nyt_world_consecutive_2022-10-02_to_07.tar.gz"
    ) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() else None
            if content:
                yield content.read()


def test_consecutive_captures_of_one_feed_name_each_story_the_same_way_throughout() -> None:
    links: dict[str, str] = {}
    captures = 0
    for body in consecutive_captures():
        captures += 1
        if captures % 8:
            continue
        parsed = parse_feed(body, FEED, "")
        assert isinstance(parsed, FeedDocument)
        for entry in parsed.entries:
            assert links.setdefault(entry.key, entry.url) == entry.url
    assert captures == 213
    assert len(set(links.values())) == len(links)
