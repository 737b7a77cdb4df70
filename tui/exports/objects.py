"""Incidents and stories as objects of JSON: times in ISO 8601 UTC, an unknown is null, never zero."""

import json
from datetime import datetime

from tui import __version__
from tui.domain.board import IncidentRow, StoryDetail
from tui.domain.history import Claim, TimelineEntry
from tui.domain.incident import BaselineIncident
from tui.domain.reading import Span
from tui.domain.sources import ChainLink
from tui.exports.view import ExportedIncident, View

SCHEMA = "overflight-incidents/1"
"""Name and version of the document; the version rises when a member is taken away or changes its meaning."""


def moment(at: datetime | None) -> str | None:
    """A moment as text."""
    return at.isoformat() if at else None


def incident_object(row: IncidentRow) -> dict[str, object]:
    """The facts of an incident."""
    facts = row.facts
    place, date = facts.place, facts.event_date
    return {
        "id": row.key,
        "origin": row.origin,
        "line": row.line,
        "affected": list(facts.affected),
        "actor": list(facts.actor),
        "responder": list(facts.responder),
        "object": list(facts.object),
        "zone": list(facts.zone),
        "event": list(facts.event),
        "response": list(facts.response),
        "certainty": facts.certainty,
        "ground": facts.ground,
        "outcome": facts.outcome,
        "disputed": list(facts.disputed),
        "corrected": [
            {"fact": done.fact, "value": done.value, "at": moment(done.at), "by": "human"}
            for done in facts.corrected
        ],
        "count": facts.count,
        "place": {
            "name": place.name,
            "country": place.country,
            "lat": place.lat,
            "lon": place.lon,
            "precision": place.precision,
        }
        if place
        else None,
        "event_date": {"date": date.date.isoformat(), "precision": date.precision} if date else None,
        "severity": facts.severity,
        "first_seen": moment(row.first_seen),
        "last_revised": moment(row.last_revised),
        "first_told": moment(row.first_told),
        "told": moment(row.told),
        "stories": row.stories,
        "publishers": row.publishers,
        "new": row.new,
        "updated": row.updated,
        "watched": row.watched,
        "note": row.note or None,
        "tags": list(row.tags),
    }


def _step_object(step: TimelineEntry) -> dict[str, object]:
    return {
        "at": moment(step.at),
        "kind": step.kind,
        "source": step.source,
        "text": step.text,
        "story": step.story,
    }


def _claim_object(claim: Claim) -> dict[str, object]:
    return {
        "value": claim.value,
        "source": claim.source,
        "voice": claim.voice or None,
        "at": moment(claim.at),
        "story": claim.story,
    }


def _source_object(link: ChainLink) -> dict[str, object]:
    return {
        "story": link.story,
        "publisher": link.publisher,
        "house": link.house,
        "at": moment(link.at),
        "opens": link.opens,
        "copy_of": link.copy_of,
        "label": link.label or None,
    }


def _span_object(span: Span, texts: dict[str, str]) -> dict[str, object]:
    return {
        "fact": span.fact,
        "value": span.value,
        "field": span.field,
        "start": span.start,
        "end": span.end,
        "words": texts[span.field][span.start : span.end],
    }


def story_object(story: StoryDetail) -> dict[str, object]:
    """A story as published, what was read out of it, and the words each fact was read from."""
    row, reading = story.row, story.reading
    texts = {"title": row.title, "summary": story.summary}
    return {
        "id": row.key,
        "title": row.title,
        "summary": story.summary,
        "publisher": row.publisher,
        "feed": row.feed,
        "lang": row.lang,
        "url": row.url,
        "published": moment(row.published),
        "first_seen": moment(row.first_seen),
        "score": row.score,
        "threshold": row.threshold,
        "why": [
            {"reason": why.reason, "words": why.words, "weight": why.weight} for why in reading.verdict.why
        ],
        "incidents": list(story.incidents),
        "read_from": [[_span_object(span, texts) for span in report.spans] for report in reading.reports],
        "earlier": [
            {"seen": moment(version.seen), "title": version.title, "summary": version.summary}
            for version in story.versions
        ],
    }


def _baseline_object(known: BaselineIncident) -> dict[str, object]:
    return {
        "description": known.description,
        "outcome": known.outcome,
        "basis": known.basis,
        "certain": known.certain,
        "uncertain": list(known.uncertain),
    }


def whole_object(exported: ExportedIncident) -> dict[str, object]:
    """An incident with its history, its claims, its sources and its stories."""
    detail = exported.detail
    return {
        **incident_object(detail.row),
        "baseline": _baseline_object(detail.baseline) if detail.baseline else None,
        "timeline": [_step_object(step) for step in detail.timeline],
        "ledger": [
            {
                "stage": step.stage,
                "ground": step.ground,
                "source": step.source,
                "at": moment(step.at),
                "story": step.story,
            }
            for step in detail.history.ledger
        ],
        "contradictions": [
            {"field": found.field, "claims": [_claim_object(claim) for claim in found.claims]}
            for found in detail.history.contradictions
        ],
        "sources": [_source_object(link) for link in detail.chain.links],
        "linked": [{"id": other.row.key, "days": other.days, "why": other.why} for other in detail.linked],
        "reports": [story_object(story) for story in exported.stories],
    }


def view_object(view: View) -> dict[str, object]:
    """The whole document."""
    return {
        "schema": SCHEMA,
        "overflight": __version__,
        "query": view.query,
        "taken": moment(view.taken),
        "total": view.total,
        "incidents": [whole_object(exported) for exported in view.incidents],
    }


def json_text(view: View) -> str:
    """The document as text."""
    return json.dumps(view_object(view), ensure_ascii=False, indent=2) + "\n"
