"""Marks on the map: what is new and where, the country chosen, and where incidents were."""

from dataclasses import replace

from tui.domain.codes import Severity
from tui.domain.value import dataclass
from tui.ui.untrusted import Span
from tui.ui.world.outlines import world
from tui.ui.world.paint import Paint
from tui.ui.world.raster import Raster

CHOSEN, NEW, EXACT, ROUGH, CURSOR = "◆", "●", "•", "◌", "✕"
_SPOTS_BELOW = 0.75
"""Degrees a dot, below which places are told apart."""
_MERGED_WITHIN = 4
"""Columns before a label in which another one would run into it."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a country; new incidents of labels that it stood in the way of are counted with it."""

    row: int
    column: int
    code: str
    new: int
    incidents: int
    chosen: bool

    @property
    def text(self) -> str:
        """The mark, the code, and how many are new: in all of those that it stands for."""
        if not self.chosen and not self.new:
            return f"{self.code} {self.incidents}"
        return f"{CHOSEN if self.chosen else NEW}{self.code}{f'+{self.new}' if self.new else ''}"

    @property
    def ink(self) -> str:
        """Chosen, new, or just there."""
        return "chosen" if self.chosen else "new" if self.new else "ink"


def labels(raster: Raster, paint: Paint, *, counts: bool) -> list[Label]:
    """Labels in the order of what matters most; `counts` labels countries without news too, where there is room."""
    placed: list[Label] = []
    wanted = set(paint.new) | ({paint.selected} if paint.selected else set())
    if counts:
        wanted |= set(paint.incidents)
    for label in sorted(_found(raster, paint, wanted), key=_weight):
        at = next((at for at, other in enumerate(placed) if _collide(label, other)), None)
        if at is None:
            placed.append(label)
        elif label.new:
            placed[at] = replace(placed[at], new=placed[at].new + label.new)
    return [replace(label, column=_inside(label, raster.width)) for label in placed]


def _found(raster: Raster, paint: Paint, wanted: set[str]) -> list[Label]:
    found = []
    for code in wanted:
        outline = world().find(code)
        cell = raster.cell_of(outline.latitude, outline.longitude) if outline else None
        if cell is not None:
            new, count = paint.new.get(code, 0), paint.incidents.get(code, 0)
            found.append(Label(*cell, code, new, count, code == paint.selected))
    return found


def _weight(label: Label) -> tuple[bool, int, int, str]:
    return (not label.chosen, -label.new, -label.incidents, label.code)


def _collide(label: Label, other: Label) -> bool:
    if label.row != other.row:
        return False
    reach = len(label.text) if not label.new and not label.chosen else _MERGED_WITHIN
    return -reach <= label.column - other.column <= len(other.text) + 1


def _inside(label: Label, width: int) -> int:
    return max(0, min(label.column, width - len(label.text)))


def overlay(raster: Raster, paint: Paint, *, counts: bool) -> dict[tuple[int, int], Span]:
    """What stands over the countries, by row and column, letter by letter."""
    over: dict[tuple[int, int], Span] = {}
    if raster.view.scale < _SPOTS_BELOW:
        order = list(Severity)
        for spot in sorted(paint.spots, key=lambda spot: -order.index(spot.severity)):
            cell = raster.cell_of(spot.latitude, spot.longitude)
            if cell is not None:
                over[cell] = (EXACT if spot.exact else ROUGH, "new" if spot.exact else "strong")
    for label in labels(raster, paint, counts=counts):
        for at, letter in enumerate(label.text):
            over[label.row, label.column + at] = (letter, label.ink)
    if paint.cursor is not None and raster.view.scale < _SPOTS_BELOW:
        cell = raster.cell_of(paint.cursor.latitude, paint.cursor.longitude)
        if cell is not None:
            over[cell] = (CURSOR if paint.cursor.exact else ROUGH, "chosen")
    return over
