"""What an alliance says of its common skies: a debate that goes on, or the answer to what all speak of."""

from dataclasses import replace
from datetime import timedelta

from tests.reading_grouping.given import a_report
from tests.reading_grouping.test_grouper import incidents
from tui.domain.alliances import COMMON_SKIES
from tui.domain.codes import Event, ObjectCode, PlacePrecision
from tui.domain.incident import FiledReport
from tui.domain.reading import Place
from tui.reading.grouping.compare import compare, other_craft
from tui.reading.grouping.traits import traits_of_report
from tui.reading.grouping.weights import WEIGHTS

NATO = Place(COMMON_SKIES["NATO"], None, None, None, PlacePrecision.REGION)
EUROPE = Place(COMMON_SKIES["EU"], None, None, None, PlacePrecision.REGION)


def debate(
    story: str, after: float, where: Place = NATO, *, what: ObjectCode = ObjectCode.UAV
) -> FiledReport:
    return a_report(story, affected="", what=what, event=Event.POLICY, where=where, after=after)


def test_a_debate_goes_on_from_story_to_story_whatever_craft_it_speaks_of() -> None:
    told = [debate("a", 0), debate("b", 4, EUROPE), debate("c", 8, what=ObjectCode.MILITARY_AIRCRAFT)]

    assert len(set(incidents(told))) == 1


def test_a_debate_that_rested_for_weeks_is_another() -> None:
    assert len(set(incidents([debate("a", 0), debate("b", 20)]))) == 2


def test_an_alliance_that_speaks_while_all_tell_of_one_member_speaks_of_that() -> None:
    told = [a_report(f"s{number}", publisher=f"P{number}") for number in range(9)]

    *_, last = incidents([*told, debate("late", 1)])

    assert last == incidents(told)[0]


def test_what_few_tell_of_is_not_what_the_alliance_speaks_of_days_later() -> None:
    first, last = incidents([a_report("s"), debate("late", 6)])

    assert first != last


def test_an_incident_of_a_state_keeps_no_place_of_the_alliance() -> None:
    told = [a_report(f"s{number}", publisher=f"P{number}") for number in range(9)]

    found = incidents([*told, debate("at once", 1), debate("weeks later", 13)])

    assert found[-2] == found[0]
    assert found[-1] != found[0]


def test_another_craft_of_another_owner_is_passed_over_only_where_it_could_not_join() -> None:
    """Everything else agrees as well as it can, and it still does not join."""
    jet = a_report("a", what=ObjectCode.MILITARY_AIRCRAFT, actor="BY", title="Jet over Lublin", count=3)
    balloon = replace(
        a_report("b", what=ObjectCode.BALLOON, actor="RU", title="Jet over Lublin", count=3),
        published=jet.published and jet.published + timedelta(minutes=5),
    )
    one, other = traits_of_report(jet), traits_of_report(balloon)

    assert other_craft(one, other)
    assert compare(one, other, lambda _: 1.0, WEIGHTS).score < WEIGHTS.join
