"""The words and marks beside the names of one sentence."""

from bisect import bisect_left
from operator import attrgetter
from typing import NamedTuple

from tui.reading.adjectives import describes, is_adjective
from tui.reading.matching import Mark
from tui.reading.scene import Sentence
from tui.reading.terms import SUBSTRING_LANGUAGES

REACH = 56
"""Widest stretch, in code points, that is looked through beside a name."""

_BEFORE = 28
"""How far before a name, in code points, its words are looked at."""
_FAMILIES = frozenset("aopgzc")
"""Acts, objects, prepositions, names, zones, claims: the marks that tell a state's part."""
PUNCTUATION = frozenset(",;:.!?()，。；：—")
"""Behind one of these another clause begins."""


PLACES = frozenset({"g.place", "g.area", "g.airport"})
"""Kinds of names that are ground, not a state or its organs."""


_end = attrgetter("end")


class Chain(NamedTuple):
    """One or more states that the sentence treats alike."""

    marks: tuple[Mark, ...]
    first: Mark
    last: Mark
    start: int
    """First code point of the first name."""
    end: int
    """One past the last name."""
    states: tuple[Mark, ...]
    """The names whose states are meant: in "Georgetown, Guyana" the state settles whose town it is."""


def chain_of(marks: list[Mark], *, placed: bool = True) -> Chain:
    """The chain of some names, in order; `placed` when a state behind a place tells whose the place is."""
    first, last = marks[0], marks[-1]
    states = marks
    if placed and first.concept in PLACES and last.concept not in PLACES:
        states = [mark for mark in marks if mark.concept not in PLACES]
    return Chain(tuple(marks), first, last, first.start, last.end, tuple(states))


class Surroundings:
    """One sentence, asked for what stands before and after a name."""

    def __init__(self, sentence: Sentence, lang: str) -> None:
        self.sentence = sentence
        self.text = sentence.text
        self.lang = lang
        self.spaced = lang not in SUBSTRING_LANGUAGES
        self.close = 28 if self.spaced else 9
        """Widest stretch, in code points, between words that belong together."""
        self._marks = [mark for mark in sentence.marks if mark.concept[0] in _FAMILIES]
        self._starts = [mark.start for mark in self._marks]
        self._tails: dict[int, str] = {}
        self._words: dict[int, list[str]] = {}

    def before(self, start: int) -> list[Mark]:
        """The marks that end shortly before, nearest first."""
        low, high = bisect_left(self._starts, start - REACH), bisect_left(self._starts, start)
        found = [m for m in self._marks[low:high] if m.end <= start]
        found.sort(key=_end, reverse=True)
        return found

    def after(self, end: int, reach: int = REACH) -> list[Mark]:
        """The marks that start shortly after, nearest first."""
        low, high = bisect_left(self._starts, end), bisect_left(self._starts, end + reach)
        return self._marks[low:high]

    def around(self, mark: Mark) -> list[Mark]:
        """The few other marks that hold this one."""
        at = bisect_left(self._starts, mark.start + 1)
        near = self._marks[max(0, at - 6) : at + 2]
        return [m for m in reversed(near) if m is not mark and m.start <= mark.start and m.end >= mark.end]

    def craft_in(self, chain: Chain) -> Mark | None:
        """The craft that one word with the name means: "Ryssdrönare", "PLA aircraft", "中国軍機"."""
        at = bisect_left(self._starts, chain.first.start)
        for mark in self._marks[max(0, at - 2) : at + 6]:
            if mark.concept[0] != "o":
                continue
            inside = mark.start >= chain.first.start and mark.end <= chain.first.end
            beyond = mark.start <= chain.first.start < chain.first.end < mark.end
            joined = chain.first.start <= mark.start < chain.first.end < mark.end  # "俄軍機"
            if inside or beyond or joined:
                return mark
        return None

    def words_before(self, chain: Chain) -> list[str]:
        """The words just before a name; not to be changed."""
        start = chain.start
        words = self._words.get(start)
        if words is None:
            words = self._words[start] = self.text[max(self.sentence.start, start - _BEFORE) : start].split()
        return words

    def tail(self, chain: Chain, reach: int) -> str:
        """The text up to so far behind a name, at most `REACH`, its "'s" left out."""
        end = chain.end
        behind = self._tails.get(end)
        if behind is None:
            behind = self._tails[end] = self.text[end : min(end + REACH, self.sentence.end)]
        return behind[:reach].removeprefix("'s").lstrip("' ")

    def describes(self, chain: Chain) -> bool:
        """Whether the name is an adjective: what follows is its thing, noun or deed."""
        return describes(self.text[chain.last.start : chain.end], self.lang)

    def is_owner_form(self, chain: Chain) -> bool:
        """Whether an English name is an adjective or has its "'s": what follows is its thing."""
        if self.lang != "en":
            return False
        ends = self.text[chain.last.start : chain.end]
        return self.text.startswith("'", chain.end) or ends.endswith("'s") or is_adjective(ends)
