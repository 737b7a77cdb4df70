"""Words and escapes that the documents share."""

from collections.abc import Iterable

from tui.domain.board import IncidentDetail, IncidentRow
from tui.domain.codes import DatePrecision, Origin
from tui.domain.reading import EventDate

_MARKUP = frozenset("\\`*_[]<>|~#&")
"""What means something inside a line; our lines never begin with such text."""


def codes_words(codes: Iterable[str]) -> str:
    """Codes as words: `airport_closure` is "airport closure"."""
    return ", ".join(str(code).replace("_", " ") for code in codes)


def certainty_words(row: IncidentRow) -> str:
    """How certain an incident is, on what ground, and what is disputed."""
    facts = row.facts
    said = f"{facts.certainty} ({facts.ground})" if facts.ground else str(facts.certainty)
    return f"{said}; disputed: {codes_words(facts.disputed)}" if facts.disputed else said


def told_by(row: IncidentRow) -> str:
    """As "1 publisher, 2 stories"."""
    publishers = "publisher" if row.publishers == 1 else "publishers"
    stories = "story" if row.stories == 1 else "stories"
    return f"{row.publishers} {publishers}, {row.stories} {stories}"


def date_words(when: EventDate) -> str:
    """A date no more exact than it is known: "2026-05-29", "2026-05", "2026"."""
    written = when.date.isoformat()
    return written[: {DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}.get(when.precision, len(written))]


def outcome_words(detail: IncidentDetail) -> str:
    """What came of it; of the baseline what its record says, for of the past "open" would be a claim."""
    if detail.row.origin is Origin.BASELINE:
        return detail.baseline.outcome if detail.baseline else ""
    return codes_words([detail.row.facts.outcome])


def markdown(text: str) -> str:
    """Text as it stands, on one line, whatever Markdown would make of it."""
    line = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in _MARKUP else letter for letter in line)


def linkable(url: str) -> str:
    """A stored link as the target of a Markdown link in angle brackets; it holds neither controls nor quotes."""
    return url.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")


def xml_safe(text: str) -> str:
    """Text without what XML 1.0 cannot hold."""
    return "".join(letter for letter in text if _in_xml(ord(letter)))


def _in_xml(code: int) -> bool:
    return (
        code in (0x9, 0xA, 0xD)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )
