"""Countries as cells of braille: made once for a view and a size, whatever is painted on it later."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from tui.domain.value import dataclass
from tui.ui.world.outlines import column_of, row_of, world
from tui.ui.world.view import View

_DOTS = (0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80)
"""Bits of a braille cell, row by row, left before right."""
ACROSS, DOWN = 2, 4
"""Dots of one cell."""
_BORDERS_BELOW = 0.75
"""Degrees a dot, below which borders are drawn: as gaps."""
_FOOTHOLD = 3
"""Dots in a cell from which a country that has cells of its own elsewhere may colour this one."""
_ALL_ROUND = 360.0


@dataclass(frozen=True, slots=True)
class Run:
    """Cells beside each other with the same countries; sea between and after them has no colour and is theirs too."""

    start: int
    dots: bytes
    owners: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Raster:
    """The cells of one view; `dots` and `owners` by row, then column."""

    view: View
    width: int
    height: int
    dots: tuple[bytes, ...]
    """Bits of the braille letter of each cell."""
    owners: tuple[tuple[tuple[int, ...], ...], ...]
    """Numbers of the countries in each cell, the one with most of it first; empty: the sea."""
    runs: tuple[tuple[Run, ...], ...]
    """The same by row, in pieces that are drawn alike whatever is painted on them."""

    def cell_of(self, latitude: float, longitude: float) -> tuple[int, int] | None:
        """Row and column of a place; None when it is out of sight."""
        left, top = _corner(self.view, self.width, self.height)
        lead = _lead(self.view, self.width)
        x = (longitude - left - lead * self.view.step) % _ALL_ROUND / self.view.step + lead
        y = (top - latitude) / self.view.scale
        row, column = int(y // DOWN), int(x // ACROSS)
        return (row, column) if 0 <= row < self.height and 0 <= column < self.width else None

    def place_of(self, row: int, column: int) -> tuple[float, float]:
        """Latitude and longitude of the middle of a cell."""
        left, top = _corner(self.view, self.width, self.height)
        longitude = left + (column + 0.5) * ACROSS * self.view.step
        return top - (row + 0.5) * DOWN * self.view.scale, (longitude + 180) % _ALL_ROUND - 180

    def owners_at(self, row: int, column: int) -> tuple[int, ...]:
        """The countries of a cell; a cell of sea hands on those of the cells beside it."""
        for near_row, near_column in _beside(row, column):
            if 0 <= near_row < self.height and 0 <= near_column < self.width:
                found = self.owners[near_row][near_column]
                if found:
                    return found
        return ()


@dataclass(frozen=True, slots=True)
class _Cell:
    """What the dots of a cell come to."""

    bits: int
    owners: tuple[int, ...]
    """Who has most first."""
    shares: tuple[int, ...]
    """Dots of each."""


def _beside(row: int, column: int) -> Iterator[tuple[int, int]]:
    yield row, column
    yield from ((row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column))


def _corner(view: View, width: int, height: int) -> tuple[float, float]:
    """Longitude of the left edge, latitude of the upper one."""
    return (
        view.longitude - width * ACROSS / 2 * view.step,
        view.latitude + height * DOWN / 2 * view.scale,
    )


def _lead(view: View, width: int) -> int:
    """Dots left of the world, where there is room for more than once round."""
    return max(0, (width * ACROSS + 1 - round(_ALL_ROUND / view.step)) // 2)


@lru_cache(maxsize=12)
def raster(view: View, width: int, height: int) -> Raster:
    """The cells of a view; a state too small for a dot still gets one."""
    rows = _sampled(view, width, height)
    bordered = view.scale < _BORDERS_BELOW
    dots: list[bytearray] = []
    owners: list[list[tuple[int, ...]]] = []
    known: dict[tuple[bytes, ...], _Cell] = {}
    homes: set[int] = set()
    shared: list[tuple[int, int, _Cell]] = []
    for row in range(height):
        line = bytearray(width)
        held: list[tuple[int, ...]] = []
        for column, block in enumerate(zip(*rows[row * DOWN : row * DOWN + DOWN + 1], strict=True)):
            cell = known.get(block)
            if cell is None:
                cell = known[block] = _cell(b"".join(block), bordered=bordered)
                homes.update(cell.owners[:1])
            line[column] = cell.bits
            held.append(cell.owners)
            if len(cell.owners) > 1:
                shared.append((row, column, cell))
        dots.append(line)
        owners.append(held)
    for row, column, cell in shared:
        rest = zip(cell.owners[1:], cell.shares[1:], strict=True)
        kept = [number for number, share in rest if share >= _FOOTHOLD or number not in homes]
        owners[row][column] = (cell.owners[0], *kept)
    _settle_small(Raster(view, width, height, (), (), ()), dots, owners, homes)
    runs = tuple(tuple(_runs(line, held)) for line, held in zip(dots, owners, strict=True))
    return Raster(view, width, height, tuple(map(bytes, dots)), tuple(map(tuple, owners)), runs)


def _runs(line: bytearray, held: list[tuple[int, ...]]) -> Iterator[Run]:
    start, owners = 0, held[0] if held else ()
    for column, here in enumerate(held):
        if line[column] and here != owners:
            if owners:
                yield Run(start, bytes(line[start:column]), owners)
                start = column
            owners = here
    yield Run(start, bytes(line[start:]), owners)


def _sampled(view: View, width: int, height: int) -> list[list[bytes]]:
    """Whose each dot is: by row of dots, one more than are drawn, the dots of each cell and the one right of them."""
    left, top = _corner(view, width, height)
    atlas = world()
    across = width * ACROSS + 1
    longitudes = [left + (x + 0.5) * view.step for x in range(across)]
    pick = itemgetter(*map(column_of, longitudes))
    # What would come round again is left empty.
    once, lead = round(_ALL_ROUND / view.step), _lead(view, width)
    rows: list[list[bytes]] = []
    last = None
    for y in range(height * DOWN + 1):
        number = row_of(top - (y + 0.5) * view.scale)
        if number != last:
            dots = bytes(pick(atlas.row(number)))
            if lead:
                dots = bytes(lead) + dots[lead : lead + once] + bytes(across - lead - once)
            cells = [dots[start : start + ACROSS + 1] for start in range(0, width * ACROSS, ACROSS)]
            last = number
        rows.append(cells)
    return rows


def _cell(block: bytes, *, bordered: bool) -> _Cell:
    """A cell from its dots, which are three in a row and five down: the last ones are the next cells'."""
    wide = ACROSS + 1
    bits = 0
    inside: Counter[int] = Counter()
    for at, bit in enumerate(_DOTS):
        spot = at // ACROSS * wide + at % ACROSS
        mine, right, below = block[spot], block[spot + 1], block[spot + wide]
        if mine:
            inside[mine] += 1
            if not (bordered and ((right and right != mine) or (below and below != mine))):
                bits |= bit
    counts = inside.most_common()
    return _Cell(bits, tuple(number for number, _ in counts), tuple(share for _, share in counts))


def _settle_small(
    made: Raster,
    dots: list[bytearray],
    owners: list[list[tuple[int, ...]]],
    homes: set[int],
) -> None:
    """Give every state in sight that no dot fell on the one where its label stands."""
    seen = homes | {number for line in owners for cell in line for number in cell[1:]}
    left, top = _corner(made.view, made.width, made.height)
    for number, outline in world().outlines.items():
        if number in seen:
            continue
        cell = made.cell_of(outline.latitude, outline.longitude)
        if cell is None:
            continue
        row, column = cell
        owners[row][column] = (*owners[row][column], number)
        if not dots[row][column]:
            x = int((outline.longitude - left) / made.view.step) % ACROSS
            y = int((top - outline.latitude) / made.view.scale) % DOWN
            dots[row][column] = _DOTS[y * ACROSS + x]
