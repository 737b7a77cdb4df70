"""A country in numbers, all of them counted from the board on the screen; each opens the list of what it counts."""

from collections import Counter

from tui.domain.board import Board, CountryRow, IncidentRow
from tui.domain.codes import EVENT_TAG, OBJECT_GLYPH, OBJECT_TAG, Origin
from tui.domain.coverage import Sight
from tui.domain.query_tree import All, Is, Not, OneOf, Part, Told
from tui.domain.tables import Cell
from tui.domain.territories import territory_name
from tui.ui.figures import Figure, FigureLine, Target
from tui.ui.panes.incidents import incidents_of
from tui.ui.panes.kpi import first_seen_in, in_view, of_event_tag
from tui.ui.untrusted import cells, wrap
from tui.ui.wording import (
    BARS,
    braille,
    event_tag,
    main_event,
    object_tag,
    plural,
    tag_severity,
    window_name,
    words,
)

_LABEL = 10
_UNKNOWN = "unknown"


def profile_lines(
    board: Board, country: CountryRow, width: int, week: Cell | None = None
) -> list[FigureLine]:
    """How many, from whom, with what, what was done, how that compares, and who was looking."""
    rows = incidents_of(board, country.iso2)
    news = [row for row in rows if row.origin is not Origin.BASELINE and not row.follow_up_only]
    window, here = window_name(board.query.window), _here(country)
    kind = "incident" if country.incidents == 1 else "incidents"
    lines: list[FigureLine] = [
        (
            Figure(f"{country.incidents}", "new", _target(country, "", in_view(board, here))),
            Figure(f" {kind} · {window}   ", "muted"),
            Figure(
                f"{country.new} new",
                "new" if country.new else "muted",
                _target(country, "new", in_view(board, here, Is(("new",)))),
            ),
        ),
        (),
    ]
    if country.incidents:
        lines.append(_recent(board, country, width))
    if news:
        counted = (
            ("actors", _actors(news)),
            ("objects", _by_object(news)),
            ("events", _by_event(news)),
            ("response", _responses(news)),
        )
        for label, counts in counted:
            lines += _counted(label, counts, board, country, width)
    lines.append(_baseline(country))
    if week is not None:
        lines += _week(week, country, width)
    if country.iso2:
        lines += _feeds(country, width)
    return lines


def _recent(board: Board, country: CountryRow, width: int) -> FigureLine:
    """Bars of when its incidents were first seen, which open these; and the most of one bar, which opens that one."""
    name, top = window_name(board.query.window), max(country.recent, default=1)
    room = min(12, max(4, width - _LABEL - 12))
    seen = _target(country, "first seen", in_view(board, _here(country), *first_seen_in(board)))
    bars = Figure(braille(country.recent, room, top), "high", seen)
    peak = _peak(board, country) if top else None
    opened = None if peak is None else _target(country, "peak", in_view(board, _here(country), *peak))
    return _label(name), bars, Figure(f" peak {top}", "muted", opened)


def _peak(board: Board, country: CountryRow) -> tuple[Part, ...] | None:
    """First seen in the first of the fullest slices; None of an open window, whose slices begin with the first incident."""
    window, slices = board.query.window, len(country.recent)
    if window is None or not slices:
        return None
    at = country.recent.index(max(country.recent))
    start = board.taken - window
    since = Told("first", None, start + window * at / slices)
    if at == slices - 1:
        return (since,)
    return since, Not(Told("first", None, start + window * (at + 1) / slices))


def _here(country: CountryRow) -> OneOf:
    return OneOf("country", (country.iso2,), (country.iso2 or "none",))


def _target(country: CountryRow, what: str, asked: Part, said: str = "") -> Target:
    return Target(", ".join(filter(None, (country.name, what))), asked, said)


def _label(text: str) -> Figure:
    return Figure(f"{text:<{_LABEL}}", "faint")


_Counts = list[tuple[str, int, Part]]
"""Names, how many, and what asks for them."""


def _actors(news: list[IncidentRow]) -> _Counts:
    found = Counter(code for row in news for code in row.facts.actor or ("",))
    return [
        (territory_name(code) if code else _UNKNOWN, count, OneOf("actor", (code,), (code or "none",)))
        for code, count in found.most_common(8)
    ]


def _by_object(news: list[IncidentRow]) -> _Counts:
    found = Counter(object_tag(row.facts.object) for row in news)
    return [(tag, count, of_object_tag(tag)) for tag, count in found.most_common()]


def of_object_tag(tag: str) -> OneOf:
    """Asks for a tag as the main object; what is not told is unknown."""
    codes = tuple(code for code, known in OBJECT_TAG.items() if known == tag)
    return OneOf(
        "main_object", (*codes, "") if tag == "UNK" else codes, (tag, "none") if tag == "UNK" else (tag,)
    )


def _by_event(news: list[IncidentRow]) -> _Counts:
    found = Counter(event_tag(main_event(row.facts)) for row in news)
    return [(tag, found[tag], of_event_tag(tag)) for tag in dict.fromkeys(EVENT_TAG.values()) if found[tag]]


def _responses(news: list[IncidentRow]) -> _Counts:
    found = Counter(code for row in news for code in row.facts.response or ("",))
    return [
        (words(code) or _UNKNOWN, count, OneOf("response", (code,), (code or "none",)))
        for code, count in found.most_common(8)
    ]


def _counted(label: str, counts: _Counts, board: Board, country: CountryRow, width: int) -> list[FigureLine]:
    """Names with their counts, broken into lines between pairs."""
    lines: list[list[Figure]] = [[_label(label)]]
    for name, count, asked in counts:
        piece: list[Figure] = []
        if label == "objects":
            piece.append(Figure(f"{OBJECT_GLYPH.get(name, '?')} ", "ink"))
        if label == "events":
            piece.append(Figure(BARS[tag_severity(name)], str(tag_severity(name))))
        target = _target(country, f"{label} {name}", in_view(board, _here(country), asked))
        piece += [
            Figure(f"{name} ", "actor" if label == "actors" and name != _UNKNOWN else "ink"),
            Figure(f"{count}", "muted", target),
            Figure("   ", "muted"),
        ]
        if _width(lines[-1]) + _width(piece) > width and len(lines[-1]) > 1:
            lines.append([_label("")])
        lines[-1] += piece
    return [tuple(line) for line in lines]


def _width(pieces: list[Figure]) -> int:
    return cells([(piece.text, "") for piece in pieces])


def _baseline(country: CountryRow) -> FigureLine:
    known = _target(country, "baseline", All((_here(country), Is(("baseline",)))))
    ink = "ink" if country.baseline else "muted"
    return _label("baseline"), Figure(plural(country.baseline, "known incident"), ink, known)


def _week(week: Cell, country: CountryRow, width: int) -> list[FigureLine]:
    """The week under way beside what is usual."""
    first, *rest = wrap([(week.words, "amber" if week.unusual else "ink")], max(8, width - _LABEL))
    target = _target(country, "this week", week.query, week.words)
    return [
        (_label("week"), *(Figure(text, ink, target) for text, ink in first)),
        *((_label(""), *(Figure(text, ink) for text, ink in line)) for line in rest),
    ]


def _feeds(country: CountryRow, width: int) -> list[FigureLine]:
    """Whether anyone was looking: what a zero above means."""
    coverage = country.coverage
    ink = "bad" if coverage.sight is Sight.BLIND else "ink" if coverage.sight is Sight.WATCHED else "muted"
    told = coverage.said if country.incidents else coverage.verdict
    first, *rest = wrap([(told, ink)], max(8, width - _LABEL))
    return [
        (_label("feeds"), *(Figure(text, ink) for text, ink in first)),
        *((_label(""), *(Figure(text, ink) for text, ink in line)) for line in rest),
    ]
