"""`overflight group`: stories as JSON lines in order of arrival in, the incident of each out."""

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from tui.domain.entry import StoryText
from tui.domain.incident import Assignment, FiledReport, Filing
from tui.domain.reading import Report
from tui.domain.recall import Recall
from tui.domain.value import dataclass
from tui.reading.awaited_lines import lines_and_pauses
from tui.reading.grouping import Grouper
from tui.reading.labels import StoryLabels, overlaid
from tui.reading.reader import read_story
from tui.reading.wire import BadLine, Read, decoded, story_of


class _Given(StoryLabels, omit_defaults=True, kw_only=True):
    batch: str | int | None = None


_DECODER = msgspec.json.Decoder(_Given)


@dataclass(frozen=True, slots=True)
class _Story:
    id: str
    key: str
    """Tells lines with one id in one batch apart."""
    batch: str | int | None
    reports: tuple[FiledReport, ...]


def group_lines(
    stdin: BinaryIO, stdout: BinaryIO, read: Read = read_story, recall: Recall | None = None
) -> None:
    """Write one line for each line read, in order, never waiting for input with an answer owed.

    The stories of one batch are assigned together when it ends or when the input pauses; what comes of
    it after a pause is assigned as a later poll. `recall`: where incidents go that are told no more.

    Raises:
        BadLine: a line is no story; what came before it is written.
    """
    grouper = Grouper(recall=recall)
    try:
        for batch in _batches(_stories(stdin, read)):
            _answer(batch, grouper, stdout)
    finally:
        stdout.flush()


def _stories(stdin: BinaryIO, read: Read) -> Iterator[_Story | None]:
    """The stories, and None where the input pauses."""
    number, batch = 0, None
    ids: set[str] = set()
    for line in lines_and_pauses(stdin):
        if line is None:
            yield None
            continue
        number += 1
        if not line.strip():
            continue
        given = decoded(_DECODER, line, number)
        text = story_of(line, number)
        if given.batch is None or given.batch != batch:
            batch, ids = given.batch, set()
        key = f"{text.id}\n{number}" if text.id in ids else text.id
        ids.add(text.id)
        own = read(text)
        reports = overlaid(given, own)
        yield _Story(text.id, key, batch, tuple(_filed(key, text, reports, own.verdict.lang)))


def _batches(stories: Iterator[_Story | None]) -> Iterator[list[_Story]]:
    """Neighbouring stories of one batch together as far as no pause parts them, others alone and at once."""
    waiting: list[_Story] = []
    try:
        for story in stories:
            if waiting and (story is None or story.batch != waiting[0].batch):
                yield waiting
                waiting = []
            if story is None:
                continue
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
    stdout.writelines(_written(story, by_story.get(story.key, [])) + b"\n" for story in batch)
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


def _filed(key: str, text: StoryText, reports: tuple[Report, ...], lang: str) -> Iterator[FiledReport]:
    for position, report in enumerate(reports):
        yield FiledReport(
            story=key,
            position=position,
            report=report,
            title=text.title,
            summary=text.summary,
            published=text.published,
            first_seen=None,
            publisher=text.publisher or "",
            lang=lang,
        )
