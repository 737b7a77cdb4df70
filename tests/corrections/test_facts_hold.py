"""Facts, outcomes and what is no incursion: a person's word over any reading, then and later."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.corrections.conftest import BALTIC, HOUR, POLISH, Desk, collecting, told
from tests.reread.conftest import rows
from tests.store.samples import NOON
from tui.domain.codes import IncidentCertainty, ObjectCode
from tui.domain.correction import (
    CorrectionError,
    Merge,
    Move,
    NotIncursion,
    OtherActor,
    OtherAffected,
    OtherObject,
    SetOutcome,
    Target,
)
from tui.domain.history import Outcome
from tui.store.correction_audit import Standing, audit

LATER = NOON + 24 * HOUR


def standings(desk: Desk) -> list[Standing]:
    return [one.standing for one in audit(desk.source.reader.connection)]


async def test_a_corrected_fact_says_so_and_wins_over_every_later_story(path: Path, desk: Desk) -> None:
    first = told(1, POLISH)
    async with collecting(path) as collector:
        await collector.polls(first)
        key = desk.of(first)
        was = desk.incident(key)
        about = Target(incident=key)
        made = [
            desk.corrections.add(OtherAffected(about, ("LT", "LV")), LATER),
            desk.corrections.add(OtherActor(about, ()), LATER),
            desk.corrections.add(OtherObject(about, (ObjectCode.BALLOON,)), LATER),
        ]
        await collector.polls(told(2, POLISH), told(3, POLISH))
        detail = desk.incident(key)
        assert detail.row.stories == 3
        assert (detail.row.facts.affected, detail.row.facts.actor) == (("LT", "LV"), ())
        assert detail.row.facts.object == (ObjectCode.BALLOON,)
        assert {one.fact: (one.value, one.at) for one in detail.row.facts.corrected} == {
            "affected": ("LT LV", LATER),
            "actor": ("none", LATER),
            "object": ("balloon", LATER),
        }
        assert [step.text for step in detail.timeline if step.source == "you"] == [
            "affected: LT LV",
            "actor: none",
            "object: balloon",
        ]
        assert {row.iso2 for row in desk.board.countries if row.incidents} == {"LT", "LV"}
        assert standings(desk) == [Standing.HOLDS] * 3
    for one in made:
        desk.corrections.undo(one.id, LATER)
    now, before = desk.incident(key), was.row.facts
    facts = now.row.facts
    assert (facts.affected, facts.actor, facts.object) == (before.affected, before.actor, before.object)
    assert not facts.corrected
    assert not [step for step in now.timeline if step.source == "you"]


async def test_of_two_words_on_one_fact_the_later_holds_and_the_earlier_comes_back(
    path: Path, desk: Desk
) -> None:
    async with collecting(path) as collector:
        await collector.polls(first := told(1, POLISH))
    about = Target(incident=desk.of(first))
    desk.corrections.add(OtherActor(about, ("BY",)), LATER)
    later = desk.corrections.add(OtherActor(about, ("UA",)), LATER)
    assert desk.incident(desk.of(first)).row.facts.actor == ("UA",)
    assert standings(desk) == [Standing.SUPERSEDED, Standing.HOLDS]
    with pytest.raises(CorrectionError, match="already"):
        desk.corrections.add(OtherActor(about, ("UA",)), LATER)
    assert desk.corrections.undo(later.id, LATER) == replace(later, undone_at=LATER)
    assert desk.incident(desk.of(first)).row.facts.actor == ("BY",)
    assert standings(desk) == [Standing.HOLDS, Standing.UNDONE]


async def test_a_fact_of_one_story_is_corrected_in_what_its_incident_is_told_of(
    path: Path, desk: Desk
) -> None:
    first, second = told(1, POLISH), told(2, replace(POLISH, count=4))
    async with collecting(path) as collector:
        await collector.polls(first, second)
        key = desk.of(first)
        for read in (first, second):
            desk.corrections.add(OtherActor(Target(story=read.entry.key), ("BY",)), LATER)
        assert desk.incident(key).row.facts.actor == ("BY",)
        await collector.polls(
            revised=[replace(second, entry=replace(second.entry, title="New", hash="9" * 32))]
        )
        assert desk.incident(key).row.facts.actor == ("BY",)
        assert desk.of(second) == key


async def test_a_story_that_is_no_incursion_is_hidden_and_leaves_its_incident_until_that_is_undone(
    path: Path, desk: Desk
) -> None:
    first, second = told(1, POLISH), told(2, POLISH)
    async with collecting(path) as collector:
        await collector.polls(first, second)
        key = desk.of(first)
        none = desk.corrections.add(NotIncursion(Target(story=second.entry.key)), LATER)
        assert desk.shown == {key: {first.entry.key}}
        assert not desk.found("report 2")
        await collector.polls(
            revised=[replace(second, entry=replace(second.entry, title="New report", hash="9" * 32))]
        )
        assert desk.shown == {key: {first.entry.key}}
        assert not desk.found("New")
        assert standings(desk) == [Standing.HOLDS]
        desk.corrections.undo(none.id, LATER)
    assert desk.shown == {key: {first.entry.key, second.entry.key}}
    assert desk.found("New")


async def test_an_incident_that_is_none_takes_its_later_stories_with_it(path: Path, desk: Desk) -> None:
    first, later, other = told(1, POLISH), told(2, POLISH), told(3, BALTIC)
    async with collecting(path) as collector:
        await collector.polls(first, other)
        key = desk.of(first)
        none = desk.corrections.add(NotIncursion(Target(incident=key)), LATER)
        assert set(desk.shown) == {desk.of(other)}
        hidden = desk.incident(key)
        assert hidden.hidden
        assert not desk.incident(desk.of(other)).hidden
        assert (
            (hidden.row.stories, hidden.row.publishers) == (len(hidden.stories), hidden.publishers) == (1, 1)
        )
        await collector.polls(later)
        assert set(desk.shown) == {desk.of(other)}
        assert desk.of(later) == key
        assert not desk.found("report 2")
        assert standings(desk) == [Standing.HOLDS]
        desk.corrections.add(Move(first.entry.key, desk.of(other)), LATER)
        assert desk.found("report 1")
        desk.corrections.undo(none.id, LATER)
    assert desk.shown == {key: {later.entry.key}, desk.of(other): {first.entry.key, other.entry.key}}
    assert desk.found("report") == 3


async def test_an_outcome_greys_out_and_never_deletes(path: Path, desk: Desk) -> None:
    async with collecting(path) as collector:
        await collector.polls(first := told(1, POLISH))
        key = desk.of(first)
        outcome = desk.corrections.add(SetOutcome(key, Outcome.UNFOUNDED), LATER)
        await collector.polls(told(2, POLISH))
        assert desk.incident(key).row.facts.certainty is IncidentCertainty.UNFOUNDED
        assert set(desk.shown) == {key}
        assert standings(desk) == [Standing.HOLDS]
        desk.corrections.undo(outcome.id, LATER)
        assert desk.incident(key).row.facts.certainty is not IncidentCertainty.UNFOUNDED


async def test_what_was_said_of_an_incident_goes_with_it_into_another_and_comes_back(
    path: Path, desk: Desk
) -> None:
    polish, baltic = told(1, POLISH), told(2, BALTIC)
    async with collecting(path) as collector:
        await collector.polls(polish, baltic)
    kept, gone = desk.of(polish), desk.of(baltic)
    desk.corrections.add(OtherAffected(Target(incident=gone), ("EE",)), LATER)
    merger = desk.corrections.add(Merge(gone, kept), LATER)
    assert desk.incident(kept).row.facts.affected == ("EE",)
    assert standings(desk) == [Standing.HOLDS] * 2
    desk.corrections.undo(merger.id, LATER)
    assert desk.incident(kept).row.facts.affected == ("PL",)
    assert desk.incident(gone).row.facts.affected == ("EE",)


async def test_the_audit_finds_what_is_not_as_a_person_said(path: Path, desk: Desk) -> None:
    polish, baltic, third = told(1, POLISH), told(2, BALTIC), told(3, POLISH)
    async with collecting(path) as collector:
        await collector.polls(polish, baltic, third)
    kept, gone = desk.of(polish), desk.of(baltic)
    desk.corrections.add(Merge(gone, kept), LATER)
    desk.corrections.add(OtherActor(Target(incident=kept), ("BY",)), LATER)
    desk.corrections.add(NotIncursion(Target(story=third.entry.key)), LATER)
    assert standings(desk) == [Standing.HOLDS] * 3
    connection = desk.corrections._writer.connection
    connection.execute(
        "UPDATE report SET incident_id = machine_id, machine_id = NULL WHERE machine_id IS NOT NULL"
    )
    connection.execute("""UPDATE incident SET facts = replace(facts, '"BY"', '"RU"')""")
    connection.execute("UPDATE story SET hidden = 0")
    assert standings(desk) == [Standing.BROKEN] * 3
    assert rows(path, "correction", "count(*)") == [(3,)]


async def test_the_audit_looks_up_what_was_corrected_of_one_story(path: Path, desk: Desk) -> None:
    polish = told(1, POLISH)
    async with collecting(path) as collector:
        await collector.polls(polish, told(2, BALTIC))
    desk.corrections.add(OtherActor(Target(story=polish.entry.key), ("BY",)), LATER)
    desk.corrections.add(OtherObject(Target(story=polish.entry.key), (ObjectCode.BALLOON,)), LATER)
    assert standings(desk) == [Standing.HOLDS] * 2
    connection = desk.corrections._writer.connection
    connection.execute("""UPDATE incident_sketch SET sketch = replace(sketch, '"BY"', '"RU"')""")
    assert standings(desk) == [Standing.BROKEN, Standing.HOLDS]
