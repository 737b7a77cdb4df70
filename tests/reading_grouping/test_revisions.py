"""A publisher changed a wording: what of that makes it another story, and what becomes of the incident."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.reading_grouping.given import START, a_report, facts_of, place
from tui.domain.codes import Certainty, Event, IncidentCertainty, ObjectCode
from tui.domain.history import EarlierWording, LedgerStage, Outcome, TimelineKind
from tui.domain.incident import FiledReport
from tui.reading.conclude import conclude
from tui.reading.history.changes import changes_between, counterpart
from tui.reading.history.notices import Notice, notice_in

HOUR = timedelta(hours=1)


def revised(present: FiledReport, *before: FiledReport, stands: bool = True) -> FiledReport:
    """The present wording of a story, an hour behind each earlier one; a wording before is given as a report."""
    earlier = tuple(
        EarlierWording(
            START + at * HOUR, START + (at + 1) * HOUR, filed.title, filed.summary, (filed.report,)
        )
        for at, filed in enumerate(before)
    )
    since = START + len(before) * HOUR
    return replace(
        present,
        published=START,
        first_seen=START,
        wording_since=since,
        earlier=earlier,
        stands=stands,
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (a_report(), a_report(what=ObjectCode.BALLOON), "changed 'drone' to 'balloon'"),
        (
            a_report(event=Event.SHOOTDOWN),
            a_report(event=Event.CRASH),
            "changed 'shot down' to 'crashed'",
        ),
        (
            a_report(event=Event.VIOLATION),
            a_report(event=Event.SIGHTING),
            "changed 'violated airspace' to 'seen'",
        ),
        (
            a_report(event=Event.VIOLATION),
            a_report(event=Event.DENIAL),
            "changed 'violated airspace' to 'denied'",
        ),
        (a_report(count=19), a_report(count=21), "changed the number from 19 to 21"),
        (a_report(affected="PL"), a_report(affected="SK"), "changed 'Poland' to 'Slovakia'"),
        (a_report(actor="RU"), a_report(actor="UA"), "changed 'Russia' to 'Ukraine'"),
        (
            a_report(certainty=Certainty.CONFIRMED),
            a_report(certainty=Certainty.UNFOUNDED),
            "changed from confirmed to unfounded",
        ),
        (
            a_report(certainty=Certainty.ALLEGED),
            a_report(certainty=Certainty.DENIED),
            "changed from alleged to denied",
        ),
    ],
)
def test_a_change_that_makes_it_another_story_is_told_in_our_words(
    before: FiledReport, after: FiledReport, told: str
) -> None:
    assert [str(change) for change in changes_between(before.report, after.report)] == [told]

    timeline = conclude([revised(after, before)]).timeline
    assert [(entry.at, entry.text) for entry in timeline if entry.kind is TimelineKind.REVISION] == [
        (START + HOUR, told)
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (a_report(), a_report()),
        (a_report(), a_report(count=3)),
        (a_report(count=3), a_report()),
        (a_report(what=ObjectCode.UNIDENTIFIED), a_report(what=ObjectCode.UAV)),
        (a_report(what=ObjectCode.UAV), a_report(what=ObjectCode.LOITERING_MUNITION)),
        (a_report(affected="PL"), a_report(affected="PL LT")),
        (a_report(actor=""), a_report(actor="RU")),
        (a_report(certainty=Certainty.ALLEGED), a_report(certainty=Certainty.CONFIRMED)),
        (a_report(event=Event.VIOLATION), a_report(event=Event.PROTEST)),
    ],
)
def test_more_or_less_detail_and_the_further_course_of_things_are_no_change(
    before: FiledReport, after: FiledReport
) -> None:
    assert changes_between(before.report, after.report) == ()
    assert TimelineKind.REVISION not in {entry.kind for entry in conclude([revised(after, before)]).timeline}


def test_the_first_report_is_told_as_it_was_then_and_the_facts_as_they_are_now() -> None:
    before = a_report("a", count=19, event=Event.SHOOTDOWN, title="Shot down at dawn")
    after = a_report("a", count=21, event=Event.CRASH, title="Came down at dawn")

    concluded = conclude([revised(after, before)])

    first, change = (
        concluded.timeline[0],
        next(entry for entry in concluded.timeline if entry.kind is TimelineKind.REVISION),
    )
    assert "shot down" in first.text
    assert change.text == "changed 'shot down' to 'crashed'; changed the number from 19 to 21"
    assert (change.source, change.story) == ("Gazette", "a")
    assert concluded.facts.count == 21
    assert concluded.facts.event == (Event.CRASH,)
    assert concluded.facts.disputed == ()
    assert TimelineKind.COUNT not in {entry.kind for entry in concluded.timeline}


def test_every_change_of_a_story_is_an_entry_at_its_own_time() -> None:
    wordings = [a_report("a", count=number, title=f"Number {number} it is") for number in (3, 5, 8)]

    timeline = conclude([revised(wordings[2], wordings[0], wordings[1])]).timeline

    assert [(entry.at - START, entry.text) for entry in timeline if entry.kind is TimelineKind.REVISION] == [
        (HOUR, "changed the number from 3 to 5"),
        (2 * HOUR, "changed the number from 5 to 8"),
    ]


def test_an_earlier_wording_whose_reading_was_not_kept_is_no_change() -> None:
    unread = EarlierWording(START, START + HOUR, "Balloon", "", None)
    story = replace(a_report("a"), wording_since=START + HOUR, earlier=(unread,))

    timeline = conclude([story]).timeline

    assert {entry.kind for entry in timeline} == {TimelineKind.FIRST_REPORT, TimelineKind.CERTAINTY}


def test_a_certainty_that_its_publisher_took_out_of_the_text_no_longer_counts() -> None:
    sure = a_report("a", certainty=Certainty.CONFIRMED, title="Ministry confirms it")
    unsure = a_report("a", certainty=Certainty.ALLEGED, title="Residents say they saw it")

    concluded = conclude([revised(unsure, sure)])

    assert concluded.facts.certainty is IncidentCertainty.CLAIMED
    assert concluded.facts.outcome is Outcome.OPEN
    changes = [entry.text for entry in concluded.timeline if entry.kind is TimelineKind.CERTAINTY]
    assert len(changes) == 2
    assert changes[1].startswith("confirmed → claimed")


def test_a_text_that_moved_on_to_other_things_is_told_and_its_report_stands() -> None:
    before = a_report("a", title="Drone over the border")
    now = revised(replace(before, title="Weather: rain all week"), before, stands=False)

    concluded = conclude([now])

    assert concluded.timeline[-1].text == "changed its text, which no longer tells of it"
    assert concluded.facts.affected == ("PL",)
    assert concluded.facts.certainty is IncidentCertainty.CLAIMED


def test_what_its_only_publisher_takes_back_is_unfounded() -> None:
    before = a_report("a", certainty=Certainty.CONFIRMED, title="Drone over the border")
    now = revised(replace(before, title="RETRACTED: Drone over the border"), before, stands=False)

    concluded = conclude([now])

    assert concluded.facts.certainty is IncidentCertainty.UNFOUNDED
    assert concluded.facts.outcome is Outcome.UNFOUNDED
    assert "took its report back" in concluded.facts.ground
    assert [step.stage for step in concluded.history.ledger][-1] is LedgerStage.UNFOUNDED
    assert TimelineKind.CORRECTION in {entry.kind for entry in concluded.timeline}


def test_what_others_tell_stands_when_one_takes_its_report_back() -> None:
    before = a_report("a", affected="SK", title="Drone over the mountains", publisher="A")
    now = revised(replace(before, title="This article has been withdrawn."), before, stands=False)
    other = a_report("b", title="Quite other words on what was seen there", publisher="B")

    facts = facts_of([now, other])

    assert facts.certainty is IncidentCertainty.CLAIMED
    assert facts.affected == ("PL",)


def test_of_several_reports_of_a_story_the_one_of_the_same_event_is_compared() -> None:
    here = a_report(affected="PL", where=place("Wyryki"), count=3).report
    there = a_report(affected="RO", where=place("Galati"), count=1).report

    assert counterpart(replace(here, count=5), (there, here)) == here
    assert counterpart(replace(there, count=5), (there, here)) == there
    assert counterpart(here, ()) is None


@pytest.mark.parametrize(
    ("title", "summary", "expected"),
    [
        ("CORRECTION: Two drones, not three, crossed the river", "", Notice.CORRECTED),
        ("Two drones crossed the river (corrected)", "", Notice.CORRECTED),
        ("Drones", "An earlier version of this article gave another number.", Notice.CORRECTED),
        ("Korrektur: Zwei Drohnen über dem Fluss", "", Notice.CORRECTED),
        ("Rectificatif - Deux drones au-dessus du fleuve", "", Notice.CORRECTED),
        ("SPROSTOWANIE: dwa drony nad rzeką", "", Notice.CORRECTED),
        ("Поправка: два беспилотника над рекой", "", Notice.CORRECTED),
        ("【訂正】無人機が川を越えた", "", Notice.CORRECTED),
        ("(정정) 무인기 두 대", "", Notice.CORRECTED),
        ("تصحيح: طائرتان مسيرتان فوق النهر", "", Notice.CORRECTED),
        ("RETRACTED: Drone seen over base", "", Notice.WITHDRAWN),
        ("Drone seen over base", "This story has been withdrawn.", Notice.WITHDRAWN),
        ("Drohne", "Diese Meldung wurde zurückgezogen.", Notice.WITHDRAWN),
        ("Dron", "Artykuł został wycofany.", Notice.WITHDRAWN),
        ("БпЛА", "Материал снят с публикации.", Notice.WITHDRAWN),
        ("Drone", "Juttu on poistettu, koska tiedot olivat vääriä.", Notice.WITHDRAWN),
        ("Troops withdrawn from the border after drone flight", "", None),
        ("Ministry publishes correction to flight path of drone", "", None),
        ("Corrections officer sees drone over prison", "", None),
        ("Russia withdraws ambassador after airspace row", "", None),
        ("Retirada de tropas tras el vuelo de un dron", "", None),
        ("Drone seen over base", "", None),
    ],
)
def test_a_notice_is_known_by_its_place_or_by_naming_the_story(
    title: str, summary: str, expected: Notice | None
) -> None:
    assert notice_in(title, summary) is expected


def test_a_notice_that_the_text_carries_from_the_start_is_told_once() -> None:
    before = a_report("a", count=3, title="Correction: three drones")
    after = a_report("a", count=4, title="Correction: four drones")

    kinds = [entry.kind for entry in conclude([revised(after, before)]).timeline]

    assert kinds.count(TimelineKind.CORRECTION) == 1
    assert kinds.count(TimelineKind.REVISION) == 1
