"""Two incidents that one story fits: proposed to a person in both, merged by nobody else, and decided for good."""

from dataclasses import replace
from pathlib import Path

from tests.corrections.conftest import HOUR, POLISH, Desk, collecting, on, told
from tests.store.samples import NOON
from tui.domain.codes import Event, PlacePrecision
from tui.domain.correction import Apart, Merge
from tui.domain.reading import Place
from tui.pipeline.ports import ReadEntry

LATER = NOON + 24 * HOUR
LUBLIN = Place("Lublin", "PL", None, None, PlacePrecision.SETTLEMENT)
KROSNO = Place("Krosno", "PL", None, None, PlacePrecision.SETTLEMENT)
PROTEST = replace(POLISH, place=None, count=None, event_date=None, event=(Event.PROTEST,))


def two_nights() -> tuple[ReadEntry, ReadEntry]:
    first = told(
        1, replace(POLISH, place=LUBLIN, count=None, event_date=on(3)), title="Sirens woke Lubelskie"
    )
    return first, told(
        2, replace(POLISH, place=KROSNO, count=None, event_date=on(1)), title="Podkarpacie heard engines"
    )


def proposed(desk: Desk, key: str) -> set[str]:
    return {other.incident for other in desk.incident(key).proposals}


async def test_however_many_stories_fit_two_incidents_both_are_proposed_and_stay_two(
    path: Path, desk: Desk
) -> None:
    first, second = two_nights()
    async with collecting(path) as collector:
        await collector.polls(first, second)
        one, other = desk.of(first), desk.of(second)
        assert one != other
        assert not proposed(desk, one)
        for number in range(3, 9):
            await collector.polls(told(number, PROTEST, title=f"Envoy summoned {number}"))
    assert desk.shown.keys() == {one, other}
    assert proposed(desk, one) == {other}
    assert proposed(desk, other) == {one}
    (proposal,) = desk.incident(one).proposals
    assert proposal.line == desk.incident(other).row.line
    assert {why.reason for why in proposal.why} >= {"affected", "object"}


async def test_what_a_person_decides_settles_a_proposal_and_taking_it_back_opens_it(
    path: Path, desk: Desk
) -> None:
    first, second = two_nights()
    async with collecting(path) as collector:
        await collector.polls(first, second)
        await collector.polls(told(3, PROTEST, title="Envoy summoned"))
        one, other = desk.of(first), desk.of(second)
        for decision in (Merge(one, other), Apart(one, other)):
            made = desk.corrections.add(decision, LATER)
            assert not proposed(desk, other)
            desk.corrections.undo(made.id, LATER)
            assert proposed(desk, one) == {other}
        desk.corrections.add(Apart(one, other), LATER)
        await collector.polls(told(4, PROTEST, title="Envoy asked again"))
    assert not proposed(desk, one)
    assert desk.shown.keys() == {one, other}
