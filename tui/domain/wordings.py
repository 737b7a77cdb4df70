"""What changed between two wordings of a story, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum

from tui.domain.value import dataclass

MOST_WORDS = 400
"""Words of a wording that are compared; what stands behind them is compared as one."""

_LETTERS = "\u3041-\u30ff\u3400-\u9fff"
"""Kana and Han: each letter is a word."""
_WORD = re.compile(rf"[{_LETTERS}]\s*|[^\s{_LETTERS}]+\s*")
_NEEDS_NO_SPACE = re.compile(rf"[\s{_LETTERS}]\Z")


class Change(StrEnum):
    """What became of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together, with the space behind them."""

    change: Change
    text: str


def changed(before: str, after: str) -> tuple[Piece, ...]:
    """The later wording with what was taken out of the earlier one, each at its place; none when both are the same."""
    if before.split() == after.split():
        return ()
    return tuple(_joined(_pieces(_words(before), _words(after))))


def _words(text: str) -> list[str]:
    found = _WORD.findall(text)
    return [*found[:MOST_WORDS], "".join(found[MOST_WORDS:])] if len(found) > MOST_WORDS else found


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    old, new = [word.strip() for word in before], [word.strip() for word in after]
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(Change.SAME, "".join(after[first:last]))
            continue
        if end > start:
            yield Piece(Change.REMOVED, "".join(before[start:end]))
        if last > first:
            yield Piece(Change.ADDED, "".join(after[first:last]))


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """A word that ended its text gets the space that its neighbour needs."""
    found = list(pieces)
    return [
        piece
        if at == len(found) - 1 or _NEEDS_NO_SPACE.search(piece.text)
        else Piece(piece.change, f"{piece.text} ")
        for at, piece in enumerate(found)
    ]
