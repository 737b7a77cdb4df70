"""213 captures of one live feed, one after the other: stories once, edits as versions, re-datings as nothing.

The captures are read in place and served from loopback through the real fetcher, parser and store. What
should come out is counted from the files by the standard library alone.
"""

import html
import re
import tarfile
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.servers.loopback import LoopbackServer
from tui.domain.codes import Origin
from tui.domain.entry import Entry
from tui.domain.feed import Feed, FeedState, FeedStatus, Settings
from tui.domain.reading import Reading, Verdict
from tui.feeds.fetch import HttpFetcher
from tui.feeds.parse import FeedDocument, parse_feed
from tui.pipeline.keeping import RoundResult
from tui.pipeline.ports import Fetched, NotModified, ReadEntry
from tui.reading.conclude import conclude
from tui.reading.line import incident_line
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper

ARCHIVE = Path("data/external/captured_feeds/nyt_world_consecutive_2022-10-02_to_07.tar.gz")
BEGIN = datetime(2022, 10, 2, 3, 0, tzinfo=UTC)
PATH = "/world.xml"

Wording = tuple[str, str, str]
"""Title, summary and link, as a reader would see them."""


@dataclass(frozen=True)
class CaptureClock:
    """The fetcher is told when the first capture was taken."""

    def now(self) -> datetime:
        return BEGIN

    def monotonic(self) -> float:
        return 0.0


@dataclass
class Truth:
    """What the captures hold, counted without any of our code."""

    wordings: dict[str, list[Wording]] = field(default_factory=lambda: defaultdict(list))
    """Each change of wording of each guid, in order."""
    redatings: int = 0
    """Items that came back with the same words and another date."""


@dataclass
class Polls:
    """What the polls of the program did."""

    new: int = 0
    revised: int = 0
    unchanged: int = 0
    not_modified: int = 0


@pytest.fixture(scope="module")
def captures(shared: Path) -> list[bytes]:
    if not (shared / ARCHIVE).exists():
        pytest.skip(f"the captured feeds are not at {shared}: set OVERFLIGHT_SHARED")
    with tarfile.open(shared / ARCHIVE) as archive:
        files = {
            member.name: archive.extractfile(member) for member in archive.getmembers() if member.isfile()
        }
        in_order = sorted(files, key=lambda name: int(Path(name).name.split("_")[0]))
        return [stream.read() for name in in_order if (stream := files[name]) is not None]


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[StoreKeeper]:
    made = StoreKeeper(
        open_writer(tmp_path / "captures.db"),
        conclude=conclude,
        line=incident_line,
        origin=Origin.NEWS,
        reader_version="keeps everything",
    )
    yield made
    made.close()


async def test_each_story_is_stored_once_edits_are_versions_and_redatings_are_nothing(
    captures: list[bytes], keeper: StoreKeeper, tmp_path: Path
) -> None:
    truth = _truth(captures)
    assert len(captures) == 213
    assert truth.redatings > 100, "the captures no longer show what this test is about"
    assert sum(len(wordings) - 1 for wordings in truth.wordings.values()) > 50

    with LoopbackServer() as server:
        feed = Feed(server.url(PATH), "World", lang="en", country="US", publisher="World", allow_private=True)
        polls, entries = await _poll_them_all(server, feed, captures, keeper)

    edits = sum(len(wordings) - 1 for wordings in truth.wordings.values())
    assert polls.new == len(truth.wordings)
    assert polls.revised == edits
    assert polls.not_modified > 0

    board = StoreBoard(open_reader(tmp_path / "captures.db"))
    try:
        assert board.feeds(datetime.now(UTC))[0].entries == len(truth.wordings)
        for guid, wordings in truth.wordings.items():
            detail = board.story(entries[guid].key)
            assert detail is not None, guid
            title, summary, link = wordings[-1]
            assert (detail.row.title, detail.row.url) == (title, link)
            assert detail.summary == summary or not summary  # with no description a caption may stand in
            earlier = sorted(detail.versions, key=lambda version: version.seen)
            assert [version.title for version in earlier] == [wording[0] for wording in wordings[:-1]]
            assert detail.row.published == entries[guid].published, "a re-dating moved the story"
    finally:
        board.close()


async def _poll_them_all(
    server: LoopbackServer, feed: Feed, captures: list[bytes], keeper: StoreKeeper
) -> tuple[Polls, dict[str, Entry]]:
    """One poll a capture, as the collector does; also each entry as it was when first seen."""
    polls, first_seen = Polls(), dict[str, Entry]()
    fetcher = HttpFetcher(Settings(), CaptureClock())
    keeper.sync_feeds([feed], BEGIN)
    state = FeedState(feed.url)
    try:
        for number, body in enumerate(captures):
            at = BEGIN + number * timedelta(minutes=30)
            server.put(PATH, body, etag=f'"{hash(body)}"')
            for _ in range(2):  # the second request of each finds nothing new
                answer = await fetcher.fetch(feed, state.validators)
                if isinstance(answer, NotModified):
                    polls.not_modified += 1
                    continue
                assert isinstance(answer, Fetched), answer
                document = parse_feed(answer.body, feed, answer.content_type)
                assert isinstance(document, FeedDocument), document
                state = replace(state, validators=answer.validators, status=FeedStatus.OK, last_ok=at)
                _store(keeper, document.entries, state, at, polls)
                for entry in document.entries:
                    first_seen.setdefault(entry.identity, entry)
    finally:
        await fetcher.aclose()
    return polls, first_seen


def _store(
    keeper: StoreKeeper, entries: tuple[Entry, ...], state: FeedState, at: datetime, polls: Polls
) -> None:
    known = keeper.known_hashes(entry.key for entry in entries)
    new = [entry for entry in entries if entry.key not in known]
    revised = [entry for entry in entries if known.get(entry.key, entry.hash) != entry.hash]
    seen = [entry.key for entry in entries if known.get(entry.key) == entry.hash]
    polls.new += len(new)
    polls.revised += len(revised)
    polls.unchanged += len(seen)
    keeper.save_round(
        RoundResult(
            state=state,
            at=at,
            new=tuple(ReadEntry(entry, _keep()) for entry in new),
            revised=tuple(ReadEntry(entry, _keep()) for entry in revised),
            seen=tuple(seen),
        )
    )


def _keep() -> Reading:
    """A reading that keeps everything: this test is about entries, not about airspace."""
    return Reading(Verdict(relevant=True, war_routine=False, score=1.0, threshold=0.5, lang="en"))


def _truth(captures: list[bytes]) -> Truth:
    truth = Truth()
    dates: dict[str, str] = {}
    for body in captures:
        for item in ET.fromstring(body).iter("item"):
            guid, date = _text(item, "guid"), _text(item, "pubDate")
            wording = (_text(item, "title"), _text(item, "description"), _text(item, "link"))
            held = truth.wordings[guid]
            if not held or held[-1] != wording:
                held.append(wording)
            elif dates[guid] != date:
                truth.redatings += 1
            dates[guid] = date
    return truth


def _text(item: ET.Element, tag: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(item.findtext(tag) or "")).strip()


def test_the_truth_is_told_apart_by_more_than_one_kind_of_change(captures: list[bytes]) -> None:
    changes = Counter(len(wordings) for wordings in _truth(captures).wordings.values())
    assert changes[1] > 100
    assert sum(count for versions, count in changes.items() if versions > 2) > 10
