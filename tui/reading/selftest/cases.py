"""Labelled stories: the shipped file, and one of the user's own, checked line by line."""

from datetime import UTC, date, datetime, time
from functools import cache

import msgspec

from tui.domain.clock import utc
from tui.domain.codes import Certainty, Event, ObjectCode, Response, Zone
from tui.domain.entry import StoryText
from tui.domain.territories import TERRITORY_NAMES
from tui.domain.value import dataclass
from tui.reading.data_file import data_text
from tui.reading.plain_text import plain_text
from tui.reading.scene import MAX_SUMMARY, MAX_TITLE


class CaseError(ValueError):
    """A line that is no case: its number from 1, and what to mend."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line
        self.problem = problem


class _WrittenPlace(msgspec.Struct):
    """A place as `overflight read` writes it; only its name is compared."""

    name: str


_Day = date
"""A field that is named `date` hides the type from its own annotation."""


class _WrittenDate(msgspec.Struct):
    """A date as `overflight read` writes it; its precision is not compared."""

    date: _Day


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    """A case as it stands in a file; a label left out, or null, is not scored."""

    id: str
    title: str
    relevant: bool
    summary: str = ""
    published: str | None = None
    lang: str | None = None
    feed_country: str | None = None
    publisher: str | None = None
    war_routine: bool | None = None
    affected: list[str] | None = None
    actor: list[str] | None = None
    responder: list[str] | None = None
    object: list[ObjectCode] | None = None
    zone: list[Zone] | None = None
    event: list[Event] | None = None
    response: list[Response] | None = None
    certainty: Certainty | None = None
    count: int | None = None
    place: str | _WrittenPlace | None = None
    event_date: date | _WrittenDate | None = None


Labels = frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled story; a field without a label is not in `labels`."""

    text: StoryText
    relevant: bool
    war_routine: bool | None
    labels: tuple[tuple[str, Labels], ...]
    """Field and its right labels, each field once."""

    def label(self, field: str) -> Labels | None:
        """The right labels of a field; None when it has none."""
        return dict(self.labels).get(field)


_DECODER = msgspec.json.Decoder(_Written)


def read_cases(text: str) -> tuple[Case, ...]:
    """Every case of a file of JSON lines; empty lines and lines that begin with # are passed over.

    Raises:
        CaseError: a line is no case, or an id stands twice.
    """
    cases: dict[str, Case] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        case = _case(line, number)
        if case.text.id in cases:
            raise CaseError(number, f"the id {case.text.id!r} stands twice; give this case another")
        cases[case.text.id] = case
    return tuple(cases.values())


@cache
def shipped_cases() -> tuple[Case, ...]:
    """The cases that come with the program, in our own words."""
    return read_cases(data_text("selftest/cases.jsonl"))


def _case(line: str, number: int) -> Case:
    try:
        written = _DECODER.decode(line)
    except (msgspec.MsgspecError, UnicodeError, ValueError, RecursionError) as problem:
        raise CaseError(number, _in_words(str(problem))) from problem
    if not written.title.strip():
        raise CaseError(number, "title: is empty; write the headline")
    for field in ("affected", "actor", "responder"):
        for iso2 in getattr(written, field) or ():
            if iso2 not in TERRITORY_NAMES:
                raise CaseError(
                    number, f"{field}: {iso2[:20]!r} is no state's code; write two capitals such as PL"
                )
    return Case(
        StoryText(
            id=written.id,
            title=plain_text(written.title, MAX_TITLE),
            summary=plain_text(written.summary, MAX_SUMMARY, multiline=True),
            published=_moment(written.published, number),
            lang=written.lang,
            feed_country=written.feed_country,
            publisher=written.publisher,
        ),
        written.relevant,
        written.war_routine,
        tuple(_labels(written).items()),
    )


def _labels(written: _Written) -> dict[str, Labels]:
    """The labels that are given; those of a story that is not relevant say nothing."""
    if not written.relevant:
        return {}
    lists = ("affected", "actor", "responder", "object", "zone", "event", "response")
    found = {
        name: frozenset(map(str, getattr(written, name)))
        for name in lists
        if getattr(written, name) is not None
    }
    if written.event:
        found["main event"] = frozenset({str(written.event[0])})
    if written.certainty is not None:
        found["certainty"] = frozenset({str(written.certainty)})
    if written.count is not None:
        found["count"] = frozenset({str(written.count)})
    place, when = written.place, written.event_date
    name = place.name if isinstance(place, _WrittenPlace) else place
    if name:
        found["place"] = frozenset({name})
    if when is not None:
        found["event date"] = frozenset({(when.date if isinstance(when, _WrittenDate) else when).isoformat()})
    return found


def _moment(written: str | None, number: int) -> datetime | None:
    if written is None or not written.strip():
        return None
    try:
        if len(written.strip()) <= len("2023-02-17"):
            return datetime.combine(date.fromisoformat(written.strip()), time(), UTC)
        return utc(datetime.fromisoformat(written.strip()))
    except (ValueError, OverflowError) as problem:
        raise CaseError(number, f"published: {written[:40]!r} is no ISO date; write 2025-09-10") from problem


def _in_words(problem: str) -> str:
    """What the decoder says, field first."""
    what, at, where = problem.partition(" - at `$")
    field = where.strip("`.").lstrip(".")
    return f"{field}: {what}" if at and field else what
