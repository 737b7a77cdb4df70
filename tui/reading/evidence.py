"""What the words beside a state's name say of its part: owner, place, speaker, addressee."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tui.reading.matching import Mark
from tui.reading.scene import Sentence
from tui.reading.terms import SUBSTRING_LANGUAGES

ENVOYS = ("ambassador", "envoy", "charge", "diplomat", "attache", "посл", "посол", "ambasador", "ambasad", "embaj",
          "embaix", "botschafter", "ambassad", "suursaadik", "suurlahett", "vestniek", "πρεσβ", "elci", "سفير",
          "שגריר", "大使", "대사", "asjur", "gesandt", "ambasciator", "поверен", "посол")  # fmt: skip

_DESCRIBING = frozenset({"suspected", "armed", "forces", "unmanned", "guards", "owned", "red"})
"""Words in -s or -ed that may stand between a state and its craft; others are verbs."""

_STOPS = frozenset({"a", "an", "the", "that", "said", "had", "has", "held", "sent", "told", "saw", "as", "but", "while", "when",
                    "after", "for", "on", "at", "by", "to", "with", "over", "of", "it", "its", "says", "was", "were",
                    "is", "are", "be", "been", "not", "will", "would", "could", "may", "might", "can", "who", "which"})  # fmt: skip
"""Words after which a new name begins."""

_ACTIVE = ("o.mil", "o.heli")
_TAKEN = ("a.scramble", "a.intercept", "a.escort", "a.down", "a.warn")


@dataclass(slots=True)
class Standing:
    """The evidence for one state."""

    affected: float = 0.0
    actor: float = 0.0
    responder: float = 0.0
    named: float = 0.0
    order: int = 0
    marks: list[tuple[Sentence, Mark]] = field(default_factory=list)


class Evidence:
    """Weighs the words beside each name, in one language."""

    def __init__(self, lang: str, *, drifting: bool = False) -> None:
        self._lang = lang
        self._drifting = drifting
        """Whether the story is of balloons or unknown objects: warplanes in it are those that went up."""
        self._close = 6 if lang in SUBSTRING_LANGUAGES else 28
        """Widest stretch, in code points, between words that belong together."""

    def weigh(self, standing: Standing, sentence: Sentence, mark: Mark, factor: float) -> None:
        """Add what the words beside one name say; `factor` is higher in a title."""
        is_place = mark.concept in {"g.place", "g.area", "g.airport"}
        before, after = self._around(sentence, mark)
        if mark.name is not None and mark.name.form.endswith(("機", "机", "艦", "舰", "无人机")):
            standing.actor += 3 * factor
            return
        object_after = self._adjacent(sentence, mark, after, "o")
        zone_after = self._adjacent(sentence, mark, after, "z")
        if is_place:
            standing.affected += 0.8 * factor
        held = next((m for m in sentence.family("z") if m.start <= mark.start and m.end > mark.end), None)
        if held is not None:
            standing.affected += 3 * factor
        elif zone_after is not None and (object_after is None or zone_after.start <= object_after.start):
            standing.affected += _ZONE_WEIGHT.get(zone_after.concept, 3.0) * factor
        elif object_after is not None and not is_place:
            self._owner(standing, sentence, object_after, factor)
        elif not is_place and self._lang != "en":
            self._behind(standing, sentence, before, mark, factor)
        origin = self._preposition(standing, sentence, mark, before, factor, is_place=is_place)
        if not is_place and not origin:
            self._subject(standing, sentence, mark, after, factor)
            self._addressee(standing, sentence, mark, before, factor)

    def _around(self, sentence: Sentence, mark: Mark) -> tuple[list[Mark], list[Mark]]:
        """The marks shortly before, nearest first, and shortly after, nearest first."""
        before = [m for m in sentence.marks if m.end <= mark.start and mark.start - m.end <= self._close * 2]
        after = [m for m in sentence.marks if m.start >= mark.end and m.start - mark.end <= self._close * 2]
        before.reverse()
        return before, after

    def _adjacent(self, sentence: Sentence, mark: Mark, after: Iterable[Mark], letter: str) -> Mark | None:
        """The next noun of a family, when nothing but adjectives stands between."""
        for other in after:
            between = sentence.text[mark.end : other.start]
            if (
                len(between) > self._close
                or len(between.split()) > 4
                or any(c in between for c in ",;:.!?()")
            ):
                return None
            if self._lang == "en" and any(map(_ends_a_name, between.split())):
                return None
            if other.concept[0] == letter and other.concept != "z.our":
                return other
            if other.concept[0] in "pa" and other.concept not in {
                "a.surveil",
                "a.enter",
                "c.suspect",
                "a.smuggle",
            }:
                return None
            joined = between.strip() in {"", "and", "-"} or self._lang in SUBSTRING_LANGUAGES
            if other.concept[0] == "g" and not joined:
                return None
        return None

    def _owner(self, standing: Standing, sentence: Sentence, thing: Mark, factor: float) -> None:
        """As in "Russian drones": the actor, unless these aircraft are the ones that went up to look."""
        if sentence.text[thing.end : thing.end + 16].lstrip().startswith(_TO_AN_OBJECT):
            return
        if thing.concept in _ACTIVE and (
            self._answers(sentence, thing)
            or _is_agent(sentence, thing)
            or (self._drifting and not sentence.has(*_INTRUDES))
        ):
            standing.responder += 3 * factor
            standing.affected += 0.6 * factor
            return
        standing.actor += 3 * factor

    def _answers(self, sentence: Sentence, thing: Mark) -> bool:
        """Whether these aircraft scrambled or shot, rather than were met or shot down."""
        later = [m for m in sentence.marks if m.start >= thing.end]
        if sentence.text[thing.end : thing.end + 6] in _MET and any(m.concept[0] == "o" for m in later):
            return True
        verb = next((m for m in later if m.concept in _TAKEN or m.concept in {"a.enter", "a.crash"}), None)
        if verb is None or verb.concept in {"a.enter", "a.crash"}:
            earlier = [m for m in sentence.marks if m.end <= thing.start and thing.start - m.end <= 24]
            return any(m.concept == "a.scramble" for m in earlier)
        if verb.concept == "a.scramble":
            return True
        between = sentence.text[thing.end : verb.start].split()
        if {"was", "were", "is", "are", "been", "being", "that"} & set(between):
            return False
        if sentence.text[verb.start : verb.end].startswith(("respond", "shadow", "chase")):
            return True
        objects = [m for m in later if m.concept[0] == "o" and m.start > verb.start]
        told = sentence.text[verb.end : verb.end + 6].split()[:1]
        return (bool(objects) or told in (["it"], ["them"], ["one"])) and not sentence.text[
            verb.end : verb.end + 4
        ].startswith(" by")

    def _behind(
        self, standing: Standing, sentence: Sentence, before: list[Mark], mark: Mark, factor: float
    ) -> None:
        """Languages that put the owner behind: "drones rusos", "przestrzeń powietrzną Polski"."""
        for other in before:
            between = sentence.text[other.end : mark.start]
            if len(between.split()) > 1 or len(between) > self._close // 2:
                return
            if other.concept[0] == "z":
                standing.affected += 2.5 * factor
                return
            if other.concept[0] == "o" and not between.strip():
                self._owner(standing, sentence, other, 0.85 * factor)
                return
            if other.concept[0] in "pag":
                return

    def _preposition(
        self,
        standing: Standing,
        sentence: Sentence,
        mark: Mark,
        before: list[Mark],
        factor: float,
        *,
        is_place: bool,
    ) -> bool:
        """As in "over Poland", "into Romania"; True when the state is where it came from: "from Belarus"."""
        found = self._governing(sentence, mark, before)
        if found == "from":
            standing.actor += 2 * factor
            standing.affected -= 0.8 * factor if is_place else 0.0
            return True
        if isinstance(found, float):
            standing.affected += found * factor
        return False

    def _governing(self, sentence: Sentence, mark: Mark, before: list[Mark]) -> float | str | None:
        """Weight of the preposition before a name, "from", or None when there is none."""
        if self._lang == "he" and sentence.text[mark.start - 1 : mark.start] == "מ":
            return "from"
        for other in before:
            between = sentence.text[other.end : mark.start].split()
            struck = other.concept == "a.strike" and between == ["on"]
            if len(between) > 3 or struck:
                break
            if other.concept == "p.from":
                return "from" if self._came_from(sentence, mark, other) else None
            if other.concept in {"a.down", "a.intercept", "a.warn"} and between == ["by"]:
                return 2.5
            weight = _PREPOSITIONS.get(other.concept)
            if weight is not None:
                side = sentence.text[mark.end : mark.end + 18].split()[:1]
                weight *= 0.3 if side and side[0] in _EDGES else 1.0
                return weight * (1.0 if len(between) <= 1 else 0.7)
            if other.concept[0] in "aog":
                break
        return None

    def _came_from(self, sentence: Sentence, mark: Mark, origin: Mark) -> bool:
        """Whether it is craft or a crossing that is "from" there: officials, calls and skies shot empty are not."""
        if any(0 <= origin.start - m.end <= 3 for m in sentence.family("z")):
            return False
        if self._lang != "en":
            return True
        after = [m for m in sentence.marks if m.start >= mark.end]
        if self._adjacent(sentence, mark, after, "z") is not None:
            return False
        return any(
            (m.concept[0] == "o" or m.concept in _MOVES)
            and m.end <= origin.start
            and origin.start - m.end <= 60
            for m in sentence.marks
        )

    def _subject(
        self, standing: Standing, sentence: Sentence, mark: Mark, after: list[Mark], factor: float
    ) -> None:
        """As in "Romania scrambles", "China sends", "Moscow denies"."""
        tail = sentence.text[mark.end : mark.end + 40].split(",")[0].split(";")[0].split()[:4]
        if any(word.startswith(_SAYS) for word in tail):
            standing.affected += 0.9 * factor
        for other in after:
            between = sentence.text[mark.end : other.start]
            if len(between.split()) > 2 or any(c in between for c in ",;:.!?"):
                return
            if any(word.startswith(_SAYS) for word in between.split()):
                return
            affected, actor = self._does(sentence, other, between)
            standing.affected += affected * factor
            standing.actor += actor * factor
            if affected or actor or other.concept[0] in "ogp":
                return

    def _does(self, sentence: Sentence, verb: Mark, between: str) -> tuple[float, float]:
        """How much a verb makes its subject the affected state, and how much the actor."""
        concept = verb.concept
        if self._lang == "en" and concept == "a.send":
            return self._launches(sentence, verb)
        if self._lang == "en" and concept == "a.apology" and _is_no_confession(sentence, verb, between):
            return 0.9, 0.0
        return self._plainly_does(sentence, verb, between)

    def _plainly_does(self, sentence: Sentence, verb: Mark, between: str) -> tuple[float, float]:
        concept = verb.concept
        if concept in {"a.incident", "a.seen"} and self._lang == "en":
            return (0.0, 2.0) if "incursion" in sentence.words(verb) else (1.5, 0.0)
        if concept == "a.deploy" and self._sends(sentence, verb):
            return 0.0, 2.2
        if concept == "a.protest" and self._own_craft(sentence, verb):
            return 0.0, 3.0
        if concept == "a.strike" and not between.strip(" '"):
            return 0.0, 2.0
        return _SUBJECT_AFFECTED.get(concept, 0.0), _SUBJECT_ACTOR.get(concept, 0.0)

    def _launches(self, sentence: Sentence, verb: Mark) -> tuple[float, float]:
        """As in "China flew balloons"; "sent fighters to shoot it down" is an answer, "sent a memo" is neither."""
        craft = [m for m in sentence.family("o") if -2 <= m.start - verb.end <= 28]
        if not craft:
            flies = sentence.words(verb).startswith(("fl", "fir"))
            return (0.0, 2.2) if flies else (0.0, 0.0)
        answer = sentence.of("a.down", "a.intercept", "a.scramble")
        told = [sentence.text[craft[0].end : m.start].split() for m in answer if m.start >= craft[0].end]
        if craft[0].concept in _ACTIVE and any(words == ["to"] for words in told):
            return 2.0, 0.0
        return 0.0, 2.2

    def _sends(self, sentence: Sentence, verb: Mark) -> bool:
        """Whether craft are what is deployed."""
        return any(
            m.concept[0] == "o" and 0 <= m.start - verb.end <= 12 and m.concept != "o.debris"
            for m in sentence.marks
        )

    def _own_craft(self, sentence: Sentence, verb: Mark) -> bool:
        """As in "condemned the move to shoot down its balloon": the craft was the subject's own."""
        for m in sentence.family("o"):
            before = sentence.text[max(verb.end, m.start - 24) : m.start].split()
            if m.start > verb.end and {"its", "their"} & set(before) and sentence.has("a.down"):
                return True
        return False

    def _addressee(
        self, standing: Standing, sentence: Sentence, mark: Mark, before: list[Mark], factor: float
    ) -> None:
        """As in "summons Russian envoy", "blames Moscow", "protests to Beijing"."""
        after = sentence.text[mark.end : mark.end + 22].lstrip("'s ")
        if after.startswith("protest note") and mark.start > sentence.start:
            standing.actor += 3 * factor
            return
        if after.startswith(ENVOYS) or any(word.startswith(ENVOYS) for word in after.split()[:2]):
            standing.actor += 2.5 * factor
            return
        for other in before:
            between = sentence.text[other.end : mark.start].split()
            if len(between) > 3:
                return
            if other.concept == "a.accuse":
                standing.actor += 2.5 * factor
                return
            if other.concept == "a.protest" and set(between) & {"to", "with", "against", "from", "by"}:
                standing.actor += 2 * factor
                return
            if other.concept[0] in "og":
                return


_ZONE_WEIGHT = {"z.border": 0.6, "z.military": 1.5}
"""A border has two sides, and a base may be on another state's ground."""
_PREPOSITIONS = {
    "p.over": 2.5,
    "p.into": 2.5,
    "p.in": 1.8,
    "p.near": 1.8,
    "p.toward": 1.5,
    "a.near": 1.8,
    "a.enter": 1.5,
}
_EDGES = frozenset({"coast", "shore", "mainland", "border"})
"""Near a state's edge is near it, hardly in it."""
_SUBJECT_AFFECTED = {
    "a.scramble": 2.5, "a.down": 2.2, "a.close": 2.2, "a.disrupt": 1.5, "a.protest": 2.0, "a.seen": 1.5,
    "a.found": 1.5, "a.intercept": 1.5, "a.accuse": 2.0, "a.warn": 1.5, "a.evac": 1.5, "a.policy": 1.2,
    "a.deploy": 0.8, "a.consult": 1.5, "c.suspect": 0.8, "a.monitor": 1.0, "a.escort": 1.2,
}  # fmt: skip
_SUBJECT_ACTOR = {
    "a.send": 2.2,
    "a.enter": 2.0,
    "a.violate": 2.2,
    "a.incur": 1.6,
    "a.deny": 1.8,
    "a.apology": 2.2,
}
_SAYS = ("says", "said", "say", "reports", "reported", "confirms", "confirmed", "detains", "records", "logs", "counts", "officials",
         "becomes", "believe", "заяв", "сообщ", "повідом", "poinformowa", "informuje", "meldet", "melder", "rapporter",
         "denunci", "annonce", "teata", "pranes", "ilmoit")  # fmt: skip


_TO_AN_OBJECT = ("response", "handling")
"""Behind these the craft is what a state dealt with: "Ottawa's balloon response"."""
_MET = frozenset({" down ", " meet ", " met a", " met t", " meets"})
_BY = frozenset({"by", "von", "av", "af", "przez", "par", "por", "da", "door", "απο", "tarafindan"})
_INTRUDES = ("a.enter", "a.violate", "a.incur", "a.near", "z.median", "z.adiz")
_MOVES = frozenset(
    {"a.enter", "a.incur", "a.violate", "a.send", "a.near", "a.crash", "a.smuggle", "a.strike"}
)


def _is_agent(sentence: Sentence, thing: Mark) -> bool:
    """As in "shot down by a Portuguese F-16": the craft that shot or met the other one."""
    before = sentence.text[max(sentence.start, thing.start - 40) : thing.start].split()[-4:]
    shot = sentence.has("a.down", "a.intercept", "a.escort") or "shooting" in sentence.text[: thing.start]
    return shot and not _BY.isdisjoint(before)


def _is_no_confession(sentence: Sentence, verb: Mark, between: str) -> bool:
    """Whether an admission is of having shot, or an apology is refused."""
    refused = not {"won't", "not", "no", "never", "refuses"}.isdisjoint(between.split())
    return refused or (sentence.words(verb).startswith(("admi", "ackn")) and sentence.has("a.down"))


def _ends_a_name(word: str) -> bool:
    """Whether an English word cannot stand between a state and its craft: a verb, an article, a preposition."""
    if word in _STOPS:
        return True
    return word.endswith(("s", "ed")) and word not in _DESCRIBING and not word.endswith("'s")
