"""One incident, one story, or all feeds, whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tui.domain.board import IncidentDetail, StoryDetail, StoryRow, StoryVersion
from tui.domain.feed import Feed, FeedRow, FeedStatus
from tui.domain.flooding import Alone
from tui.domain.history import IncidentHistory, TimelineEntry, TimelineKind
from tui.domain.incident import Assignment, BaselineIncident, FiledReport, GroupReason, NearMiss
from tui.domain.reading import Reading
from tui.domain.sources import SourceChain
from tui.store.conclusions import filed_reports
from tui.store.correction_rows import load_constraints, made_of_story
from tui.store.feed_rows import LATELY, STATE_COLUMNS, state_of_row, yields
from tui.store.flooding import floods
from tui.store.full_texts import load_full_text
from tui.store.incident_rows import ROW_COLUMNS, names_of_looked, row_of
from tui.store.proposals import open_proposals
from tui.store.sagas import LinkSagas, load_linked
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_of, moment_or_none, plain

STORIES_SHOWN = 500
"""Newest stories of an incident that its screen lists; the count beside them is of all."""

SIBLINGS_SHOWN = 100

STORY_COLUMNS = """
    entry.key, story.title, story.publisher, feed.name, story.lang, story.url, story.published,
    story.first_seen, story.score, story.threshold, story.versions
"""
"""What `story_row_of` takes, in its order; from story JOIN entry JOIN feed."""

STORY_TABLES = "story JOIN entry ON entry.id = story.id JOIN feed ON feed.id = entry.feed_id"
"""What STORY_COLUMNS are taken from."""


ChainOf = Callable[[Sequence[FiledReport]], SourceChain]
"""The reading's word on who told of an incident in which order."""


def load_incident(
    connection: sqlite3.Connection, key: str, chain_of: ChainOf, link: LinkSagas
) -> IncidentDetail | None:
    """Everything the incident screen draws; None when there is no such incident. One merged into another is that other."""
    constraints = load_constraints(connection)
    key = constraints.shown(key)
    row = connection.execute(
        f"""
        SELECT {ROW_COLUMNS}, incident.id, baseline, history
        FROM incident LEFT JOIN incident_mark ON incident_mark.incident_id = incident.id
            LEFT JOIN incident_history ON incident_history.incident_id = incident.id
        WHERE key = :key
        """,  # noqa: S608 - constants
        {**names_of_looked(connection), "key": plain(key)},
    ).fetchone()
    if row is None:
        return None
    *columns, incident_id, baseline, history = row
    detail = IncidentDetail(
        row=row_of(tuple(columns)),
        timeline=_timeline(connection, incident_id),
        stories=_stories_of(connection, incident_id),
        assignments=_assignments(connection, "report.incident_id = ?", incident_id),
        baseline=None if baseline is None else from_json(baseline, BaselineIncident),
        proposals=open_proposals(connection, key, constraints),
        history=IncidentHistory() if history is None else from_json(history, IncidentHistory),
        linked=load_linked(connection, incident_id, plain(key), link),
        chain=chain_of(filed_reports(connection, incident_id)),
        hidden=constraints.hides(key),
    )
    if not detail.hidden:
        return detail
    # Its row counts none so that no list has it; whoever looks at it sees those there are.
    counted = replace(detail.row, stories=len(detail.stories), publishers=detail.publishers)
    return replace(detail, row=counted)


def load_story(connection: sqlite3.Connection, key: str) -> StoryDetail | None:
    """Everything the story screen draws; None when there is no such story."""
    row = connection.execute(
        f"SELECT {STORY_COLUMNS}, story.id, summary, reading FROM {STORY_TABLES} WHERE entry.key = ?",  # noqa: S608
        (plain(key),),
    ).fetchone()
    if row is None:
        return None
    *columns, story_id, summary, reading = row
    assignments = _assignments(connection, "report.story_id = ?", story_id)
    return StoryDetail(
        row=story_row_of(tuple(columns)),
        summary=summary,
        reading=from_json(reading, Reading),
        incidents=tuple(item.incident for item in assignments),
        assignments=assignments,
        versions=_versions(connection, story_id),
        siblings=_siblings(connection, story_id),
        full=load_full_text(connection, story_id),
        corrected=made_of_story(connection, plain(key)),
    )


def load_feeds(connection: sqlite3.Connection, now: datetime) -> tuple[FeedRow, ...]:
    """Every feed of the list with its state, in the order of the list."""
    rows = connection.execute(
        f"""
        SELECT {STATE_COLUMNS}, settings, entries, kept FROM feed LEFT JOIN feed_state ON feed_id = feed.id
        WHERE removed_at IS NULL ORDER BY feed.id
        """,  # noqa: S608 - constants
    )
    lately, flooding = yields(connection, now - LATELY), floods(connection, now)
    return tuple(_feed_row_of(row, lately, flooding) for row in rows)


def story_row_of(row: tuple[Any, ...]) -> StoryRow:
    """The story line that a row of STORY_COLUMNS holds."""
    key, title, publisher, feed, lang, url, published, first_seen, score, threshold, versions = row
    return StoryRow(
        key=key,
        title=title,
        publisher=publisher,
        feed=feed,
        lang=lang,
        url=url,
        published=moment_or_none(published),
        first_seen=moment_of(first_seen),
        score=score,
        threshold=threshold,
        versions=versions,
    )


def _feed_row_of(row: tuple[Any, ...], lately: Mapping[str, int], flooding: Mapping[str, Alone]) -> FeedRow:
    *state_columns, settings, entries, kept = row
    feed = from_json(settings, Feed)
    state = state_of_row(tuple(state_columns))
    if not feed.enabled:
        state = replace(state, status=FeedStatus.DISABLED)
    return FeedRow(
        feed=feed,
        state=state,
        entries=entries,
        kept=kept,
        lately=lately.get(feed.url, 0),
        alone=flooding.get(feed.url, Alone()),
    )


def _timeline(connection: sqlite3.Connection, incident_id: int) -> tuple[TimelineEntry, ...]:
    rows = connection.execute(
        "SELECT at, kind, source, text, story FROM timeline WHERE incident_id = ? ORDER BY position",
        (incident_id,),
    )
    return tuple(
        TimelineEntry(moment_of(at), TimelineKind(kind), source, text, story)
        for at, kind, source, text, story in rows
    )


def _stories_of(connection: sqlite3.Connection, incident_id: int) -> tuple[StoryRow, ...]:
    """Newest first."""
    rows = connection.execute(
        f"""
        SELECT {STORY_COLUMNS} FROM {STORY_TABLES}
        WHERE story.id IN (SELECT story_id FROM report WHERE incident_id = ?)
        ORDER BY story.first_seen DESC, story.id DESC LIMIT ?
        """,  # noqa: S608 - constants
        (incident_id, STORIES_SHOWN),
    )
    return tuple(story_row_of(row) for row in rows)


def _siblings(connection: sqlite3.Connection, story_id: int) -> tuple[StoryRow, ...]:
    """Other stories of the same incidents, newest first."""
    rows = connection.execute(
        f"""
        SELECT {STORY_COLUMNS} FROM {STORY_TABLES}
        WHERE story.id <> ?1 AND story.id IN (
            SELECT other.story_id FROM report own JOIN report other ON other.incident_id = own.incident_id
            WHERE own.story_id = ?1
        )
        ORDER BY story.first_seen DESC, story.id DESC LIMIT ?2
        """,  # noqa: S608 - constants
        (story_id, SIBLINGS_SHOWN),
    )
    return tuple(story_row_of(row) for row in rows)


def _assignments(connection: sqlite3.Connection, condition: str, value: int) -> tuple[Assignment, ...]:
    """Why each report is where it is, newest story first, its reports in order."""
    rows = connection.execute(
        f"""
        SELECT entry.key, position, incident.key, is_new, report.why, nearest, nearest_why_not
        FROM report JOIN entry ON entry.id = report.story_id JOIN incident ON incident.id = report.incident_id
        WHERE {condition} ORDER BY report.story_id DESC, position LIMIT {STORIES_SHOWN}
        """,  # noqa: S608 - constants
        (value,),
    )
    return tuple(
        Assignment(
            story=story,
            position=position,
            incident=incident,
            is_new=bool(is_new),
            why=from_json(why, tuple[GroupReason, ...]),
            nearest=None if nearest is None else NearMiss(nearest, why_not),
        )
        for story, position, incident, is_new, why, nearest, why_not in rows
    )


def _versions(connection: sqlite3.Connection, story_id: int) -> tuple[StoryVersion, ...]:
    """Earlier wordings, oldest first."""
    rows = connection.execute(
        "SELECT seen, title, summary, reading, replaced FROM story_version WHERE story_id = ? ORDER BY seen, id",
        (story_id,),
    )
    return tuple(
        StoryVersion(
            moment_of(seen),
            title,
            summary,
            None if reading is None else from_json(reading, Reading),
            moment_of(replaced),
        )
        for seen, title, summary, reading, replaced in rows
    )
