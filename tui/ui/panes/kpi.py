"""The row of counts over the lists, each of them a number that can be opened."""

from datetime import timedelta

from tui.domain.board import Board
from tui.domain.codes import EVENT_TAG, Origin
from tui.domain.query_tree import Is, Not, OneOf, Part, Told
from tui.domain.tables import asking
from tui.ui.chrome import lately
from tui.ui.figures import Figure, FigureLine, Target
from tui.ui.session import Session
from tui.ui.untrusted import cells
from tui.ui.wording import BARS, change, sparkline, tag_severity, window_name

_BARS = 48
"""Bars of when incidents were first seen, where there is room for all of them."""
_FEWEST_BARS = 12


def in_view(board: Board, *parts: Part) -> Part:
    """Asks for what a board counts for which these hold too: in its window, under its filter."""
    window = board.query.window
    lately_said = (Told("revised", window, None),) if window is not None else ()
    return asking(*parts, board.query.filter, *lately_said)


def first_seen_in(board: Board) -> tuple[Part, ...]:
    """Asks for what was first seen in the window of a board; an open one asks for everything."""
    return () if board.query.window is None else (Told("first", board.query.window, None),)


def in_window_before(board: Board, window: timedelta) -> Part:
    """Asks for what a board compares itself with: known before its window began, and revised in the one before."""
    known = Not(Told("first", window, None))
    return asking(board.query.filter, known, Told("revised", 2 * window, None))


def of_event_tag(tag: str) -> OneOf:
    """Asks for a tag as the main event."""
    return OneOf("main_event", tuple(event for event, known in EVENT_TAG.items() if known == tag), (tag,))


def kpi_figures(session: Session, board: Board, width: int) -> FigureLine:
    """How many, how that compares, what is new, and of which kinds."""
    name = window_name(board.query.window)
    pieces = [
        Figure(f" {board.total} ", "new", Target(f"{name}", in_view(board))),
        Figure(f"incidents {name} ", "muted"),
    ]
    pieces += _compared(board, name)
    new = Target(f"new, {name}", in_view(board, Is(("new",))))
    pieces.append(Figure("  ", "muted"))
    pieces.append(Figure(f"● {board.new} new", "new" if board.new else "muted", new))
    if board.looked:
        pieces.append(Figure(f" since you looked {lately(session, board.looked)}", "muted"))
    pieces.append(Figure("   ", "muted"))
    for tag, count in board.tags:
        severity = tag_severity(tag)
        target = Target(f"{tag}, {name}", in_view(board, of_event_tag(tag)))
        piece = [
            Figure(BARS[severity], severity),
            Figure(f"{tag} ", "muted"),
            Figure(f"{count}", "strong", target),
            Figure("  ", "muted"),
        ]
        if _width(pieces) + _width(piece) > width:
            break
        pieces += piece
    if width >= 160 and board.query.window and board.total:
        seen = Target(f"first seen, {name}", in_view(board, *first_seen_in(board)))
        label = Figure(f"   {name} ", "faint")
        bars = min(_BARS, width - _width([*pieces, label]))
        if bars >= _FEWEST_BARS:
            pieces += [label, Figure(sparkline(by_slice(board, bars)), "acc", seen)]
    return tuple(pieces)


def _compared(board: Board, name: str) -> list[Figure]:
    """The change against the window before; it opens what that window held, and with nothing to compare what is new."""
    window = board.query.window
    risen = change(board.total, board.previous_total) if window else ""
    if not window or not risen:
        return []
    before = Target(
        f"the {name} before", in_window_before(board, window), f"{board.previous_total} in the {name} before"
    )
    risen_from_none = Target(f"{name}, none before", in_view(board))
    target = before if board.previous_total else risen_from_none
    return [Figure(risen, "high" if risen.startswith("▲") else "muted", target), Figure(" ", "muted")]


def _width(pieces: list[Figure]) -> int:
    return cells([(piece.text, "") for piece in pieces])


def by_slice(board: Board, slices: int) -> tuple[int, ...]:
    """News incidents of the window by when they were first seen, oldest first."""
    counts = [0] * slices
    window = board.query.window
    if window:
        for row in board.incidents:
            if row.origin is not Origin.BASELINE and not row.follow_up_only:
                back = (board.taken - row.first_seen) / window
                if 0 <= back < 1:
                    counts[slices - 1 - int(back * slices)] += 1
    return tuple(counts)
