"""Reading the whole store again: what enters, what leaves, what changes, one short transaction at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import field, replace
from datetime import datetime
from typing import Protocol

from tui.domain.entry import Entry, StoryText, believed
from tui.domain.feed import Feed
from tui.domain.incident import FiledReport, Filing, IncidentSketch, ReportKey
from tui.domain.outcome import State, state_of
from tui.domain.reading import Reading, Report
from tui.domain.recall import HELD, Recall
from tui.domain.value import dataclass
from tui.pipeline.corrected import Corrected
from tui.pipeline.ports import Grouping
from tui.pipeline.story_text import story_of

BATCH = 200
"""Entries of one transaction: what a kill can cost, and how long others wait for the lock."""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as it is stored, with its text and what was read out of it."""

    id: int
    entry: Entry
    feed: Feed
    read_at: datetime
    """When its present wording was read: no date of publication counts as later."""
    first_seen: datetime
    reading: Reading
    """Of a dropped entry only the verdict is stored."""
    publisher: str
    """Who told it, as it is shown."""
    visible: bool
    """A story that is shown: kept now, or kept once and still told by its reports."""


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A wording that its publisher has since replaced, with what was read out of it then."""

    id: int
    stored: StoredEntry
    title: str
    summary: str
    seen: datetime
    """When it was first seen."""
    reading: Reading


@dataclass(frozen=True, slots=True)
class PageText:
    """The whole text of a story from its page, with what was read out of it."""

    stored: StoredEntry
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Reread:
    """An entry with its new reading."""

    stored: StoredEntry
    reading: Reading

    @property
    def before(self) -> State:
        """Where it stood."""
        return state_of(self.stored.reading.verdict)

    @property
    def after(self) -> State:
        """Where it stands now."""
        return state_of(self.reading.verdict)

    @property
    def moved(self) -> bool:
        """Whether it enters, leaves, or goes to or from the routine of war."""
        return self.before is not self.after

    @property
    def differs(self) -> bool:
        """Whether the new reading is any other than the stored one."""
        stored = self.stored.reading
        return stored.verdict != self.reading.verdict or (
            self.after is not State.DROPPED and stored.reports != self.reading.reports
        )

    def fields(self) -> dict[str, tuple[str, str]]:
        """The facts of a story kept before and after that changed, each as it was and as it is."""
        if self.before is not State.KEPT or self.after is not State.KEPT:
            return {}
        was, now = _facts(self.stored.reading), _facts(self.reading)
        return {name: (was[name], now[name]) for name in was if was[name] != now[name]}


class Shelf(Recall, Protocol):
    """The stored entries; raises `StoreUnableError`."""

    def pending(self, version: str | None, after: int, limit: int) -> Sequence[StoredEntry]:
        """Entries with a text and a higher id, of another version than the one named, or all, by id."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """All of it or none."""
        ...

    def sketches(self, latest: int) -> Sequence[IncidentSketch]:
        """Sketches of so many incidents told last, of those told nowhere always."""
        ...

    def corrections(self) -> Corrected:
        """What a person corrected, without the sketches."""
        ...

    def filings(self, stories: Sequence[str]) -> Mapping[ReportKey, str]:
        """The incident that each report of these stories is stored in."""
        ...

    def take_out(self, gone: Sequence[Reread]) -> None:
        """Take stories out of their incidents."""
        ...

    def put(self, changed: Sequence[Reread], filing: Filing | None, version: str) -> None:
        """Store new readings, and file their reports."""
        ...

    def earlier(self, stories: Sequence[StoredEntry]) -> Sequence[EarlierText]:
        """Wordings of these stories that were replaced, those whose reading is stored."""
        ...

    def put_earlier(self, changed: Sequence[tuple[EarlierText, Reading]]) -> None:
        """Store new readings of earlier wordings; their incidents are touched."""
        ...

    def pages(self, stories: Sequence[StoredEntry]) -> Sequence[PageText]:
        """Whole texts of these stories, those that were read."""
        ...

    def put_pages(self, changed: Sequence[tuple[PageText, Reading]]) -> None:
        """Store new readings of whole texts."""
        ...


class Stop(Protocol):
    """Asked before each batch."""

    def __call__(self) -> bool:
        """Whether to leave the rest for another time."""
        ...


@dataclass(slots=True)
class Some:
    """Entries of one kind: all are counted, the first few are held."""

    number: int = 0
    first: list[Reread] = field(default_factory=list)


@dataclass(slots=True)
class Summary:
    """What a run found: everything counted, the first entries of each kind held."""

    hold: int = 1_000
    """Entries held of each kind."""
    read: int = 0
    entered: Some = field(default_factory=Some)
    left: Some = field(default_factory=Some)
    to_routine: Some = field(default_factory=Some)
    from_routine: Some = field(default_factory=Some)
    changed: Some = field(default_factory=Some)
    by_field: dict[str, int] = field(default_factory=dict)
    """How many stories changed each fact."""
    stopped: bool = False
    """It was told to stop before the end."""

    def note(self, one: Reread) -> None:
        """Count one entry."""
        self.read += 1
        fields = one.fields()
        for name in fields:
            self.by_field[name] = self.by_field.get(name, 0) + 1
        kind = self._kind(one, changed=bool(fields))
        if kind is not None:
            kind.number += 1
            if len(kind.first) < self.hold:
                kind.first.append(one)

    def _kind(self, one: Reread, *, changed: bool) -> Some | None:
        match one.before, one.after:
            case State.KEPT, State.KEPT:
                return self.changed if changed else None
            case State.DROPPED, State.KEPT:
                return self.entered
            case State.KEPT, State.DROPPED:
                return self.left
            case before, after if before is after:
                return None
            case _, State.WAR_ROUTINE:
                return self.to_routine
            case _:
                return self.from_routine


@dataclass(frozen=True, slots=True)
class Task:
    """How to read, and what counts as read already."""

    read: Callable[[StoryText], Reading]
    version: str
    feeds: Mapping[str, Feed]
    """Feeds as they are listed now, by address: their language and home count."""
    everything: bool = False
    """Also what was read by this very version."""


def look(shelf: Shelf, task: Task, seen: Callable[[int], None]) -> Summary:
    """What reading again would change; writes nothing."""
    summary = Summary()
    for batch in _batches(shelf, task):
        for one in batch:
            summary.note(one)
        seen(summary.read)
    return summary


def reread(
    shelf: Shelf,
    task: Task,
    make_grouping: Callable[[Sequence[IncidentSketch], Recall], Grouping],
    seen: Callable[[int], None],
    stop: Stop = lambda: False,
) -> Summary:
    """Read again and store, batch by batch; what is stored stays when the rest is broken off."""
    summary = Summary()

    def regrouped() -> Grouping:
        made = make_grouping(shelf.sketches(HELD), shelf)
        made.obey(shelf.corrections().constraints)
        return made

    for batch in _batches(shelf, task):
        if stop():
            summary.stopped = True
            break
        with shelf.transaction():
            # What leaves goes first, so that nothing joins an incident that is no more.
            gone = [one for one in batch if one.moved and one.after is not State.KEPT]
            shelf.take_out(gone)
            told = [
                one for one in batch if one.after is State.KEPT and (one.differs or not one.stored.visible)
            ]
            reports = [report for one in told for report in _filed(one)]
            filed = shelf.filings([one.stored.entry.key for one in told])
            # From the store each time: what stayed in an incident may say something else since the last batch.
            filing = regrouped().assign(reports, filed) if reports else None
            shelf.put(batch, filing, task.version)
            shelf.put_earlier(_read_earlier(shelf, task, batch))
            shelf.put_pages(_read_pages(shelf, task, batch))
        for one in batch:
            summary.note(one)
        seen(summary.read)
    return summary


def _batches(shelf: Shelf, task: Task) -> Iterator[list[Reread]]:
    last = 0
    while True:
        some = shelf.pending(None if task.everything else task.version, last, BATCH)
        if not some:
            return
        last = some[-1].id
        yield [Reread(stored, task.read(_text(stored, task.feeds))) for stored in some]


def _read_earlier(shelf: Shelf, task: Task, batch: Sequence[Reread]) -> list[tuple[EarlierText, Reading]]:
    """Earlier wordings that are read otherwise now: old and new must be told apart by their words, not by the reader."""
    kept = [one.stored for one in batch if one.after is not State.DROPPED]
    read = [
        (wording, task.read(_text(_worded(wording), task.feeds)))
        for wording in (shelf.earlier(kept) if kept else ())
    ]
    return [(wording, reading) for wording, reading in read if reading != wording.reading]


def _read_pages(shelf: Shelf, task: Task, batch: Sequence[Reread]) -> list[tuple[PageText, Reading]]:
    """Whole texts that are read otherwise now."""
    langs = {one.stored.id: one.reading.verdict.lang for one in batch if one.after is not State.DROPPED}
    kept = [one.stored for one in batch if one.stored.id in langs]
    read = []
    for page in shelf.pages(kept) if kept else ():
        entry = replace(page.stored.entry, summary=page.text, lang=langs[page.stored.id] or None)
        read.append((page, task.read(_text(replace(page.stored, entry=entry), task.feeds))))
    return [(page, reading) for page, reading in read if reading != page.reading]


def _worded(wording: EarlierText) -> StoredEntry:
    entry = replace(wording.stored.entry, title=wording.title, summary=wording.summary)
    return replace(wording.stored, entry=entry, read_at=wording.seen)


def _text(stored: StoredEntry, feeds: Mapping[str, Feed]) -> StoryText:
    return story_of(stored.entry, feeds.get(stored.feed.url, stored.feed), stored.read_at)


def _filed(one: Reread) -> Iterator[FiledReport]:
    stored = one.stored
    for position, report in enumerate(one.reading.reports):
        yield FiledReport(
            story=stored.entry.key,
            position=position,
            report=report,
            title=stored.entry.title,
            summary=stored.entry.summary,
            published=believed(stored.entry.published, stored.first_seen),
            first_seen=stored.first_seen,
            publisher=stored.publisher,
            lang=one.reading.verdict.lang,
        )


_LISTS = ("affected", "actor", "responder", "object", "zone", "event", "response")


def _facts(reading: Reading) -> dict[str, str]:
    """What a story says, as words: lists over all its reports, the rest of the main one."""
    reports = reading.reports
    main = reports[0] if reports else Report()
    place = main.place.name if main.place else ""
    when = f"{main.event_date.date.isoformat()} ({main.event_date.precision})" if main.event_date else ""
    lists = {
        name: " ".join(dict.fromkeys(str(code) for report in reports for code in getattr(report, name)))
        for name in _LISTS
    }
    return {
        **lists,
        "certainty": str(main.certainty or ""),
        "count": "" if main.count is None else str(main.count),
        "place": place,
        "event_date": when,
        "reports": str(len(reports)),
        "lang": reading.verdict.lang,
    }
