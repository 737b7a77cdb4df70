"""What each story said and when: its first wording, then each change that makes it another story."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from tui.domain.incident import FiledReport
from tui.domain.reading import Report
from tui.domain.value import dataclass
from tui.reading.history.changes import Change, changes_between, counterpart
from tui.reading.history.notices import Notice, notice_in
from tui.reading.history.turns import UNDATED, told_at
from tui.reading.history.whole import added_words, with_whole_text
from tui.reading.sources import Source


@dataclass(frozen=True, slots=True)
class Telling:
    """One wording of a story, as far as it is about the incident."""

    at: datetime
    source: Source
    """With the report of that wording."""
    changes: tuple[Change, ...] = ()
    """What it changed of the wording before; empty for the first."""
    is_first: bool = True
    notice: Notice | None = None
    """That it takes itself back or corrects itself, where the wording before did not say so."""
    stands: bool = True
    """False: the wording no longer tells of it."""
    added: str = ""
    """What the story's page adds to the feed's words, in our words; those stay as they were."""


def tellings_of(sources: Sequence[Source]) -> tuple[Telling, ...]:
    """All wordings of all stories in order of time; a story's own always in theirs."""
    found = [
        (telling.at, place, at, telling)
        for place, source in enumerate(sources)
        for at, telling in enumerate(_of_story(source))
    ]
    undated = [entry for entry in found if entry[0] == UNDATED]
    dated = sorted((entry for entry in found if entry[0] != UNDATED), key=lambda entry: entry[:3])
    return tuple(entry[-1] for entry in (*dated, *undated))


@dataclass(frozen=True, slots=True)
class _Wording:
    at: datetime | None
    title: str
    summary: str
    report: Report | None
    """None: it does not tell of the incident."""


def _of_story(source: Source) -> Iterator[Telling]:
    filed = source.filed
    before: Report | None = None
    last_at = told_at(filed) or UNDATED
    noted: Notice | None = None
    for wording in _wordings(filed):
        at = max(last_at, wording.at) if wording.at and before else last_at
        notice = notice_in(wording.title, wording.summary)
        fresh = notice if notice is not noted else None
        noted = notice
        if wording.report is None:
            if before is not None:
                same = _with(source, wording, before)
                yield Telling(at, same, is_first=False, notice=fresh, stands=False)
            continue
        changes = changes_between(before, wording.report) if before else ()
        if before is None or wording.report != before or fresh:
            told = _with(source, wording, wording.report)
            yield Telling(at, told, changes, is_first=before is None, notice=fresh)
        before, last_at = wording.report, at
    if filed.whole is not None and before is not None and filed.stands:
        whole = with_whole_text(filed)
        added = added_words(filed.report, whole.report)
        if added:
            told = replace(source, filed=replace(whole, earlier=(), whole=None))
            yield Telling(max(last_at, filed.whole.fetched), told, is_first=False, added=added)


def _wordings(filed: FiledReport) -> Iterator[_Wording]:
    """Those whose reading is known, oldest first, the present one last."""
    for earlier in filed.earlier:
        if earlier.reports:
            same = counterpart(filed.report, earlier.reports)
            yield _Wording(earlier.seen, earlier.title, earlier.summary, same)
    present = filed.report if filed.stands or not any(one.reports for one in filed.earlier) else None
    yield _Wording(filed.wording_since, filed.title, filed.summary, present)


def _with(source: Source, wording: _Wording, report: Report) -> Source:
    filed = replace(
        source.filed, report=report, title=wording.title, summary=wording.summary, earlier=(), whole=None
    )
    return replace(source, filed=filed)
