"""`overflight read`: JSON lines of stories in, one line of verdict and facts out for each."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from typing import Any, BinaryIO, TypeVar

import msgspec

from tui.domain.clock import utc
from tui.domain.entry import StoryText
from tui.domain.reading import EventDate, Place, Reading, Report
from tui.reading.plain_text import plain_text
from tui.reading.reader import read_story
from tui.reading.scene import MAX_SUMMARY, MAX_TITLE

_Shape = TypeVar("_Shape")

_LISTS = ("affected", "actor", "responder", "object", "zone", "event", "response")


class BadLine(Exception):  # noqa: N818 - says what it is: a line that is bad
    """A line that is no story, with its number from 1 and what is wrong with it."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"line {number}: {reason}")
        self.number = number
        self.reason = reason


class _Line(msgspec.Struct):
    """One story as it comes in; fields we do not know are passed over."""

    id: str
    title: str
    summary: str | None = None
    published: str | None = None
    lang: str | None = None
    feed_country: str | None = None
    publisher: str | None = None


_DECODER = msgspec.json.Decoder(_Line)

Read = Callable[[StoryText], Reading]
"""How a story is read: as shipped, or under a user's rules."""


def read_line(line: bytes, number: int, read: Read = read_story) -> bytes:
    """The answer to one line, without its line end.

    Raises:
        BadLine: the line is no story.
    """
    story = story_of(line, number)
    return msgspec.json.encode(answer(story.id, read(story)))


def read_lines(stdin: BinaryIO, stdout: BinaryIO, read: Read = read_story) -> None:
    """Answer line by line, in order, each flushed before the next is waited for; empty lines are passed over.

    Raises:
        BadLine: a line is no story; what came before it is written.
    """
    for number, line in enumerate(_lines(stdin), start=1):
        if line.strip():
            stdout.write(read_line(line, number, read) + b"\n")
            stdout.flush()


def _lines(stdin: BinaryIO) -> Iterable[bytes]:
    """Lines as they come: iterating a pipe would read ahead and keep a waiting caller waiting."""
    return iter(stdin.readline, b"")


def story_of(written: bytes, number: int) -> StoryText:
    """The story of a line of `read` or `group`, its text cleaned through the one door.

    Raises:
        BadLine: the line is no JSON object with id and title, or its date is none.
    """
    line = decoded(_DECODER, written, number)
    return StoryText(
        id=line.id,
        title=plain_text(line.title, MAX_TITLE),
        summary=plain_text(line.summary or "", MAX_SUMMARY, multiline=True),
        published=moment_of(line.published, number),
        lang=line.lang or None,
        feed_country=(line.feed_country or "").strip().upper() or None,
        publisher=line.publisher or None,
    )


def decoded(decoder: msgspec.json.Decoder[_Shape], line: bytes, number: int) -> _Shape:
    """What a line says, in the shape of the decoder.

    Raises:
        BadLine: it says it otherwise.
    """
    try:
        return decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeError, ValueError, RecursionError) as problem:
        raise BadLine(number, str(problem)) from problem


def moment_of(written: str | None, number: int) -> datetime | None:
    """A date or date-time of ISO 8601 in UTC; a date alone is its midnight.

    Raises:
        BadLine: it is neither.
    """
    if written is None or not written.strip():
        return None
    text = written.strip()
    try:
        if len(text) <= len("2023-02-17"):
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        return utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError) as problem:
        raise BadLine(number, f"published {text[:40]!r} is no ISO date") from problem


def answer(story_id: str, reading: Reading) -> dict[str, Any]:
    """The whole answer, field by field as the interface text lists them."""
    verdict, reports = reading.verdict, reading.reports if reading.verdict.relevant else ()
    main = reports[0] if reports else None
    return {
        "id": story_id,
        "relevant": verdict.relevant,
        "war_routine": verdict.war_routine,
        "score": verdict.score,
        "threshold": verdict.threshold,
        "lang": verdict.lang,
        **{name: _union(reports, name) for name in _LISTS},
        "certainty": str(main.certainty) if main and main.certainty else None,
        "count": main.count if main else None,
        "place": _place(main.place) if main else None,
        "event_date": _event_date(main.event_date) if main else None,
        "reports": [_report(report) for report in reports],
        "why": [
            {
                "reason": why.reason,
                "words": why.words,
                "field": why.field,
                "start": why.start,
                "end": why.end,
                "weight": why.weight,
            }
            for why in verdict.why
        ],
    }


def _union(reports: Iterable[Report], name: str) -> list[str]:
    found: dict[str, None] = {}
    for report in reports:
        for value in getattr(report, name):
            found.setdefault(str(value))
    return list(found)


def _report(report: Report) -> dict[str, Any]:
    return {
        **{name: [str(value) for value in getattr(report, name)] for name in _LISTS},
        "certainty": str(report.certainty) if report.certainty else None,
        "count": report.count,
        "place": _place(report.place),
        "event_date": _event_date(report.event_date),
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {
        "name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "precision": str(place.precision),
    }


def _event_date(event_date: EventDate | None) -> dict[str, str] | None:
    if event_date is None:
        return None
    return {"date": event_date.date.isoformat(), "precision": str(event_date.precision)}
