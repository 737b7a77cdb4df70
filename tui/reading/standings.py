"""Every state named in some sentences, with the cues that tell its part, and what they weigh together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from math import fsum

from tui.reading.chains import chains_of, counted_names, sure_states
from tui.reading.evidence import Evidence
from tui.reading.matching import Mark
from tui.reading.scene import Scene, Sentence
from tui.reading.surroundings import Surroundings
from tui.reading.war import fought_over

HOME_OF_LANGUAGE = {
    "pl": "PL", "lt": "LT", "lv": "LV", "et": "EE", "fi": "FI", "sv": "SE", "nb": "NO", "da": "DK", "uk": "UA",
    "ja": "JP", "ko": "KR", "el": "GR", "tr": "TR", "he": "IL", "fa": "IR", "zh-Hant": "TW", "zh-Hans": "CN",
    "ro": "RO", "nl": "NL", "it": "IT",
}  # fmt: skip
"""Where "our airspace" is when the feed names no home: only languages with one main state."""

GROUND = frozenset({
    "its airspace", "over it", "into it", "in it", "entered", "its zone", "place in it", "airport in it", "near it",
    "speaks of its own skies", "our airspace", "its airport", "its site", "object of a.enter", "object of a.violate",
    "incursion named after its name", "drone incursion named after its name", "near its edge",
})  # fmt: skip
"""Cues that a state's ground or skies are where it happened."""
SURE_GROUND = GROUND - {"near its edge", "near it", "its site"}
"""Of these, those that leave little doubt."""
OWNERSHIP = frozenset({
    "its craft", "its warplane", "from it", "its envoy", "sends craft", "sends warplanes", "object of a.accuse",
    "incursion by it", "probably its", "its a.violate", "its a.incur", "its a.incident", "does a.enter", "does a.violate", "does a.incur", "protests over its own craft",
    "its flights", "its craft harassed", "asked of it",
    "flies or fires", "incursion named after its people",
    "drone incursion named after its people",
})  # fmt: skip
"""Cues that what flew was a state's own."""
ANSWERS = frozenset({
    "its craft answered", "does a.scramble", "does a.intercept", "does a.escort", "does a.down", "does a.warn",
})  # fmt: skip
"""Cues that a state sent its craft up, or shot."""
_NO_PART = frozenset(
    {
        "where the war is",
        "beyond the border",
        "its border",
        "near its edge",
        "told aside",
        "from it, but no craft",
    }
)
_NO_CUE = frozenset({"named", "named by its force or head"})
_OWN = ("its ", "their ", "eigenen ", "eigenem ", "eget ", "wlasn", "oma ", "omassa ", "swoj", "sin ", "sitt ", "su ", "son ",
        "seu ", "proprio", "своє", "своё", "свое", "свой", "자국", "自国", "自國", "khong phan")  # fmt: skip


@dataclass(slots=True)
class Standing:
    """The evidence for one state."""

    order: int
    marks: list[tuple[Sentence, Mark]] = field(default_factory=list)
    cues: set[tuple[str, bool]] = field(default_factory=set)
    """Name of a cue, and whether it stands in the title."""
    mates: set[str] = field(default_factory=set)
    """States named in one breath with it."""

    def has(self, names: frozenset[str]) -> bool:
        """Whether any of these cues was found."""
        return any(name in names for name, _ in self.cues)

    def weight(self, role: int, table: "Weights") -> float:
        """How surely it has a role: 0 affected, 1 actor; above nothing is yes. Exact, so in any order the same."""
        return table["bias"][role * 2] + fsum(
            table[name][role * 2 + (not in_title)] for name, in_title in self.cues if name in table
        )


Weights = Mapping[str, tuple[float, ...]]


@cache
def weights() -> Weights:
    """For each cue its weight for affected in a title and in a summary, then for actor."""
    text = (resources.files("tui.reading") / "data" / "role_weights.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: tuple(map(float, numbers)) for name, *numbers in rows}


@dataclass(slots=True)
class Standings:
    """All states of some sentences, and the words for "our airspace" when there are any."""

    of: dict[str, Standing]
    deictic: tuple[Sentence, Mark] | None
    disputed: tuple[Sentence, Mark] | None = None
    alliance: bool = False
    """Whether the title speaks of NATO: its ground may be no one state's."""
    elsewhere: bool = False
    """Whether it is told to have happened over a sea or a continent."""


def standings_of(scene: Scene, sentences: Sequence[Sentence]) -> Standings:
    """The states named, each with its cues."""
    near: set[str] = set()
    for sentence in sentences:
        near |= sure_states(sentence)
    drifting = scene.has("o.balloon", "o.unid")
    found = Standings({}, None)
    for sentence in sentences:
        _read_sentence(found, sentence, near, scene.lang, drifting=drifting)
    aside = any(one.has(_ASIDES) for one in found.of.values())
    if aside and not any(one.has(GROUND) or one.has(OWNERSHIP) for one in found.of.values()):
        found = Standings({}, None)  # what is told aside is all that is told
        for sentence in sentences:
            _read_sentence(found, sentence, near, scene.lang, drifting=drifting, asides=True)
    _home(found, scene)
    _context(found, scene.published.date() if scene.published else None)
    return found


def _read_sentence(
    found: Standings, sentence: Sentence, near: set[str], lang: str, *, drifting: bool, asides: bool = False
) -> None:
    names = counted_names(sentence, near)
    in_title = sentence.field == "title"
    if names:
        beside = Surroundings(sentence, lang)
        evidence = Evidence(beside, drifting=drifting)
        told: list[tuple[Mark, list[str]]] = []
        aside = sentence.end if asides else _aside(sentence)
        for chain in chains_of(beside, names):
            cues = ["told aside"] if chain.start >= aside else list(evidence.cues(chain))
            told += [(mark, cues) for mark in chain.states]
            for mark in chain.states:
                if mark.name is None:
                    continue
                standing = found.of.setdefault(mark.name.iso2, Standing(len(found.of)))
                standing.marks.append((sentence, mark))
                standing.mates.update(mate.name.iso2 for mate in chain.states if mate.name is not None)
                standing.cues.update((cue, in_title) for cue in cues)
                if chain.first.concept == "g.force":
                    standing.cues.add(("named by its force or head", in_title))
                standing.cues.add(("named", in_title))
        _own_skies(found, sentence, told, in_title=in_title)
    found.alliance = found.alliance or (sentence.field == "title" and sentence.has("z.nato"))
    found.elsewhere = found.elsewhere or _over_no_state(sentence)
    if found.deictic is None:
        ours = sentence.concepts.get("z.our") or _ours_in_chinese(sentence, lang)
        if ours:
            found.deictic = (sentence, ours[0])
    disputed = sentence.concepts.get("z.disputed")
    if disputed and found.disputed is None:
        found.disputed = (sentence, disputed[0])


_ASIDES = frozenset({"told aside"})
_NEAR = 12
_SKIES = 8
"""So many mentions of airspace are looked at in a sentence."""
_ASIDE = (
    "days after", "weeks after", "day after", "week after", "hours after", "months after", "hours before", "days before",
    "ahead of", " than the ", "another chinese", "another russian", "similar to the", "dagar efter", "tage nach", "dni po ",
    "tygodni po ", "jours apres", "dias despues", "dias depois", "giorni dopo", " since its ", " since a ",
)  # fmt: skip
"""Words behind which another, earlier event is told."""


def _aside(sentence: Sentence) -> int:
    """Where a sentence goes over to an earlier event; its end when it never does."""
    starts = (sentence.text.find(words, sentence.start, sentence.end) for words in _ASIDE)
    return min((at for at in starts if at > sentence.start + 12), default=sentence.end)


def _over_no_state(sentence: Sentence) -> bool:
    """As in "over the Black Sea", "over Latin America"."""
    last = -_NEAR
    for mark in sentence.marks:
        if mark.concept == "p.over":
            last = mark.end
        elif mark.name is not None and not mark.name.iso2 and mark.start - last <= _NEAR:
            return True
    return False


def _own_skies(
    found: Standings, sentence: Sentence, told: list[tuple[Mark, list[str]]], *, in_title: bool
) -> None:
    """As in "Romania says a drone entered its airspace": the skies of the one who speaks."""
    for skies in sentence.of("z.our", "z.territory", "z.airspace")[:_SKIES]:
        owned = sentence.text[max(0, skies.start - 6) : skies.end]
        if not any(word in owned for word in _OWN):
            continue
        before = [(mark, cues) for mark, cues in told if mark.end <= skies.start]
        speakers = [mark for mark, cues in before if "says" in cues][-1:]
        speakers += [mark for mark, cues in before if not OWNERSHIP.intersection(cues)][:1]
        if speakers and speakers[0].name is not None:
            for mate in found.of[speakers[0].name.iso2].mates:
                found.of[mate].cues.add(("speaks of its own skies", in_title))


def _ours_in_chinese(sentence: Sentence, lang: str) -> list[Mark]:
    """As in "闯入我南海训练区": the zone behind a word for "our"."""
    if not lang.startswith("zh"):
        return []
    zones = (
        m for m in sentence.family("z") if "我" in sentence.text[max(sentence.start, m.start - 5) : m.start]
    )
    return list(zones)[:1]


def _home(found: Standings, scene: Scene) -> None:
    """As in "our airspace": that of the feed's home."""
    if found.disputed is not None and found.deictic is None:
        _claimed_at_home(found, found.disputed, scene)
    if found.deictic is None:
        return
    sentence, mark = found.deictic
    words = sentence.words(mark)
    own = words.startswith(("su ", "son ", "country's", "own")) or any(word in words for word in _OWN)
    if own and found.of:
        return
    home = scene.story.feed_country or HOME_OF_LANGUAGE.get(scene.lang)
    if home is None:
        return
    standing = found.of.setdefault(home, Standing(len(found.of)))
    standing.cues.add(("our airspace", sentence.field == "title"))
    standing.marks.append(found.deictic)


def _claimed_at_home(found: Standings, disputed: tuple[Sentence, Mark], scene: Scene) -> None:
    """Who intrudes on disputed ground is told by the state that claims it: a Chinese text tells China's claim."""
    home = scene.story.feed_country or HOME_OF_LANGUAGE.get(scene.lang)
    sentence, _ = disputed
    if home is None or not scene.lang.startswith("zh") or not sentence.has("a.enter", "a.violate"):
        return
    standing = found.of.setdefault(home, Standing(len(found.of)))
    standing.cues.add(("its claim to disputed ground", sentence.field == "title"))
    standing.marks.append(disputed)


def _context(found: Standings, day: date | None) -> None:
    """What is told of the other states: who stands alone, whose ground and whose craft are already known."""
    everyone = found.of.items()
    elsewhere = ", and elsewhere" if found.elsewhere else ", beside NATO" if found.alliance else ""
    own = {iso2: {name for name, _ in standing.cues} - _NO_CUE for iso2, standing in everyone}
    for iso2, standing in everyone:
        others = [other for name, other in everyone if name != iso2 and name not in standing.mates]
        cues = standing.cues
        if len(everyone) == 1:
            cues.add((f"only state named{elsewhere}", True))
        if standing.order == 0:
            cues.add(("first state named", True))
        alone = "the one other state's" if len(others) == 1 else "another state's"
        if any(other.has(SURE_GROUND) for other in others):
            cues.add((_beside_ground(own[iso2], alone), ("named", True) in cues))
        if any(other.has(OWNERSHIP) for other in others):
            kind = (
                "its craft beside another's" if own[iso2] & OWNERSHIP else f"{alone} craft is told{elsewhere}"
            )
            cues.add((kind, True))
        if any(("named", True) in other.cues for other in others) and ("named", True) not in cues:
            cues.add(("only others stand in the title", True))
        if fought_over(iso2, day) and any(
            other.has(SURE_GROUND) and not fought_over(name, day) for name, other in everyone if name != iso2
        ):
            cues.add(("fought over, beside the ground of a state at peace", True))
        if found.alliance:
            cues.add(("NATO stands in the title", True))
        if found.elsewhere:
            cues.add(("over no state's ground", True))


def _beside_ground(own: set[str], alone: str) -> str:
    """What it means for a state that another's ground is told depends on what is told of itself."""
    if own & ANSWERS or own & {"by it", "shot by it"}:
        return "answered, and another's ground is told"
    if own & SURE_GROUND:
        return "its ground beside another's"
    if own & _NO_PART and not own - _NO_PART:
        return "no part told, and another's ground is"
    if own & OWNERSHIP:
        return "its craft, and another's ground is told"
    if not own:
        return "barely named, and another's ground is told"
    return f"{alone} ground is told"
