"""What is stored beside a reading, so that it is known which readings are of other rules."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from tui.domain.rules import Rules

_FILES = (".py", ".tsv")
_FOLDERS = ("", "lexicon", "data", "grouping", "history")


def reader_version(rules: Rules | None = None) -> str:
    """Changes whenever the same stories may be read, grouped or concluded otherwise: with our files, and a user's rules."""
    return f"{_own_digits()}+{rules.fingerprint}" if rules else _own_digits()


@cache
def _own_digits() -> str:
    """Eight hex digits over every file that the rules are made of: a number kept by hand would be forgotten."""
    found = hashlib.blake2b(digest_size=4)
    for name, file in sorted(rule_files().items()):
        found.update(name.encode() + b"\x00" + file.read_bytes())
    return found.hexdigest()


def rule_files() -> Mapping[str, Traversable]:
    """Every file that the rules are made of, by its path below the package."""
    package = resources.files("tui.reading")
    return {
        f"{folder}/{file.name}" if folder else file.name: file
        for folder in _FOLDERS
        for file in (package / folder if folder else package).iterdir()
        if file.is_file() and file.name.endswith(_FILES)
    }
