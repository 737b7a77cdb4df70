"""The one door out: nothing of a feed's text is drawn but through here.

Text becomes spans with the name of an ink, never markup; a last guard at the terminal's edge catches what slipped by.
"""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, get_character_cell_size, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.strip import Strip

from tui.ui.themes import INKS, Inks

Span = tuple[str, str]
"""Text and the name of its ink."""
Line = tuple[Span, ...]
"""One row of the screen, before it is cut to a width."""

_REPLACED = "\ufffd"
# Controls become visible; marks that turn, hide or join text vanish, for terminals disagree on their width.
_DOOR: dict[int, str | None] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], _REPLACED),
    **dict.fromkeys(map(ord, "\t\n\r\u2028\u2029\xa0\u202f\u2007"), " "),
    **dict.fromkeys([0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF], None),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC)], None),
    **dict.fromkeys([*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400), *range(0xE0000, 0xE0FFF)], None),
}
_JOINER = "\u200d"


def safe(text: str) -> str:
    """Text that can move no cursor, turn no direction, and has the same width on every terminal."""
    if text.isascii() and text.isprintable():
        return text
    text = text.translate(_DOOR)
    if _JOINER in text:
        # Persian and Indic letters need the joiner; emoji families would have another width everywhere.
        pieces = text.split(_JOINER)
        text = pieces[0]
        for piece in pieces[1:]:
            wide = bool(text) and get_character_cell_size(text[-1]) == 2
            text += piece if wide else _JOINER + piece
    return text


def cells(line: Iterable[Span]) -> int:
    """Width of a line in terminal cells."""
    return sum(cell_len(safe(text)) for text, _ in line)


def fit(text: str, width: int) -> str:
    """The text in exactly so many cells: padded, or cut with an ellipsis."""
    if width <= 0:
        return ""
    text = safe(text)
    length = cell_len(text)
    if length <= width:
        return text + " " * (width - length)
    return set_cell_size(text, width - 1) + "…"


def clip(text: str, width: int) -> str:
    """The text in at most so many cells."""
    return fit(text, width).rstrip() if cell_len(safe(text)) > width else safe(text)


def content(line: Iterable[Span]) -> Content:
    """A line for what Textual draws itself, such as the titles of borders; never markup."""
    return Content.assemble(*((safe(text), INKS[ink]) for text, ink in line))


def draw(line: Sequence[Span], width: int, inks: Inks, base: Style) -> Strip:
    """Pad a line to a width, or cut it with an ellipsis; `base` lies under every ink."""
    segments = [Segment(safe(text), base + inks[ink]) for text, ink in line if text]
    strip = Strip(segments)
    if strip.cell_length > width > 0:
        last = strip.crop(width - 1, width)
        style = next((segment.style for segment in last if segment.style), base)
        return Strip([*strip.crop(0, width - 1), Segment("…", style)]).adjust_cell_length(width, base)
    return strip.adjust_cell_length(width, base)


def ruled(label: Sequence[Span], width: int) -> Line:
    """A separator: a label, then its first ink as a rule to the end."""
    rest = width - cells(label)
    return (*label, ("─" * rest, label[0][1])) if rest > 0 and label else tuple(label)


def wrap(spans: Sequence[Span], width: int) -> list[Line]:
    """Break a paragraph into lines at spaces, and between wide letters that have none."""
    letters = [(letter, ink) for text, ink in spans for letter in safe(text)]
    lines: list[Line] = []
    start = 0
    while start < len(letters):
        end, after = _line_end(letters, start, max(2, width))
        lines.append(_joined(letters[start:end]))
        start = after
    return lines or [()]


def hung(lead: Sequence[Span], told: Sequence[Span], width: int) -> list[Line]:
    """A lead, then a paragraph; its further lines stand under its first."""
    room = cells(lead)
    first, *rest = wrap(told, max(8, width - room))
    return [(*lead, *first), *(((" " * room, "faint"), *line) for line in rest)]


def _line_end(letters: Sequence[Span], start: int, width: int) -> tuple[int, int]:
    """Where the line ends, and where the next begins."""
    used = 0
    breaks: tuple[int, int] | None = None
    for index in range(start, len(letters)):
        letter = letters[index][0]
        size = get_character_cell_size(letter)
        if letter == " ":
            breaks = (index, index + 1)
        if used + size > width:
            return breaks or (index, index)
        used += size
        if (
            size == 2
            and index + 1 < len(letters)
            and letters[index + 1][0] not in "、。，．！？：；）」』】〉》…"
        ):
            breaks = (index + 1, index + 1)
    return len(letters), len(letters)


def _joined(letters: Sequence[Span]) -> Line:
    spans: list[Span] = []
    for letter, ink in letters:
        if spans and spans[-1][1] == ink:
            spans[-1] = (spans[-1][0] + letter, ink)
        else:
            spans.append((letter, ink))
    return tuple(spans)


class Guard(LineFilter):
    """The last guard: whatever widget drew it, no control leaves for the terminal inside text."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 -- the base class names it
        """The segments, with every control replaced by a visible mark of one cell."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [
            Segment(safe(text), style) if not text.isprintable() else Segment(text, style, control)
            for text, style, control in segments
        ]
