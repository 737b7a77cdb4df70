"""Incidents as a feed that other readers subscribe to: Atom (RFC 4287) and JSON Feed 1.1."""

import json
from datetime import UTC, datetime, time
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from tui import __version__
from tui.domain.board import StoryRow
from tui.domain.codes import Origin
from tui.domain.territories import territory_name
from tui.exports.plain import certainty_words, codes_words, date_words, outcome_words, told_by, xml_safe
from tui.exports.view import ExportedIncident, View

_ATOM = "http://www.w3.org/2005/Atom"
_LINKS = 20
"""Stories of an incident that an entry links."""

register_namespace("", _ATOM)


def _id(key: str) -> str:
    return f"urn:overflight:incident:{key}"


def _title(view: View) -> str:
    return f"Overflight: {view.query}" if view.query else "Overflight: airspace incursions"


def _linked(exported: ExportedIncident) -> tuple[StoryRow, ...]:
    stories = [story.row for story in exported.stories if story.row.url]
    return tuple(stories[:_LINKS])


def _body(exported: ExportedIncident) -> str:
    """What is known, in lines of plain text."""
    row = exported.detail.row
    facts = row.facts
    where = ", ".join(territory_name(code) for code in facts.affected) or "no state named"
    lines = [
        f"Affected: {where}.",
        f"Told of: {codes_words(facts.event) or 'unknown'}; object: {codes_words(facts.object) or 'unknown'}.",
        f"Certainty: {certainty_words(row)}.",
        *(_past(exported) if _is_past(exported) else [f"{told_by(row)}."]),
    ]
    lines += [
        f"{step.at:%Y-%m-%d %H:%MZ} {step.source}: {step.text}" for step in exported.detail.timeline[-5:]
    ]
    lines += [f"{story.publisher}: {story.title} {story.url}" for story in _linked(exported)]
    return "\n".join(lines)


def _is_past(exported: ExportedIncident) -> bool:
    return exported.detail.row.origin is Origin.BASELINE


def _past(exported: ExportedIncident) -> list[str]:
    when = exported.detail.row.facts.event_date
    said = ["Baseline: a known incident of the past, not news."]
    if when is not None:
        said.append(f"Happened: {date_words(when)}.")
    outcome = outcome_words(exported.detail).rstrip(".")
    return [*said, f"Outcome: {outcome}."] if outcome else said


def _headline(exported: ExportedIncident) -> str:
    line = exported.detail.row.line
    return f"Baseline: {line}" if _is_past(exported) else line


def _happened(exported: ExportedIncident) -> datetime | None:
    """The beginning of the day, month or year of one of the baseline, whose other times are those of installing."""
    when = exported.detail.row.facts.event_date
    return datetime.combine(when.date, time.min, UTC) if when and _is_past(exported) else None


def _published(exported: ExportedIncident) -> datetime:
    return _happened(exported) or exported.detail.row.earliest


def _updated(exported: ExportedIncident) -> datetime:
    row = exported.detail.row
    return _happened(exported) or max(row.last_revised, row.first_seen)


def _part(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    part = SubElement(
        parent, f"{{{_ATOM}}}{name}", {key: xml_safe(value) for key, value in attributes.items()}
    )
    part.text = xml_safe(text) or None
    return part


def atom_text(view: View) -> str:
    """An Atom feed, newest change first."""
    feed = Element(f"{{{_ATOM}}}feed")
    _part(feed, "id", f"urn:overflight:view:{quote(view.query) or 'everything'}")
    _part(feed, "title", _title(view))
    newest = max((_updated(exported) for exported in view.incidents), default=view.taken)
    _part(feed, "updated", newest.isoformat())
    _part(_part(feed, "author"), "name", "Overflight")
    _part(feed, "generator", "Overflight", version=__version__)
    for exported in sorted(view.incidents, key=_updated, reverse=True):
        row = exported.detail.row
        entry = _part(feed, "entry")
        _part(entry, "id", _id(row.key))
        _part(entry, "title", _headline(exported))
        _part(entry, "updated", _updated(exported).isoformat())
        _part(entry, "published", _published(exported).isoformat())
        for state in row.facts.affected:
            _part(entry, "category", term=state, label=territory_name(state))
        for number, story in enumerate(_linked(exported)):
            _part(
                entry,
                "link",
                rel="related" if number else "alternate",
                href=story.url,
                title=f"{story.publisher}: {story.title}",
            )
        _part(entry, "content", _body(exported), type="text")
    indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode") + "\n"


def json_feed_text(view: View) -> str:
    """A JSON Feed, newest change first."""
    items = []
    for exported in sorted(view.incidents, key=_updated, reverse=True):
        row = exported.detail.row
        links = _linked(exported)
        item: dict[str, object] = {
            "id": _id(row.key),
            "title": _headline(exported),
            "content_text": _body(exported),
            "date_published": _published(exported).isoformat(),
            "date_modified": _updated(exported).isoformat(),
            "tags": list(row.facts.affected),
        }
        if links:
            item["external_url"] = links[0].url
        items.append(item)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(view),
        "language": "en",
        "authors": [{"name": "Overflight"}],
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
