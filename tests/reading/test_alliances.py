"""What is told of an alliance or of Europe, and of none of its states, is no one state's."""

import pytest

from tests.reading.helpers import main_report, read


@pytest.mark.parametrize(
    ("title", "lang", "actor"),
    [
        ("Russian jets breach NATO airspace again, alliance says", "en", ("RU",)),
        ("NATO plans new mission after Russia drone incursion", "en", ("RU",)),
        ("EU ministers agree on anti-drone shield after Russian drone incursions", "en", ("RU",)),
        ("Ryska kränkningar av Natos luftrum oroar", "sv", ("RU",)),
    ],
)
def test_a_state_outside_the_alliance_is_not_the_one_whose_skies_were_breached(
    title: str, lang: str, actor: tuple[str, ...]
) -> None:
    report = main_report(title, lang=lang)
    assert report.affected == ()
    assert report.actor == actor


@pytest.mark.parametrize(
    "title",
    [
        "Trump says NATO members should shoot down Russian jets that violate their airspace",
        "Trump says Nato states must shoot down Russian drones that enter their airspace",
    ],
)
def test_a_head_who_speaks_of_the_alliance_does_not_speak_of_his_own_skies(title: str) -> None:
    assert "US" not in main_report(title).affected


@pytest.mark.parametrize(
    ("title", "affected"),
    [
        ("Poland, a NATO member, says Russian drone violated its airspace", ("PL",)),
        ("NATO jets shoot down Russian drone over Lithuania", ("LT",)),
        ("NATO condemns Russian drone incursion into Moldova", ("MD",)),
    ],
)
def test_the_state_that_is_named_as_the_ground_stays_affected_beside_the_alliance(
    title: str, affected: tuple[str, ...]
) -> None:
    assert main_report(title).affected == affected


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Russian jets breach NATO airspace again, alliance says", "Europe (NATO)"),
        ("EU ministers agree on anti-drone shield after Russian drone incursions", "Europe"),
    ],
)
def test_the_common_skies_are_the_place_where_no_member_is_named(title: str, place: str) -> None:
    found = main_report(title).place
    assert found is not None
    assert (found.name, found.country) == (place, None)


@pytest.mark.parametrize(
    "title",
    [
        "Estonia officially confirms Russian Kh-55 missile crashed on its territory",
        "Lithuania confirms a Russian cruise missile fell on its territory",
    ],
)
def test_its_territory_is_that_of_the_state_that_the_sentence_begins_with(title: str) -> None:
    assert read(title).verdict.relevant
    assert main_report(title).affected[:1] != ("RU",)


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("루마니아, 3일 연속 영공 침입 드론 격추", "ko"),
        ("ロシアのドローン、3日連続でルーマニア領空を侵犯", "ja"),
        ("俄罗斯无人机3日连续侵犯罗马尼亚领空", "zh-Hans"),
    ],
)
def test_days_in_a_row_are_no_date(title: str, lang: str) -> None:
    when = main_report(title, day="2026-07-26", lang=lang).event_date
    assert when is None or when.date.day != 3
