"""What counts as a change of an incident, and when a rule tells of it."""

from datetime import timedelta

import pytest

from tests.alerts.given import a_rule, moment
from tests.store.samples import NOON
from tui.domain.alerts import Fate, Past, Trigger, changes, decide
from tui.domain.codes import IncidentCertainty, Response
from tui.domain.history import Outcome
from tui.domain.incident import IncidentFacts

CLAIMED = IncidentFacts(certainty=IncidentCertainty.CLAIMED, count=3, response=(Response.SCRAMBLE,))


def test_an_incident_without_a_before_is_new() -> None:
    assert [change.trigger for change in changes(None, CLAIMED)] == [Trigger.NEW]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (CLAIMED, []),
        (IncidentFacts(certainty=IncidentCertainty.CONFIRMED), [Trigger.CERTAINTY_UP]),
        (IncidentFacts(certainty=IncidentCertainty.DISPUTED), []),
        (IncidentFacts(response=(Response.ESCORT,)), []),
        (IncidentFacts(response=(Response.PROTEST, Response.SHOOTDOWN)), [Trigger.RESPONSE_ESCALATES]),
        (IncidentFacts(count=7), [Trigger.COUNT_REVISED]),
        (IncidentFacts(count=None), []),
        (IncidentFacts(outcome=Outcome.CONFIRMED), [Trigger.OUTCOME_SET]),
        (
            IncidentFacts(certainty=IncidentCertainty.CONFIRMED, count=4, outcome=Outcome.ATTRIBUTED),
            [Trigger.CERTAINTY_UP, Trigger.COUNT_REVISED, Trigger.OUTCOME_SET],
        ),
    ],
)
def test_a_change_is_one_that_somebody_would_want_to_know(
    after: IncidentFacts, expected: list[Trigger]
) -> None:
    assert [change.trigger for change in changes(CLAIMED, after)] == expected


def test_an_outcome_that_is_taken_back_is_no_outcome() -> None:
    settled = IncidentFacts(outcome=Outcome.CONFIRMED)
    assert changes(settled, IncidentFacts(outcome=Outcome.OPEN)) == ()


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("past", "alone", "fate", "not_before"),
    [
        (Past(), False, Fate.TELL, NOON),
        (Past(last=NOON - HOUR / 2), False, Fate.TELL, NOON + HOUR / 2),
        (Past(last=NOON - 2 * HOUR), False, Fate.TELL, NOON),
        (Past(today=2), False, Fate.TELL, NOON),
        (Past(today=3), False, Fate.OVER_BUDGET, NOON + 12 * HOUR),
        (Past(alone=NOON - HOUR / 2), True, Fate.ALONE, NOON + HOUR / 2),
        (Past(alone=NOON - HOUR / 2), False, Fate.TELL, NOON),
        (Past(alone=NOON - HOUR), True, Fate.TELL, NOON),
    ],
)
def test_cooldown_delays_and_budget_and_a_lone_publisher_leave_to_a_digest(
    past: Past, *, alone: bool, fate: Fate, not_before: object
) -> None:
    made = decide(a_rule(cooldown=HOUR, budget=3), past, moment(NOON), alone=alone)
    assert (made.fate, made.not_before) == (fate, not_before)
