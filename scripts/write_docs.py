"""Writes the pages of docs/ that are made of the program itself.

Usage: python -m scripts.write_docs
"""

from collections.abc import Callable
from pathlib import Path

from scripts.pages.commands import commands_page, manual_page

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "overflight.1": manual_page,
}
"""Each page by the name of its file."""


def main() -> None:
    """Write every page anew."""
    for name, made in PAGES.items():
        (DOCS / name).write_text(made(), encoding="utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
