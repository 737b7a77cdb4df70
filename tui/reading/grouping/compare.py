"""How well a report fits an incident: a sum of named weights, and conflicts that no sum outweighs."""

from collections.abc import Callable
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from tui.domain.alliances import ALLIES
from tui.domain.codes import DatePrecision
from tui.domain.incident import GroupReason
from tui.domain.value import dataclass
from tui.reading.grouping.reasons import reason_of
from tui.reading.grouping.traits import SITES, Spot, Traits
from tui.reading.grouping.weights import Weights
from tui.reading.grouping.when import Named, long_apart, time_fit

Rarity = Callable[[str], float]
"""0..1: how few incidents a word stands in."""

TELLING = 0.3
"""Cosine of the words from which a report is about the same thing by its words alone."""

_REACH = (30.0, 120.0)
"""Kilometres within which two places are one, and from which they are two."""
_REGION_REACH = 250.0
_SITE_REACH = (15.0, 25.0)
"""The same for airports, bases and plants."""
_TALKED_OF = 8
"""Stories from which an incident is what everyone speaks of."""
_STILL = 2
"""Days without a story within which it still is."""
_ANSWERED_WITHIN = 4
"""Days within which the accused party answers."""
_HINT = 0.05
"""Cosine below which texts share nothing worth mentioning."""
_AGAINST = -0.5
"""A reason that weighs less than this is not why two stay apart."""
_ALIKE = 0.4
"""Cosine from which two texts are wordings of one piece of news."""

_RELATED = (
    frozenset({"JET", "HEL"}),
    frozenset({"JET", "CIV"}),
    frozenset({"DRN", "MSL"}),
    frozenset({"DRN", "BLN"}),
    frozenset({"HEL", "CIV"}),
)


@dataclass(frozen=True, slots=True)
class Fit:
    """The answer for one report and one incident."""

    score: float
    why: tuple[GroupReason, ...]
    conflict: str | None
    """What forbids joining, whatever the score; None when nothing does."""
    answers: bool = False
    """The accused party answers, and nothing but the days may tell which incident."""

    @property
    def why_not(self) -> str:
        """Why it does not belong, in plain words."""
        if self.conflict:
            return self.conflict
        against = [reason for reason in self.why if reason.weight <= _AGAINST]
        if against:
            worst = min(against, key=lambda reason: reason.weight)
            return f"{worst.reason}: {worst.detail}"
        return "too little in common"


def compare(report: Traits, incident: Traits, rarity: Rarity, points: Weights) -> Fit:
    """Weigh every trait of the report against the incident."""
    answered = (report.reply or incident.reply) and (_answers(report, incident) or _answers(incident, report))
    place = _place_fit(report, incident, points)
    likeness, words = _word_fit(report, incident, rarity, points)
    named = _named(report, incident, likeness)
    when, time_conflict = time_fit(report, incident, points, named)
    reply = report if report.reply else incident
    reasons = (
        _answer_fit(reply, points) if answered else _affected_fit(report, incident, points),
        reason_of("actor", "", 0.0) if answered else _actor_fit(report, incident, points),
        _object_fit(report, incident, points),
        when,
        place,
        _count_fit(report, incident, points),
        words,
        _event_fit(report, incident, points),
    )
    told = tuple([reason for reason in reasons if reason.weight])
    conflict = (
        _state_conflict(report, incident, answered=answered)
        or time_conflict
        or _count_conflict(report, incident)
        or (None if named is not Named.NOT or likeness >= _HINT else _unlinked(report, incident))
    )
    open_answer = answered and named is Named.NOT
    return Fit(sum([reason.weight for reason in told]), told, conflict, open_answer)


def surely_apart(report: Traits, incident: Traits) -> bool:
    """Whether states or days part the two whatever else is said: what `compare` would say, only sooner."""
    return _other_states(report, incident) or long_apart(report, incident)


def other_craft(report: Traits, incident: Traits) -> bool:
    """Whether another kind of craft of another owner parts the two: what may still agree adds up to less than joins."""
    if report.late or incident.late or not (report.actor and incident.actor):
        return False
    mine, theirs = report.classes, incident.classes
    if not mine or not theirs or not mine.isdisjoint(theirs) or "UNK" in mine or "UNK" in theirs:
        return False
    return set(report.actor).isdisjoint(incident.actor) and not _unlike(mine, theirs)[1]


def _other_states(report: Traits, incident: Traits) -> bool:
    mine, theirs = report.affected, incident.affected
    if not mine or not theirs or any(state in theirs for state in mine):
        return False
    return not (report.reply or incident.reply) or not (
        _answers(report, incident) or _answers(incident, report)
    )


def _state_conflict(report: Traits, incident: Traits, *, answered: bool) -> str | None:
    if not report.affected or not incident.affected or answered:
        return None
    if set(report.affected) & set(incident.affected):
        return None
    if set(report.affected) & set(incident.actor) and set(report.actor) & set(incident.affected):
        return "opposite direction"
    return f"another state: {' '.join(report.affected)}, not {' '.join(incident.affected)}"


def _answers(reply: Traits, event: Traits) -> bool:
    """A party speaks: a denial or protest that was read as an event over another land, a few days after.

    It is the accused's, or it names the state that the event is told of first as the other side; what it answers
    must be an event of the same kind of object, and name the other party if it names any.
    """
    if not reply.reply or not reply.days or not event.days or event.reply:
        return False
    if not reply.classes & event.classes:
        return False
    by_accused = bool(set(reply.affected) & set(event.actor)) and _compatible(reply.actor, event.affected)
    to_affected = (
        event.affected[:1] != ()
        and event.affected[0] in reply.actor
        and not set(reply.affected) & set(event.affected)
        and _compatible(reply.affected, event.actor)
    )
    after = reply.days.gap(event.days)
    # Dated by follow-ups or remains alone, the event came before them.
    return (by_accused or to_affected) and 0 <= (abs(after) if event.late else after) <= _ANSWERED_WITHIN


def _compatible(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return not mine or not theirs or bool(set(mine) & set(theirs))


def _unlinked(report: Traits, incident: Traits) -> str | None:
    """Object and day alone make no incident where one of the two names no state."""
    if report.affected and incident.affected:
        return None
    if not set(report.actor).isdisjoint((*incident.actor, *incident.affected)):
        return None
    return "no state, actor, place or word in common"


def _affected_fit(report: Traits, incident: Traits, points: Weights) -> GroupReason:
    if not report.affected and not incident.affected:
        return reason_of("affected", "none named in either", points.affected_neither)
    if not report.affected or not incident.affected:
        return _one_named_fit(report, incident, points)
    shared = [state for state in report.affected if state in incident.affected]
    if not shared:
        return reason_of("affected", "no shared state", -3.0)
    accused = (*report.actor, *incident.actor)
    if _first_but(report.affected, accused) == _first_but(incident.affected, accused):
        return reason_of("affected", shared[0], points.affected_main)
    return reason_of("affected", f"{shared[0]} among others", points.affected_other)


def _one_named_fit(report: Traits, incident: Traits, points: Weights) -> GroupReason:
    """Only one of the two names a state."""
    if report.common and _all_speak_of(report, incident):
        return reason_of("affected", f"all speak of {incident.affected[0]}", points.affected_common)
    if _bare_answer(report, incident) or _bare_answer(incident, report):
        accused = next(state for state in report.actor if state in incident.actor)
        return reason_of("affected", f"{accused} answers", points.affected_answer)
    return reason_of("affected", "named in one only", points.affected_one)


def _bare_answer(reply: Traits, event: Traits) -> bool:
    """The accused denies or protests without a word of whose land it was."""
    return reply.reply and not reply.affected and not set(reply.actor).isdisjoint(event.actor)


def _all_speak_of(debate: Traits, incident: Traits) -> bool:
    """An alliance speaks while much is told, and still is, of such craft of the same owner over one of its members."""
    if incident.stories < _TALKED_OF or not (debate.published and incident.published):
        return False
    same = bool(debate.classes & incident.classes and set(debate.actor) & set(incident.actor))
    still = abs(debate.published.gap(incident.published)) <= _STILL
    return same and still and not ALLIES.isdisjoint(incident.affected)


def _first_but(affected: tuple[str, ...], accused: tuple[str, ...]) -> str:
    """The state named first, leaving out one that either side names as the actor."""
    return next((state for state in affected if state not in accused), affected[0])


def _answer_fit(reply: Traits, points: Weights) -> GroupReason:
    who = reply.affected[0] if reply.affected else "a party"
    return reason_of("affected", f"{who} answers", points.affected_answer)


def _actor_fit(report: Traits, incident: Traits, points: Weights) -> GroupReason:
    if not report.actor or not incident.actor:
        return reason_of("actor", "not named in both", 0.0)
    shared = [state for state in report.actor if state in incident.actor]
    if shared:
        return reason_of("actor", shared[0], points.actor_same)
    if _swapped(report, incident) or _swapped(incident, report):
        return reason_of("actor", "a party to it, named without the other", 0.0)
    detail = f"{report.actor[0]}, not {incident.actor[0]}"
    if report.late or incident.late:
        return reason_of("actor", f"{detail}, but blame shifts afterwards", points.actor_other / 2)
    return reason_of("actor", detail, points.actor_other)


def _swapped(one: Traits, other: Traits) -> bool:
    """Names no affected state, and as the actor the one that the other text calls affected."""
    return not one.affected and set(one.actor) <= set(other.affected)


def _object_fit(report: Traits, incident: Traits, points: Weights) -> GroupReason:
    mine, theirs = report.classes, incident.classes
    if not mine or not theirs:
        known = (mine or report.late) and (theirs or incident.late)
        weight = points.object_missing if known else points.object_untold
        return reason_of("object", "not named in both", weight)
    shared = mine & theirs
    if shared:
        return reason_of("object", min(shared), points.object_same)
    if report.common and incident.common:
        return reason_of("object", "a debate speaks of several", points.object_unknown)
    if "UNK" in mine or "UNK" in theirs:
        return reason_of("object", "unidentified in one", points.object_unknown)
    detail, related = _unlike(mine, theirs)
    return reason_of("object", detail, points.object_related if related else points.object_other)


@lru_cache(maxsize=512)
def _unlike(mine: frozenset[str], theirs: frozenset[str]) -> tuple[str, bool]:
    """Two kinds of craft in words, and whether one is taken for the other."""
    detail = f"{'/'.join(sorted(mine))}, not {'/'.join(sorted(theirs))}"
    return detail, any(pair & mine and pair & theirs for pair in _RELATED)


def _place_fit(report: Traits, incident: Traits, points: Weights) -> GroupReason:
    site = report.at_site or incident.at_site
    found = [_spot_fit(mine, theirs, points, site=site) for mine in report.spots for theirs in incident.spots]
    if not found:
        return _site_fit(report, incident, points)
    best = found[0] if len(found) == 1 else max(found, key=lambda reason: reason.weight)
    if best.weight < 0 and (report.follow_up or incident.follow_up):
        return reason_of("place", f"{best.detail}, but a follow-up names many", best.weight * 0.4)
    if best.weight < 0 and "BLN" in report.classes & incident.classes:
        return reason_of("place", f"{best.detail}, but balloons drift", best.weight * 0.3)
    if best.weight < 0 and incident.placed < 1:
        detail = f"{best.detail}, but {incident.placed:.0%} of its stories name a place"
        return reason_of("place", detail, best.weight * incident.placed)
    return best


def _site_fit(report: Traits, incident: Traits, points: Weights) -> GroupReason:
    """Where one names no place: an airport is no base."""
    if not (report.at_site and incident.at_site) or SITES & report.zones & incident.zones:
        return reason_of("place", "not named in both", 0.0)
    detail = f"{min(SITES & report.zones)}, not {min(SITES & incident.zones)}".replace("_", " ")
    if report.follow_up or incident.follow_up:
        return reason_of("place", f"{detail}, but a follow-up names many", points.site_kind * 0.4)
    return reason_of("place", detail, points.site_kind)


def _spot_fit(mine: Spot, theirs: Spot, points: Weights, *, site: bool) -> GroupReason:
    """Two towns, bases or airports are told apart; a region may hold the town, a sea lie beside it."""
    shared = mine.names & theirs.names
    if shared:
        weight = points.place_exact if mine.exact or theirs.exact else points.place_region
        return reason_of("place", min(shared), weight)
    detail = f"{_name(mine)}, not {_name(theirs)}"
    if mine.outside or theirs.outside:
        return reason_of("place", f"{detail}, one of them outside the affected state", 0.0)
    distance = _kilometres(mine, theirs)
    if not (mine.exact and theirs.exact):
        far = distance is not None and distance > _REGION_REACH
        return reason_of("place", detail, points.place_other if far else points.place_vague)
    extra = points.site_other if site else 0.0
    if distance is None:
        return reason_of("place", detail, points.place_other + extra)
    close, far_off = _SITE_REACH if site else _REACH
    apart = f"{detail}, {distance:.0f} km apart"
    if distance < close:
        return reason_of("place", apart, points.place_near)
    return reason_of("place", apart, points.place_vague if distance < far_off else points.place_far + extra)


def _name(spot: Spot) -> str:
    return min(spot.names, default="elsewhere")


def _kilometres(mine: Spot, theirs: Spot) -> float | None:
    if mine.lat is None or mine.lon is None or theirs.lat is None or theirs.lon is None:
        return None
    lat1, lat2 = radians(mine.lat), radians(theirs.lat)
    half = sin((lat2 - lat1) / 2) ** 2
    half += cos(lat1) * cos(lat2) * sin(radians(theirs.lon - mine.lon) / 2) ** 2
    return 12742 * asin(sqrt(min(1.0, half)))


def _count_fit(report: Traits, incident: Traits, points: Weights) -> GroupReason:
    if not report.counts or not incident.counts:
        return reason_of("count", "not told in both", 0.0)
    shared = report.counts & incident.counts
    if shared:
        return reason_of("count", str(max(shared)), points.count_same if max(shared) > 1 else 0.1)
    return reason_of("count", f"{max(report.counts)}, not {max(incident.counts)}", points.count_other)


def _count_conflict(report: Traits, incident: Traits) -> str | None:
    """A new day with its own official count is a new incident."""
    if not (report.counts and incident.counts) or report.counts & incident.counts or report.late:
        return None
    mine, theirs = report.days, incident.days
    if not mine or not theirs or not mine.gap(theirs):
        return None
    exact = report.precision is DatePrecision.DAY and incident.precision is DatePrecision.DAY
    if exact or (report.tally and incident.tally):
        return f"another day with its own count: {max(report.counts)}, not {max(incident.counts)}"
    return None


def _named(report: Traits, incident: Traits, likeness: float) -> Named:
    """Whether a report names the incident: by its words, by a place, or not at all."""
    if likeness >= TELLING:
        return Named.BY_WORDS
    shares_place = any(mine.names & theirs.names for mine in report.spots for theirs in incident.spots)
    return Named.BY_PLACE if shares_place else Named.NOT


def _word_fit(report: Traits, incident: Traits, rarity: Rarity, points: Weights) -> tuple[float, GroupReason]:
    """Cosine of the telling words, each shared one counting by its rarity, and what it weighs."""
    worth = _shared_words(report, incident, rarity)
    if not worth:
        return 0.0, reason_of("words", "none shared", points.words_none if len(report.words) > 4 else 0.0)
    cosine = sum(worth.values()) / (report.length * incident.length)
    strongest = sorted(worth, key=lambda word: (-worth[word], word))[:4]
    weight = points.words * cosine + (points.words_alike if cosine >= _ALIKE else 0.0)
    return cosine, GroupReason("words", " ".join(strongest), round(weight, 2))


def word_likeness(report: Traits, incident: Traits, rarity: Rarity) -> float:
    """The word part of the comparison alone, 0..1."""
    worth = _shared_words(report, incident, rarity)
    return sum(worth.values()) / (report.length * incident.length) if worth else 0.0


def _shared_words(report: Traits, incident: Traits, rarity: Rarity) -> dict[str, float]:
    mine, theirs = report.words, incident.words
    shared = mine.keys() & theirs.keys()
    if not shared:
        return {}
    # In one order always: a sum of fractions depends on it.
    return {word: mine[word] * theirs[word] * rarity(word) for word in sorted(shared)}


def _event_fit(report: Traits, incident: Traits, points: Weights) -> GroupReason:
    if report.late or incident.late:
        return reason_of("event", "a follow-up", points.event_follow_up)
    if not report.events or not incident.events:
        return reason_of("event", "not told in both", 0.0)
    shared = report.events & incident.events
    if shared:
        return reason_of("event", min(shared), points.event_same)
    return reason_of("event", f"{min(report.events)}, not {min(incident.events)}", points.event_other)
