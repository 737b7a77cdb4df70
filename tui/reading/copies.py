"""Texts that are one text: copies whole, copies cut short, copies under another headline."""

import re
from collections import Counter
from functools import lru_cache

from tui.domain.incident import FiledReport
from tui.reading.grouping.words import fold

_ALIKE = 0.85
"""Share of words in common, title and summary together, from which a text is a copy."""
_HELD = 0.75
"""Share of the shorter summary's runs of three words that stand in the other, from which it is a copy."""
_ENOUGH_RUNS = 12
"""Runs below which a summary is too short to say so by itself."""
_COMPARED_WORDS = 80
_COMPARED_TEXTS = 200
"""Texts a new one is compared with at most, the first ones."""

_WORD = re.compile(r"\w+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ENOUGH_WIDE_RUNS = 30
"""The same where letters stand for words."""


class Texts:
    """Texts in order of telling; each is given the place of the first text it is a copy of, or its own."""

    def __init__(self) -> None:
        self._words: list[frozenset[str]] = []
        self._runs: list[frozenset[int]] = []
        self._places: list[int] = []
        self._by_mark: dict[str, list[int]] = {}
        self._by_run: dict[int, int] = {}
        """The first text that has a run; hardly any run stands in two."""
        self._also_by_run: dict[int, list[int]] = {}
        """The others that have it."""
        self._count = 0

    def place(self, filed: FiledReport) -> int:
        """Place of the text that this one is a copy of; its own, counted from 0, when it is the first."""
        own = self._count
        self._count += 1
        words, runs = _text_words(filed), _runs(filed.summary[:1000])
        marks = _marks(words)
        at = self._first_alike(words, marks)
        if at is None:
            at = self._first_holding(runs)
        if at is not None:
            return self._places[at]
        if len(self._words) < _COMPARED_TEXTS:
            self._keep(words, runs, marks, own)
        return own

    def _first_alike(self, words: frozenset[str], marks: list[str]) -> int | None:
        near = sorted({at for mark in marks for at in self._by_mark.get(mark, ())})
        return next((at for at in near if _alike(words, self._words[at])), None)

    def _first_holding(self, runs: frozenset[int]) -> int | None:
        """The first text whose summary holds most of this one's, or is mostly held by it."""
        known = runs - runs.difference(self._by_run)
        if not known:
            return None
        shared = Counter(at for run in known for at in (self._by_run[run], *self._also_by_run.get(run, ())))
        held = (at for at, count in shared.items() if count >= _HELD * min(len(runs), len(self._runs[at])))
        return min(held, default=None)

    def _keep(self, words: frozenset[str], runs: frozenset[int], marks: list[str], own: int) -> None:
        at = len(self._words)
        self._words.append(words)
        self._runs.append(runs)
        self._places.append(own)
        for mark in marks:
            self._by_mark.setdefault(mark, []).append(at)
        fresh = runs.difference(self._by_run)
        for run in runs - fresh:
            self._also_by_run.setdefault(run, []).append(at)
        self._by_run.update(dict.fromkeys(fresh, at))


def _text_words(filed: FiledReport) -> frozenset[str]:
    return _words_of(filed.title[:300], filed.summary[:1000])


@lru_cache(maxsize=10_000)
def _words_of(title: str, summary: str) -> frozenset[str]:
    """All reports of an incident are looked at again with each new one."""
    return frozenset(fold(word) for word in _WORD.findall(f"{title} {summary}")[:_COMPARED_WORDS])


@lru_cache(maxsize=10_000)
def _runs(summary: str) -> frozenset[int]:
    """Marks of every three words in a row, or three letters where letters stand for words; too few say nothing."""
    words: list[str] = []
    for word in _WORD.findall(summary)[: 2 * _COMPARED_WORDS]:
        words += list(word) if _WIDE.search(word) else [fold(word)]
    words = words[: 3 * _COMPARED_WORDS]
    runs = frozenset(hash(tuple(words[at : at + 3])) for at in range(len(words) - 2))
    enough = _ENOUGH_WIDE_RUNS if _WIDE.search(summary) else _ENOUGH_RUNS
    return runs if len(runs) >= enough else frozenset()


@lru_cache(maxsize=10_000)
def _marks(words: frozenset[str]) -> list[str]:
    """So many of the longest words that two texts without one in common cannot be alike."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return longest_first[: len(words) - int(_ALIKE * len(words)) + 1]


def _alike(words: frozenset[str], seen: frozenset[str]) -> bool:
    if len(words) < 5 or len(seen) < 5:
        return words == seen and bool(words)
    return len(words & seen) >= _ALIKE * len(words | seen)
