"""An incident's one-line title, written from its facts; never a publisher's headline."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tui.domain.codes import Event, ObjectCode, PlacePrecision, Response, Zone
from tui.domain.demonyms import demonym
from tui.domain.incident import IncidentFacts
from tui.reading.phrases import at, countries, country, flyers, is_plural, place_name, when, where

LIMIT = 100
"""Longest line, in code points."""

_ENTRIES = frozenset({Event.VIOLATION, Event.ADIZ_ENTRY, Event.SIGHTING})
_SCRAMBLED = frozenset({Response.SCRAMBLE})
_RESTRICTED = frozenset({Zone.NO_FLY_ZONE, Zone.RESTRICTED, Zone.SECURITY_ZONE})


def incident_line(facts: IncidentFacts, today: date | None = None) -> str:
    """The title, 1 to 100 code points; `today` adds the year to a day of another year."""
    dated = when(facts.event_date, today)
    for version in _shorter_and_shorter(facts):
        sentence = _sentence(version)
        line = f"{sentence} · {dated}" if dated else sentence
        if len(line) <= LIMIT:
            return line
    return line[: LIMIT - 1].rstrip() + "…"


def _shorter_and_shorter(facts: IncidentFacts) -> tuple[IncidentFacts, ...]:
    one_state = replace(facts, affected=facts.affected[:1])
    return facts, one_state, replace(one_state, place=None)


def _sentence(facts: IncidentFacts) -> str:
    write = _WRITERS.get(facts.event[0], _presence) if facts.event else _presence
    words = " ".join(write(facts).split())
    return words[0].upper() + words[1:] if words else "Airspace incident"


def _subject(facts: IncidentFacts) -> str:
    return flyers(facts) or (f"{demonym(facts.actor[0])} aircraft" if facts.actor else "aircraft")


def _does(facts: IncidentFacts, one: str, many: str) -> str:
    return many if is_plural(facts) and facts.object else one


def _airspace(facts: IncidentFacts) -> str:
    if not facts.affected:
        return "airspace"
    if len(facts.affected) > 1:
        return f"airspace of {countries(facts.affected)}"
    return f"{demonym(facts.affected[0])} airspace"


def _presence(facts: IncidentFacts) -> str:
    if not (facts.object or facts.actor):
        return f"airspace incident {where(facts, 'over')}"
    return f"{_subject(facts)} {where(facts, 'over')}"


def _violation(facts: IncidentFacts) -> str:
    name = place_name(facts.place)
    if set(facts.zone) & _RESTRICTED and Zone.SOVEREIGN not in facts.zone:
        near = at("near", name) or where(facts, "in")
        return f"{_subject(facts)} {_does(facts, 'breaches', 'breach')} restricted airspace {near}"
    if facts.object and facts.object[0] is ObjectCode.BALLOON:
        return f"{_subject(facts)} {where(facts, 'over') or 'in foreign airspace'}"
    verb = _does(facts, "violates", "violate")
    wide = facts.place is not None and facts.place.precision is PlacePrecision.REGION
    return f"{_subject(facts)} {verb} {_airspace(facts)} {at('over' if wide else 'near', name)}"


def _adiz_entry(facts: IncidentFacts) -> str:
    subject, owner = _subject(facts), demonym(facts.affected[0]) if facts.affected else ""
    enters, crosses = _does(facts, "enters", "enter"), _does(facts, "crosses", "cross")
    article = "" if owner else "an"
    if Zone.MEDIAN_LINE in facts.zone:
        strait = "Taiwan Strait median line" if "TW" in facts.affected else "median line"
        return f"{subject} {crosses} the {strait}"
    if Zone.FIR in facts.zone and Zone.ADIZ not in facts.zone:
        return f"{subject} {enters} {owner or 'a'} flight information region"
    if Zone.EEZ in facts.zone and Zone.ADIZ not in facts.zone:
        return f"{subject} {enters} {owner or 'an'} economic zone"
    if Zone.ADIZ in facts.zone:
        return f"{subject} {enters} {owner or article} air defence zone"
    name = place_name(facts.place)
    near = at("near", name) or (f"near {countries(facts.affected)}" if facts.affected else "")
    return f"{subject} {_does(facts, 'flies', 'fly')} {near}" if near else f"{subject} near foreign airspace"


def _sighting(facts: IncidentFacts) -> str:
    spot = where(facts, "over")
    if not place_name(facts.place) and facts.affected:
        owner = demonym(facts.affected[0])
        for zone, site in (
            (Zone.MILITARY_SITE, "military site"),
            (Zone.CRITICAL_SITE, "critical site"),
            (Zone.AIRPORT, "airport"),
        ):
            if zone in facts.zone:
                spot = f"over {owner} {site}"
                break
    return f"{_subject(facts)} seen {spot}"


def _interception(facts: IncidentFacts) -> str:
    scrambler = facts.responder or facts.affected
    owner = set(facts.actor[:1]) & set(scrambler[:1])
    if _SCRAMBLED & set(facts.response) and scrambler and not owner:
        name = place_name(facts.place)
        over = flyers(facts)
        cause = f"over {over}" if over else "over an intrusion"
        return f"{country(scrambler[0])} scrambles jets {cause} {at('near', name)}"
    return f"{_subject(facts)} intercepted {where(facts, 'near')}"


def _shootdown(facts: IncidentFacts) -> str:
    if not _ENTRIES & set(facts.event):
        return f"{_subject(facts)} shot down {where(facts, 'over')}"
    # One number is told of all events: of many that came in, a few may have been shot down.
    subject = flyers(facts, counted=False) or _subject(facts)
    in_all = f" · {facts.count} in all" if flyers(facts) not in ("", subject) else ""
    return f"{subject} shot down {where(facts, 'over')}{in_all}"


def _crash(facts: IncidentFacts) -> str:
    return f"{_subject(facts)} {_does(facts, 'crashes', 'crash')} {where(facts, 'in')}"


def _strike(facts: IncidentFacts) -> str:
    target = place_name(facts.place) or (countries(facts.affected) if facts.affected else "")
    if not target:
        return f"{_subject(facts)} in cross-border strike"
    return f"{_subject(facts)} {_does(facts, 'hits', 'hit')} {target}"


def _debris_found(facts: IncidentFacts) -> str:
    flown = tuple(code for code in facts.object if code is not ObjectCode.DEBRIS)
    what = flyers(replace(facts, object=flown))
    spot = where(facts, "in")
    return f"remains of {what} found {spot}" if what else f"debris found {spot}"


def _airspace_closure(facts: IncidentFacts) -> str:
    target = _closed(facts)
    what = flyers(facts)
    if what:
        return f"{what} {_does(facts, 'closes', 'close')} {target}"
    if not place_name(facts.place) and facts.affected:
        return f"{country(facts.affected[0])} closes airspace"
    return f"{target} closed"


def _closed(facts: IncidentFacts) -> str:
    name = place_name(facts.place)
    if Zone.AIRPORT in facts.zone:
        if name:
            return name if "airport" in name.casefold() else f"{name} airport"
        return f"{demonym(facts.affected[0])} airport" if facts.affected else "airport"
    if name:
        return f"airspace {at('over', name)}"
    return _airspace(facts)


def _protest(facts: IncidentFacts) -> str:
    what = flyers(facts, owned=not facts.affected, counted=False) or "airspace"
    if not facts.affected:
        return f"protest over {what}"
    to = f"to {country(facts.actor[0])}" if facts.actor and facts.actor[0] != facts.affected[0] else ""
    return f"{country(facts.affected[0])} protests {to} over {what}"


def _denial(facts: IncidentFacts) -> str:
    if facts.actor and facts.affected and facts.actor[0] != facts.affected[0]:
        return f"{country(facts.actor[0])} denies violating {_airspace(facts)}"
    return f"claim of {_subject(facts)} {where(facts, 'over')} denied"


def _policy(facts: IncidentFacts) -> str:
    what = flyers(facts, counted=False) or "incursions"
    if facts.affected:
        return f"{country(facts.affected[0])} weighs measures against {what}"
    return f"measures weighed against {what}"


def _intel_sharing(facts: IncidentFacts) -> str:
    what = flyers(facts, counted=False) or "incursions"
    over = f"over {countries(facts.affected)}" if facts.affected else ""
    return f"intelligence shared on {what} {over}"


def _analysis(facts: IncidentFacts) -> str:
    return f"analysis: {flyers(facts) or 'incursions'} {where(facts, 'over')}"


def _exercise(facts: IncidentFacts) -> str:
    return f"{_subject(facts)} in exercise {where(facts, 'near')}"


_WRITERS: dict[Event, Callable[[IncidentFacts], str]] = {
    Event.VIOLATION: _violation,
    Event.ADIZ_ENTRY: _adiz_entry,
    Event.SIGHTING: _sighting,
    Event.INTERCEPTION: _interception,
    Event.SHOOTDOWN: _shootdown,
    Event.CRASH: _crash,
    Event.STRIKE: _strike,
    Event.DEBRIS_FOUND: _debris_found,
    Event.AIRSPACE_CLOSURE: _airspace_closure,
    Event.PROTEST: _protest,
    Event.DENIAL: _denial,
    Event.POLICY: _policy,
    Event.INTEL_SHARING: _intel_sharing,
    Event.ANALYSIS: _analysis,
    Event.EXERCISE: _exercise,
}
