"""What a story's page adds to its feed's words: it fills what was left open and contradicts nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tui.domain.codes import (
    Certainty,
    DatePrecision,
    Event,
    ObjectCode,
    PlacePrecision,
    Response,
    Zone,
)
from tui.domain.history import TimelineKind, WholeText
from tui.domain.incident import FiledReport
from tui.domain.reading import EventDate, Place, Report
from tui.reading.conclude import conclude

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
DAY = EventDate(date(2026, 3, 6), DatePrecision.DAY)
TOWN = Place("Lublin", "PL", 51.25, 22.57, PlacePrecision.SETTLEMENT)
STATE = Place("Poland", "PL", None, None, PlacePrecision.COUNTRY)
FEED = Report(
    affected=("PL",), object=(ObjectCode.UAV,), event=(Event.VIOLATION,), certainty=Certainty.ALLEGED
)
PAGE = replace(
    FEED,
    actor=("RU",),
    responder=("PL",),
    zone=(Zone.SOVEREIGN,),
    response=(Response.SCRAMBLE,),
    certainty=Certainty.CONFIRMED,
    count=4,
    place=TOWN,
    event_date=DAY,
)


def a_filed(report: Report = FEED, *pages: Report, publisher: str = "Example News") -> FiledReport:
    whole = WholeText(NOON + timedelta(hours=2), pages) if pages else None
    return FiledReport(
        story=f"story of {publisher}",
        position=0,
        report=report,
        title=f"{publisher} writes of drones over Poland",
        summary="",
        published=NOON,
        first_seen=NOON,
        publisher=publisher,
        lang="en",
        whole=whole,
    )


def test_what_the_feed_left_open_is_filled() -> None:
    facts = conclude([a_filed(FEED, PAGE)]).facts
    assert (facts.response, facts.responder, facts.zone) == ((Response.SCRAMBLE,), ("PL",), (Zone.SOVEREIGN,))
    assert (facts.count, facts.place, facts.event_date) == (4, TOWN, DAY)


def test_whose_it_was_and_how_sure_it_is_stay_with_the_feeds_words() -> None:
    plain, filled = conclude([a_filed()]), conclude([a_filed(FEED, PAGE)])
    assert filled.facts.actor == plain.facts.actor == ()
    assert (filled.facts.certainty, filled.facts.ground) == (plain.facts.certainty, plain.facts.ground)
    assert filled.publishers == plain.publishers == 1


def test_what_the_feed_said_is_never_overruled() -> None:
    own = replace(FEED, count=2, place=TOWN, event_date=DAY, response=(Response.MONITORED_ONLY,))
    page = replace(PAGE, count=7, place=replace(TOWN, name="Chełm"), response=(Response.SCRAMBLE,))
    found = conclude([a_filed(own, page)])
    assert (found.facts.count, found.facts.place) == (2, TOWN)
    assert found.facts.response == (Response.MONITORED_ONLY, Response.SCRAMBLE)
    assert not found.facts.disputed


def test_a_place_takes_the_place_of_the_bare_state() -> None:
    assert conclude([a_filed(replace(FEED, place=STATE), PAGE)]).facts.place == TOWN
    assert conclude([a_filed(replace(FEED, place=TOWN), replace(PAGE, place=STATE))]).facts.place == TOWN


def test_what_a_page_recalls_of_other_events_is_left_out() -> None:
    earlier = replace(
        PAGE, affected=("EE",), object=(ObjectCode.MILITARY_AIRCRAFT,), response=(Response.SHOOTDOWN,)
    )
    assert conclude([a_filed(FEED, earlier)]).facts == conclude([a_filed()]).facts
    both = conclude([a_filed(FEED, earlier, PAGE)]).facts
    assert both.response == (Response.SCRAMBLE,)


def test_a_wording_that_no_longer_tells_of_it_is_not_filled() -> None:
    gone = replace(a_filed(FEED, PAGE), stands=False)
    assert conclude([gone]).facts.response == ()


def test_the_timeline_says_what_came_from_the_page_and_when_it_was_fetched() -> None:
    steps = conclude([a_filed(FEED, PAGE)]).timeline
    (added,) = [step for step in steps if step.kind is TimelineKind.FULL_TEXT]
    assert (added.at, added.source) == (NOON + timedelta(hours=2), "Example News")
    assert added.text.startswith("its whole text adds: number 4, place Lublin, day 2026-03-06, ")
    assert not [step for step in steps if step.kind is TimelineKind.RESPONSE]
    assert not [step for step in conclude([a_filed(FEED, FEED)]).timeline if step.kind is added.kind]


def test_one_page_is_one_voice_among_the_publishers() -> None:
    others = [
        a_filed(replace(FEED, place=replace(TOWN, name="Chełm")), publisher=name)
        for name in ("Daily Gazette", "Morning Courier")
    ]
    facts = conclude([a_filed(FEED, PAGE), *others]).facts
    assert facts.place is not None
    assert facts.place.name == "Chełm"
