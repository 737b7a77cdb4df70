"""Random corrections of a real store, read again by changed rules: each still holds, and each can be taken back."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.reread.conftest import WRITING, Collected, collected, collected_once, read_over
from tui.domain.codes import ObjectCode
from tui.domain.correction import (
    Apart,
    Correction,
    CorrectionError,
    Merge,
    Move,
    NotIncursion,
    OtherActor,
    OtherAffected,
    OtherObject,
    Split,
    Target,
    split_key,
)
from tui.domain.rules import MuteRule, Rules
from tui.store.correction_audit import Standing, audit
from tui.store.corrections import StoreCorrections
from tui.store.database import open_reader, open_writer

__all__ = ["collected", "collected_once"]

AT = datetime(2026, 3, 9, tzinfo=UTC)
CHANGED = (
    Rules(mutes=(MuteRule("no balloons", "mul", ("balloon*",), story=True),)),
    Rules(mutes=(MuteRule("no drones", "mul", ("drone*",), story=True),)),
    Rules(),
)


def correct_at_random(path: Path, seed: int, wanted: int = 40) -> int:
    """So many corrections of every kind, some of them taken back; how many stand."""
    chance = random.Random(seed)
    reader = open_reader(path)
    incidents = [
        key for (key,) in reader.connection.execute("SELECT key FROM incident WHERE stories > 0 ORDER BY id")
    ]
    placed = reader.connection.execute(
        """
        SELECT entry.key, incident.key FROM report JOIN entry ON entry.id = story_id
            JOIN incident ON incident.id = incident_id ORDER BY report.id
        """
    ).fetchall()
    reader.close()
    writer = open_writer(path)
    desk = StoreCorrections(writer, lambda: WRITING)
    made: list[int] = []
    for number in range(wanted * 3):
        at = AT + timedelta(minutes=number)
        one, other = chance.choice(incidents), chance.choice(incidents)
        story, home = chance.choice(placed)
        states = tuple(chance.sample(("PL", "LT", "RU", "CN"), chance.randint(0, 2)))
        about = Target(incident=one) if chance.random() < 0.7 else Target(story=story)
        pair: tuple[Correction, ...] = ()
        if one != other:
            pair = (Merge(one, other), Apart(one, other))
        try:
            choices: list[Correction] = [
                *pair,
                Split(story, home, split_key(story, None, at)),
                Move(story, other),
                OtherAffected(about, states),
                OtherActor(about, states),
                OtherObject(about, (chance.choice(list(ObjectCode)),)),
                NotIncursion(about),
            ]
            made.append(desk.add(chance.choice(choices), at).id)
            if chance.random() < 0.2:
                desk.undo(made.pop(chance.randrange(len(made))), at)
        except CorrectionError:
            continue
        if len(made) >= wanted:
            break
    writer.close()
    return len(made)


def standings(path: Path) -> list[Standing]:
    reader = open_reader(path)
    try:
        return [one.standing for one in audit(reader.connection)]
    finally:
        reader.close()


@pytest.mark.parametrize("seed", range(4))
def test_after_reading_again_by_changed_rules_every_correction_holds(collected: Collected, seed: int) -> None:
    made = correct_at_random(collected.path, seed)
    assert made >= 25
    for rules in CHANGED:
        read_over(collected, rules)
        found = standings(collected.path)
        assert found.count(Standing.BROKEN) == 0
        assert found.count(Standing.HOLDS) >= 15
