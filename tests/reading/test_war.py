from datetime import date

import pytest

from tests.reading.helpers import read
from tui.reading.war import dyads, fought_over, is_routine


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Russian drones hit power station in Ukraine overnight", "2025-09-10"),
        ("Moscow airports closed after Ukrainian drones shot down", "2025-09-10"),
        ("Ukraine shoots down Russian drones over Kyiv airport", "2024-05-01"),
    ],
)
def test_blows_between_states_at_war_are_hidden_not_lost(title: str, day: str) -> None:
    verdict = read(title, day=day).verdict
    assert not verdict.relevant
    assert verdict.war_routine


def test_a_routine_blow_is_marked_as_such_and_keeps_its_reports() -> None:
    reading = read("Ukrainian drones entered Russian airspace and were shot down over Moscow airport")
    assert reading.verdict.war_routine
    assert not reading.verdict.relevant
    assert reading.reports


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("Russian drone crosses into Romania during raid on Ukraine", "RO"),
        ("Russian missile crashes in Polish village during strike on Ukraine", "PL"),
        ("Iranian missiles cross Jordan's airspace on their way to Israel", "JO"),
        ("Russian drones enter Moldovan airspace during attack on Ukraine", "MD"),
    ],
)
def test_a_third_state_touched_always_passes(title: str, state: str) -> None:
    reading = read(title)
    assert reading.verdict.relevant, reading.verdict.why
    assert not reading.verdict.war_routine
    assert reading.reports[0].affected == (state,)


def test_before_the_war_the_same_words_are_news() -> None:
    title = "Russian drones entered Ukrainian airspace and were shot down near Kharkiv"
    assert read(title, day="2021-05-01").verdict.relevant
    assert not read(title, day="2023-05-01").verdict.relevant


def test_the_table_is_dated_and_names_its_ground() -> None:
    for dyad in dyads():
        assert dyad.ground
        assert dyad.end is None or dyad.start < dyad.end
    assert fought_over("UA", date(2023, 1, 1))
    assert not fought_over("UA", date(2013, 1, 1))
    assert not fought_over("PL", date(2023, 1, 1))


def test_a_state_outside_the_pair_breaks_the_routine() -> None:
    sides = frozenset({"RU", "UA"})
    assert is_routine(frozenset({"UA"}), frozenset({"RU"}), sides, date(2023, 1, 1))
    assert not is_routine(frozenset({"PL"}), frozenset({"RU"}), sides | {"PL"}, date(2023, 1, 1))


def test_a_formal_complaint_between_states_at_war_is_no_routine() -> None:
    title = "Iraq summons Turkish envoy after drone strike, protests at violation of its airspace"
    assert not read(title, day="2020-08-12").verdict.war_routine
