"""The bundle of STIX 2.1: objects that refer to each other, the same ids every time, no place more exact than was told."""

import json
import re
from typing import Any

from tests.exports.conftest import HOSTILE
from tui.exports.stix import stix_text
from tui.exports.view import View

ID = re.compile(r"[a-z-]+--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
REQUIRED = {
    "identity": {"name"},
    "location": set[str](),
    "incident": {"name"},
    "relationship": {"relationship_type", "source_ref", "target_ref"},
    "report": {"name", "published", "object_refs"},
}
"""Members beside the common ones that section 4 and 5 of the standard ask for."""


def objects(view: View) -> list[dict[str, Any]]:
    bundle = json.loads(stix_text(view))
    assert bundle.keys() == {"type", "id", "objects"}
    assert ID.fullmatch(bundle["id"])
    found: list[dict[str, Any]] = bundle["objects"]
    return found


def test_every_object_has_what_the_standard_asks_for_and_refers_to_one_that_is_there(view: View) -> None:
    found = objects(view)
    ids = [one["id"] for one in found]
    assert len(set(ids)) == len(ids)
    for one in found:
        assert ID.fullmatch(one["id"])
        assert one["id"].startswith(f"{one['type']}--")
        assert one["spec_version"] == "2.1"
        assert REQUIRED[one["type"]] <= one.keys()
        assert MOMENT.fullmatch(one["created"])
        assert MOMENT.fullmatch(one["modified"])
        assert one["modified"] >= one["created"]
        assert None not in one.values()
        assert [] not in one.values(), "an empty list is left out"
        for name, value in one.items():
            refs = value if name.endswith("_refs") else [value] if name.endswith("_ref") else []
            assert set(refs) <= set(ids)
        if one["type"] == "location":
            assert {"country", "latitude"} & one.keys(), "a location names a region, a country or a point"


def test_an_incident_names_its_stories_and_how_sure_it_is(view: View) -> None:
    found = objects(view)
    incidents = [one for one in found if one["type"] == "incident"]
    assert len(incidents) == 4
    assert all("uav" in one["labels"] for one in incidents)
    named = [one for incident in incidents for one in incident["external_references"]]
    assert {one["external_id"] for one in named if "external_id" in one} == {"i0", "i1", "i2", "i3"}
    links = {one["url"] for one in named if "url" in one}
    assert links == {f"https://feed.example/{number}" for number in range(5)}
    assert {one["confidence"] for one in incidents} <= {0, 15, 50, 85}
    assert "evil" not in " ".join(links)
    assert not any(title in stix_text(view) for title in HOSTILE), "headlines stay with their publishers"


def test_a_point_stands_only_where_the_place_is_exactly_known(view: View) -> None:
    points = [one for one in objects(view) if "latitude" in one]
    assert [(one["name"], one["precision"]) for one in points] == [("Rzeszów", 10_000)]


def test_the_same_incidents_are_the_same_objects_every_time_and_nothing_is_a_report_of_nothing(
    view: View,
) -> None:
    assert stix_text(view) == stix_text(view)
    report = objects(View(view.query, view.taken, (), 0))[-1]
    assert report["type"] == "report"
    assert len(report["object_refs"]) == 1
