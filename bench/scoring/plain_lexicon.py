"""The baseline: a plain filter over the lexicon, the way a simple monitor would do it."""

import csv
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from tui.domain.entry import StoryText

_OBJECTS = {
    "uav": "uav",
    "balloon": "balloon",
    "unidentified": "unidentified",
    "debris": "debris",
}
_EVENTS = ("violation", "incursion", "adiz", "median_line", "scramble", "closure", "shootdown")
_AIRCRAFT = (
    "aircraft",
    "jet",
    "jets",
    "warplane",
    "warplanes",
    "fighter",
    "fighters",
    "helicopter",
    "missile",
)
_UNSPACED = frozenset({"ja", "zh", "zh-Hant", "ko"})


class PlainLexicon:
    """An object term and an event term keep a story; the state named first is the affected one."""

    def __init__(self, data: Path) -> None:
        terms: dict[tuple[str, str], list[str]] = defaultdict(list)
        with (data / "lexicon.tsv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                terms[row["lang"], row["concept"]].append(row["term"])
        self._terms = terms
        self._states = _state_pattern(data / "country_cues.tsv")

    def relevant(self, text: StoryText) -> bool:
        """Whether the filter keeps it."""
        lang = text.lang or "en"
        words = f"{text.title}\n{text.summary}".casefold()
        if not self._objects_pattern(lang).search(words):
            return False
        return bool(self._pattern(lang, _EVENTS).search(words))

    def objects(self, text: StoryText) -> frozenset[str]:
        """Object codes of the terms in it."""
        words = f"{text.title}\n{text.summary}".casefold()
        lang = text.lang or "en"
        found = {code for concept, code in _OBJECTS.items() if self._pattern(lang, (concept,)).search(words)}
        if not found and any(word in words for word in _AIRCRAFT):
            found.add("missile" if "missile" in words else "military_aircraft")
        return frozenset(found)

    def affected(self, text: StoryText) -> frozenset[str]:
        """The state named first."""
        found = self._states.search(f"{text.title}\n{text.summary}")
        return frozenset({found.lastgroup or ""}) if found else frozenset()

    @lru_cache(maxsize=256)  # noqa: B019 - one object for one run
    def _pattern(self, lang: str, concepts: tuple[str, ...]) -> re.Pattern[str]:
        known = {"zh": "zh-Hant"}.get(lang, lang)
        terms = [term for concept in concepts for term in self._terms.get((known, concept), ())]
        return _pattern(terms, spaced=known not in _UNSPACED)

    @lru_cache(maxsize=64)  # noqa: B019 - as above
    def _objects_pattern(self, lang: str) -> re.Pattern[str]:
        known = {"zh": "zh-Hant"}.get(lang, lang)
        terms = [term for concept in _OBJECTS for term in self._terms.get((known, concept), ())]
        return _pattern([*terms, *_AIRCRAFT], spaced=known not in _UNSPACED)


def _pattern(terms: list[str], *, spaced: bool) -> re.Pattern[str]:
    """One alternation: `*` at a word's end is any ending, alone it is up to three words."""
    if not terms:
        return re.compile(r"(?!)")
    edge = r"\b" if spaced else ""
    return re.compile("|".join(f"{edge}{_term(term.casefold())}{edge}" for term in terms))


def _term(term: str) -> str:
    words = [r"(?:\S+\s+){0,3}?" if word == "*" else _word(word) for word in term.split()]
    joined = ""
    for word in words:
        joined += word if word.endswith("}?") else word + r"\s+"
    return joined.removesuffix(r"\s+")


def _word(word: str) -> str:
    return r"\w*".join(re.escape(part) for part in word.split("*"))


def _state_pattern(path: Path) -> re.Pattern[str]:
    """One named group for each state over its names, demonyms and capitals."""
    groups = []
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            cues = f"{row['names']};{row['demonyms']};{row['capital_metonyms']}".split(";")
            names = "|".join(re.escape(cue.strip()) for cue in cues if cue and cue.strip())
            groups.append(rf"(?P<{row['iso2']}>\b(?:{names})\b)")
    return re.compile("|".join(groups))
