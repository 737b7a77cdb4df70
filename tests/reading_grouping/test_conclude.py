from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading_grouping.given import a_report, facts_of, place, told, year
from tui.domain.codes import (
    Certainty,
    DatePrecision,
    Event,
    IncidentCertainty,
    ObjectCode,
    Response,
)
from tui.domain.history import RULE, TimelineKind
from tui.domain.incident import FiledReport
from tui.domain.reading import EventDate, Span
from tui.reading.conclude import conclude
from tui.reading.houses import publisher_key
from tui.reading.sources import sources_of


def test_what_most_publishers_say_leads_and_one_slip_among_many_is_left_out() -> None:
    many = [
        a_report(f"s{n}", publisher=f"Paper {n}", title=f"Night {n} of alarm at border post {n}")
        for n in range(8)
    ]
    slip = a_report("x", affected="UA", publisher="Sloppy", title="Something else entirely was written here")

    facts = facts_of([*many, slip])

    assert facts.affected == ("PL",)
    assert facts.actor == ("RU",)


def test_a_value_read_from_the_title_outweighs_one_from_the_summary() -> None:
    from_title = a_report("a", affected="RO", publisher="A", title="Romania again, quite unlike the other")
    spans = (Span("affected", "RO", "title", 0, 7),)
    from_title = replace(from_title, report=replace(from_title.report, spans=spans))
    from_summary = a_report("b", affected="MD", publisher="B", title="A wholly different set of words")

    facts = facts_of([from_summary, from_title])

    assert facts.affected == ("RO", "MD")


def test_the_gravest_well_supported_event_leads_and_follow_ups_come_last() -> None:
    facts = facts_of(
        [
            a_report("a", event=Event.PROTEST, publisher="A", title="Note of protest was handed over today"),
            a_report("b", event=Event.VIOLATION, publisher="B", title="Border was crossed in the night"),
            a_report("c", event=Event.SHOOTDOWN, publisher="C", title="Fighter opened fire on the craft"),
        ]
    )

    assert facts.event[0] is Event.SHOOTDOWN
    assert facts.event[-1] is Event.PROTEST


def test_a_state_told_in_both_roles_has_the_one_more_voices_give_it() -> None:
    right = [
        a_report(f"s{n}", affected="EE", publisher=f"P{n}", title=f"Own words number {n} here")
        for n in range(3)
    ]
    mixed = a_report("x", affected="RU EE", publisher="Mixed", title="Moscow speaks of neutral waters")
    own = a_report("y", affected="DK", actor="DK", publisher="Q", title="Karup base saw lights")

    facts = facts_of([*right, mixed])
    alone = facts_of([own])

    assert (facts.affected, facts.actor) == (("EE",), ("RU",))
    assert (alone.affected, alone.actor) == (("DK",), ())


def test_the_place_is_that_of_the_main_event() -> None:
    seen = a_report(
        "a", event=Event.SIGHTING, where=place("Billings"), publisher="A", title="Seen in the sky"
    )
    down = a_report(
        "b", event=Event.SHOOTDOWN, where=place("Myrtle Beach"), publisher="B", title="Brought down at sea"
    )

    facts = facts_of([seen, down])

    assert facts.place is not None
    assert facts.place.name == "Myrtle Beach"


def test_counts_are_never_summed_and_a_contradiction_is_named() -> None:
    nineteen = a_report("a", count=19, publisher="A", title="Nineteen came over from the east")
    twenty_one = a_report("b", count=21, publisher="B", title="Ministry speaks of twenty-one", after=1)
    also = a_report("c", count=21, publisher="C", title="Third paper has its own number", after=1)

    concluded = conclude([nineteen, twenty_one, also])

    assert concluded.facts.count == 21
    assert concluded.facts.disputed == ("count",)
    assert [entry.text for entry in concluded.timeline if entry.kind is TimelineKind.COUNT] == [
        "says 21; 19 before"
    ]


def test_a_number_from_the_background_of_one_text_among_many_is_no_count_and_no_dispute() -> None:
    many = [a_report(f"s{n}", publisher=f"P{n}", title=f"Own words number {n} here") for n in range(12)]
    odd = a_report("x", count=40, publisher="Odd", title="Forty nations were named in passing")

    facts = facts_of([*many, odd])

    assert facts.count is None
    assert facts.disputed == ()


def test_one_publisher_correcting_itself_is_no_dispute() -> None:
    facts = facts_of(
        [
            a_report("a", count=19, title="Nineteen came over from the east"),
            a_report("b", count=21, title="Ministry speaks of twenty-one by now", after=1),
        ]
    )

    assert facts.count == 21
    assert facts.disputed == ()


def test_drone_against_balloon_and_russia_against_ukraine_are_disputes() -> None:
    facts = facts_of(
        [
            a_report("a", publisher="A", title="Drone came down on the roof"),
            a_report(
                "b", what=ObjectCode.BALLOON, actor="UA", publisher="B", title="It was a balloon all along"
            ),
        ]
    )

    assert facts.disputed == ("object", "actor")


def test_the_most_exact_date_and_place_are_kept() -> None:
    vague = a_report(
        "a", when=EventDate(told(1).date, DatePrecision.MONTH), publisher="A", title="Some time this month"
    )
    exact = a_report(
        "b",
        when=told(9),
        where=place("Wyryki", 51.5, 23.2),
        publisher="B",
        title="House hit on Tuesday night",
    )

    facts = facts_of([vague, exact])

    assert facts.event_date == told(9)
    assert facts.place is not None
    assert facts.place.name == "Wyryki"


def certainty_of(*reports: FiledReport) -> IncidentCertainty:
    return conclude(reports).facts.certainty


def said(
    story: str,
    certainty: Certainty | None,
    *,
    after: float = 0,
    publisher: str = "",
    event: Event = Event.VIOLATION,
) -> FiledReport:
    words = {
        "a": "Morning brought alarm along the whole line",
        "b": "Quite other words stand in this one",
        "c": "Capital wakes to news of intrusion",
        "d": "Nothing shared with any sentence before",
        "e": "Experts weigh radar tracks at length",
    }[story]
    return a_report(
        story,
        certainty=certainty,
        after=after,
        publisher=publisher or f"Paper {story}",
        title=words,
        event=event,
    )


def test_one_publisher_claims_two_corroborate_an_official_confirms() -> None:
    assert certainty_of(said("a", Certainty.ALLEGED)) is IncidentCertainty.CLAIMED
    assert certainty_of(said("a", None), said("b", None)) is IncidentCertainty.CORROBORATED
    assert certainty_of(said("a", Certainty.SUSPECTED)) is IncidentCertainty.CORROBORATED
    assert certainty_of(said("a", Certainty.CONFIRMED)) is IncidentCertainty.CONFIRMED


def test_two_feeds_of_one_owner_and_wire_copies_are_one_publisher() -> None:
    own = said("a", None, publisher="www.Daily-News.com")
    other_feed = said("b", None, publisher="Daily News")
    copy = replace(own, story="c", publisher="The Other Paper")

    assert certainty_of(own, other_feed, copy) is IncidentCertainty.CLAIMED


def test_a_denial_beside_a_claim_is_a_dispute_until_two_publishers_confirm_after_it() -> None:
    claim = said("a", Certainty.CONFIRMED)
    denial = said("b", Certainty.DENIED, after=1, event=Event.DENIAL)
    again = [said("c", Certainty.CONFIRMED, after=2), said("d", Certainty.CONFIRMED, after=3)]

    assert certainty_of(claim, denial) is IncidentCertainty.DISPUTED
    assert certainty_of(claim, denial, again[0]) is IncidentCertainty.DISPUTED
    assert certainty_of(claim, denial, *again) is IncidentCertainty.CONFIRMED


def test_what_was_explained_away_is_unfounded_and_says_who_reports_it() -> None:
    concluded = conclude(
        [said("a", Certainty.CONFIRMED), said("e", Certainty.UNFOUNDED, after=200, event=Event.ANALYSIS)]
    )

    assert concluded.facts.certainty is IncidentCertainty.UNFOUNDED
    assert "Paper e" in concluded.facts.ground
    assert [(entry.kind, entry.source) for entry in concluded.timeline[-2:]] == [
        (TimelineKind.CERTAINTY, RULE),
        (TimelineKind.OUTCOME, RULE),
    ]


def test_state_media_of_a_party_confirm_nothing_by_themselves() -> None:
    own_word = a_report(
        "a", affected="KP", actor="KR", certainty=Certainty.CONFIRMED, publisher="KCNA", title="Wreck shown"
    )

    facts = facts_of([own_word])

    assert facts.certainty is IncidentCertainty.CLAIMED
    assert "state media" in facts.ground


def test_the_timeline_tells_who_came_first_who_copied_and_what_was_done() -> None:
    first = a_report("a", publisher="A", title="Alarm at dawn over the eastern districts", count=3)
    copy = replace(first, story="b", publisher="B", published=a_report(after=0.1).published)
    later = a_report(
        "c",
        publisher="C",
        title="Minister names what was launched against it",
        response=(Response.SCRAMBLE,),
        event=Event.SHOOTDOWN,
        after=0.2,
    )

    timeline = conclude([first, copy, later]).timeline

    told_steps = [
        (entry.kind, entry.source, entry.text)
        for entry in timeline
        if entry.kind is not TimelineKind.CERTAINTY
    ]
    assert told_steps == [
        ("first_report", "A", "first report: 3 Russian drones violate Polish airspace"),
        ("new_publisher", "B", "carries the text of A"),
        ("new_publisher", "C", "reports it too, source 2"),
        ("event", "C", "tells of a shoot-down"),
        ("response", "C", "jets scrambled"),
    ]
    assert [entry.at for entry in timeline] == sorted(entry.at for entry in timeline)


def test_the_conclusion_does_not_depend_on_the_order_the_stories_were_stored_in() -> None:
    told_one = [
        said("a", Certainty.CONFIRMED),
        said("b", Certainty.DENIED, after=1, event=Event.DENIAL),
        said("c", Certainty.CONFIRMED, after=2),
    ]

    assert conclude(told_one).facts == conclude(told_one[::-1]).facts


def test_no_reports_make_no_facts_and_raise_nothing() -> None:
    concluded = conclude([])

    assert concluded.facts.affected == ()
    assert concluded.timeline == ()


def test_an_undated_story_without_publisher_still_concludes() -> None:
    bare = replace(a_report(), published=None, first_seen=None, publisher="")

    concluded = conclude([bare])

    assert concluded.facts.affected == ("PL",)
    assert concluded.timeline[0].source == "unnamed publisher"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BBC News", "bbc.co.uk"),
        ("www.Reuters.com", "Reuters"),
        ("The Guardian", "guardian"),
        ("https://www.err.ee/rss", "ERR News"),
        ("Dagens Nyheter", "DAGENS NYHETER"),
        ("Süddeutsche Zeitung", "Suddeutsche Zeitung"),
    ],
)
def test_spellings_of_one_publisher_have_one_key(one: str, other: str) -> None:
    assert publisher_key(one) == publisher_key(other)


def test_different_publishers_keep_different_keys() -> None:
    names = ["BBC", "CNN", "Reuters", "AP", "The News", "World", "Радио Свобода", "朝日新聞"]

    assert len({publisher_key(name) for name in names}) == len(names)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sets(st.sampled_from("abcdefghijklmnop"), min_size=5), min_size=2, max_size=6))
def test_a_copy_is_found_whenever_most_words_are_shared(texts: list[set[str]]) -> None:
    reports = [
        a_report(f"s{n}", title=" ".join(sorted(words)), publisher=f"P{n}") for n, words in enumerate(texts)
    ]

    sources = sources_of(reports)

    originals: list[tuple[set[str], str]] = []
    for words, source in zip(texts, sources, strict=True):
        copied = next(
            (key for other, key in originals if len(words & other) >= 0.85 * len(words | other)), None
        )
        assert source.key == (copied or publisher_key(source.publisher))
        if copied is None:
            originals.append((words, source.key))


def test_a_credited_agency_is_the_source_behind_the_papers_that_print_it() -> None:
    one = a_report(
        "a", publisher="A", title="Alarm raised", summary="WARSAW (Reuters) - Jets took off early."
    )
    two = a_report("b", publisher="B", title="Skies shut", summary="(Reuters) Other words on the same event.")

    assert {source.key for source in sources_of([one, two])} == {"reuters"}


def test_an_old_date_in_one_text_is_background() -> None:
    old = a_report("a", when=told(1, month=3, year=2022), publisher="A")
    recent = [a_report(name, when=told(9), publisher=name) for name in "BC"]

    facts = facts_of([old, *recent])

    assert facts.event_date == told(9)


def test_one_exact_date_against_many_vaguer_ones_is_a_slip() -> None:
    slip = a_report("a", when=told(2), publisher="A")
    others = [
        a_report(name, when=EventDate(told(8).date, DatePrecision.WEEK), publisher=name) for name in "BCDEFG"
    ]

    facts = facts_of([slip, *others])

    assert facts.event_date == EventDate(told(8).date, DatePrecision.WEEK)


def test_an_affair_that_all_look_back_on_keeps_its_old_date() -> None:
    reports = [a_report(name, when=year(2019), publisher=name) for name in "AB"]

    facts = facts_of(reports)

    assert facts.event_date == year(2019)


def test_a_count_of_something_else_is_no_count_of_the_main_object() -> None:
    jets = a_report("a", what=ObjectCode.MILITARY_AIRCRAFT, count=31, publisher="A")
    balloons = [a_report(name, what=ObjectCode.BALLOON, publisher=name) for name in "BC"]

    facts = facts_of([jets, *balloons])

    assert facts.object[0] is ObjectCode.BALLOON
    assert facts.count is None
