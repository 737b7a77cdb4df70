"""Story to reports: who, what, where, when, what was done, how sure, each with its words."""

from collections.abc import Sequence
from dataclasses import replace

from tui.domain.codes import Certainty, Event, PlacePrecision
from tui.domain.reading import Place, Report, Span
from tui.reading.certainty import Told, read_certainty
from tui.reading.clusters import SHORT_STORY, Cluster, clusters_of, within
from tui.reading.counts import read_count
from tui.reading.dates import read_event_date
from tui.reading.events import read_events
from tui.reading.matching import Mark
from tui.reading.objects import read_objects
from tui.reading.places import read_place
from tui.reading.responses import read_responses, response_time, told_responses
from tui.reading.roles import RoleReader, Roles
from tui.reading.scene import Scene, Sentence
from tui.reading.zones import read_zones

MAX_REPORTS = 16
_SHOWN = 2
"""Mentions of a state that are shown for its part."""
_HOST_PLACES = frozenset({PlacePrecision.POINT, PlacePrecision.SETTLEMENT})


def read_reports(scene: Scene, roles: Roles, reader: RoleReader | None = None) -> tuple[Report, ...]:
    """The reports of one story, main first; `reader` has read its roles."""
    if len(scene.sentences) == 1:
        return (build_report(scene, scene.sentences, roles),)
    reader = (reader or RoleReader(scene)).inside(within(scene, roles))
    clusters = clusters_of(scene, reader)
    events = [cluster for cluster in clusters if cluster.kind is None]
    if len(clusters) <= 1 or (len(events) <= 1 and len(scene.sentences) <= SHORT_STORY):
        return (build_report(scene, scene.sentences, roles),)
    reports: list[tuple[Cluster, Report]] = []
    for cluster in clusters[:MAX_REPORTS]:
        own = _inherit(reader.read(cluster.sentences, guess=not roles.affected), cluster, roles)
        before = [cluster.before.sentence] if cluster.before is not None and cluster.kind is None else []
        report = build_report(scene, cluster.sentences, own, before, alone=len(events) > 1)
        reports.append((cluster, _narrowed(report, cluster, clusters)))
    if len(scene.sentences) <= SHORT_STORY and any(_is_stranger(report, roles) for _, report in reports):
        return (build_report(scene, scene.sentences, roles),)
    main = _main(reports)
    ordered = [reports[main], *reports[:main], *reports[main + 1 :]]
    return tuple(report for _, report in ordered)


def _is_stranger(report: Report, whole: Roles) -> bool:
    """Whether its ground is that of no state which suffers by the whole story: a word of origin, or the other side's claim."""
    return bool(report.affected) and set(report.affected).isdisjoint(whole.affected)


def _inherit(own: Roles, cluster: Cluster, whole: Roles) -> Roles:
    """A follow-up that names only one side takes the other from the story, when the story has only one."""
    affected, actor = own.affected, own.actor
    if len(affected) > 1 and set(affected) - set(whole.actor):
        actor = actor or tuple(iso2 for iso2 in affected if iso2 in whole.actor)
        affected = tuple(iso2 for iso2 in affected if iso2 not in whole.actor)
    if cluster.kind is Event.INTEL_SHARING and not affected:
        affected = tuple(iso2 for iso2 in own.named if iso2 not in {*actor, *whole.actor})[:2]
    if not actor and _same_matter(own, cluster, whole) and whole.actor[0] not in affected:
        actor = whole.actor
    if cluster.parent is not None:
        theirs = cluster.parent.affected() - set(whole.actor)
        if theirs:
            affected = tuple(sorted(theirs))
        actor = actor or whole.actor
    affected = tuple(iso2 for iso2 in affected if iso2 not in actor) or affected
    if not affected and cluster.before is not None and cluster.kind is None:
        near = (*cluster.before.roles.affected, *cluster.before.roles.named)
        affected = tuple(iso2 for iso2 in near if iso2 not in {*actor, *whole.actor})[:1]
    if not affected and len(whole.affected) == 1:
        affected = whole.affected
    return replace(own, affected=affected, actor=tuple(iso2 for iso2 in actor if iso2 not in affected))


def _same_matter(own: Roles, cluster: Cluster, whole: Roles) -> bool:
    """Whether who did the one thing the story tells also did this: not another state's closed airport."""
    if len(whole.actor) != 1:
        return False
    return cluster.kind is not None or not own.affected or bool(set(own.affected) & set(whole.affected))


def _narrowed(report: Report, cluster: Cluster, clusters: Sequence[Cluster]) -> Report:
    """Follow-ups that stand as reports of their own leave the event, and the event leaves them."""
    if cluster.kind is not None:
        certainty = Certainty.DENIED if cluster.kind is Event.DENIAL else report.certainty
        spans = tuple(s for s in report.spans if s.fact != "event" or s.value == str(cluster.kind))
        count = report.count if cluster.kind is not Event.INTEL_SHARING else None
        response = report.response if cluster.kind is not Event.DENIAL else ()
        return replace(
            report, event=(cluster.kind,), certainty=certainty, spans=spans, count=count, response=response
        )
    apart = {Event.INTEL_SHARING, Event.POLICY}
    apart |= {other.kind for other in clusters if other.kind is not None and other.parent is cluster}
    kept = tuple(event for event in report.event if event not in apart) or report.event
    spans = tuple(s for s in report.spans if s.fact != "event" or s.value in {str(event) for event in kept})
    return replace(report, event=kept, spans=spans)


def _main(reports: Sequence[tuple[Cluster, Report]]) -> int:
    """The report of the headline, else the first event told, else the first of all."""
    for number, (cluster, _) in enumerate(reports):
        if any(sentence.field == "title" for sentence in cluster.sentences):
            return number
    return next((number for number, (cluster, _) in enumerate(reports) if cluster.kind is None), 0)


def span_of(scene: Scene, fact: str, value: str, sentence: Sentence, mark: Mark) -> Span:
    """A span in the cleaned text."""
    start, end = scene.folded(sentence.field).span(mark.start, mark.end)
    return Span(fact, value, sentence.field, start, end)


def build_report(
    scene: Scene,
    sentences: Sequence[Sentence],
    roles: Roles,
    before: Sequence[Sentence] = (),
    *,
    alone: bool = False,
) -> Report:
    """One report out of the sentences that tell of one event; `before` may name the place it speaks of.

    `alone` tells that the story has other events, whose craft say nothing of this one's.
    """
    day = scene.day
    objects = read_objects(sentences, () if alone else scene.sentences, roles, day)
    zones = read_zones(sentences, roles)
    events = read_events(sentences, foreign=bool(roles.actor))
    answered = told_responses(sentences)
    responses = read_responses(answered)
    soon = response_time(answered, scene.lang)
    told = Told(
        sentences, [e.code for e in events], [z.code for z in zones], [o.code for o in objects], roles
    )
    certainty, certainty_spans = read_certainty(scene, told)
    count, count_span = read_count(scene, sentences, [e.code for e in objects])
    event_date, date_span = read_event_date(scene, sentences)
    place, place_span = _place(scene, sentences, roles, before)
    spans = _spans_of_roles(scene, roles)
    for fact, found in (("object", objects), ("zone", zones), ("event", events), ("response", responses)):
        spans.extend(span_of(scene, fact, str(one.code), one.sentence, one.mark) for one in found)
    if soon is not None:
        spans.append(span_of(scene, "response_time", soon.code, soon.sentence, soon.mark))
    spans.extend(certainty_spans)
    spans.extend(s for s in (count_span, date_span, place_span) if s is not None)
    return Report(
        affected=_hosted([e.code for e in events], roles, place) or roles.affected,
        actor=roles.actor,
        responder=roles.responder,
        object=tuple(one.code for one in objects),
        zone=tuple(one.code for one in zones),
        event=tuple(one.code for one in events),
        response=tuple(one.code for one in responses),
        certainty=certainty,
        count=count,
        place=place,
        event_date=event_date,
        spans=tuple(spans),
    )


def _place(
    scene: Scene, sentences: Sequence[Sentence], roles: Roles, before: Sequence[Sentence]
) -> tuple[Place | None, Span | None]:
    """Where these sentences put it; where they name no more than a state, what the one before names."""
    place, span = read_place(scene, sentences, roles)
    if before and (place is None or place.precision is PlacePrecision.COUNTRY):
        near, near_span = read_place(scene, before, roles)
        if near is not None and near.precision is not PlacePrecision.COUNTRY:
            return near, near_span
    return place, span


def _spans_of_roles(scene: Scene, roles: Roles) -> list[Span]:
    """The first words for each state in its part, and those for where it set out and who is blamed."""
    parts = (("affected", roles.affected), ("actor", roles.actor), ("responder", roles.responder))
    spans = [
        span_of(scene, fact, iso2, sentence, mark)
        for fact, states in parts
        for iso2 in states
        for sentence, mark in roles.marks.get(iso2, ())[:_SHOWN]
    ]
    spans.extend(span_of(scene, fact, iso2, s, m) for (fact, iso2), (s, m) in roles.sides.items())
    return spans


def _hosted(events: Sequence[Event], roles: Roles, place: Place | None) -> tuple[str, ...]:
    """The state whose skies guests guard: their fighters start at a place of another state, and nothing else is told."""
    if Event.INTERCEPTION not in events or Event.VIOLATION in events or not roles.affected:
        return ()
    if place is None or place.precision not in _HOST_PLACES or place.country is None:
        return ()
    named = (*roles.actor, *roles.responder)
    return (
        (place.country,) if set(roles.affected) <= set(roles.responder) and place.country not in named else ()
    )
