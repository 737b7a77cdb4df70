"""Which incident a story is in hardly depends on which came first: what one order says, the other says too."""

from collections.abc import Sequence
from itertools import permutations

import pytest

from tests.reading_grouping.given import a_report, place, told
from tui.domain.codes import Event, ObjectCode, Zone
from tui.domain.incident import Assignment, FiledReport
from tui.reading.grouping import Grouper


def first_answers(reports: Sequence[FiledReport]) -> dict[str, Assignment]:
    """The incident of each story as it was when it came, each a poll of its own."""
    grouper = Grouper()
    found: dict[str, Assignment] = {}
    for report in reports:
        filing = grouper.assign([report])
        grouper.adopt(filing)
        found |= {one.story: one for one in filing.assignments if one.story == report.story}
    return found


def partitions(*reports: FiledReport) -> set[frozenset[frozenset[str]]]:
    """What the incidents are in every order of arrival; one entry where the order does not matter."""
    seen = set()
    for order in permutations(reports):
        shared: dict[str, set[str]] = {}
        for story, one in first_answers(order).items():
            shared.setdefault(one.incident, set()).add(story)
        seen.add(frozenset(map(frozenset, shared.values())))
    return seen


def parted(*groups: str) -> set[frozenset[frozenset[str]]]:
    """One partition, each group its stories in one word."""
    return {frozenset(frozenset(group) for group in groups)}


UNDATED = a_report("u", actor="")
THE_DAY_AFTER = a_report("t", actor="", when=told(11), after=1)


def test_what_was_published_the_day_before_is_not_about_a_day_told_later() -> None:
    assert partitions(UNDATED, THE_DAY_AFTER) == parted("u", "t")


@pytest.mark.parametrize("event", [Event.POLICY, Event.ANALYSIS, Event.PROTEST])
def test_no_follow_up_comes_before_the_day_that_is_told_of_its_event(event: Event) -> None:
    early = a_report("f", actor="", event=event)
    assert partitions(early, THE_DAY_AFTER) == parted("f", "t")


def test_two_days_before_the_told_day_is_another_event_though_the_place_is_the_same() -> None:
    where = place("Suwalki", 54.1, 22.9)
    before = a_report("u", where=where)
    later = a_report("t", where=where, when=told(12), after=2)

    for order in permutations([before, later]):
        answers = first_answers(order)
        last = answers[order[1].story]
        assert last.is_new
        assert last.nearest is not None
        assert last.nearest.why_not == "published before the event"


def test_a_told_day_parts_nothing_that_was_published_with_the_first_story_of_the_event() -> None:
    """The night of the 10th is told as the 11th by one: what was told of it on the 10th stays with it."""
    where = place("Suwalki", 54.1, 22.9)
    first = a_report("a", actor="", where=where)
    dated = a_report("b", actor="", where=where, when=told(11), after=1)
    again = a_report("c", actor="", after=0.2)

    assert partitions(first, again, dated) >= parted("abc")
    assert len({one.incident for one in first_answers([first, dated, again]).values()}) == 1


def test_a_story_of_a_day_after_its_own_parts_nothing_by_it() -> None:
    announced = a_report("t", when=told(11), after=0.1)
    assert partitions(a_report("u"), announced) == parted("ut")


def test_of_an_airport_and_a_base_that_only_one_names_the_kind_of_site_parts_them() -> None:
    base = a_report("b", actor="", zone=Zone.MILITARY_SITE, where=place("Volkel", 51.7, 5.7))
    airport = a_report("a", actor="", zone=Zone.AIRPORT, after=1)
    same = a_report("s", actor="", zone=Zone.MILITARY_SITE, after=1)

    assert partitions(base, airport) == parted("b", "a")
    assert partitions(base, same) == parted("bs")


@pytest.mark.parametrize(("days", "groups"), [(4, ["fg"]), (7, ["f", "g"])])
def test_two_follow_ups_whose_event_nobody_told_share_one_only_within_five_days(
    days: int, groups: list[str]
) -> None:
    first = a_report("f", event=Event.PROTEST)
    second = a_report("g", event=Event.POLICY, after=days)
    assert partitions(first, second) == parted(*groups)


def test_a_week_later_a_follow_up_still_belongs_to_an_event_that_is_told() -> None:
    assert partitions(a_report("e"), a_report("f", event=Event.PROTEST, after=7)) == parted("ef")


def test_an_answer_given_before_the_remains_were_shown_is_about_what_they_are_of() -> None:
    answer = a_report("a", affected="RU", actor="", event=Event.PROTEST)
    remains = a_report("r", affected="PL", actor="RU", event=Event.DEBRIS_FOUND, after=1)
    assert partitions(answer, remains) == parted("ar")


def test_an_event_joins_the_incident_of_its_own_state_before_a_bare_answer_that_may_be_of_either() -> None:
    """As the answer, coming last, joins neither of two: which was told first must not matter."""
    denial = a_report("d", affected="UA", actor="PL", event=Event.DENIAL, after=1)
    other = a_report("o", affected="PL", actor="", where=place("Lublin", 51.2, 22.6))
    apart = a_report("p", affected="PL", actor="", where=place("Gdansk", 54.4, 18.6))
    again = a_report("q", affected="PL", actor="", after=1)

    for order in ([other, apart, denial, again], [apart, other, denial, again]):
        answers = first_answers(order)
        assert answers["d"].is_new
        assert answers["q"].incident in {answers["o"].incident, answers["p"].incident}


@pytest.mark.parametrize("event", [Event.POLICY, Event.ANALYSIS, Event.PROTEST])
@pytest.mark.parametrize("craft", [ObjectCode.UAV, ObjectCode.BALLOON])
def test_days_later_what_names_neither_owner_nor_place_may_be_about_the_next_of_such_craft(
    event: Event, craft: ObjectCode
) -> None:
    sighting = a_report("s", actor="", what=craft)
    order = a_report("o", actor="", what=craft, event=event, after=3)
    assert partitions(sighting, order) == parted("s", "o")


@pytest.mark.parametrize(
    "given",
    [
        {"after": 1},
        {"actor": "RU", "after": 3},
        {"what": ObjectCode.HELICOPTER, "after": 3},
        {"where": place("Suwalki", 54.1, 22.9), "after": 3},
    ],
)
def test_at_once_or_with_the_owner_the_place_or_a_rarer_craft_it_is_about_the_event(
    given: dict[str, object],
) -> None:
    shared = {"what": ObjectCode.UAV, "where": None, "actor": "", **given, "after": 0}
    sighting = a_report("s", **shared)  # type: ignore[arg-type]  # passed on
    order = a_report("o", **{**shared, **given, "event": Event.POLICY})  # type: ignore[arg-type]  # passed on
    assert partitions(sighting, order) == parted("so")


def test_remains_found_days_after_a_crash_are_those_of_what_crashed() -> None:
    crash = a_report("c", actor="", event=Event.CRASH)
    remains = a_report("r", actor="", event=Event.DEBRIS_FOUND, title="Charred fuselage lifted", after=2)
    assert partitions(crash, remains) == parted("cr")


@pytest.mark.parametrize("event", [Event.DENIAL, Event.PROTEST])
def test_the_accused_answers_without_a_word_of_whose_land_it_was(event: Event) -> None:
    sighting = a_report("s", actor="RU", what=ObjectCode.MILITARY_AIRCRAFT)
    answer = a_report("a", affected="", actor="RU", what=ObjectCode.MILITARY_AIRCRAFT, event=event, after=2)
    assert partitions(sighting, answer) == parted("sa")
    order = a_report(
        "o", affected="", actor="RU", what=ObjectCode.MILITARY_AIRCRAFT, event=Event.POLICY, after=2
    )
    assert partitions(sighting, order) == parted("s", "o")


def test_a_bare_answer_is_to_the_state_that_the_event_is_told_of_first() -> None:
    crossed = a_report("c", affected="HU HR", actor="")
    fell = a_report("f", affected="HR", actor="", after=0.2)
    answer = a_report("a", affected="UA", actor="HR", event=Event.DENIAL, after=1)
    assert partitions(crossed, fell, answer) == parted("c", "fa")


def test_a_first_report_that_does_not_say_what_flew_needs_more_than_the_day_after() -> None:
    closed = a_report("c", actor="", what=None, event=Event.AIRSPACE_CLOSURE, after=1)
    sighted = a_report("s", actor="", event=Event.PROTEST)
    assert partitions(sighted, closed) == parted("s", "c")
    protest = a_report("p", actor="", what=None, event=Event.PROTEST, after=1)
    assert partitions(a_report("s", actor=""), protest) == parted("sp")
