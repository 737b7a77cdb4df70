"""A raster and what is painted on it, as lines of spans."""

from enum import Enum

from tui.ui.untrusted import Line, Span
from tui.ui.world.outlines import world
from tui.ui.world.paint import STEPS, Paint
from tui.ui.world.raster import Raster

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
        self._over = over
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
        spans: list[Span] = []
        run, ink = "", "land"
        for column, bits in enumerate(self._raster.dots[row]):
            over = self._over.get((row, column))
            letter, wanted = over or self._cell(row, column, bits)
            if wanted == ink or (letter == " " and not over and ink != "chosen"):
                run += letter
                continue
            if run:
                spans.append((run, ink))
            run, ink = letter, wanted
        if run:
            spans.append((run, ink))
        return tuple(spans)

    def _cell(self, row: int, column: int, bits: int) -> Span:
        if not bits:
            return " ", "land"
        owner = self.foremost(self._raster.owners[row][column])
        at = self._step[owner]
        step = self._steps[at]
        ink = "acc" if owner == self._chosen and not at else step.ink
        if self._marks is Marks.COLOURS:
            return chr(_BRAILLE | bits), ink
        if self._marks is Marks.LETTERS:
            return (step.letter if at or bits.bit_count() >= _SPARSE else " "), ink
        return chr(_BRAILLE | (bits & step.dots or bits)), ink
