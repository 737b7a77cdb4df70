"""Writes the pages of docs/ that are made of the program itself.

Usage: python -m scripts.write_docs
"""

from collections.abc import Callable
from pathlib import Path

from scripts.pages.commands import commands_page, manual_page
from scripts.pages.data import data_page
from scripts.pages.feeds_toml import feeds_toml_page
from scripts.pages.keys import keys_page

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "overflight.1": manual_page,
    "data.md": data_page,
    "feeds-toml.md": feeds_toml_page,
    "keys.md": keys_page,
}
"""Each page by the name of its file."""


def main() -> None:
    """Write every page anew."""
    for name, made in PAGES.items():
        (DOCS / name).write_text(made(), encoding="utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
