"""The whole text of a story, fetched from its publisher because a person asked for it."""

from datetime import datetime
from enum import StrEnum

from tui.domain.reading import Reading, Report, Span
from tui.domain.value import dataclass

LONGEST = 20_000
"""Characters that are kept of it."""


class FullTextWish(StrEnum):
    """Of which stories the whole text is fetched."""

    ASKED = "asked"
    """Those that a person asks for."""
    KEPT = "kept"
    """Every story that is kept from now on."""


@dataclass(frozen=True, slots=True)
class FullText:
    """What came of asking."""

    asked: datetime
    fetched: datetime | None = None
    """None: it is still waited for."""
    text: str = ""
    """One line a paragraph; empty when there is a problem."""
    reading: Reading | None = None
    """What was read from headline and whole text; of its spans the fields are those of a story."""
    problem: str = ""
    """Why there is none, in plain words."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A story whose whole text is wanted."""

    key: str
    url: str
    title: str
    feed_url: str
    lang: str | None
    published: datetime | None


def told_beside(before: tuple[Report, ...], whole: tuple[Report, ...]) -> tuple[Span, ...]:
    """Facts that the whole text tells and the feed's words do not, each with its first words, in the order of the text."""
    known = {(span.fact, span.value) for report in before for span in report.spans}
    spans = sorted((span for report in whole for span in report.spans), key=lambda span: span.start)
    found: dict[tuple[str, str], Span] = {}
    for span in spans:
        if span.field == "summary" and (span.fact, span.value) not in known:
            found.setdefault((span.fact, span.value), span)
    return tuple(found.values())
