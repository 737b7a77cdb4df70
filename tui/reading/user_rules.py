"""A user's rules made ready for reading: their own marks, what they mute, what they add to a score."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from math import asin, cos, radians, sqrt

from tui.domain.codes import PlacePrecision
from tui.domain.reading import Place, Reason, TextField, Verdict
from tui.domain.rules import PlaceRule, Rules
from tui.domain.value import dataclass
from tui.reading.gazetteer import Name
from tui.reading.matching import Mark, Matcher, OwnMark, matcher_of, settle, spot_of
from tui.reading.recall_gate import gate_of
from tui.reading.relevance import ROUTINE
from tui.reading.roles import Roles
from tui.reading.scene import Scene
from tui.reading.terms import ANY_LANGUAGE, Term, parse_term

_FIELDS: tuple[TextField, ...] = ("title", "summary")
_EARTH_KM = 6371.0
_BELOW = 0.01
"""How far below the threshold a muted story is put."""


@dataclass(frozen=True, slots=True)
class _Origin:
    """What a found term or spelling of a user stands for."""

    rule: str
    concept: str
    spot: Place | None = None


class UserRules:
    """Everything in it is made once and read often."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._origins: list[_Origin] = []
        self._terms = list(self._numbered_terms())
        self._names = list(self._numbered_names())
        self._muted = list(_muted_terms(rules, stories=False))
        self._banned = list(_muted_terms(rules, stories=True))
        opening = [replace(term, concept=self._origins[int(term.concept)].concept) for term in self._terms]
        self._gate = gate_of(opening)
        self._matchers: dict[tuple[str, str], Matcher | None] = {}

    def opens(self, *folded: str) -> bool:
        """Whether one of the user's own terms lets a story in that the term files would not."""
        return any(text and self._gate.opens(text) for text in folded)

    def marks(self, found: list[Mark], folded: str, lang: str) -> list[Mark]:
        """The marks of the term files with the user's own among them, and without those that are muted."""
        matcher = self._matcher("own", lang)
        own = [self._own(mark) for mark in matcher.find(folded)] if matcher else []
        marks = settle([*_but_names_of(own, found), *own]) if own else found
        muted = self._matcher("muted", lang)
        return _outside(marks, muted.find(folded)) if muted else marks

    def reasons(self, scene: Scene, roles: Roles) -> list[Reason]:
        """What the rules say of a story before the verdict; some weigh, some only tell."""
        found = list(self._told(scene, "muted", "passed over"))
        found += [
            Reason(label("this feed", rule.name), "", "title", 0, 0, rule.add)
            for rule in self.rules.biases
            if rule.feed == scene.story.feed
        ]
        for rule in self.rules.places:
            reason = _watched(rule, scene, roles)
            if reason is not None:
                found.append(reason)
        return found

    def settled(self, scene: Scene, verdict: Verdict) -> Verdict:
        """The verdict with the war switch and whole-story mutes applied."""
        if verdict.war_routine and self.rules.war_routine:
            verdict = _let_through(verdict)
        banned = tuple(self._told(scene, "banned", _MUTED_WHOLE))
        if banned and (verdict.relevant or verdict.war_routine):
            below = round(verdict.threshold - _BELOW, 3)
            first = replace(banned[0], weight=round(below - verdict.score, 3))
            return replace(
                verdict,
                relevant=False,
                war_routine=False,
                score=below,
                why=(*verdict.why, first, *banned[1:]),
            )
        return replace(verdict, why=(*verdict.why, *banned)) if banned else verdict

    def _told(self, scene: Scene, kind: str, what: str) -> Iterator[Reason]:
        """One reason for each muting rule, with the first words it met."""
        matcher = self._matcher(kind, scene.lang)
        if matcher is None:
            return
        told: set[str] = set()
        for where in _FIELDS:
            folded = scene.folded(where)
            raw = scene.story.title if where == "title" else scene.story.summary
            for mark in matcher.find(folded.text):
                rule = self.rules.mutes[int(mark.concept)].name
                if rule in told:
                    continue
                told.add(rule)
                start, end = folded.span(mark.start, mark.end)
                yield Reason(label(what, rule), raw[start:end], where, start, end, 0.0)

    def _matcher(self, kind: str, lang: str) -> Matcher | None:
        """The matcher of one kind in one language; None when no rule speaks to it."""
        key = (kind, lang)
        if key not in self._matchers:
            known = {"own": self._terms, "muted": self._muted, "banned": self._banned}[kind]
            terms = [term for term in known if term.lang in {lang, ANY_LANGUAGE}]
            names = self._names if kind == "own" else []
            self._matchers[key] = matcher_of(terms, names) if terms or names else None
        return self._matchers[key]

    def _numbered_terms(self) -> Iterator[Term]:
        """Each term under the number of its origin in place of its concept."""
        for rule in self.rules.terms:
            self._origins.append(_Origin(rule.name, rule.concept))
            for source in rule.terms:
                yield parse_term(str(len(self._origins) - 1), rule.lang, source)

    def _numbered_names(self) -> Iterator[Name]:
        for rule in self.rules.places:
            spot = Place(rule.name, rule.country, rule.lat, rule.lon, PlacePrecision.SETTLEMENT)
            self._origins.append(_Origin(rule.name, "g.place", spot))
            kind = str(len(self._origins) - 1)
            for words in rule.words:
                form = parse_term(kind, ANY_LANGUAGE, words).pieces[0]
                yield Name(form.text, form.open_right, ANY_LANGUAGE, kind, rule.country or "")

    def _own(self, mark: Mark) -> OwnMark:
        origin = self._origins[int(mark.concept.removeprefix("g."))]
        name = mark.name._replace(kind="place") if mark.name else None
        return OwnMark(mark.start, mark.end, origin.concept, mark.lang, name, origin.rule, origin.spot)


def _but_names_of(own: Iterable[OwnMark], found: Iterable[Mark]) -> Iterator[Mark]:
    """The marks of ours but the names that a user has a name of the same words for."""
    named = {(mark.start, mark.end) for mark in own if mark.name is not None}
    return (mark for mark in found if mark.name is None or (mark.start, mark.end) not in named)


def _outside(marks: list[Mark], muted: Sequence[Mark]) -> list[Mark]:
    """The marks that no muted stretch touches; both come in order of place, so one pass over both will do."""
    starts: list[int] = []
    ends: list[int] = []
    for mark in muted:
        if ends and mark.start <= ends[-1]:
            ends[-1] = max(ends[-1], mark.end)
        else:
            starts.append(mark.start)
            ends.append(mark.end)
    if not starts:
        return marks
    # The last stretch that begins before a mark ends is the only one that can reach into it.
    return [mark for mark in marks if not (at := bisect_left(starts, mark.end)) or ends[at - 1] <= mark.start]


def label(what: str, rule: str) -> str:
    """How a reason names the user's rule that it comes from."""
    return f"{what} (your rule '{rule}')"


def _muted_terms(rules: Rules, *, stories: bool) -> Iterator[Term]:
    for number, rule in enumerate(rules.mutes):
        if rule.story is stories:
            yield from (parse_term(str(number), rule.lang, source) for source in rule.terms)


_MUTED_WHOLE = "the whole story is muted"
_SHOWN = f"{ROUTINE}, shown as your settings ask"


def is_forced(reason: Reason) -> bool:
    """Whether a reason weighs as much as it takes: a muted story, the war filter and its switch."""
    return bool(reason.weight) and reason.reason.startswith((_MUTED_WHOLE, ROUTINE))


def _let_through(verdict: Verdict) -> Verdict:
    """A story that only the war filter took, kept as the user wishes."""
    held = sum(reason.weight for reason in verdict.why if reason.reason == ROUTINE)
    before = round(verdict.score - held, 3)
    score = max(before, verdict.threshold)
    shown = Reason(_SHOWN, "", "title", 0, 0, round(score - before, 3))
    why = tuple(shown if reason.reason == ROUTINE else reason for reason in verdict.why)
    return replace(verdict, relevant=True, war_routine=False, score=score, why=why)


def _watched(rule: PlaceRule, scene: Scene, roles: Roles) -> Reason | None:
    """The reason that a place is named, with the first words that name it."""
    for sentence, mark in scene.marks():
        if not _names(rule, mark, roles):
            continue
        start, end = scene.folded(sentence.field).span(mark.start, mark.end)
        raw = scene.story.title if sentence.field == "title" else scene.story.summary
        return Reason(label("watched place", rule.name), raw[start:end], sentence.field, start, end, rule.add)
    return None


def _names(rule: PlaceRule, mark: Mark, roles: Roles) -> bool:
    if isinstance(mark, OwnMark) and mark.rule == rule.name and mark.spot is not None:
        return True
    if rule.whole_state:
        return mark.name is not None and mark.name.iso2 == rule.country and rule.country in roles.named
    spot = spot_of(mark)
    if not rule.within or spot is None or rule.lat is None or rule.lon is None:
        return False
    if spot.lat is None or spot.lon is None or spot.precision not in _NARROW:
        return False
    return kilometres((rule.lat, rule.lon), (spot.lat, spot.lon)) <= rule.within


_NARROW = frozenset({PlacePrecision.POINT, PlacePrecision.SETTLEMENT, PlacePrecision.DISTRICT})
"""Places small enough for their middle to say where they are."""


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance over the ground between two points of latitude and longitude in degrees."""
    (lat, lon), (there_lat, there_lon) = (tuple(map(radians, point)) for point in (one, other))
    half = sqrt((1 - cos(there_lat - lat)) / 2 + cos(lat) * cos(there_lat) * (1 - cos(there_lon - lon)) / 2)
    return 2 * _EARTH_KM * asin(min(1.0, half))


@lru_cache(maxsize=16)
def user_rules(rules: Rules) -> UserRules:
    """The rules made ready, once for each set of them."""
    return UserRules(rules)
