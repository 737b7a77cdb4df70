"""One feed, once: from the request to what is to be stored."""

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import MappingProxyType

from tui.domain.clock import Clock
from tui.domain.entry import RESTLESS, Entry, believed
from tui.domain.feed import Feed, FeedState, Settings, Validators
from tui.domain.incident import FiledReport
from tui.domain.value import dataclass
from tui.pipeline.health import PARSE_VERSION, Outcome, SameBody, Taken, Terms, after, conditions
from tui.pipeline.keeping import RoundResult
from tui.pipeline.ports import Fetched, Fetcher, FetchFailed, Parsed, ParseFailed, Parser, ReadEntry
from tui.pipeline.rhythm import Rhythm
from tui.pipeline.robots import Robots

_NOBODY: Mapping[str, str] = MappingProxyType({})
_DOUBLE = "It leads to the address of {name}, which is polled already; take one of the two out of feeds.toml"
_KEPT_OUT = (
    "Its site keeps programs out of this page in its robots.txt; ask the publisher for a feed, or take the page out of "
    "feeds.toml"
)

Known = Callable[[Sequence[str]], Awaitable[Mapping[str, str]]]
"""Keys of entries to the text hashes stored for them."""
Renamed = Callable[[str, Sequence[Entry]], Awaitable[Mapping[str, tuple[str, str]]]]
"""A feed and entries that are not known by name: those of them that are stored, with the stored key and text hash."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What one poll brought."""

    outcome: Outcome
    state: FeedState
    result: RoundResult | None = None
    """None: the state is all there is to store."""
    reports: tuple[FiledReport, ...] = ()
    """The reports of new and revised stories, not yet assigned to incidents."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The entries of a feed beside what is stored."""

    new: tuple[Entry, ...]
    revised: tuple[Entry, ...]
    seen: tuple[str, ...]


async def take_in(
    feed: Feed,
    state: FeedState,
    *,
    fetcher: Fetcher,
    robots: Robots,
    parser: Parser,
    known: Known,
    renamed: Renamed,
    settings: Settings,
    rhythm: Rhythm,
    clock: Clock,
    jitter: float,
    yields: bool = False,
    others: Mapping[str, str] = _NOBODY,
) -> Intake:
    """Fetch; stop at a 304, a failure or the same bytes; parse; sort into new, revised and seen; read what is not only seen.

    `others` are the addresses and names of the feeds of the list: a redirect to one of them brings nothing new.
    A page that is no feed is asked for only as far as the robots.txt of its site lets programs.
    What was not read in time is left out, and the validators with it, so that the next poll brings it again.
    Nothing is stored here: whoever calls files the reports, stores the result and takes the filing over.
    """

    def ended(outcome: Outcome) -> Intake:
        return Intake(
            outcome, after(state, outcome, Terms(feed, settings, rhythm, clock.now(), jitter, yields))
        )

    if feed.page is not None and not (permission := await robots.of(feed)).allowed:
        return ended(permission.failed or FetchFailed(_KEPT_OUT))
    fetched = await fetcher.fetch(
        feed,
        conditions(state, rhythm, clock.now()),
        state.address,
        may_follow=partial(robots.may_follow, feed) if feed.page is not None else None,
    )
    if not isinstance(fetched, Fetched):
        return ended(fetched)
    if fetched.url != feed.url and fetched.url in others:
        return ended(ParseFailed(_DOUBLE.format(name=others[fetched.url])))
    body_hash = hash_of(fetched.body)
    if body_hash == state.body_hash and state.read_by == PARSE_VERSION:
        return ended(SameBody(fetched))
    parsed = await parser.parse(
        feed,
        fetched.body,
        fetched.content_type,
        fetched.base or fetched.url,
        read_at=clock.now() if state.last_full is None else None,
    )
    if isinstance(parsed, ParseFailed):
        return ended(parsed)
    hashes = await known([key for entry in parsed.entries for key in _keys(entry)])
    named: Sequence[Entry] = parsed.entries
    if state.last_full is not None:
        named, hashes = await _under_stored_names(feed.url, named, hashes, renamed)
    entries = sort_entries(named, hashes)
    wanted = (*entries.new, *entries.revised)
    read = _read_along(parsed, wanted) or await parser.read(feed, wanted, clock.now())
    new, revised = read[: len(entries.new)], read[len(entries.new) :]
    poll = ended(Taken(fetched, parsed, body_hash, new=len(new)))
    state = poll.state
    if len(read) < len(wanted):
        state = replace(state, validators=Validators(), body_hash=None)
    now = clock.now()
    return Intake(
        poll.outcome,
        state,
        RoundResult(state, now, new=new, revised=revised, seen=entries.seen),
        reports_of(read, feed, now),
    )


def _read_along(parsed: Parsed, wanted: Sequence[Entry]) -> tuple[ReadEntry, ...]:
    """What was read with the parsing, of the entries that are wanted; none when not all of them were."""
    read = dict(zip((entry.key for entry in parsed.entries), parsed.readings, strict=False))
    if any(entry.key not in read for entry in wanted):
        return ()
    return tuple(ReadEntry(entry, read[entry.key]) for entry in wanted)


def hash_of(body: bytes) -> str:
    """32 hex digits over the bytes of a body."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def sort_entries(entries: Iterable[Entry], known: Mapping[str, str]) -> Sorted:
    """By identity and wording alone: dates decide nothing. Of one key given twice the first counts.

    The same wording under another name of the same entry is the same story.
    """
    once: dict[str, Entry] = {}
    for entry in entries:
        once.setdefault(entry.key, entry)
    if not known:
        return Sorted(tuple(once.values()), (), ())
    seen: list[str] = []
    new: list[Entry] = []
    revised: list[Entry] = []
    for entry in once.values():
        stored = next((key for key in _keys(entry) if known.get(key) in {entry.hash, RESTLESS}), None)
        if stored is not None:
            seen.append(stored)
        else:
            (revised if entry.key in known else new).append(entry)
    return Sorted(tuple(new), tuple(revised), tuple(seen))


async def _under_stored_names(
    feed: str, entries: Sequence[Entry], known: Mapping[str, str], renamed: Renamed
) -> tuple[Sequence[Entry], Mapping[str, str]]:
    """The entries, those that a feed names anew at every poll by the name they are stored under; and the hashes of all.

    What the feed still gives under its stored name is another story; so is one of several alike without a date.
    """
    alike = Counter((entry.url, entry.title) for entry in entries if entry.published is None)
    asked = [
        entry
        for entry in entries
        if known.keys().isdisjoint(_keys(entry)) and alike[entry.url, entry.title] <= 1
    ]
    if not asked:
        return entries, known
    given = {key for entry in entries for key in _keys(entry)}
    stored = {key: named for key, named in (await renamed(feed, asked)).items() if named[0] not in given}
    if not stored:
        return entries, known
    return (
        [replace(entry, key=stored[entry.key][0]) if entry.key in stored else entry for entry in entries],
        {**known, **dict(stored.values())},
    )


def _keys(entry: Entry) -> tuple[str, ...]:
    """Under which it may be stored, the most likely first."""
    return entry.key, *entry.aliases


def reports_of(entries: Iterable[ReadEntry], feed: Feed, now: datetime) -> tuple[FiledReport, ...]:
    """Every report of every relevant entry, with what the grouping may know of its story."""
    return tuple(
        FiledReport(
            story=read.entry.key,
            position=position,
            report=report,
            title=read.entry.title,
            summary=read.entry.summary,
            published=believed(read.entry.published, now),
            first_seen=now,
            publisher=read.entry.publisher or feed.publisher or feed.name,
            lang=read.reading.verdict.lang,
        )
        for read in entries
        if read.reading.verdict.relevant
        for position, report in enumerate(read.reading.reports)
    )
