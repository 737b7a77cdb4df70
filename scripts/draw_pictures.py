"""Draw the pictures of the README from the recorded world; `make pictures` calls it.

    python -m scripts.draw_pictures

The recording is taken in once at full speed, so the pictures show it as it stands at its end.
"""

import asyncio
import tempfile
from pathlib import Path

from tui.cli.screenshot import Picture, TurnedClock, drawn, take_in

MOST_TOLD = ("s", "s", "enter")
"""The incident with most publishers: sorted by severity, then by sources."""
SHOWN = (
    Picture("monitor"),
    Picture("incident", keys=MOST_TOLD),
    Picture("story", keys=(*MOST_TOLD, "enter")),
)
PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"


async def main() -> None:
    """Take the recording in and draw."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path, clock = Path(folder) / "demo.db", TurnedClock()
        await take_in(path, clock)
        for picture in SHOWN:
            svg = await drawn(path, clock, picture)
            (PICTURES / f"{picture.screen}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
