"""The states named in a sentence, those joined by "and" or a comma taken together."""

from tui.reading.adjectives import is_adjective
from tui.reading.matching import Mark
from tui.reading.scene import Sentence
from tui.reading.surroundings import PLACES, Chain, Surroundings, chain_of

_KOREAS = frozenset({"KP", "KR"})
_JOINTS = frozenset({
    "and", "och", "und", "og", "i", "y", "e", "et", "oraz", "ja", "un", "ir", "si", "en", "va", "ve", "、",
    "和", "與", "与", "及", "·", "・", "&", "и", "і", "та", "й", "και", "و", "ו", "sowie", "sekä", "seka", "lan",
    "와", "과",
})  # fmt: skip
"""What may stand between two states that share a role."""
_JOINTS_ALONE = [[joint] for joint in _JOINTS]
_GAP = 16
_TWO = 2
"""As in "中俄": two states in one sign each."""
_NUMBERS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several"}
)


def chains_of(beside: Surroundings, names: list[Mark]) -> list[Chain]:
    """Every chain of a sentence, in order; a name alone is a chain of one."""
    chains: list[list[Mark]] = []
    for mark in names:
        if chains and _joined(beside, chains[-1][-1], mark):
            chains[-1].append(mark)
        else:
            chains.append([mark])
    return [chain_of(marks, placed=not _parted(beside, marks)) for marks in chains]


def _parted(beside: Surroundings, marks: list[Mark]) -> bool:
    """Whether a word for "and" stands in it: "Yonaguni and Taiwan" are two grounds, "Georgetown, Guyana" is one."""
    between = beside.text[marks[0].end : marks[-1].start]
    return not _JOINTS.isdisjoint(between.split())


def _joined(beside: Surroundings, one: Mark, other: Mark) -> bool:
    """Whether two names stand side by side: by a word for "and", or by a comma with nothing else between."""
    if one.name is None or other.name is None or not 0 <= other.start - one.end <= _GAP:
        return False
    between = beside.text[one.end : other.start].strip()
    if not between:
        return (
            not beside.spaced
            and one.name.iso2 != other.name.iso2
            and len(one.name.form + other.name.form) == _TWO
        )
    words = between.replace(",", " , ").split()
    if beside.lang == "lt" and words == ["i"]:
        return False  # "į" is "into"
    if words[-1] in _NUMBERS:
        words.pop()
    if words == [","]:
        return beside.spaced and _listed(beside, one, other)
    return [w for w in words if w != ","] in _JOINTS_ALONE


def _listed(beside: Surroundings, one: Mark, other: Mark) -> bool:
    """Whether a comma joins: "Poland, Romania", "Lake Huron, Canada"; "in Poland, Romania said" is no list."""
    if one.concept in PLACES and other.concept not in PLACES:
        return not is_adjective(beside.sentence.words(other))
    governed = any(m.concept[0] == "p" and one.start - m.end <= 1 for m in beside.before(one.start)[:1])
    return one.concept == other.concept and not governed


def counted_names(sentence: Sentence, near: frozenset[str]) -> list[Mark]:
    """The names of states in a sentence; `near` are the states surely named in the sentences read with it."""
    return [
        mark
        for mark in sentence.names
        if mark.name and mark.name.iso2 and _counts(mark, sentence, near) and not _is_press(mark, sentence)
    ]


_PRESS = (
    "media",
    "state media",
    "press",
    "newspaper",
    "tv ",
    "television",
    "媒",
    "언론",
    "メディア",
    "медиа",
    "сми ",
    "змі ",
)


def _is_press(mark: Mark, sentence: Sentence) -> bool:
    """As in "Taiwanese media", "台媒": who reported it, not who was in it."""
    if mark.concept[2:] not in {"adj", "name", "capital"}:
        return False
    return sentence.text[mark.end : mark.end + 14].lstrip("'s ").startswith(_PRESS) or sentence.words(
        mark
    ).endswith("媒")


def sure_states(sentence: Sentence) -> set[str]:
    """The states whose names mean nothing else."""
    return {m.name.iso2 for m in sentence.names if m.name and m.name.iso2 and m.concept != "g.trap"}


def _counts(mark: Mark, sentence: Sentence, near: frozenset[str]) -> bool:
    """Whether a name that is also a person, bird or US state stands for the state here."""
    if mark.concept != "g.trap" or mark.name is None:
        return True
    if mark.name.iso2 in _KOREAS:
        return bool(near & _KOREAS)
    after = sentence.text[mark.end : mark.end + 12]
    before = sentence.text[max(0, mark.start - 8) : mark.start]
    if after.startswith(("'s ", " says", " said", " shoots", " closes", " shuts")):
        return True
    if before.endswith(("over ", "into ", "in ", "near ", "to ", "from ", "and ", "of ")):
        return True
    if mark.name.iso2 in near:
        return True
    return sentence.field == "title" and bool(sentence.family("a")) and mark.start == sentence.start
