"""`overflight group`: stories as JSON lines in order of arrival in, the incident of each out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

import msgspec

from tui.domain.clock import utc
from tui.domain.entry import StoryText
from tui.domain.incident import Assignment, FiledReport, Filing
from tui.domain.reading import Reading, Report
from tui.reading.grouping import Grouper
from tui.reading.labels import StoryLabels, overlaid
from tui.reading.reader import read_story

Read = Callable[[StoryText], Reading]
"""How a story is read where the line gives no facts."""


class Sink(Protocol):
    """Where lines are written."""

    def write(self, text: str, /) -> object:
        """Take some text."""
        ...

    def flush(self) -> None:
        """Hand it on now."""
        ...


class BadLine(Exception):  # noqa: N818 - says what it is: a line that is bad
    """A line that is no story, with its number from 1 and what is wrong with it."""

    def __init__(self, number: int, problem: str) -> None:
        super().__init__(f"line {number}: {problem}")
        self.number = number
        self.problem = problem


class _Line(StoryLabels, omit_defaults=True, kw_only=True):
    id: str
    title: str
    summary: str | None = None
    published: str | None = None
    lang: str | None = None
    feed_country: str | None = None
    publisher: str | None = None
    batch: str | int | None = None


@dataclass(frozen=True, slots=True)
class _Story:
    id: str
    batch: str | int | None
    reports: tuple[FiledReport, ...]


def group_lines(stdin: Iterable[str], stdout: Sink, read: Read = read_story) -> None:
    """Write one line for each line read, in order; the stories of one batch when the batch has ended.

    Raises:
        BadLine: a line is no story; what came before it is written.
    """
    grouper = Grouper()
    try:
        for batch in _batches(_stories(stdin, read)):
            _answer(batch, grouper, stdout)
    finally:
        stdout.flush()


def _stories(lines: Iterable[str], read: Read) -> Iterator[_Story]:
    decoder = msgspec.json.Decoder(_Line)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _story(decoder.decode(line), read)
        except (msgspec.MsgspecError, UnicodeError, ValueError) as problem:
            raise BadLine(number, str(problem)) from problem


def _batches(stories: Iterator[_Story]) -> Iterator[list[_Story]]:
    """Neighbouring stories of one batch together, a story without a batch alone and at once."""
    waiting: list[_Story] = []
    try:
        for story in stories:
            if waiting and story.batch != waiting[0].batch:
                yield waiting
                waiting = []
            waiting.append(story)
            if story.batch is None:
                yield waiting
                waiting = []
    except BadLine:
        if waiting:
            yield waiting
        raise
    if waiting:
        yield waiting


def _answer(batch: list[_Story], grouper: Grouper, stdout: Sink) -> None:
    filing = grouper.assign([report for story in batch for report in story.reports])
    grouper.adopt(filing)
    by_story = _by_story(filing)
    for story in batch:
        stdout.write(_written(story, by_story.get(story.id, [])) + "\n")
    stdout.flush()


def _by_story(filing: Filing) -> dict[str, list[Assignment]]:
    found: dict[str, list[Assignment]] = {}
    for assignment in sorted(filing.assignments, key=lambda one: one.position):
        found.setdefault(assignment.story, []).append(assignment)
    return found


def _written(story: _Story, assignments: list[Assignment]) -> str:
    main = assignments[0] if assignments else None
    answer = {
        "id": story.id,
        "incident": main.incident if main else None,
        "incidents": [assignment.incident for assignment in assignments],
        "why": [{"reason": why.reason, "detail": why.detail, "weight": why.weight} for why in main.why]
        if main
        else [],
        "nearest": {"incident": main.nearest.incident, "why_not": main.nearest.why_not}
        if main and main.nearest
        else None,
    }
    return msgspec.json.encode(answer).decode()


def _story(line: _Line, read: Read) -> _Story:
    published = _moment(line.published)
    text = StoryText(
        id=line.id,
        title=line.title,
        summary=line.summary or "",
        published=published,
        lang=line.lang,
        feed_country=line.feed_country,
        publisher=line.publisher,
    )
    own = read(text)
    reports = overlaid(line, own)
    lang = own.verdict.lang or line.lang or ""
    return _Story(line.id, line.batch, tuple(_filed(text, reports, lang)))


def _filed(text: StoryText, reports: tuple[Report, ...], lang: str) -> Iterator[FiledReport]:
    for position, report in enumerate(reports):
        yield FiledReport(
            story=text.id,
            position=position,
            report=report,
            title=text.title,
            summary=text.summary,
            published=text.published,
            first_seen=None,
            publisher=text.publisher or "",
            lang=lang,
        )


def _moment(written: str | None) -> datetime | None:
    """An ISO date, taken at its first moment in UTC, or an ISO date-time.

    Raises:
        ValueError: it is neither.
    """
    if not written:
        return None
    if len(written) == len("2026-01-01"):
        return utc(datetime.combine(date.fromisoformat(written), time()))
    return utc(datetime.fromisoformat(written))
