"""Alerts on states: gone blind, and more than usual."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.alerts.given import Desk, a_plan, a_rule, asked
from tests.store.samples import NOON
from tui.domain.alerts import StateChange, Trigger, states_of, told_states

BLIND = Trigger.STATE_BLIND


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(
        tmp_path / "home" / "overflight.db", a_plan(a_rule("country:PL", BLIND, Trigger.STATE_UNUSUAL))
    )


def test_a_state_is_blind_when_its_feeds_were_silent_for_a_quarter_of_an_hour_more(desk: Desk) -> None:
    desk.poll()
    assert desk.look_at_states() == 0
    desk.later(hours=2)
    assert desk.look_at_states() == 0, "the machine may have slept"
    desk.later(minutes=14)
    assert desk.look_at_states() == 0
    desk.later(minutes=6)
    assert (desk.look_at_states(), desk.look_at_states()) == (1, 0)
    (logged,) = desk.log()
    assert logged.alert.text == "Poland went blind: 0/1 answering"
    assert logged.alert.row is None
    assert len(desk.due().alerts) == 1
    desk.later(hours=1)
    assert desk.look_at_states() == 0
    desk.later(minutes=6)
    desk.poll()
    desk.look_at_states()
    for hours in (2, 1):
        desk.later(hours=hours)
        raised = desk.look_at_states()
    assert raised == 1, "it answered in between"


def test_a_state_that_was_blind_from_the_start_has_not_gone_blind(desk: Desk) -> None:
    desk.poll()
    desk.later(hours=2)
    for _ in range(3):
        assert desk.look_at_states() == 0
        desk.later(hours=1)


def test_more_incidents_than_usual_are_told_once_a_week(desk: Desk) -> None:
    desk.at = NOON - timedelta(days=84)
    while desk.at < NOON:
        desk.poll()
        desk.later(days=1)
    desk.poll()
    assert desk.look_at_states() == 0
    for number in range(6):
        desk.tell(f"i{number}", publisher=f"Publisher {number}")
        desk.later(minutes=2)
    assert desk.look_at_states() == 1
    desk.later(hours=3)
    desk.tell("i7", publisher="Another")
    assert desk.look_at_states() == 0
    (logged,) = desk.log()
    assert logged.alert.triggers == (Trigger.STATE_UNUSUAL,)
    assert logged.alert.text.startswith("Poland: unusual: 6 this week, usual 0")


def test_a_rule_tells_of_the_states_that_its_query_names_and_of_many_in_one() -> None:
    found = tuple(StateChange(BLIND, f"{number:02}", f"state {number}") for number in range(8))
    (told,) = told_states(a_rule("", BLIND), found)
    assert told.text == "state 0; state 1; state 2; state 3; state 4 and 3 states more"
    named = replace(a_rule("", BLIND), query=asked("country:PL,LT publishers:>=2"))
    assert states_of(named.query) == {"PL", "LT"}
    assert told_states(named, found) == ()
    assert told_states(a_rule(), found) == ()
