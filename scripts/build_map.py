"""Lay down the map that the package ships, from the country borders of Natural Earth (public domain).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m scripts.build_map package/countries-10m.json

Writes tui/ui/world/outlines.bin and tui/ui/world/countries.tsv. Two runs give the same bytes.
"""

import hashlib
import json
import struct
import sys
import zlib
from itertools import groupby, pairwise
from math import cos, radians
from pathlib import Path
from typing import Any

from babel.core import get_global

from scripts.map.policy import BOUNDS, DROPPED, JOINED, LABELS, UNNUMBERED, ceded
from tui.domain.territories import TERRITORY_NAMES

OUT = Path(__file__).resolve().parents[1] / "tui" / "ui" / "world"
SHA256 = "3bc6f1d367a9bcec479841bae0e76092f512838411d0cef124e92eec4db45f79"
"""Of the file that the map in the package was built from."""
STEP = 0.1
NORTH, SOUTH = 84.0, -60.0
COLUMNS, ROWS = round(360 / STEP), round((NORTH - SOUTH) / STEP)

Point = tuple[float, float]
"""Longitude, latitude."""
Ring = list[Point]
Grid = list[bytearray]

NOTICE = f"""\
# Countries of the map: number in outlines.bin, code, where its label stands (latitude, longitude), and the part
# of the world that shows it (south, west, north, east), in degrees.
# Made with Natural Earth 4.1.0 (1:10m admin 0 countries; public domain, naturalearthdata.com), through world-atlas 2.0.2.
# outlines.bin: {ROWS} rows of {COLUMNS} squares of {STEP} degree, from {NORTH:g} N and 180 W, zlib over little-endian
# counts of runs by row (u16), lengths of runs (u16), and numbers of runs (u8; 0: the sea).
# Built by scripts/build_map.py; the border policy stands in scripts/map/policy.py.
"""


def load(path: Path) -> list[tuple[str, list[list[Ring]]]]:
    """Countries of a TopoJSON file by code, each with its polygons: an outer ring, then holes."""
    atlas = json.loads(path.read_bytes())
    scale, shift = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = [_arc(steps, scale, shift) for steps in atlas["arcs"]]
    numbered = get_global("territory_aliases")
    found = []
    for shape in atlas["objects"]["countries"]["geometries"]:
        name, number = shape["properties"]["name"], shape.get("id")
        if name in DROPPED:
            continue
        code = JOINED.get(name) or UNNUMBERED.get(name) or numbered[number][0]
        if code not in TERRITORY_NAMES:
            raise ValueError(f"{name}: {code} is no code of ours")
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        found.append((code, [[_ring(ids, arcs) for ids in rings] for rings in parts]))
    return found


def _arc(steps: list[list[int]], scale: list[float], shift: list[float]) -> Ring:
    x = y = 0
    points = []
    for by_x, by_y in steps:
        x, y = x + by_x, y + by_y
        points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return points


def _ring(ids: list[int], arcs: list[Ring]) -> Ring:
    """Arcs end to end, unwrapped where they cross the antimeridian."""
    points: Ring = []
    for number in ids:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    unwrapped, turn = [points[0]], 0.0
    for (x, _), (next_x, y) in pairwise(points):
        turn += -360.0 if next_x - x > 180 else 360.0 if next_x - x < -180 else 0.0
        unwrapped.append((next_x + turn, y))
    return unwrapped


def column_of(longitude: float) -> int:
    """Column of a longitude, round the world."""
    return int((longitude + 180) / STEP // 1) % COLUMNS


def row_of(latitude: float) -> int:
    """Row of a latitude; may lie outside."""
    return int((NORTH - latitude) / STEP // 1)


def fill(grid: Grid, rings: list[Ring], number: int) -> None:
    """Put a polygon into the grid, square by square at their middles; one too small for any gets one."""
    top, bottom = max(y for _, y in rings[0]), min(y for _, y in rings[0])
    hit = False
    for row in range(max(0, row_of(top)), min(ROWS - 1, row_of(bottom)) + 1):
        latitude = NORTH - (row + 0.5) * STEP
        crossings = sorted(
            x + (latitude - y) * (next_x - x) / (next_y - y)
            for ring in rings
            for (x, y), (next_x, next_y) in pairwise([*ring, ring[0]])
            if (y > latitude) != (next_y > latitude)
        )
        for west, east in zip(crossings[::2], crossings[1::2], strict=True):
            first, last = round((west + 180) / STEP), round((east + 180) / STEP)
            for column in range(first, last):
                grid[row][column % COLUMNS] = number
                hit = True
    if not hit:
        middle = [sum(values) / len(rings[0]) for values in zip(*rings[0], strict=True)]
        row, column = row_of(middle[1]), column_of(middle[0])
        if 0 <= row < ROWS and not grid[row][column]:
            grid[row][column] = number


def cede(grid: Grid, numbers: dict[str, int]) -> None:
    """Give each square to whom the border policy gives it."""
    codes = {number: code for code, number in numbers.items()}
    for row in range(ROWS):
        latitude = NORTH - (row + 0.5) * STEP
        for column in range(COLUMNS):
            if held := grid[row][column]:
                code = ceded(codes[held], latitude, (column + 0.5) * STEP - 180)
                if code != codes[held]:
                    grid[row][column] = numbers[code]


def squares_of(grid: Grid) -> dict[int, set[tuple[int, int]]]:
    """Every country's squares, row and column."""
    found: dict[int, set[tuple[int, int]]] = {}
    for row, numbers in enumerate(grid):
        for column, number in enumerate(numbers):
            if number:
                found.setdefault(number, set()).add((row, column))
    return found


def mainland(squares: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The largest connected part, and what lies near it and is no speck."""
    parts: list[set[tuple[int, int]]] = []
    left = set(squares)
    while left:
        edge = [left.pop()]
        part = set(edge)
        while edge:
            row, column = edge.pop()
            for near in (
                (row + down, (column + right) % COLUMNS) for down in (-1, 0, 1) for right in (-1, 0, 1)
            ):
                if near in left:
                    left.discard(near)
                    part.add(near)
                    edge.append(near)
        parts.append(part)
    parts.sort(key=lambda part: (-len(part), min(part)))
    kept = set(parts[0])
    box = _box(kept)
    for part in parts[1:]:
        other = _box(part)
        apart = max(other[0] - box[1], box[0] - other[1], other[2] - box[3], box[2] - other[3])
        if apart * STEP < 3 and len(part) * 100 >= len(parts[0]):
            kept |= part
    return kept


def _box(squares: set[tuple[int, int]]) -> tuple[int, int, int, int]:
    rows, columns = [row for row, _ in squares], [column for _, column in squares]
    return min(rows), max(rows), min(columns), max(columns)


def inland(squares: set[tuple[int, int]]) -> Point:
    """The square with the most land on every side: where a label looks to be in the middle."""
    rows = {row for row, _ in squares}
    width = {row: cos(radians(NORTH - (row + 0.5) * STEP)) for row in rows}
    room: dict[tuple[int, int], float] = {}
    for row, column in sorted(squares):
        west, north = room.get((row, column - 1), 0.0), room.get((row - 1, column), 0.0)
        corner = room.get((row - 1, column - 1), 0.0)
        room[row, column] = min(west + width[row], north + 1, corner + 1)
    back: dict[tuple[int, int], float] = {}
    for row, column in sorted(squares, reverse=True):
        east, south = back.get((row, column + 1), 0.0), back.get((row + 1, column), 0.0)
        corner = back.get((row + 1, column + 1), 0.0)
        back[row, column] = min(east + width[row], south + 1, corner + 1)
    row, column = min(squares, key=lambda at: (-min(room[at], back[at]), at))
    return (column + 0.5) * STEP - 180, NORTH - (row + 0.5) * STEP


def write(grid: Grid, codes: list[str]) -> None:
    """The two files of the package."""
    counts, lengths, numbers = bytearray(), bytearray(), bytearray()
    for row in grid:
        runs = [(number, sum(1 for _ in same)) for number, same in groupby(row)]
        counts += struct.pack("<H", len(runs))
        lengths += struct.pack(f"<{len(runs)}H", *(length for _, length in runs))
        numbers += bytes(number for number, _ in runs)
    packed = zlib.compress(bytes(counts + lengths + numbers), 9)
    (OUT / "outlines.bin").write_bytes(packed)
    found = squares_of(grid)
    lines = [NOTICE.rstrip("\n")]
    for number, code in enumerate(codes, 1):
        if number not in found:
            continue
        main = mainland(found[number])
        longitude, latitude = inland(main)
        top, bottom, left, right = _box(main)
        south, west = NORTH - (bottom + 1) * STEP, left * STEP - 180
        north, east = NORTH - top * STEP, (right + 1) * STEP - 180
        label = LABELS.get(code, (latitude, longitude))
        box = BOUNDS.get(code, (south, west, north, east))
        lines.append(
            "\t".join(
                [str(number), code, *(f"{value:.2f}" for value in label), *(f"{value:.1f}" for value in box)]
            )
        )
    (OUT / "countries.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - NOTICE.count(chr(10))} countries, {len(packed):,} bytes of outlines")


def main(path: Path) -> None:
    """Read, fill, cede, write."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256:
        print(f"{path} is not the file that the shipped map was built from: {digest}", file=sys.stderr)
    countries = load(path)
    given: Any = {ceded(code, y, x) for code, parts in countries for rings in parts for x, y in rings[0]}
    codes = sorted({code for code, _ in countries} | given)
    numbers = {code: number for number, code in enumerate(codes, 1)}
    grid = [bytearray(COLUMNS) for _ in range(ROWS)]
    for code, parts in countries:
        for rings in parts:
            fill(grid, rings, numbers[code])
    cede(grid, numbers)
    write(grid, codes)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
