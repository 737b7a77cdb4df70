"""A country in numbers, all of them counted from the board on the screen."""

from collections import Counter

from tui.domain.board import Board, CountryRow, IncidentRow
from tui.domain.codes import EVENT_TAG, OBJECT_GLYPH, Origin
from tui.domain.coverage import Sight
from tui.domain.territories import territory_name
from tui.ui.panes.incidents import incidents_of
from tui.ui.untrusted import Line, Span, cells, wrap
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


def profile_lines(board: Board, country: CountryRow, width: int) -> list[Line]:
    """How many, from whom, with what, what was done, and who was looking."""
    rows = incidents_of(board, country.iso2)
    news = [row for row in rows if row.origin is not Origin.BASELINE and not row.follow_up_only]
    window = window_name(board.query.window)
    lines: list[Line] = [
        (
            (f"{country.incidents} ", "new"),
            (f"{'incident' if country.incidents == 1 else 'incidents'} · {window}   ", "muted"),
            (f"{country.new} new", "new" if country.new else "muted"),
        ),
        (),
    ]
    if country.incidents:
        top = max(country.recent, default=1)
        room = min(12, max(4, width - _LABEL - 12))
        lines.append(
            (_label(window), (braille(country.recent, room, top), "high"), (f" peak {top}", "muted")),
        )
    if news:
        lines += _counted("actors", _actors(news), width)
        lines += _counted(
            "objects", Counter(object_tag(row.facts.object) for row in news), width, glyphs=True
        )
        lines += _counted("events", _events(news), width, bars=True)
        lines += _counted("response", _responses(news), width)
    lines.append(
        (
            _label("baseline"),
            (plural(country.baseline, "known incident"), "ink" if country.baseline else "muted"),
        )
    )
    if country.iso2:
        lines += _feeds(country, width)
    return lines


def _label(text: str) -> Span:
    return (f"{text:<{_LABEL}}", "faint")


def _actors(news: list[IncidentRow]) -> Counter[str]:
    return Counter(territory_name(row.facts.actor[0]) if row.facts.actor else "unknown" for row in news)


def _events(news: list[IncidentRow]) -> Counter[str]:
    found = Counter(event_tag(main_event(row.facts)) for row in news)
    order = list(dict.fromkeys(EVENT_TAG.values()))
    return Counter({tag: found[tag] for tag in order if found[tag]})


def _responses(news: list[IncidentRow]) -> Counter[str]:
    return Counter(words(code) for row in news for code in row.facts.response) or Counter(
        {"unknown": len(news)}
    )


def _counted(
    label: str,
    counts: Counter[str],
    width: int,
    *,
    glyphs: bool = False,
    bars: bool = False,
) -> list[Line]:
    """Names with their counts, broken into lines between pairs."""
    lines: list[list[Span]] = [[_label(label)]]
    for name, count in counts.most_common(8):
        piece: list[Span] = []
        if glyphs:
            piece.append((f"{OBJECT_GLYPH.get(name, '?')} ", "ink"))
        if bars:
            severity = tag_severity(name)
            piece.append((BARS[severity], str(severity)))
        ink = "actor" if label == "actors" and name != "unknown" else "ink"
        piece += [(f"{name} ", ink), (f"{count}   ", "muted")]
        if cells(lines[-1]) + cells(piece) > width and len(lines[-1]) > 1:
            lines.append([_label("")])
        lines[-1] += piece
    return [tuple(line) for line in lines]


def _feeds(country: CountryRow, width: int) -> list[Line]:
    """Whether anyone was looking: what a zero above means."""
    coverage = country.coverage
    ink = "bad" if coverage.sight is Sight.BLIND else "ink" if coverage.sight is Sight.WATCHED else "muted"
    told = coverage.said if country.incidents else coverage.verdict
    first, *rest = wrap([(told, ink)], max(8, width - _LABEL))
    return [(_label("feeds"), *first), *((_label(""), *line) for line in rest)]
