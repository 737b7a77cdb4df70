"""Confirmed is never reached by a publisher's words alone."""

from dataclasses import replace

import pytest

from tests.reading_grouping.given import a_report, facts_of
from tui.domain.codes import Certainty, Event, IncidentCertainty
from tui.domain.incident import FiledReport
from tui.domain.reading import Span
from tui.reading.conclude import conclude

READ = Span("event", "violation", "title", 0, 4)
OFFICIAL = Span("certainty", "confirmed", "summary", 0, 8)


def told(publisher: str, *spans: Span, event: Event = Event.VIOLATION) -> FiledReport:
    filed = a_report(
        publisher, publisher=publisher, certainty=Certainty.CONFIRMED, event=event, title=publisher
    )
    return replace(filed, report=replace(filed.report, spans=spans))


def test_an_officials_word_confirms() -> None:
    assert conclude([told("A", READ, OFFICIAL)]).facts.certainty is IncidentCertainty.CONFIRMED


def test_one_publisher_without_an_official_claims() -> None:
    assert conclude([told("A", READ)]).facts.certainty is IncidentCertainty.CLAIMED


def test_two_publishers_without_an_official_corroborate() -> None:
    facts = facts_of([told("A", READ), told("B", READ)])
    assert facts.certainty is IncidentCertainty.CORROBORATED


def test_a_state_that_shoots_stands_by_it() -> None:
    facts = facts_of([told("A", READ, event=Event.SHOOTDOWN)])
    assert facts.certainty is IncidentCertainty.CONFIRMED


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("official EE", IncidentCertainty.CONFIRMED),
        ("alliance", IncidentCertainty.CONFIRMED),
        ("official RU", IncidentCertainty.CONFIRMED),
        ("official SE", IncidentCertainty.CLAIMED),
        ("media EE", IncidentCertainty.CLAIMED),
        ("witness", IncidentCertainty.CLAIMED),
    ],
)
def test_only_an_official_of_the_affected_state_its_alliance_or_the_actor_confirms(
    speaker: str, expected: IncidentCertainty
) -> None:
    filed = told("A", READ, OFFICIAL, Span("speaker", speaker, "summary", 0, 8))
    report = replace(filed.report, affected=("EE",), actor=("RU",))
    assert conclude([replace(filed, report=report)]).facts.certainty is expected


def test_the_ground_names_whose_official_confirms() -> None:
    filed = told("A", READ, OFFICIAL, Span("speaker", "official EE", "summary", 0, 8))
    facts = facts_of([replace(filed, report=replace(filed.report, affected=("EE",)))])
    assert "an official of Estonia" in facts.ground
