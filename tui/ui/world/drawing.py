"""A raster and what is painted on it, as lines of spans."""

from enum import Enum

from tui.ui.untrusted import Line, Span
from tui.ui.world.outlines import world
from tui.ui.world.paint import STEPS, Paint
from tui.ui.world.raster import Raster, Run

_BRAILLE = 0x2800
_SPARSE = 3
"""Dots from which a cell of a quiet country gets a letter."""


class Marks(Enum):
    """What countries are drawn with."""

    COLOURS = "colours"
    """Every dot, in the colour of the step."""
    DENSITY = "density"
    """More dots for the higher steps: sixteen colours, or none."""
    LETTERS = "letters"
    """A letter for each step: no braille."""


class Drawing:
    """Lines of one raster under one paint; ink of a country is looked up, never worked out cell by cell."""

    def __init__(self, raster: Raster, paint: Paint, over: dict[tuple[int, int], Span], marks: Marks) -> None:
        self._raster = raster
        self._over: dict[int, dict[int, Span]] = {}
        for (row, column), span in over.items():
            self._over.setdefault(row, {})[column] = span
        self._marks = marks
        self._steps = STEPS[paint.layer]
        atlas = world()
        self._step = [0] * 256
        for code, step in paint.steps.items():
            self._step[atlas.numbers.get(code, 0)] = step
        self._step[0] = 0
        self._chosen = atlas.numbers.get(paint.selected, 0)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._raster.width, self._raster.height

    def foremost(self, owners: tuple[int, ...]) -> int:
        """The country that a cell is drawn for: the one chosen, else the one with the highest step; 0: the sea."""
        if len(owners) < 2:
            return owners[0] if owners else 0
        if self._chosen in owners:
            return self._chosen
        return max(owners, key=self._step.__getitem__)

    def line(self, row: int) -> Line:
        """One row of the map."""
        pieces = [self._piece(run) for run in self._raster.runs[row]]
        over = self._over.get(row)
        return _joined(_covered(pieces, over) if over else pieces)

    def _piece(self, run: Run) -> Span:
        owner = self.foremost(run.owners)
        at = self._step[owner]
        step = self._steps[at]
        ink = "acc" if owner == self._chosen and owner and not at else step.ink
        if self._marks is Marks.COLOURS:
            return run.dots.decode("latin-1").translate(_TO_BRAILLE), ink
        if self._marks is Marks.DENSITY:
            return "".join(_letter(bits & step.dots or bits) for bits in run.dots), ink
        least = 1 if at else _SPARSE
        return "".join(step.letter if bits.bit_count() >= least else " " for bits in run.dots), ink


def _letter(bits: int) -> str:
    return chr(_BRAILLE | bits) if bits else " "


_TO_BRAILLE = {bits: _letter(bits) for bits in range(256)}


def _covered(pieces: list[Span], over: dict[int, Span]) -> list[Span]:
    """The pieces with letters laid over them, by column."""
    cells = [(letter, ink) for text, ink in pieces for letter in text]
    for column, span in over.items():
        cells[column] = span
    return cells


def _joined(pieces: list[Span]) -> Line:
    spans: list[Span] = []
    for text, ink in pieces:
        if spans and spans[-1][1] == ink:
            spans[-1] = (spans[-1][0] + text, ink)
        else:
            spans.append((text, ink))
    return tuple(spans)
