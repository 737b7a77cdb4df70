"""Who is affected, who did it, who answered: evidence for each state, from the words next to its name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tui.reading.matching import Mark
from tui.reading.scene import Scene, Sentence
from tui.reading.terms import SUBSTRING_LANGUAGES
from tui.reading.war import fought_over

HOME_OF_LANGUAGE = {
    "pl": "PL", "lt": "LT", "lv": "LV", "et": "EE", "fi": "FI", "sv": "SE", "nb": "NO", "da": "DK", "uk": "UA",
    "ja": "JP", "ko": "KR", "el": "GR", "tr": "TR", "he": "IL", "fa": "IR", "zh-Hant": "TW", "zh-Hans": "CN",
    "ro": "RO", "nl": "NL", "it": "IT",
}  # fmt: skip
"""Where "our airspace" is when the feed names no home: only languages with one main state."""

ENVOYS = ("ambassador", "envoy", "charge", "diplomat", "attache", "посл", "посол", "ambasador", "ambasad", "embaj",
          "embaix", "botschafter", "ambassad", "suursaadik", "suurlahett", "vestniek", "πρεσβ", "elci", "سفير",
          "שגריר", "大使", "대사", "asjur", "gesandt", "ambasciator", "поверен", "посол")  # fmt: skip

_KOREAS = frozenset({"KP", "KR"})
_DESCRIBING = frozenset({"suspected", "armed", "forces", "unmanned", "guards", "owned", "red"})
"""Words in -s or -ed that may stand between a state and its craft; others are verbs."""

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


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles, main state first, and the marks they were read from."""

    affected: tuple[str, ...]
    actor: tuple[str, ...]
    responder: tuple[str, ...]
    named: tuple[str, ...]
    """Every state named at all."""
    touched: tuple[str, ...]
    """Every state with any sign of being affected."""
    marks: dict[str, list[tuple[Sentence, Mark]]]
    deictic: Mark | None = None


class RoleReader:
    """Weighs every state named in some sentences of a story."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._close = 6 if scene.lang in SUBSTRING_LANGUAGES else 28

    def read(self, sentences: Sequence[Sentence], *, guess: bool = True) -> Roles:
        """The roles in these sentences; `guess` takes the best candidate when none is sure."""
        standings: dict[str, Standing] = {}
        deictic: tuple[Sentence, Mark] | None = None
        for sentence in sentences:
            factor = 1.5 if sentence.field == "title" else 1.0
            states = [
                m for m in sentence.marks if m.concept[0] == "g" and self._counts(m, sentence, sentences)
            ]
            for position, mark in enumerate(states):
                assert mark.name is not None  # noqa: S101 - every g mark carries its name
                for iso2 in (mark.name.iso2,):
                    if not iso2:
                        continue
                    standing = standings.setdefault(iso2, Standing(order=len(standings)))
                    standing.marks.append((sentence, mark))
                    standing.named += factor
                    self._weigh(standing, sentence, states, position, factor)
            self._share(standings, sentence, states)
            self._own_skies(standings, sentence, states, factor)
            ours = sentence.concepts.get("z.our")
            if ours and deictic is None:
                deictic = (sentence, ours[0])
        self._home(standings, deictic)
        return self._settle(standings, deictic, guess=guess)

    def _share(self, standings: dict[str, Standing], sentence: Sentence, states: list[Mark]) -> None:
        """ "in Estonia and Latvia": neighbours joined by "and" share their role."""
        for one, other in pairwise(states):
            if one.name is None or other.name is None or one.name.iso2 == other.name.iso2:
                continue
            if sentence.text[one.end : other.start].strip() not in _JOINTS:
                continue
            left, right = standings.get(one.name.iso2), standings.get(other.name.iso2)
            if left is not None and right is not None:
                left.affected = right.affected = max(left.affected, right.affected)
                left.actor = right.actor = max(left.actor, right.actor)

    def _own_skies(
        self, standings: dict[str, Standing], sentence: Sentence, states: list[Mark], factor: float
    ) -> None:
        """ "Romania says a drone entered its airspace": the skies of the one who speaks."""
        for skies in sentence.of("z.our", "z.territory"):
            if not sentence.text[max(0, skies.start - 4) : skies.end].lstrip().startswith(("its ", "their ")):
                continue
            first = next((mark for mark in states if mark.end <= skies.start and mark.name is not None), None)
            if first is not None and first.name is not None and first.name.iso2 in standings:
                standings[first.name.iso2].affected += 2.5 * factor

    def _counts(self, mark: Mark, sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
        """Whether a name that is also a person, bird or US state stands for the state here."""
        if mark.concept != "g.trap" or mark.name is None:
            return True
        if mark.name.iso2 in _KOREAS:
            return any(
                other.name is not None and other.name.iso2 in _KOREAS and other.concept != "g.trap"
                for near in sentences
                for other in near.family("g")
            )
        after = sentence.text[mark.end : mark.end + 12]
        before = sentence.text[max(0, mark.start - 8) : mark.start]
        if after.startswith(("'s ", " says", " said", " shoots", " closes", " shuts")):
            return True
        if before.endswith(("over ", "into ", "in ", "near ", "to ", "from ", "and ", "of ")):
            return True
        if any(
            other.name is not None and other.name.iso2 == mark.name.iso2 and other.concept != "g.trap"
            for near in sentences
            for other in near.family("g")
        ):
            return True
        return sentence.field == "title" and bool(sentence.family("a")) and mark.start == sentence.start

    def _weigh(
        self, standing: Standing, sentence: Sentence, states: list[Mark], position: int, factor: float
    ) -> None:
        mark = states[position]
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
        elif not is_place and self._scene.lang != "en":
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
            if self._scene.lang == "en" and any(
                word.endswith(("s", "ed")) and word not in _DESCRIBING and not word.endswith("'s")
                for word in between.split()
            ):
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
            if other.concept[0] == "g" and self._scene.lang not in SUBSTRING_LANGUAGES:
                joined = sentence.text[mark.end : other.start].split()
                if joined and joined != ["and"] and joined != ["-"]:
                    return None
        return None

    def _owner(self, standing: Standing, sentence: Sentence, thing: Mark, factor: float) -> None:
        """ "Russian drones": the actor, unless these aircraft are the ones that went up to look."""
        if thing.concept in _ACTIVE and self._answers(sentence, thing):
            standing.responder += 3 * factor
            standing.affected += 0.6 * factor
            return
        standing.actor += 3 * factor

    def _answers(self, sentence: Sentence, thing: Mark) -> bool:
        """Whether these aircraft scrambled or shot, rather than were met or shot down."""
        later = [m for m in sentence.marks if m.start >= thing.end]
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
        return bool(objects) and not sentence.text[verb.end : verb.end + 4].startswith(" by")

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
                standing.actor += 2.5 * factor
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
    ) -> None:
        """ "over Poland", "into Romania", "from Belarus"."""
        for other in before:
            between = sentence.text[other.end : mark.start].split()
            if len(between) > 3:
                return False
            if other.concept in {"a.down", "a.intercept", "a.warn"} and between == ["by"]:
                standing.affected += 2.5 * factor
                return False
            if other.concept == "a.strike" and between == ["on"]:
                return False
            weight = _PREPOSITIONS.get(other.concept)
            if other.concept == "p.from":
                standing.actor += 2 * factor
                if is_place:
                    standing.affected -= 0.8 * factor
                return True
            if weight is not None:
                if sentence.text[mark.end : mark.end + 18].split()[:1] in (
                    ["coast"],
                    ["shore"],
                    ["mainland"],
                    ["border"],
                ):
                    weight *= 0.3
                standing.affected += weight * factor * (1.0 if len(between) <= 1 else 0.7)
                return False
            if other.concept[0] in "aog" and other.concept != "a.near":
                return False
        return False

    def _subject(
        self, standing: Standing, sentence: Sentence, mark: Mark, after: list[Mark], factor: float
    ) -> None:
        """ "Romania scrambles", "China sends", "Moscow denies"."""
        tail = sentence.text[mark.end : mark.end + 40].split(",")[0].split(";")[0].split()[:4]
        if any(word.startswith(_SAYS) for word in tail):
            standing.affected += 0.9 * factor
        for other in after:
            between = sentence.text[mark.end : other.start]
            if len(between.split()) > 2 or any(c in between for c in ",;:.!?"):
                return
            if other.concept in {"a.incident", "a.seen"} and self._scene.lang == "en":
                if "incursion" in sentence.words(other):
                    standing.actor += 2.0 * factor
                else:
                    standing.affected += 1.5 * factor
                return
            if other.concept == "a.deploy" and self._sends(sentence, other):
                standing.actor += 2.2 * factor
                return
            if other.concept == "a.protest" and self._own_craft(sentence, other):
                standing.actor += 3 * factor
                return
            if other.concept == "a.strike" and not between.strip(" '"):
                standing.actor += 2.0 * factor
                return
            if other.concept in _SUBJECT_AFFECTED:
                standing.affected += _SUBJECT_AFFECTED[other.concept] * factor
                return
            if other.concept in _SUBJECT_ACTOR:
                standing.actor += _SUBJECT_ACTOR[other.concept] * factor
                return
            if other.concept[0] in "ogp":
                return

    def _sends(self, sentence: Sentence, verb: Mark) -> bool:
        """Whether craft are what is deployed."""
        return any(
            m.concept[0] == "o" and 0 <= m.start - verb.end <= 12 and m.concept != "o.debris"
            for m in sentence.marks
        )

    def _own_craft(self, sentence: Sentence, verb: Mark) -> bool:
        """ "condemned the move to shoot down its balloon": the craft was the subject's own."""
        for m in sentence.family("o"):
            before = sentence.text[max(verb.end, m.start - 24) : m.start].split()
            if m.start > verb.end and {"its", "their"} & set(before) and sentence.has("a.down"):
                return True
        return False

    def _addressee(
        self, standing: Standing, sentence: Sentence, mark: Mark, before: list[Mark], factor: float
    ) -> None:
        """ "summons Russian envoy", "blames Moscow", "protests to Beijing"."""
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

    def _home(self, standings: dict[str, Standing], deictic: tuple[Sentence, Mark] | None) -> None:
        """ "our airspace" is that of the feed's home."""
        if deictic is None:
            return
        words = deictic[0].words(deictic[1])
        own = words.startswith(("its ", "their ", "su ", "son ", "its", "country's", "own"))
        if own and standings:
            return
        home = self._scene.story.feed_country or HOME_OF_LANGUAGE.get(self._scene.lang)
        if home is None:
            return
        standing = standings.setdefault(home, Standing(order=len(standings)))
        standing.affected += 3
        standing.marks.append(deictic)

    def _third_states(self, affected: list[tuple[float, str]]) -> list[tuple[float, str]]:
        """A state at peace that is touched is the news, the war beside it the background."""
        day = self._scene.published.date() if self._scene.published else None
        at_peace = [pair for pair in affected if not fought_over(pair[1], day)]
        return at_peace or affected

    def _settle(
        self, standings: dict[str, Standing], deictic: tuple[Sentence, Mark] | None, *, guess: bool
    ) -> Roles:
        affected: list[tuple[float, str]] = []
        actor: list[tuple[float, str]] = []
        responder: list[tuple[float, str]] = []
        for iso2, standing in standings.items():
            if standing.actor >= 1.5 and standing.actor > standing.affected:
                actor.append((standing.actor, iso2))
            elif standing.affected >= 1.2 and standing.affected * 2 > standing.responder:
                affected.append((standing.affected, iso2))
            if standing.responder >= 1.5:
                responder.append((standing.responder, iso2))
        if not affected and guess:
            rest = [
                (standing.affected + standing.named * 0.1, iso2)
                for iso2, standing in standings.items()
                if iso2 not in {one for _, one in actor} and standing.actor < 1.5
            ]
            affected = sorted(rest, reverse=True)[:1]
        if affected:
            top = max(weight for weight, _ in affected)
            affected = [pair for pair in affected if pair[0] >= top * 0.5]
            affected = self._third_states(affected)
        if actor:
            top = max(weight for weight, _ in actor)
            actor = [pair for pair in actor if pair[0] >= top * 0.5]
        rank = {iso2: standing.order for iso2, standing in standings.items()}
        return Roles(
            affected=_ordered(affected, rank),
            actor=_ordered(actor, rank),
            responder=_ordered(responder, rank),
            named=tuple(standings),
            touched=tuple(iso2 for iso2, standing in standings.items() if standing.affected > 0.7),
            marks={iso2: standing.marks for iso2, standing in standings.items()},
            deictic=deictic[1] if deictic else None,
        )


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
         "becomes", "believe")  # fmt: skip
_JOINTS = frozenset({"and", "och", "und", "og", "i", "y", "e", "et", "oraz", "ja", "un", "ir", "si", "en", "va", "ve", ",", "、",
                     "和", "與", "与", "及", "·", "и", "і", "та", "και", "و"})  # fmt: skip
"""What may stand between two states that share a role."""


def _ordered(pairs: list[tuple[float, str]], rank: dict[str, int]) -> tuple[str, ...]:
    return tuple(iso2 for _, iso2 in sorted(pairs, key=lambda pair: (-pair[0], rank[pair[1]])))
