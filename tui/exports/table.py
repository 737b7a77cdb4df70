"""Incidents as CSV (RFC 4180, UTF-8): a line an incident, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Mapping

from tui.domain.codes import Origin
from tui.exports.objects import incident_object
from tui.exports.plain import outcome_words
from tui.exports.view import ExportedIncident, View

COLUMNS = (
    "id",
    "origin",
    "line",
    "affected",
    "actor",
    "responder",
    "object",
    "zone",
    "event",
    "response",
    "certainty",
    "ground",
    "outcome",
    "disputed",
    "corrected",
    "count",
    "place",
    "place_country",
    "lat",
    "lon",
    "place_precision",
    "event_date",
    "date_precision",
    "severity",
    "first_seen",
    "last_revised",
    "told",
    "stories",
    "publishers",
    "publisher_names",
    "links",
    "watched",
    "tags",
    "note",
)
"""Codes of one field are parted by spaces, names and links by line breaks; an unknown is empty.

Of the baseline nothing was seen: when it came with the program is no time of it, and its outcome is in words.
"""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula."""


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(value: object) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value  # a number of ours, -0.5 too, is no text to defuse
    if isinstance(value, list):
        return defused(" ".join(map(str, value)))
    return defused(str(value))


def _row(exported: ExportedIncident) -> Mapping[str, object]:
    known = incident_object(exported.detail.row)
    facts = exported.detail.row.facts
    stories = exported.detail.stories
    place, date = facts.place, facts.event_date
    if exported.detail.row.origin is Origin.BASELINE:
        known |= {"first_seen": None, "last_revised": None, "outcome": outcome_words(exported.detail)}
    return {
        **known,
        "corrected": [done.fact for done in facts.corrected],
        "place": place.name if place else None,
        "place_country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "place_precision": place.precision if place else None,
        "event_date": date.date.isoformat() if date else None,
        "date_precision": date.precision if date else None,
        "publisher_names": "\n".join(dict.fromkeys(defused(story.publisher) for story in stories)),
        "links": "\n".join(dict.fromkeys(defused(story.url) for story in stories if story.url)),
    }


def csv_text(view: View) -> str:
    """The table with its heading."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for exported in view.incidents:
        row = _row(exported)
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    return out.getvalue()
