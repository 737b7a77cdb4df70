"""Whose each square of the world is: countries as runs of squares of a tenth of a degree.

The data is made by `scripts/build_map.py` from Natural Earth (public domain); `countries.tsv` says how it is laid out.
"""

import sys
import zlib
from array import array
from functools import cache
from itertools import accumulate
from pathlib import Path

from tui.domain.value import dataclass

STEP = 0.1
"""Degrees of one square."""
NORTH = 84.0
ROWS, COLUMNS = 1440, 3600


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the world in degrees; east may be beyond 180."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class Outline:
    """A country on the map."""

    code: str
    latitude: float
    """Where its label stands."""
    longitude: float
    box: Box
    """The part of the world that shows it."""


@dataclass(frozen=True, slots=True)
class World:
    """Every country, by the number that the squares carry; 0 is the sea."""

    outlines: dict[int, Outline]
    numbers: dict[str, int]
    _starts: tuple[int, ...]
    """Where the runs of each row start."""
    _lengths: "array[int]"
    _owners: bytes

    def row(self, number: int) -> bytes:
        """The countries of one row from 180 W eastwards; rows count from the north, and there is only sea beyond."""
        if not 0 <= number < ROWS:
            return bytes(COLUMNS)
        runs = slice(self._starts[number], self._starts[number + 1])
        return b"".join(map(bytes.__mul__, map(_ONE.__getitem__, self._owners[runs]), self._lengths[runs]))

    def at(self, latitude: float, longitude: float) -> str:
        """Code of the country at a place; empty: the sea."""
        return self.code(self.row(row_of(latitude))[column_of(longitude)])

    def code(self, number: int) -> str:
        """Code of a country's number; empty for the sea."""
        found = self.outlines.get(number)
        return found.code if found else ""

    def find(self, code: str) -> Outline | None:
        """A country by its code; None when it is too small for the map, or is none."""
        return self.outlines.get(self.numbers.get(code, 0))


_ONE = tuple(bytes((number,)) for number in range(256))


def row_of(latitude: float) -> int:
    """Row of squares at a latitude; may lie outside the map."""
    return int((NORTH - latitude) / STEP // 1)


def column_of(longitude: float) -> int:
    """Column of squares at a longitude, round the world."""
    return int((longitude + 180) / STEP // 1) % COLUMNS


@cache
def world() -> World:
    """The world, read when a map is first drawn."""
    folder = Path(__file__).parent
    packed = zlib.decompress((folder / "outlines.bin").read_bytes())
    counts = _shorts(packed[: ROWS * 2])
    runs = sum(counts)
    outlines: dict[int, Outline] = {}
    for line in (folder / "countries.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            number, code, *degrees = line.split("\t")
            latitude, longitude, *box = map(float, degrees)
            outlines[int(number)] = Outline(code, latitude, longitude, Box(*box))
    return World(
        outlines=outlines,
        numbers={outline.code: number for number, outline in outlines.items()},
        _starts=(0, *accumulate(counts)),
        _lengths=_shorts(packed[ROWS * 2 : ROWS * 2 + runs * 2]),
        _owners=packed[ROWS * 2 + runs * 2 :],
    )


def _shorts(data: bytes) -> "array[int]":
    found = array("H", data)
    if sys.byteorder == "big":
        found.byteswap()
    return found
