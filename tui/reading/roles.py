"""Who is affected, who did it, who answered: evidence for each state, from the words next to its name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tui.reading.evidence import Evidence, Standing
from tui.reading.matching import Mark
from tui.reading.scene import Scene, Sentence
from tui.reading.war import fought_over

HOME_OF_LANGUAGE = {
    "pl": "PL", "lt": "LT", "lv": "LV", "et": "EE", "fi": "FI", "sv": "SE", "nb": "NO", "da": "DK", "uk": "UA",
    "ja": "JP", "ko": "KR", "el": "GR", "tr": "TR", "he": "IL", "fa": "IR", "zh-Hant": "TW", "zh-Hans": "CN",
    "ro": "RO", "nl": "NL", "it": "IT",
}  # fmt: skip
"""Where "our airspace" is when the feed names no home: only languages with one main state."""

_KOREAS = frozenset({"KP", "KR"})


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


def at_home(roles: Roles, scene: Scene) -> Roles:
    """A national feed in the language of one state that names no state at all speaks of its own."""
    home = scene.story.feed_country
    if roles.named or home is None or HOME_OF_LANGUAGE.get(scene.lang) != home:
        return roles
    return replace(roles, affected=(home,))


class RoleReader:
    """Weighs every state named in some sentences of a story."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._evidence = Evidence(scene.lang, drifting=scene.has("o.balloon", "o.unid"))

    def read(self, sentences: Sequence[Sentence], *, guess: bool = True) -> Roles:
        """The roles in these sentences; `guess` takes the best candidate when none is sure."""
        standings: dict[str, Standing] = {}
        deictic: tuple[Sentence, Mark] | None = None
        for sentence in sentences:
            factor = 1.5 if sentence.field == "title" else 1.0
            states = [
                m
                for m in sentence.family("g")
                if not _is_far_side(m, sentence) and self._counts(m, sentence, sentences)
            ]
            for mark in states:
                if mark.name is None or not mark.name.iso2:
                    continue
                standing = standings.setdefault(mark.name.iso2, Standing(order=len(standings)))
                standing.marks.append((sentence, mark))
                standing.named += factor
                self._evidence.weigh(standing, sentence, mark, factor)
            self._share(standings, sentence, states)
            self._own_skies(standings, sentence, states, factor)
            ours = sentence.concepts.get("z.our")
            if ours and deictic is None:
                deictic = (sentence, ours[0])
        self._home(standings, deictic)
        return self._settle(standings, deictic, guess=guess)

    def _share(self, standings: dict[str, Standing], sentence: Sentence, states: list[Mark]) -> None:
        """As in "in Estonia and Latvia": neighbours joined by "and" share their role."""
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
        """As in "Romania says a drone entered its airspace": the skies of the one who speaks."""
        for skies in sentence.of("z.our", "z.territory"):
            owned = sentence.text[max(0, skies.start - 6) : skies.end]
            if not any(word in owned for word in _OWN):
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

    def _home(self, standings: dict[str, Standing], deictic: tuple[Sentence, Mark] | None) -> None:
        """As in "our airspace" is that of the feed's home."""
        if deictic is None:
            return
        words = deictic[0].words(deictic[1])
        own = words.startswith(("su ", "son ", "country's", "own")) or any(word in words for word in _OWN)
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


_WITH = frozenset({"with", "z", "ze", "med", "mit", "avec", "con", "com", "cu", "met"})
"""As in "near the border with Ukraine": it is on the other side that something happened."""
_OWN = ("its ", "their ", "eigenen ", "eigenem ", "eget ", "wlasn", "oma ", "omassa ")
_JOINTS = frozenset({"and", "och", "und", "og", "i", "y", "e", "et", "oraz", "ja", "un", "ir", "si", "en", "va", "ve", "、",
                     "和", "與", "与", "及", "·", "и", "і", "та", "και", "و"})  # fmt: skip
"""What may stand between two states that share a role."""


def _is_far_side(mark: Mark, sentence: Sentence) -> bool:
    return any(sentence.text[m.end : mark.start].strip() in _WITH for m in sentence.of("z.border"))


def _ordered(pairs: list[tuple[float, str]], rank: dict[str, int]) -> tuple[str, ...]:
    return tuple(iso2 for _, iso2 in sorted(pairs, key=lambda pair: (-pair[0], rank[pair[1]])))
