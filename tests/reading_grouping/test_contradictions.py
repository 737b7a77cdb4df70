"""Claims side by side, and what only looks like a contradiction."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from tests.reading_grouping.given import a_report
from tui.domain.codes import Certainty, Event, IncidentCertainty, ObjectCode
from tui.domain.history import ClaimField, LedgerStage, Outcome, TimelineKind
from tui.domain.incident import FiledReport
from tui.domain.reading import Span
from tui.reading.conclude import conclude

WORDS = (
    "Alarm along the whole eastern line",
    "Quite other sentences stand here",
    "Capital wakes to unwelcome news",
    "Nothing shared with what came before",
    "Experts weigh the tracks at length",
)


def by(number: int, *, speaker: str = "", after: float | None = None, **fields: Any) -> FiledReport:
    """The report of one publisher, in words of its own, each a little behind the one before."""
    filed = a_report(
        f"s{number}",
        publisher=f"Paper {number}",
        title=WORDS[number],
        after=number / 24 if after is None else after,
        **fields,
    )
    if not speaker:
        return filed
    said = (Span("speaker", speaker, "summary", 0, 4), Span("certainty", "confirmed", "summary", 0, 4))
    return replace(filed, report=replace(filed.report, spans=said))


def disputed(*reports: FiledReport) -> tuple[str, ...]:
    return conclude(reports).facts.disputed


def test_claims_stand_side_by_side_with_source_time_and_story() -> None:
    nineteen, twenty_one, also = by(0, count=19), by(1, count=21), by(2, count=21)

    (found,) = conclude([nineteen, twenty_one, also]).history.contradictions

    assert found.field is ClaimField.COUNT
    assert found.values == ("21", "19")
    assert [(claim.value, claim.source, claim.at, claim.story) for claim in found.claims] == [
        ("21", "Paper 1", twenty_one.published, "s1"),
        ("21", "Paper 2", also.published, "s2"),
        ("19", "Paper 0", nineteen.published, "s0"),
    ]


def test_drone_against_balloon_and_owner_against_owner() -> None:
    reports = (by(0), by(1, what=ObjectCode.BALLOON, actor="UA"))

    found = {one.field: one.values for one in conclude(reports).history.contradictions}

    assert found == {ClaimField.OBJECT: ("DRN", "BLN"), ClaimField.ACTOR: ("RU", "UA")}


def test_told_against_denied_and_whose_word_the_denial_is() -> None:
    told = by(0, speaker="official PL", certainty=Certainty.CONFIRMED)
    denial = by(1, speaker="official RU", event=Event.DENIAL, certainty=Certainty.DENIED)

    concluded = conclude([told, denial])

    assert concluded.facts.certainty is IncidentCertainty.DISPUTED
    assert concluded.facts.disputed == ("violation",)
    (found,) = concluded.history.contradictions
    assert [(claim.value, claim.voice) for claim in found.claims] == [
        ("told", "an official of Poland"),
        ("denied", "an official of Russia"),
    ]
    denials = [entry.text for entry in concluded.timeline if entry.kind is TimelineKind.DENIAL]
    assert denials == ["an official of Russia denies it"]


def test_one_story_that_carries_both_versions_stands_on_both_sides() -> None:
    (found,) = conclude([by(0, certainty=Certainty.DISPUTED)]).history.contradictions

    assert found.values == ("told", "denied")


@pytest.mark.parametrize(
    "reports",
    [
        (by(0), by(1, what=ObjectCode.UNIDENTIFIED)),
        (by(0), by(1, what=ObjectCode.LOITERING_MUNITION)),
        (by(0, actor="RU"), by(1, actor="RU BY")),
        (by(0, actor="RU"), by(1, actor="")),
        (by(0, count=3), by(1)),
        (by(0, count=19), replace(by(1, count=21), publisher="Paper 0")),
        (
            by(0, count=19, speaker="official PL", certainty=Certainty.CONFIRMED),
            by(1, count=21, speaker="official PL", certainty=Certainty.CONFIRMED),
        ),
    ],
)
def test_less_exact_words_and_a_newer_number_from_the_same_mouth_contradict_nothing(
    reports: tuple[FiledReport, ...],
) -> None:
    assert disputed(*reports) == ()


def test_two_numbers_that_one_authority_is_said_to_give_by_turns_are_a_contradiction() -> None:
    numbers = (19, 21, 19)
    reports = [
        by(place, count=count, speaker="official PL", certainty=Certainty.CONFIRMED)
        for place, count in enumerate(numbers)
    ]

    assert disputed(*reports) == ("count",)


def counted(number: int, lang: str, text: str, count: int) -> FiledReport:
    """A report whose summary gives the count in these words."""
    start = text.index(str(count))
    filed = replace(by(number, count=count), summary=text, lang=lang)
    span = Span("count", str(count), "summary", start, start + len(str(count)))
    return replace(filed, report=replace(filed.report, spans=(span,)))


@pytest.mark.parametrize(
    ("lang", "text", "count", "other", "contradicts"),
    [
        ("en", "more than 20 drones came", 20, 23, False),
        ("en", "more than 20 drones came", 20, 19, True),
        ("en", "at least 19 drones came", 19, 21, False),
        ("en", "10 to 15 drones came", 10, 12, False),
        ("en", "between 10 and 15 drones came", 10, 14, False),
        ("en", "10-15 drones came", 10, 16, True),
        ("en", "about 20 drones came", 20, 22, False),
        ("en", "up to 20 drones came", 20, 14, False),
        ("en", "20 drones came", 20, 22, True),
        ("de", "mindestens 19 Drohnen", 19, 21, False),
        ("de", "rund 20 Drohnen", 20, 21, False),
        ("pl", "co najmniej 19 dronów", 19, 21, False),
        ("pl", "ponad 20 dronów", 20, 25, False),
        ("uk", "щонайменше 19 дронів", 19, 21, False),
        ("ru", "не менее 19 беспилотников", 19, 21, False),
        ("ro", "cel puțin 19 drone", 19, 21, False),
        ("lt", "ne mažiau kaip 19 dronų", 19, 21, False),
        ("fi", "ainakin 19 droonia", 19, 21, False),
        ("ja", "少なくとも19機の無人機", 19, 21, False),
        ("ja", "19機の無人機", 19, 21, True),
        ("zh-Hant", "至少19架無人機", 19, 21, False),
        ("ko", "최소 19대의 드론", 19, 21, False),
        ("ar", "ما لا يقل عن 19 طائرة مسيرة", 19, 21, False),
        ("he", "לפחות 19 רחפנים", 19, 21, False),
    ],
)
def test_numbers_that_may_be_the_same_do_not_contradict(
    lang: str, text: str, count: int, other: int, *, contradicts: bool
) -> None:
    found = disputed(counted(0, lang, text, count), by(1, count=other))

    assert found == (("count",) if contradicts else ())


def test_the_ledger_goes_from_the_report_over_the_officials_word_to_the_outcome() -> None:
    rumour = by(0, speaker="witness", certainty=Certainty.ALLEGED, actor="")
    looked_into = by(1, speaker="official PL", certainty=Certainty.SUSPECTED, actor="")
    fact = by(2, speaker="official PL", certainty=Certainty.CONFIRMED, actor="")
    named = by(3, speaker="official PL", certainty=Certainty.CONFIRMED)

    concluded = conclude([rumour, looked_into, fact, named])

    assert concluded.facts.outcome is Outcome.ATTRIBUTED
    assert [(step.stage, step.story) for step in concluded.history.ledger] == [
        (LedgerStage.REPORTED, "s0"),
        (LedgerStage.OFFICIAL_STATEMENT, "s1"),
        (LedgerStage.CONFIRMED, "s2"),
        (LedgerStage.ATTRIBUTED, "s3"),
    ]
    assert concluded.history.ledger[-1].ground == "an official of Poland attributes it to Russia"
    kinds = [entry.kind for entry in concluded.timeline]
    assert kinds.count(TimelineKind.OFFICIAL_STATEMENT) == 2
    assert kinds.count(TimelineKind.OUTCOME) == 2


def test_whose_it_was_stays_open_while_that_is_disputed() -> None:
    one = by(0, speaker="official PL", certainty=Certainty.CONFIRMED)
    other = by(1, speaker="official PL", certainty=Certainty.CONFIRMED, actor="UA")

    concluded = conclude([one, other])

    assert concluded.facts.disputed == ("actor",)
    assert concluded.facts.outcome is Outcome.CONFIRMED


def test_what_was_denied_and_then_confirmed_again_is_no_longer_disputed() -> None:
    reports = [
        by(0, speaker="official PL", certainty=Certainty.CONFIRMED),
        by(1, speaker="official RU", event=Event.DENIAL, certainty=Certainty.DENIED),
        by(2, speaker="official PL", certainty=Certainty.CONFIRMED),
        by(3, speaker="official PL", certainty=Certainty.CONFIRMED),
    ]

    concluded = conclude(reports)

    assert concluded.facts.certainty is IncidentCertainty.CONFIRMED
    assert concluded.facts.disputed == ()
    stages = [step.stage for step in concluded.history.ledger]
    assert stages[-2:] == [LedgerStage.CONFIRMED, LedgerStage.ATTRIBUTED]
    assert LedgerStage.DISPUTED in stages


def test_nothing_that_is_concluded_depends_on_the_order_the_reports_came_in() -> None:
    reports = [
        by(0, count=19, after=0),
        by(1, count=21, after=0, certainty=Certainty.CONFIRMED),
        by(2, event=Event.DENIAL, certainty=Certainty.DENIED, after=0),
        by(3, what=ObjectCode.BALLOON, after=0),
    ]

    assert len({repr(conclude(order)) for order in permutations(reports)}) == 1
