"""Entries with the text and the reading that are stored for them, whether kept or dropped."""

import re
from collections.abc import Sequence
from typing import Any

from tui.domain.correction import Made
from tui.domain.entry import Entry
from tui.domain.feed import Feed
from tui.domain.incident import FactCorrection, IncidentFacts
from tui.domain.outcome import State
from tui.domain.reading import Reading, Reason, Verdict
from tui.domain.value import dataclass
from tui.pipeline.reread import StoredEntry
from tui.store.correction_rows import load_constraints, made_of_story
from tui.store.database import Reader
from tui.store.stories import HIDDEN_BY_MACHINE
from tui.store.values import from_json, moment_of, moment_or_none, plain

STORED_COLUMNS = """
    entry.id, entry.key, feed.url, feed.settings, entry.identity, entry.hash, entry.url, entry.published,
    entry.first_seen, entry.state, entry.score, entry.threshold, entry.lang, entry.why,
    coalesce(story.title, dropped.title, ''), coalesce(story.summary, dropped.summary, ''),
    coalesce(story.publisher, dropped.publisher, ''), story.reading, story.hidden,
    coalesce(story.wording_since, dropped.dropped_at, entry.first_seen)
"""
"""What `stored_entry_of` takes, in its order; from STORED_TABLES."""

STORED_TABLES = """
    entry JOIN feed ON feed.id = entry.feed_id
        LEFT JOIN story ON story.id = entry.id LEFT JOIN dropped_text dropped ON dropped.entry_id = entry.id
"""

FOUND_AT_MOST = 50

_KEY = re.compile(r"[0-9a-f]{8,32}")
_INCIDENT = re.compile(r"i[0-9a-f]{8,20}|b:\S+")


@dataclass(frozen=True, slots=True)
class StoredIncident:
    """An incident that was asked for by its id."""

    asked: str
    """Its whole key, however little of it was given."""
    shown: str
    """Itself, or the one a person merged it into."""
    line: str
    corrected: tuple[FactCorrection, ...] = ()
    """Facts that a person corrected."""

    @property
    def merged(self) -> bool:
        """Whether it is shown in another one."""
        return self.shown != self.asked


def find_incident(reader: Reader, target: str) -> StoredIncident | None:
    """The incident of an id, or of what only one begins with, a merged one as the one it is shown in; else None."""
    if not _INCIDENT.fullmatch(target):
        return None
    with reader.snapshot() as connection:
        found = connection.execute(
            "SELECT key FROM incident WHERE key = :target OR key > :target AND key < :after LIMIT 2",
            {"target": plain(target), "after": f"{plain(target)}g" if target.startswith("i") else ""},
        ).fetchall()
        if len(found) != 1:
            return None
        asked: str = found[0][0]
        shown = load_constraints(connection).shown(asked)
        row = connection.execute("SELECT line, facts FROM incident WHERE key = ?", (shown,)).fetchone()
    if row is None:
        return None
    return StoredIncident(asked, shown, row[0], from_json(row[1], IncidentFacts).corrected)


def corrections_of(reader: Reader, story: str) -> tuple[Made, ...]:
    """What a person corrected of a story, as far as it stands."""
    with reader.snapshot() as connection:
        return made_of_story(connection, plain(story))


def is_address(target: str) -> bool:
    """Whether it is the address of a story."""
    return target.startswith(("http://", "https://"))


def is_id(target: str) -> bool:
    """Whether it has the form of the id of a story or of an incident, or of its first eight digits or more."""
    return bool(_KEY.fullmatch(target) or _INCIDENT.fullmatch(target))


def find_entries(reader: Reader, target: str) -> Sequence[StoredEntry]:
    """The entries of an address, an id or an incident, newest first; without text where that is gone."""
    names: dict[str, object] = {"target": plain(target), "limit": FOUND_AT_MOST}
    if is_address(target):
        bare = plain(target).partition("#")[0].removesuffix("/")
        names |= {"bare": bare, "slash": f"{bare}/"}
        condition = "entry.url IN (:target, :bare, :slash)"
    elif (incident := find_incident(reader, target)) is not None:
        names["target"] = incident.shown
        condition = """entry.id IN (
            SELECT story_id FROM report JOIN incident ON incident.id = incident_id WHERE incident.key = :target
        )"""
    else:
        names |= {"after": f"{target}g"}  # past every key that begins so
        condition = "entry.key >= :target AND entry.key < :after"
    query = (
        f"SELECT {STORED_COLUMNS} FROM {STORED_TABLES} WHERE {condition} ORDER BY entry.id DESC LIMIT :limit"  # noqa: S608
    )
    with reader.snapshot() as connection:
        return [stored_entry_of(row) for row in connection.execute(query, names)]


def stored_entry_of(row: tuple[Any, ...]) -> StoredEntry:
    """The entry of a row of STORED_COLUMNS."""
    (number, key, feed_url, settings, identity, text_hash, url, published, first_seen, state, score, threshold,
     lang, why, title, summary, publisher, reading, hidden, read_at) = row  # fmt: skip
    verdict = Verdict(
        relevant=state == State.KEPT,
        war_routine=state == State.WAR_ROUTINE,
        score=score,
        threshold=threshold,
        lang=lang,
        why=from_json(why, tuple[Reason, ...]),
    )
    reports = () if reading is None else from_json(reading, Reading).reports
    return StoredEntry(
        id=number,
        entry=Entry(
            key=key,
            feed_url=feed_url,
            identity=identity,
            url=url,
            title=title,
            summary=summary,
            hash=text_hash,
            published=moment_or_none(published),
            publisher=publisher,
            lang=None if lang == "und" else lang,
        ),
        feed=from_json(settings, Feed),
        read_at=moment_of(read_at),
        first_seen=moment_of(first_seen),
        reading=Reading(verdict, reports),
        publisher=publisher,
        visible=hidden is not None and not hidden & HIDDEN_BY_MACHINE,
    )
