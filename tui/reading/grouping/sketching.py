"""How an incident is remembered: a bounded sketch, grown by each report that joins."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from tui.domain.codes import DatePrecision
from tui.domain.incident import FiledReport, IncidentSketch, ReportKey
from tui.domain.reading import Place, Report
from tui.reading.grouping.traits import Days, Traits, is_common, moved

_WORDS = 40
_PLACES = 8
_COUNTS = 8
_CODES = 16
_ALERT_DAYS = 3
"""How far first-hand stories can stretch one event beyond its first day."""

_EXACTNESS = {
    DatePrecision.DAY: 0,
    None: 1,
    DatePrecision.WEEK: 2,
    DatePrecision.MONTH: 3,
    DatePrecision.YEAR: 4,
}
"""Lower is better; None: inferred from publication."""

_Item = TypeVar("_Item")


def grown(
    sketch: IncidentSketch, known: Traits, filed: FiledReport, traits: Traits, *, revised: bool = False
) -> IncidentSketch:
    """The sketch with one more report in it; `known` and `traits` are the compared forms of the two.

    A revised report was counted before: it adds facts, no story and no words.
    """
    report = filed.report
    published = filed.published or filed.first_seen
    days, precision = _days(known, traits)
    affected, actor = _parties(known, traits)
    return IncidentSketch(
        incident=sketch.incident,
        affected=affected,
        actor=actor,
        object=_joined(sketch.object, report.object),
        event=_joined(sketch.event, report.event),
        zone=_joined(sketch.zone, report.zone),
        first_day=days.first if days else None,
        last_day=days.last if days else None,
        date_precision=precision.value if precision else None,
        first_published=_bound(min, sketch.first_published, published),
        last_published=_bound(max, sketch.last_published, published),
        counts=_joined(sketch.counts, (report.count,) if report.count else ())[-_COUNTS:],
        places=_places(sketch, report.place, stated=bool(affected)),
        words=sketch.words if revised else _words(sketch, traits),
        stories=sketch.stories + (not revised),
        placed=sketch.placed + (bool(traits.spots) and not revised),
        sited=sketch.sited + (traits.at_site and not revised),
        late=sketch.late + (traits.late and not revised),
        only=_only(sketch, filed, revised=revised),
    )


def _only(sketch: IncidentSketch, filed: FiledReport, *, revised: bool) -> ReportKey | None:
    if sketch.stories == 0:
        return filed.story, filed.position
    return sketch.only if revised else None


def report_of(sketch: IncidentSketch, only: ReportKey) -> FiledReport:
    """The only report of an incident, as far as its sketch tells it: enough for another sketch to grow by."""
    report = Report(
        object=sketch.object,
        event=sketch.event,
        zone=sketch.zone,
        count=sketch.counts[0] if sketch.counts else None,
        place=sketch.places[0] if sketch.places else None,
    )
    return FiledReport(*only, report, "", "", sketch.first_published, None, "", "")


def _joined(old: tuple[_Item, ...], new: Iterable[_Item]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys((*old, *new)))[:_CODES]


def _places(sketch: IncidentSketch, place: Place | None, *, stated: bool) -> tuple[Place, ...]:
    """The places of both; an incident of a state is not found where an alliance speaks of it."""
    places = _joined(sketch.places, (place,) if place else ())
    return tuple(one for one in places if not (stated and is_common(one)))[:_PLACES]


def _parties(known: Traits, traits: Traits) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The affected states and the actors of both; who answers over its own land tells nothing of whose it was."""
    over_other_land = bool(known.affected and traits.affected) and not set(known.affected) & set(
        traits.affected
    )
    if over_other_land and traits.reply and not known.reply:
        return known.affected, _joined(known.actor, traits.affected)
    if over_other_land and known.reply and not traits.reply:
        return traits.affected, _joined(traits.actor, known.affected)
    actor = _joined(known.actor, traits.actor)
    return _suffering(_joined(known.affected, traits.affected), actor), actor


def _suffering(affected: tuple[str, ...], actor: tuple[str, ...]) -> tuple[str, ...]:
    """The affected states without the accused, which only answers; all of them where none would be left."""
    return tuple(state for state in affected if state not in actor) or affected


def _bound(
    choose: Callable[[datetime, datetime], datetime], old: datetime | None, new: datetime | None
) -> datetime | None:
    if old is None or new is None:
        return old or new
    return choose(old, new)


def _days(known: Traits, traits: Traits) -> tuple[Days | None, DatePrecision | None]:
    """Days of the event with the best precision seen; follow-ups say nothing of an event already dated."""
    if known.days is None or traits.days is None:
        return known.days or traits.days, known.precision if known.days else traits.precision
    if known.late and not traits.late:
        return traits.days, traits.precision
    if traits.late:
        earlier = known.late and not known.told and traits.days.first < known.days.first
        return (traits.days if earlier else known.days), known.precision
    better = _EXACTNESS[known.precision] - _EXACTNESS[traits.precision]
    if better > 0:
        return traits.days, traits.precision
    if better < 0:
        return known.days, known.precision
    return _stretched(known.days, traits.days), known.precision


def _stretched(known: Days, new: Days) -> Days:
    first = max(min(known.first, new.first), moved(known.last, -_ALERT_DAYS))
    last = min(max(known.last, new.last), moved(known.first, _ALERT_DAYS))
    return Days(min(first, known.first), max(last, known.last))


def _words(sketch: IncidentSketch, traits: Traits) -> tuple[tuple[str, float], ...]:
    """Mean weight of each word over the stories; the strongest are kept."""
    before = sketch.stories
    total = {word: weight * before for word, weight in sketch.words}
    for word, weight in traits.words.items():
        total[word] = total.get(word, 0.0) + weight
    ranked = sorted([(-weight, word) for word, weight in total.items()])[:_WORDS]
    return tuple((word, round(-weight / (before + 1), 4)) for weight, word in ranked)
