"""Story to reports: who, what, where, when, what was done, how sure, each with its words."""

from collections.abc import Sequence

from tui.domain.reading import Report, Span
from tui.reading.certainty import read_certainty
from tui.reading.counts import read_count
from tui.reading.dates import read_event_date
from tui.reading.facets import read_events, read_objects, read_responses, read_zones
from tui.reading.matching import Mark
from tui.reading.places import read_place
from tui.reading.roles import Roles
from tui.reading.scene import Scene, Sentence


def read_reports(scene: Scene, roles: Roles) -> tuple[Report, ...]:
    """The reports of one story, main first."""
    return (build_report(scene, scene.sentences, roles),)


def span_of(scene: Scene, fact: str, value: str, sentence: Sentence, mark: Mark) -> Span:
    """A span in the cleaned text."""
    start, end = scene.folded(sentence.field).span(mark.start, mark.end)
    return Span(fact, value, sentence.field, start, end)


def build_report(scene: Scene, sentences: Sequence[Sentence], roles: Roles) -> Report:
    """One report out of the sentences that tell of one event."""
    objects = read_objects(sentences)
    zones = read_zones(sentences)
    events = read_events(sentences, foreign=bool(roles.affected))
    responses = read_responses(sentences)
    certainty, certainty_span = read_certainty(scene, sentences, [e.code for e in events])
    count, count_span = read_count(scene, sentences)
    event_date, date_span = read_event_date(scene, sentences)
    place, place_span = read_place(scene, sentences, roles)
    spans: list[Span] = []
    for fact, states in (
        ("affected", roles.affected),
        ("actor", roles.actor),
        ("responder", roles.responder),
    ):
        for iso2 in states:
            spans.extend(span_of(scene, fact, iso2, s, m) for s, m in roles.marks.get(iso2, ())[:2])
    for fact, found in (("object", objects), ("zone", zones), ("event", events), ("response", responses)):
        spans.extend(span_of(scene, fact, str(one.code), one.sentence, one.mark) for one in found)
    spans.extend(s for s in (certainty_span, count_span, date_span, place_span) if s is not None)
    return Report(
        affected=roles.affected,
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
