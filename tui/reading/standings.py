"""Every state named in some sentences, with the cues that tell its part, and what they weigh together."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tui.reading.chains import chains_of, counted_names, sure_states
from tui.reading.evidence import Evidence
from tui.reading.matching import Mark
from tui.reading.pleas import is_breached
from tui.reading.role_context import ALLIANCE, ELSEWHERE, add_context
from tui.reading.role_cues import GROUND, OWNERSHIP, SIDES, Standing, told_anywhere
from tui.reading.scene import Scene, Sentence
from tui.reading.surroundings import Chain, Surroundings

HOME_OF_LANGUAGE = {
    "pl": "PL", "lt": "LT", "lv": "LV", "et": "EE", "fi": "FI", "sv": "SE", "nb": "NO", "da": "DK", "uk": "UA",
    "ja": "JP", "ko": "KR", "el": "GR", "tr": "TR", "he": "IL", "fa": "IR", "zh-Hant": "TW", "zh-Hans": "CN",
    "ro": "RO", "nl": "NL", "it": "IT",
}  # fmt: skip
"""Where "our airspace" is when the feed names no home: only languages with one main state."""

OWN_WORDS = ("its ", "their ", "eigenen ", "eigenem ", "eget ", "wlasn", "oma ", "omassa ", "swoj", "sin ", "sitt ", "su ", "son ",
        "seu ", "proprio", "своє", "своё", "свое", "свой", "자국", "خود", "kendi", "自国", "自國")  # fmt: skip
"""Words before "airspace" or "territory" that make them those of a state named before."""


@dataclass(slots=True)
class Standings:
    """All states of some sentences, and the words for "our airspace" when there are any."""

    of: dict[str, Standing]
    deictic: tuple[Sentence, Mark] | None
    disputed: tuple[Sentence, Mark] | None = None
    sides: dict[tuple[str, str], tuple[Sentence, Mark]] = field(default_factory=dict)
    """Where it set out and who is blamed: the fact, the state, and its words."""
    alliance: bool = False
    """Whether the title speaks of NATO: its ground may be no one state's."""
    elsewhere: bool = False
    """Whether it is told to have happened over a sea or a continent."""


@dataclass(slots=True)
class Heard:
    """What was already read of a story."""

    drifting: bool
    """Whether it is of balloons or unknown objects."""
    beside: dict[tuple[int, bool, frozenset[str]], list[tuple[Chain, list[str]]]] = field(
        default_factory=dict
    )
    """The names with their cues: by sentence, whether asides count, and the states surely named."""


def nothing_heard(scene: Scene) -> Heard:
    """To begin with."""
    return Heard(scene.has("o.balloon", "o.unid"))


def standings_of(
    scene: Scene,
    sentences: Sequence[Sentence],
    heard: Heard | None = None,
    *,
    minor: frozenset[str] = frozenset(),
) -> Standings:
    """The states named, each with its cues; `heard` is filled, and spares reading a sentence again.

    `minor` are the states that the whole story, of several, tells no ground of.
    """
    heard = heard or nothing_heard(scene)
    near: frozenset[str] = frozenset()
    if "g.trap" in scene.concepts and any("g.trap" in sentence.concepts for sentence in sentences):
        near = frozenset().union(*map(sure_states, sentences))
    found = Standings({}, None)
    for sentence in sentences:
        _read_sentence(found, scene, sentence, near, heard)
    standings = found.of.values()
    if all(one.has(_ASIDES) for one in standings) and not any(one.has(_PARTS) for one in standings):
        found = Standings({}, None)  # what is told aside is all that is told
        for sentence in sentences:
            _read_sentence(found, scene, sentence, near, heard, asides=True)
    _home(found, scene)
    add_context(found.of, _setting(found), scene.day, minor=minor)
    return found


def _setting(found: Standings) -> str:
    """What is told of the ground when it is no one state's."""
    return ELSEWHERE if found.elsewhere else ALLIANCE if found.alliance else ""


def _read_sentence(
    found: Standings,
    scene: Scene,
    sentence: Sentence,
    near: frozenset[str],
    heard: Heard,
    *,
    asides: bool = False,
) -> None:
    named = bool(sentence.names)
    if named:
        key = sentence.number, asides, near if "g.trap" in sentence.concepts else _NOBODY
        told = heard.beside.get(key)
        if told is None:
            aside = sentence.end if asides else _aside(sentence)
            names = counted_names(sentence, near)
            told = heard.beside[key] = _heard_in(sentence, scene.lang, names, aside, drifting=heard.drifting)
        for chain, cues in told:
            _take_in(found, sentence, chain, cues)
        if told and sentence.family("z"):
            _own_skies(found, sentence, [(mark, cues) for chain, cues in told for mark in chain.states])
    found.alliance = found.alliance or (sentence.field == "title" and sentence.has("z.nato", "s.bloc"))
    found.elsewhere = found.elsewhere or (named and _over_no_state(sentence))
    if found.deictic is None:
        ours = sentence.concepts.get("z.our")
        if ours is None and scene.lang.startswith("zh"):
            ours = _ours_in_chinese(sentence)
        if ours:
            found.deictic = (sentence, ours[0])
    disputed = sentence.concepts.get("z.disputed")
    if disputed and found.disputed is None:
        found.disputed = (sentence, disputed[0])


_NOBODY: frozenset[str] = frozenset()


def _heard_in(
    sentence: Sentence, lang: str, names: list[Mark], aside: int, *, drifting: bool
) -> list[tuple[Chain, list[str]]]:
    """The chains of states in a sentence, each with the cues that stand beside it."""
    if not names:
        return []
    beside = Surroundings(sentence, lang)
    evidence = Evidence(beside, drifting=drifting)
    heard = [
        (chain, ["told aside"] if chain.start >= aside else list(evidence.cues(chain)))
        for chain in chains_of(beside, names)
    ]
    return [(chain, cues) for chain, cues in heard if cues != _MET]


def _take_in(found: Standings, sentence: Sentence, chain: Chain, cues: list[str]) -> None:
    """The cues of a chain, for each of its states."""
    in_title = sentence.field == "title"
    sides = [fact for fact, names in SIDES if not names.isdisjoint(cues)]
    states = chain.states
    mates = [mate.name.iso2 for mate in states if mate.name is not None]
    seen = [(cue, in_title) for cue in cues]
    if chain.first.concept == "g.force":
        seen.append(("named by its force or head", in_title))
    seen.append(("named", in_title))
    for mark in states:
        if mark.name is None:
            continue
        iso2 = mark.name.iso2
        standing = found.of.get(iso2)
        if standing is None:
            standing = found.of[iso2] = Standing(len(found.of))
        standing.marks.append((sentence, mark))
        for fact in sides:
            found.sides.setdefault((fact, iso2), (sentence, mark))
        standing.mates.update(mates)
        standing.cues.update(seen)


_PARTS = told_anywhere(GROUND | OWNERSHIP)
_MET = ["met in it"]
"""Where they talked has no part in what flew."""
_ASIDES = told_anywhere({"told aside"})
_NEAR = 12
_SKIES = 8
"""So many mentions of airspace are looked at in a sentence."""
_ASIDE = (
    "days after", "weeks after", "day after", "week after", "hours after", "months after", "hours before", "days before",
    "ahead of", " than the ", "another chinese", "another russian", "similar to the", "dagar efter", "tage nach", "dni po ",
    "tygodni po ", "jours apres", "dias despues", "dias depois", "giorni dopo", " since its ", " since a ",
)  # fmt: skip
"""Words behind which another, earlier event is told."""


_FIRST_WORDS = 12
"""Within so many code points of its beginning a sentence cannot have told anything else."""


def _aside(sentence: Sentence) -> int:
    """Where a sentence goes over to an earlier event; its end when it never does."""
    here = sentence.text[sentence.start : sentence.end]
    first = len(here)
    for words in filter(here.__contains__, _ASIDE):
        if _FIRST_WORDS < (at := here.find(words)) < first:
            first = at
    return sentence.start + first


def _over_no_state(sentence: Sentence) -> bool:
    """As in "over the Black Sea", "over Latin America"."""
    if not [mark for mark in sentence.names if mark.name is not None and not mark.name.iso2]:
        return False
    last = -_NEAR
    for mark in sentence.marks:
        if mark.concept == "p.over":
            last = mark.end
        elif mark.name is not None and not mark.name.iso2 and mark.start - last <= _NEAR:
            return True
    return False


def _own_skies(found: Standings, sentence: Sentence, told: list[tuple[Mark, list[str]]]) -> None:
    """As in "Romania says a drone entered its airspace": the skies of the one who speaks."""
    for skies in sentence.of("z.our", "z.territory", "z.airspace")[:_SKIES]:
        owned = sentence.text[max(0, skies.start - 6) : skies.end]
        if not any(map(owned.__contains__, OWN_WORDS)):
            continue
        own = (m for m in sentence.of("c.elsewhere") if m.start <= skies.start < m.end)
        if any(not is_breached(sentence, mark) for mark in own):
            continue  # "it stayed in our own skies" is said of one's own craft
        theirs = sentence.of("z.nato", "s.bloc") if "their " in owned else []
        # As in "NATO states … their airspace": not that of who spoke of them.
        since = max((m.end for m in theirs if m.end <= skies.start), default=0)
        before = [(mark, cues) for mark, cues in told if since <= mark.start and mark.end <= skies.start]
        speakers = [mark for mark, cues in before if "says" in cues][-1:]
        speakers += [mark for mark, cues in before if not OWNERSHIP.intersection(cues)][:1]
        if speakers and speakers[0].name is not None:
            for mate in found.of[speakers[0].name.iso2].mates:
                found.of[mate].cues.add(("speaks of its own skies", sentence.field == "title"))


def _ours_in_chinese(sentence: Sentence) -> list[Mark]:
    """As in "闯入我南海训练区": the zone behind a word for "our"."""
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
    own = words.startswith(("su ", "son ", "country's", "own")) or any(word in words for word in OWN_WORDS)
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
