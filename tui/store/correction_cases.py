"""Corrections as labelled stories: what a person said a story should have been read as."""

from collections.abc import Iterable
from dataclasses import field

from tui.domain.constraints import Constraints, constraints_of
from tui.domain.correction import FieldCorrection, Made, NotIncursion, OtherObject, Target
from tui.domain.value import dataclass
from tui.pipeline.reread import StoredEntry
from tui.store.correction_rows import load_made
from tui.store.database import Reader
from tui.store.sqlite import sqlite3
from tui.store.stored import STORED_COLUMNS, STORED_TABLES, stored_entry_of
from tui.store.values import plain, to_json

_AT_MOST = 200
"""Stories of one incident that a correction of it labels, the newest."""


@dataclass(slots=True)
class LabelledStory:
    """A story with its right labels; a field that nobody corrected has none."""

    stored: StoredEntry
    relevant: bool = True
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Labelled:
    """Every story that a correction labels."""

    stories: tuple[LabelledStory, ...]
    without: int
    """Corrections that stand and label no story: of the grouping, or of the outcome."""


def labelled(reader: Reader) -> Labelled:
    """What the corrections that stand say of the reading of single stories.

    A fact corrected of an incident labels the stories that tell of nothing else and name such a fact at all:
    no story must say what it does not tell.
    """
    with reader.snapshot() as connection:
        made = load_made(connection, standing=True)
        constraints = constraints_of(made)
        found: dict[str, LabelledStory] = {}
        without = 0
        for one in sorted(made, key=_incidents_first):
            labelled_by = _stories_of(connection, one, constraints)
            without += not labelled_by
            for stored in labelled_by:
                story = found.setdefault(stored.entry.key, LabelledStory(stored))
                _label(story, one, constraints)
    return Labelled(tuple(found[key] for key in sorted(found)), without)


def _incidents_first(made: Made) -> tuple[bool, int]:
    """What is said of one story stands over what is said of its incident."""
    target = getattr(made.correction, "target", None)
    return bool(isinstance(target, Target) and target.story), made.id


def _stories_of(connection: sqlite3.Connection, made: Made, constraints: Constraints) -> list[StoredEntry]:
    correction = made.correction
    if not isinstance(correction, FieldCorrection | NotIncursion):
        return []
    target = correction.target
    if target.story:
        return _stored(connection, [target.story])
    keys = _only_in(connection, constraints.shown(target.incident or ""))
    stored = _stored(connection, keys)
    if isinstance(correction, NotIncursion):
        return stored
    name = str(made.kind)
    return [one for one in stored if any(getattr(report, name) for report in one.reading.reports)]


def _only_in(connection: sqlite3.Connection, incident: str) -> list[str]:
    """Keys of the stories of which every report is shown in an incident."""
    rows = connection.execute(
        """
        SELECT entry.key FROM report JOIN entry ON entry.id = report.story_id
            LEFT JOIN incident ON incident.id = report.incident_id
        WHERE report.story_id IN (
            SELECT story_id FROM report WHERE incident_id = (SELECT id FROM incident WHERE key = ?1)
        )
        GROUP BY report.story_id HAVING min(ifnull(incident.key = ?1, 0)) = 1
        ORDER BY report.story_id DESC LIMIT ?2
        """,
        (plain(incident), _AT_MOST),
    )
    return [key for (key,) in rows]


def _stored(connection: sqlite3.Connection, keys: Iterable[str]) -> list[StoredEntry]:
    rows = connection.execute(
        f"SELECT {STORED_COLUMNS} FROM {STORED_TABLES} WHERE entry.key IN (SELECT value FROM json_each(?))",  # noqa: S608 - constants
        (to_json([plain(key) for key in keys]),),
    )
    return [stored_entry_of(row) for row in rows]


def _label(story: LabelledStory, made: Made, constraints: Constraints) -> None:
    correction = made.correction
    if isinstance(correction, NotIncursion):
        story.relevant = False
        return
    if not isinstance(correction, FieldCorrection):
        return
    name = str(made.kind)
    values = correction.objects if isinstance(correction, OtherObject) else correction.states
    if correction.target.story:
        told = [
            tuple(getattr(constraints.report(story.stored.entry.key, position, report), name))
            for position, report in enumerate(story.stored.reading.reports)
        ]
        values = tuple(dict.fromkeys(value for each in told for value in each))
    story.labels[name] = tuple(str(value) for value in values)
