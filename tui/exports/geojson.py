"""Incidents as GeoJSON (RFC 7946), with no point that is more exact than what was told."""

import json

from tui.domain.codes import PlacePrecision
from tui.domain.reading import Place
from tui.exports.objects import SCHEMA, incident_object, moment
from tui.exports.view import ExportedIncident, View

WITHIN_KM = {
    PlacePrecision.POINT: 2.0,
    PlacePrecision.SETTLEMENT: 10.0,
    PlacePrecision.DISTRICT: 50.0,
}
"""How far from the point the event may have been; a region or a country has no point at all."""


def _geometry(place: Place | None) -> dict[str, object] | None:
    if place is None or place.lat is None or place.lon is None or place.precision not in WITHIN_KM:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _feature(exported: ExportedIncident) -> dict[str, object]:
    row = exported.detail.row
    place = row.facts.place
    geometry = _geometry(place)
    return {
        "type": "Feature",
        "id": row.key,
        "geometry": geometry,
        "properties": {
            **incident_object(row),
            "within_km": WITHIN_KM[place.precision] if place and geometry else None,
        },
    }


def geojson_text(view: View) -> str:
    """A FeatureCollection; an incident without an exact place has a null geometry."""
    document = {
        "type": "FeatureCollection",
        "schema": SCHEMA,
        "query": view.query,
        "taken": moment(view.taken),
        "features": [_feature(exported) for exported in view.incidents],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
