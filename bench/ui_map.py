"""What the map costs: a frame from the cache, one in other colours, one of another view; milliseconds and ratios.

    python bench/ui_map.py [--repeat 20]

A ratio of recolouring to making anew near one would mean that the cache does nothing.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rich.style import Style  # the path is set above

from tui.ui.themes import DEFAULT_THEME, Inks
from tui.ui.untrusted import draw
from tui.ui.world.drawing import Drawing, Marks
from tui.ui.world.labels import overlay
from tui.ui.world.outlines import world
from tui.ui.world.paint import Paint
from tui.ui.world.raster import ACROSS, DOWN, raster
from tui.ui.world.view import REGIONS, fitted

_SIZES = ((60, 14), (120, 30), (200, 50))
_AREAS = ("world", "Europe", "Baltic")


def milliseconds(work: Callable[[], object], repeat: int) -> float:
    """Median of so many runs."""
    taken = []
    for _ in range(repeat):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def paint_of_half(turn: int) -> Paint:
    """Every other country in some colour, a few of them new."""
    codes = sorted(world().numbers)
    steps = {code: (at + turn) % 5 for at, code in enumerate(codes) if at % 2}
    return Paint(steps=steps, incidents=dict.fromkeys(codes[:40], 3), new=dict.fromkeys(codes[:9], 1))


def measure(area: str, width: int, height: int, repeat: int) -> tuple[float, float, float]:
    """A frame whose view and colours are known, one in other colours, one of a view not yet seen."""
    view = fitted(REGIONS[area], (width * ACROSS, height * DOWN))
    inks, base = Inks(DEFAULT_THEME), Style()
    cells = raster(view, width, height)
    paints = [paint_of_half(turn) for turn in range(2)]
    turns = iter(range(10**9))

    def frame(drawing: Drawing) -> None:
        for row in range(height):
            draw(drawing.line(row), width, inks, base)

    def recolour() -> None:
        paint = paints[next(turns) % 2]
        frame(Drawing(cells, paint, overlay(cells, paint, counts=True), Marks.COLOURS))

    def anew() -> None:
        raster.cache_clear()
        raster(view, width, height)
        recolour()

    strips = [
        draw(Drawing(cells, paints[0], {}, Marks.COLOURS).line(row), width, inks, base)
        for row in range(height)
    ]
    known = milliseconds(lambda: [strip.crop(0, width) for strip in strips], repeat)
    return known, milliseconds(recolour, repeat), milliseconds(anew, repeat)


def main() -> None:
    """Print a line for each size and area."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=20)
    repeat = parser.parse_args().repeat
    began = time.perf_counter()
    world()
    print(f"loading the world         {(time.perf_counter() - began) * 1000:6.1f} ms")
    print("cells    area      cached  recolour   anew   recolour/anew")
    for width, height in _SIZES:
        for area in _AREAS:
            known, recoloured, anew = measure(area, width, height, repeat)
            size = f"{width}×{height}"
            print(f"{size:8} {area:8} {known:7.2f} {recoloured:9.2f} {anew:6.1f} {recoloured / anew:15.2f}")


if __name__ == "__main__":
    main()
