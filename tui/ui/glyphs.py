"""The signs of ours and their twins in ASCII: one table, laid over every line at the terminal's edge when asked for.

Each sign takes one cell and so does its twin, so that nothing moves. Letters of feeds keep their script; accents go.
"""

import re
import unicodedata

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

TWINS = {
    # Severity, and what is told by a row of three.
    "▊": "#", "▌": "=", "▎": "-", "▏": ".",
    "●": "*", "○": "o", "◌": ":",
    # Objects, and where several incidents are.
    "◊": "d", "▲": "A", "►": ">", "✈": "C", "◆": "*",
    # Marks of rows.
    "↻": "@", "★": "w", "✓": "v", "✗": "x", "✕": "x", "▸": ">", "•": "*", "■": "#", "□": "-", "▣": "#",
    "↗": ">", "▼": "v", "▶": ">", "‖": "|", "✎": "n", "♪": "!", "¶": "P",
    # Keys.
    "⏎": "E", "⌫": "B", "␣": "_", "⇧": "S", "⌥": "O", "←": "<", "→": ">", "↑": "^", "↓": "v",
    # Rules and edges.
    "─": "-", "━": "=", "│": "|", "┃": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "└": "`", "┘": "'", "┌": "+",
    "┐": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+", "═": "=", "║": "|", "╔": "+", "╗": "+", "╚": "+",
    "╝": "+", "┏": "+", "┓": "+", "┗": "+", "┛": "+", "▕": "|", "▔": "-", "╸": "-", "╺": "-", "╍": "-", "╏": "|",
    # Bars from low to high, and what borders and scroll bars are filled with.
    "▁": "_", "▂": "_", "▃": ".", "▄": "-", "▅": "-", "▆": "=", "▇": "=", "█": "#", "▀": '"', "▐": "|", "▍": "=",
    "▋": "#", "▉": "#", "▖": ".", "▗": ".", "▘": "'", "▝": "'", "▙": "#", "▛": "#", "▜": "#", "▟": "#", "▚": "%",
    "▞": "%", "░": ".", "▒": ":", "▓": "%", "╎": "|", "┄": "-", "┆": "|",
    # Numbers of facts and panes.
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
    # Punctuation.
    "·": "-", "›": ">", "»": ">", "«": "<", "‹": "<", "–": "-", "—": "-", "−": "-", "×": "x", "≠": "!", "≥": ">",
    "≤": "<", "…": "~", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "°": "'", "\ufffd": "?", "§": "S",
    "≈": "~", "±": "~", "½": "h",
}  # fmt: skip
"""Sign to twin."""

_CERTAIN = {"●●●": "3/3", "●●○": "2/3", "●○○": "1/3", "◌◌◌": "?/3"}
_CERTAINTY = re.compile("|".join(_CERTAIN))
_BRAILLE = " .,:;-+*#"


class _Table(dict[int, str]):
    """The table for `str.translate`; what it lacks is worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _twin(chr(code))
        return found


def _twin(sign: str) -> str:
    if sign in TWINS:
        return TWINS[sign]
    if "\u2800" <= sign <= "\u28ff":
        # As dense as the dots are many.
        return _BRAILLE[(ord(sign) - 0x2800).bit_count()]
    base, *marks = list(unicodedata.normalize("NFD", _PLAIN_LETTERS.get(sign, sign)))
    # Fullwidth letters would change the width; other scripts have no twin.
    return base if base.isascii() and all(map(unicodedata.combining, marks)) else sign


_PLAIN_LETTERS = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ħ": "h", "Ħ": "H"}
_TABLE = _Table()


def ascii_twin(text: str) -> str:
    """The text with every sign of ours as its twin, of the same length."""
    if text.isascii():
        return text
    return _CERTAINTY.sub(lambda found: _CERTAIN[found[0]], text).translate(_TABLE)


class AsciiSigns(LineFilter):
    """Lays the twins over every line that leaves for the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 -- the base class names it
        """The same segments with twins in them; a row of three signs may lie in two of them."""
        texts = [segment.text for segment in segments]
        whole = "".join(texts)
        if whole.isascii():
            return segments
        whole, start, drawn = ascii_twin(whole), 0, []
        for segment in segments:
            end = start + len(segment.text)
            drawn.append(Segment(whole[start:end], segment.style, segment.control))
            start = end
        return drawn


def spelled(shown: str) -> str:
    """Keys as they are shown, in letters: enter for the sign of the key."""
    return " ".join(_SPELLED.get(part, ascii_twin(part)) for part in shown.split())


_SPELLED = {
    "⏎": "enter",
    "⌫": "bksp",
    "␣": "space",
    "←": "left",
    "→": "right",
    "↑": "up",
    "↓": "down",
    "⇧tab": "shift+tab",
}
