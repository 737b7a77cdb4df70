"""A story to read: the words that each fact was read from stand out, with the number of the fact."""

from datetime import datetime, tzinfo

from tui.domain.board import StoryDetail
from tui.domain.full_text import FullText, told_beside
from tui.domain.reading import Reading, TextField
from tui.domain.value import dataclass
from tui.domain.wordings import Change, Piece, changed
from tui.ui.untrusted import Line, Span, hung, wrap
from tui.ui.wording import age, day_time, superscript

FACTS = (
    "object",
    "event",
    "affected",
    "actor",
    "zone",
    "place",
    "event_date",
    "count",
    "response",
    "responder",
    "certainty",
)
"""Facts in the order of their numbers."""
_WIDEST = 84
_INDENT = "  "
_CONTEXT = 6
"""Words of what stayed the same that are shown beside a change."""
_SIGNS = {Change.REMOVED: ("−", "removed"), Change.ADDED: ("+", "added")}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a field that stand out."""

    start: int
    end: int
    fact: str
    """Empty: words that spoke for the story, but gave no fact."""


def numbers(reading: Reading) -> dict[str, int]:
    """A number for each kind of fact that was read, in a fixed order."""
    found = {span.fact for report in reading.reports for span in report.spans}
    told = [fact for fact in FACTS if fact in found] + sorted(found - set(FACTS))
    return {fact: at + 1 for at, fact in enumerate(told)}


def marks(reading: Reading, field: TextField, length: int) -> list[Mark]:
    """What stands out in a field, in order; of overlapping words the first and longest."""
    candidates = [
        Mark(span.start, span.end, span.fact)
        for report in reading.reports
        for span in report.spans
        if span.field == field
    ]
    candidates += [
        Mark(reason.start, reason.end, "")
        for reason in reading.verdict.why
        if reason.field == field and reason.words and reason.weight > 0
    ]
    order = {fact: at for at, fact in enumerate(FACTS)}
    candidates.sort(key=lambda mark: (mark.start, not mark.fact, -mark.end, order.get(mark.fact, len(order))))
    kept: list[Mark] = []
    for mark in candidates:
        if 0 <= mark.start < mark.end <= length and (not kept or mark.start >= kept[-1].end):
            kept.append(mark)
    return kept


def marked(
    text: str, found: list[Mark], number: dict[str, int], plain: str, current: Mark | None
) -> list[Span]:
    """The text as spans; each mark with the ink and the superscript of its fact."""
    spans: list[Span] = []
    at = 0
    for mark in found:
        spans.append((text[at : mark.start], plain))
        ink = fact_ink(mark.fact) if mark.fact else "matched"
        spans.append((text[mark.start : mark.end], "chosen" if mark == current else ink))
        if mark.fact:
            spans.append((superscript(number[mark.fact]), "key"))
        at = mark.end
    spans.append((text[at:], plain))
    return [span for span in spans if span[0]]


def fact_ink(fact: str) -> str:
    """Ink of a fact's words."""
    return f"fact-{fact}" if fact in FACTS else "fact-other"


@dataclass(frozen=True, slots=True)
class Page:
    """A story laid out: its lines, and on which of them each mark begins."""

    lines: tuple[Line, ...]
    places: tuple[int, ...]


def mark_count(detail: StoryDetail) -> int:
    """How many marks there are to go through."""
    row = detail.row
    return len(marks(detail.reading, "title", len(row.title))) + len(
        marks(detail.reading, "summary", len(detail.summary)),
    )


def page(
    detail: StoryDetail,
    width: int,
    now: datetime,
    zone: tzinfo | None,
    current: int | None = None,
) -> Page:
    """Headline, where from, text, link and earlier wordings; `current` is the mark stood on."""
    row, reading = detail.row, detail.reading
    inset = 2 if width > 40 else 0
    measure = min(_WIDEST, width - 2 * inset)
    number = numbers(reading)
    in_title = marks(reading, "title", len(row.title))
    in_text = marks(reading, "summary", len(detail.summary))
    chosen = [*in_title, *in_text][current] if current is not None else None
    title_chosen = chosen if current is not None and current < len(in_title) else None
    text_chosen = chosen if current is not None and current >= len(in_title) else None

    lines: list[Line] = [()]
    title = marked(row.title or "(no headline)", in_title, number, "new", title_chosen)
    lines += wrap(title, measure)
    lines += wrap(_source(detail, now, zone), measure)
    lines.append(())
    start = 0
    for paragraph in detail.summary.split("\n"):
        end = start + len(paragraph)
        here = [
            Mark(m.start - start, m.end - start, m.fact) for m in in_text if start <= m.start and m.end <= end
        ]
        stood = (
            Mark(text_chosen.start - start, text_chosen.end - start, text_chosen.fact)
            if text_chosen and start <= text_chosen.start and text_chosen.end <= end
            else None
        )
        if paragraph.strip():
            lines += [*wrap(marked(paragraph, here, number, "ink", stood), measure), ()]
        start = end + 1
    if not detail.summary.strip():
        lines += [(("The feed gave a headline only.", "muted"),), ()]
    lines.append((("↗ 1 ", "key"), (row.url or "no link given", "acc" if row.url else "muted")))
    if detail.full is not None:
        lines += full_text_lines(detail, detail.full, measure, now, zone)
    lines += _versions(detail, measure, now, zone)
    indented = tuple(((" " * inset, "ink"), *line) if line else () for line in lines)
    return Page(indented, _places(indented, title_chosen or text_chosen))


def raw_lines(detail: StoryDetail, width: int) -> tuple[Line, ...]:
    """Everything stored of it, as it is stored: nothing marked, nothing worked out."""
    row = detail.row
    told = (
        ("key", row.key),
        ("feed", row.feed),
        ("publisher", row.publisher),
        ("language", row.lang or ""),
        ("published", f"{row.published:%Y-%m-%dT%H:%M:%SZ}" if row.published else ""),
        ("first seen", f"{row.first_seen:%Y-%m-%dT%H:%M:%SZ}"),
        ("link", row.url),
        ("title", row.title),
    )
    lines: list[Line] = []
    for name, text in told:
        lines += hung([(f"{name:<12}", "faint")], [(text or "–", "ink")], width)
    lines.append((("summary", "faint"),))
    for paragraph in detail.summary.split("\n"):
        lines += wrap([(paragraph, "ink")], width)
    return tuple(lines)


def full_text_lines(
    detail: StoryDetail, full: FullText, measure: int, now: datetime, zone: tzinfo | None
) -> list[Line]:
    """The whole text under a heading that says what it is, its facts marked; or why there is none."""
    if full.fetched is None:
        waits = f"asked for {day_time(full.asked, zone, now)}; it comes when its site may be asked"
        return [(), *wrap([("full text  ", "key"), (waits, "muted")], measure)]
    if full.problem:
        return [(), *wrap([("full text  ", "key"), (f"none: {full.problem}", "warn")], measure)]
    when = f"from the publisher's page, fetched {day_time(full.fetched, zone, now)}; not the feed's words"
    lines: list[Line] = [(), *wrap([("full text  ", "key"), (when, "muted")], measure), ()]
    number = numbers(full.reading) if full.reading else {}
    found = marks(full.reading, "summary", len(full.text)) if full.reading else []
    start = 0
    for paragraph in full.text.split("\n"):
        end = start + len(paragraph)
        here = [
            Mark(m.start - start, m.end - start, m.fact) for m in found if start <= m.start and m.end <= end
        ]
        if paragraph.strip():
            lines += [*wrap(marked(paragraph, here, number, "ink", None), measure), ()]
        start = end + 1
    beside = told_beside(detail.reading.reports, full.reading.reports) if full.reading else ()
    if beside:
        lines.append((("told in the full text alone", "faint"),))
    for span in beside:
        said = full.text[span.start : span.end]
        lines += wrap(
            [(f"{span.fact.replace('_', ' ')} ", "muted"), (f"{span.value} ", "strong"), (said, "ink")],
            measure,
        )
    return lines


def _places(lines: tuple[Line, ...], chosen: Mark | None) -> tuple[int, ...]:
    """Lines on which the mark stood on can be seen."""
    if chosen is None:
        return ()
    return tuple(at for at, line in enumerate(lines) if any(ink == "chosen" for _, ink in line))


def _source(detail: StoryDetail, now: datetime, zone: tzinfo | None) -> list[Span]:
    row = detail.row
    spans: list[Span] = [(row.publisher or row.feed, "key")]
    if row.feed and row.publisher not in row.feed:
        spans.append((f" via {row.feed}", "muted"))
    spans.append((f" · {row.lang or 'language unknown'} · ", "muted"))
    if row.published is None:
        spans.append((f"undated, fetched {day_time(row.first_seen, zone, now)}", "muted"))
    else:
        spans.append((f"{day_time(row.published, zone, now)} · ", "muted"))
        late = row.first_seen - row.published
        spans.append(
            (f"fetched {age(late)} later" if late.total_seconds() >= 0 else "dated in the future", "muted")
        )
    return spans


def _versions(detail: StoryDetail, width: int, now: datetime, zone: tzinfo | None) -> list[Line]:
    """What each rewording took out and put in, the latest last; then the headlines as they were."""
    if not detail.versions:
        return []
    lines: list[Line] = [(), (("what changed", "faint"),)]
    told = [(one.title, one.summary) for one in detail.versions] + [(detail.row.title, detail.summary)]
    for at, version in enumerate(detail.versions):
        (title, summary), (new_title, new_summary) = told[at], told[at + 1]
        when = day_time(version.replaced, zone, now) if version.replaced else "later"
        for name, before, after in (("headline", title, new_title), ("summary", summary, new_summary)):
            pieces = changed(before, after)
            if pieces and not before.strip():
                lines.append(((f"{when}  ", "muted"), (f"a {name} was added", "ink")))
            elif pieces:
                lines.append(((f"{when}  ", "muted"), (f"the {name} changed", "ink")))
                lines += [((_INDENT, "ink"), *line) for line in wrap(_lit(pieces), width - len(_INDENT))]
    lines += [(), (("earlier wordings", "faint"),)]
    for version in detail.versions:
        lines += wrap([(f"{day_time(version.seen, zone, now)}  ", "muted"), (version.title, "seen")], width)
    return lines


def _lit(pieces: tuple[Piece, ...]) -> list[Span]:
    """Words taken out and put in, each with its sign; of what stayed the same, the words around them."""
    spans: list[Span] = []
    for at, piece in enumerate(pieces):
        if piece.change is Change.SAME:
            spans.append((_around(piece.text, first=at == 0, last=at == len(pieces) - 1), "muted"))
        else:
            sign, ink = _SIGNS[piece.change]
            words = piece.text.rstrip()
            spans += [(sign, "key"), (words, ink), (piece.text[len(words) :], "muted")]
    return spans


def _around(text: str, *, first: bool, last: bool) -> str:
    words = text.split(" ")
    keep = _CONTEXT
    if len(words) <= 2 * keep + 1:
        return text
    head = "" if first else " ".join(words[:keep]) + " "
    return f"{head}… " + ("" if last else " ".join(words[-keep - 1 :]))
