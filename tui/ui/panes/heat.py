"""Tables of numbers as lines: states by week, actors by affected states, outcomes, answers."""

import math
from collections.abc import Sequence

from tui.domain.codes import OBJECT_GLYPH
from tui.domain.tables import Cell, Table, TableRow
from tui.domain.value import dataclass
from tui.ui.figures import Figure, FigureLine, Target
from tui.ui.untrusted import cells, fit

LEVELS = 5
_WEEK = 3
_SUM = 5


@dataclass(frozen=True, slots=True)
class View:
    """How numbers are shown."""

    share: bool = False
    """As hundredths of their line."""
    back: int = 0
    """Weeks that the latest one shown lies back."""


def figure(cell: Cell, title: str, text: str, ink: str) -> Figure:
    """A number that can be opened."""
    return Figure(text, ink, Target(title, cell.query, cell.words))


def level(count: int, most: int) -> int:
    """How strongly a number is filled: 0 for none, up to 5 for the most; by square roots, for counts are skewed."""
    if not count or not most:
        return 0
    return max(1, min(LEVELS, round(math.sqrt(count / most) * LEVELS)))


def number(cell: Cell, whole: int, width: int, *, share: bool) -> str:
    """A count, or its share; a dot for a zero that was watched for, a blank for one that was not."""
    if not cell.count:
        return ("·" if cell.known else "").rjust(width)
    said = str(round(100 * cell.count / whole)) if share and whole else str(cell.count)
    return (said if len(said) <= width else "▲").rjust(width)


def heat_ink(cell: Cell, most: int) -> str:
    """Fill of a cell of the heat map."""
    strength = level(cell.count, most)
    return f"level{strength}" if strength else "faint"


def weeks_shown(table: Table, width: int, view: View) -> range:
    """Which of its columns fit, the latest last."""
    fitting = max(1, (width - _name_width(width) - _SUM - 1) // _WEEK)
    end = max(min(fitting, len(table.columns)), len(table.columns) - view.back)
    return range(max(0, end - fitting), end)


def _name_width(width: int) -> int:
    return 18 if width >= 100 else 14


def week_lines(table: Table, width: int, view: View) -> list[FigureLine]:
    """States by week; a cell that is unusual has a mark, one that nobody watched is blank."""
    shown = weeks_shown(table, width, view)
    name = _name_width(width)
    most = max((row.cells[at].count for row in table.rows for at in shown), default=0)
    heading = (
        Figure(" " * name, "faint"),
        *(Figure(str(int(table.columns[at][-2:])).rjust(_WEEK), "faint") for at in shown),
        Figure("sum".rjust(_SUM), "faint"),
    )
    return [heading, *(_week_line(row, table, shown, most, name, view) for row in table.rows)]


def _week_line(  # noqa: PLR0917 -- what a line is made of
    row: TableRow, table: Table, shown: range, most: int, name: int, view: View
) -> FigureLine:
    pieces = [Figure(fit(row.name, name), "ink" if row.total.count else "muted")]
    for at in shown:
        cell = row.cells[at]
        said = number(cell, row.total.count, _WEEK - 1, share=view.share)
        mark = "!" if cell.unusual else " "
        ink = "unusual" if cell.unusual else heat_ink(cell, most)
        pieces.append(figure(cell, f"{row.name} {table.columns[at]}", said + mark, ink))
    total = _with_words(row.total, row.words)
    known = row.total.count or row.total.known
    said = str(row.total.count) if known else "?"
    pieces.append(
        figure(total, f"{row.name}, all weeks", said.rjust(_SUM), "strong" if row.total.count else "muted")
    )
    return tuple(pieces)


def _with_words(cell: Cell, words: str) -> Cell:
    return Cell(cell.count, cell.query, cell.known, cell.unusual, words)


def legend(width: int) -> FigureLine:
    """What the fills say."""
    steps = [Figure("   ", f"level{strength}") for strength in range(1, LEVELS + 1)]
    tail = " more" + ("  ! unusual  · none  blank: not watched" if width >= 70 else "  ! unusual  · none")
    return (Figure("  less ", "faint"), *steps, Figure(tail, "faint"))


def matrix_lines(table: Table, width: int, view: View) -> list[FigureLine]:
    """Who, over whom; as many of the affected states as fit, the most told of first."""
    name, cell_width = 14, 4
    fitting = max(1, (width - name - _SUM) // cell_width)
    heads = table.columns[:fitting]
    most = max((cell.count for row in table.rows for cell in row.cells), default=0)
    lines: list[FigureLine] = [
        (
            Figure(" " * name, "faint"),
            *(Figure((state or "··").rjust(cell_width), "strong") for state in heads),
            Figure("sum".rjust(_SUM), "faint"),
        )
    ]
    for row in table.rows:
        pieces = [Figure(fit(row.name, name), "actor" if row.key else "muted")]
        for state, cell in zip(heads, row.cells, strict=False):
            said = number(cell, row.total.count, cell_width - 1, share=view.share) + " "
            pieces.append(
                figure(cell, f"{row.name} → {state or 'no state named'}", said, heat_ink(cell, most))
            )
        pieces.append(
            figure(row.total, f"{row.name}, every state", str(row.total.count).rjust(_SUM), "strong")
        )
        lines.append(tuple(pieces))
    return lines


_SHORT = {
    "unresolved": "unres",
    "open": "open",
    "confirmed": "conf",
    "attributed": "attr",
    "unfounded": "unfd",
}


def outcome_lines(table: Table, width: int, view: View) -> list[FigureLine]:
    """States by how their incidents ended; all of them first."""
    column = 7 if width >= 70 else 6
    name = max(10, min(18, width - column * len(table.columns) - _SUM))
    heads = [Figure(_SHORT.get(head, head).rjust(column), "faint") for head in table.columns]
    lines: list[FigureLine] = [
        (Figure(fit(table.words, width), "muted"),),
        (Figure(" " * name, "faint"), *heads, Figure("sum".rjust(_SUM), "faint")),
    ]
    for row in table.rows:
        pieces = [Figure(fit(row.name, name), "ink")]
        for at, (head, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            ink = "muted" if not cell.count else "warn" if not at else "ink"
            said = number(cell, row.total.count, column, share=view.share)
            pieces.append(figure(_with_words(cell, row.words), f"{row.name}, {head}", said, ink))
        pieces.append(figure(row.total, f"{row.name}, all", str(row.total.count).rjust(_SUM), "strong"))
        lines.append(tuple(pieces))
    return lines


def answer_lines(table: Table, width: int, view: View) -> list[FigureLine]:
    """How soon an answer is told; median and range above."""
    most = max((row.total.count for row in table.rows), default=0)
    whole = sum(row.total.count for row in table.rows)
    room = max(4, width - 22 - 7)
    lines: list[FigureLine] = [(Figure(fit(table.words, width), "muted"),)]
    for row in table.rows:
        filled = round(room * row.total.count / most) if most else 0
        ink = "muted" if row.key == "none" else "acc"
        said = number(row.total, whole, 6, share=view.share)
        lines.append(
            (
                Figure(fit(row.name, 20), "ink"),
                figure(row.total, row.name, said, "strong" if row.total.count else "muted"),
                Figure("  ", "ink"),
                Figure("█" * max(filled, int(row.total.count > 0)), ink),
            )
        )
    return lines


_BLOCKS = " ▁▂▃▄▅▆▇█"


def hour_lines(table: Table, width: int, _view: View, height: int = 3) -> list[FigureLine]:
    """A bar for each hour of the day; the lowest line of them can be stood on."""
    if not table.rows:
        return []
    row, column = table.rows[0], max(2, min(6, width // 24))
    most = max((cell.count for cell in row.cells), default=0)
    eighths = [
        max(int(cell.count > 0), round(cell.count * height * 8 / most)) if most else 0 for cell in row.cells
    ]
    lines: list[FigureLine] = []
    for level_ in range(height - 1, -1, -1):
        pieces = []
        for hour, (cell, filled) in enumerate(zip(row.cells, eighths, strict=True)):
            block = _BLOCKS[max(0, min(8, filled - level_ * 8))]
            text = block * (column - 1) + " "
            if not level_:
                text = text if filled else "·" + " " * (column - 1)
                share = f", {round(100 * cell.count / row.total.count)} %" if row.total.count else ""
                title = f"{hour:02}:00–{hour:02}:59Z"
                words = f"{cell.count} first told in it{share}"
                pieces.append(figure(_with_words(cell, words), title, text, "acc" if filled else "faint"))
            else:
                pieces.append(Figure(text, "acc"))
        lines.append(tuple(pieces))
    labels = "".join(f"{hour:02}".ljust(column * 3) for hour in range(0, 24, 3))
    return [*lines, (Figure(labels, "faint"),)]


def object_lines(table: Table, width: int, view: View, last: int | None = None) -> list[FigureLine]:
    """What flew, week by week, as a bar of shares; the latest week last, `last`: only so many."""
    rows = table.rows[-last:] if last else table.rows
    return [_mix_line(row, table.columns, width, view) for row in rows]


def _mix_line(row: TableRow, tags: Sequence[str], width: int, view: View) -> FigureLine:
    room = max(7, width - 4 - 6)
    widths = _shared_out([cell.count for cell in row.cells], room)
    pieces = [Figure(f"{row.name:<4}", "muted")]
    for tag, cell, own in zip(tags, row.cells, widths, strict=True):
        if own:
            said = f"{round(100 * cell.count / row.total.count)}%" if view.share else str(cell.count)
            label = f"{OBJECT_GLYPH[tag]}{tag} {said}"
            label = (
                label if len(label) <= own else f"{OBJECT_GLYPH[tag]}{tag}" if own >= 4 else OBJECT_GLYPH[tag]
            )
            words = f"{cell.count} of {row.total.count}"
            pieces.append(figure(_with_words(cell, words), f"{tag} {row.key}", fit(label, own), f"mix-{tag}"))
    used = sum(cells([(piece.text, "")]) for piece in pieces)
    pieces.append(Figure(" " * max(0, 4 + room - used), "ink"))
    pieces.append(
        figure(
            row.total,
            f"every object {row.key}",
            str(row.total.count).rjust(6),
            "strong" if row.total.count else "muted",
        )
    )
    return tuple(pieces)


def _shared_out(counts: Sequence[int], room: int) -> list[int]:
    """Cells for each count by its share, at least one for any; together all the room there is."""
    whole = sum(counts)
    if not whole:
        return [0] * len(counts)
    exact = [count * room / whole for count in counts]
    given = [max(1, int(part)) if part else 0 for part in exact]
    while sum(given) > room:
        given[max(range(len(given)), key=lambda at: given[at] - exact[at] if given[at] > 1 else -room)] -= 1
    while sum(given) < room:
        given[max(range(len(given)), key=lambda at: exact[at] - given[at])] += 1
    return given
