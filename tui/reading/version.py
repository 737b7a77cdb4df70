"""What is stored beside a reading, so that it is known which readings are of other rules."""

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from tui.domain.rules import Rules

_FILES = (".py", ".tsv")


def reader_version(rules: Rules | None = None) -> str:
    """Changes whenever the same text may be read otherwise: with our files, and with a user's rules."""
    return f"{_own_digits()}+{rules.fingerprint}" if rules else _own_digits()


@cache
def _own_digits() -> str:
    """Eight hex digits over every file that reading is made of: a number kept by hand would be forgotten."""
    found = hashlib.blake2b(digest_size=4)
    package = resources.files("tui.reading")
    for folder in (package, package / "lexicon", package / "data"):
        for file in sorted(_files(folder), key=lambda file: file.name):
            found.update(file.name.encode() + b"\x00" + file.read_bytes())
    return found.hexdigest()


def _files(folder: Traversable) -> list[Traversable]:
    return [entry for entry in folder.iterdir() if entry.is_file() and entry.name.endswith(_FILES)]
