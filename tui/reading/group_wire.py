"""`overflight group`: stories as JSON lines in order of arrival in, the incident of each out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import msgspec

from tui.domain.entry import StoryText
from tui.domain.incident import Assignment, FiledReport, Filing
from tui.domain.reading import Reading, Report
from tui.reading.grouping import Grouper
from tui.reading.labels import StoryLabels, overlaid
from tui.reading.plain_text import SUMMARY_LIMIT, TITLE_LIMIT, plain_text
from tui.reading.reader import read_story
from tui.reading.wire import BadLine, moment_of

Read = Callable[[StoryText], Reading]
"""How a story is read where the line gives no facts."""


class _Line(StoryLabels, omit_defaults=True, kw_only=True):
    id: str
    title: str
    summary: str | None = None
    published: str | None = None
    lang: str | None = None
    feed_country: str | None = None
    publisher: str | None = None
    batch: str | int | None = None


_DECODER = msgspec.json.Decoder(_Line)


@dataclass(frozen=True, slots=True)
class _Story:
    id: str
    batch: str | int | None
    reports: tuple[FiledReport, ...]


def group_lines(stdin: BinaryIO, stdout: BinaryIO, read: Read = read_story) -> None:
    """Write one line for each line read, in order; the stories of one batch when the batch has ended.

    A story without a batch is answered before the next line is asked for.

    Raises:
        BadLine: a line is no story; what came before it is written.
    """
    grouper = Grouper()
    try:
        for batch in _batches(_stories(stdin, read)):
            _answer(batch, grouper, stdout)
    finally:
        stdout.flush()


def _stories(stdin: BinaryIO, read: Read) -> Iterator[_Story]:
    for number, line in enumerate(iter(stdin.readline, b""), start=1):
        if line.strip():
            yield _story(_decoded(line, number), number, read)


def _decoded(line: bytes, number: int) -> _Line:
    try:
        return _DECODER.decode(line)
    except (msgspec.MsgspecError, UnicodeError, ValueError, RecursionError) as problem:
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


def _answer(batch: list[_Story], grouper: Grouper, stdout: BinaryIO) -> None:
    filing = grouper.assign([report for story in batch for report in story.reports])
    grouper.adopt(filing)
    by_story = _by_story(filing)
    stdout.writelines(_written(story, by_story.get(story.id, [])) + b"\n" for story in batch)
    stdout.flush()


def _by_story(filing: Filing) -> dict[str, list[Assignment]]:
    found: dict[str, list[Assignment]] = {}
    for assignment in sorted(filing.assignments, key=lambda one: one.position):
        found.setdefault(assignment.story, []).append(assignment)
    return found


def _written(story: _Story, assignments: list[Assignment]) -> bytes:
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
    return msgspec.json.encode(answer)


def _story(line: _Line, number: int, read: Read) -> _Story:
    text = StoryText(
        id=line.id,
        title=plain_text(line.title, TITLE_LIMIT),
        summary=plain_text(line.summary or "", SUMMARY_LIMIT, multiline=True),
        published=moment_of(line.published, number),
        lang=line.lang or None,
        feed_country=(line.feed_country or "").strip().upper() or None,
        publisher=line.publisher or None,
    )
    own = read(text)
    reports = overlaid(line, own)
    return _Story(line.id, line.batch, tuple(_filed(text, reports, own.verdict.lang)))


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
