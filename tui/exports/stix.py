"""Incidents as a bundle of STIX 2.1, for platforms that share what is known of threats."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid5

from tui.domain.codes import IncidentCertainty, Origin
from tui.domain.reading import Place
from tui.domain.territories import territory_name
from tui.exports.geojson import WITHIN_KM
from tui.exports.plain import certainty_words, outcome_words
from tui.exports.view import ExportedIncident, View

_OURS = UUID("6f0c5c1e-6c5e-5f0e-9a53-0b6a5f7c1d21")
"""Ids are made of this and of what they name, so that the same incident is the same object in every bundle."""
_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
"""When what never changes, such as a state, was made."""
_CONFIDENCE = {
    IncidentCertainty.CONFIRMED: 85,
    IncidentCertainty.CORROBORATED: 50,
    IncidentCertainty.CLAIMED: 15,
    IncidentCertainty.UNFOUNDED: 0,
}
"""High, medium, low and none of the scale in appendix A; a disputed incident has no confidence at all."""

Object = dict[str, object]


def stix_text(view: View) -> str:
    """A bundle: the incidents, the states and places they are about, and a report that lists them."""
    ours = _made("identity", "overflight", _BEGAN, name="Overflight", identity_class="system")
    found: dict[object, Object] = {ours["id"]: ours}
    for exported in view.incidents:
        for one in _objects(exported, str(ours["id"])):
            found.setdefault(one["id"], one)
    key = f"{view.query} {view.taken.isoformat()}"
    report = _made(
        "report",
        key,
        view.taken,
        name=f"Overflight: {view.query or 'airspace incursions'}",
        published=_moment(view.taken),
        report_types=["threat-report"],
        object_refs=list(found),
        created_by_ref=ours["id"],
    )
    bundle = {"type": "bundle", "id": _id("bundle", key), "objects": [*found.values(), report]}
    return json.dumps(bundle, ensure_ascii=False, indent=2) + "\n"


def _objects(exported: ExportedIncident, ours: str) -> Iterator[Object]:
    row = exported.detail.row
    facts = row.facts
    incident = _made(
        "incident",
        row.key,
        row.first_seen,
        row.last_revised,
        name=row.line,
        description="; outcome ".join(filter(None, (certainty_words(row), outcome_words(exported.detail)))),
        labels=[str(code) for code in (*facts.event, *facts.object, *facts.zone, *facts.response)]
        + (["baseline"] if row.origin is Origin.BASELINE else []),
        created_by_ref=ours,
        external_references=[
            {"source_name": "overflight", "external_id": row.key},
            *(
                {"source_name": story.row.publisher or "unnamed publisher", "url": story.row.url}
                for story in exported.stories
                if story.row.url
            ),
        ],
        confidence=_CONFIDENCE.get(facts.certainty),
    )
    yield incident
    about = [("affected", _state(code)) for code in facts.affected]
    about += [("attributed to", _actor(code)) for code in facts.actor]
    if facts.place is not None and (spot := _spot(facts.place)) is not None:
        about.append(("place", spot))
    for how, other in about:
        yield other
        yield _made(
            "relationship",
            f"{row.key} {how} {other['id']}",
            row.first_seen,
            row.last_revised,
            relationship_type="related-to",
            description=how,
            source_ref=incident["id"],
            target_ref=other["id"],
            created_by_ref=ours,
        )


def _state(code: str) -> Object:
    return _made("location", code, _BEGAN, name=territory_name(code), country=code)


def _actor(code: str) -> Object:
    return _made(
        "identity", f"state {code}", _BEGAN, name=territory_name(code), identity_class="organization"
    )


def _spot(place: Place) -> Object | None:
    """A place that is exactly known, with how far off it may be."""
    if place.lat is None or place.lon is None or place.precision not in WITHIN_KM:
        return None
    return _made(
        "location",
        f"{place.name} {place.lat} {place.lon}",
        _BEGAN,
        name=place.name,
        latitude=place.lat,
        longitude=place.lon,
        precision=WITHIN_KM[place.precision] * 1000,
        country=place.country,
    )


def _made(kind: str, key: str, made: datetime, changed: datetime | None = None, **members: object) -> Object:
    """An object with what all have; members that are None or an empty list are left out, as STIX wants it."""
    common = {
        "type": kind,
        "spec_version": "2.1",
        "id": _id(kind, key),
        "created": _moment(made),
        "modified": _moment(max(made, changed or made)),
    }
    return {**common, **{name: value for name, value in members.items() if value not in (None, [])}}


def _id(kind: str, key: str) -> str:
    return f"{kind}--{uuid5(_OURS, f'{kind} {key}')}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
