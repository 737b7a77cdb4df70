"""The shipped baseline is 80 facts in valid codes, each in the right part of the world."""

import json
from datetime import date
from pathlib import Path

import pytest

from tui.domain.codes import DatePrecision, IncidentCertainty, PlacePrecision, Response
from tui.domain.incident import BaselineIncident
from tui.domain.territories import TERRITORY_NAMES
from tui.pipeline.baseline import BaselineError, baseline_sketch, load_baseline

SEEDS = Path(__file__).parents[2] / "seeds"

# South, north, west, east of each state's land and waters, in degrees, generously.
BOXES = {
    "AZ": (38, 42, 44, 51), "BE": (49, 52, 2, 7), "BF": (9, 15, -6, 3), "CA": (41, 84, -142, -52),
    "CN": (15, 54, 73, 135), "CO": (-5, 14, -80, -66), "CR": (5, 12, -88, -82), "CY": (34, 36, 32, 35),
    "DE": (47, 56, 5, 16), "DK": (54, 58, 7, 16), "DZ": (18, 38, -9, 12), "EE": (57, 60.5, 21, 29),
    "FI": (59, 71, 19, 32), "GB": (49, 61, -9, 3), "GY": (1, 9, -62, -56), "HR": (42, 47, 13, 20),
    "IE": (51, 56, -11, -5), "IL": (29, 34, 34, 36), "IQ": (29, 38, 38, 49), "IR": (24, 40, 44, 64),
    "JO": (29, 34, 34, 40), "JP": (20, 46, 122, 154), "KP": (37, 43, 124, 131), "KR": (33, 39, 124, 132),
    "LT": (53, 57, 20, 27), "LV": (55, 59, 20, 29), "MD": (45, 49, 26, 31), "MY": (0, 8, 99, 120),
    "PK": (23, 38, 60, 78), "PL": (48, 56, 14, 25), "QA": (24, 27, 50, 52), "RO": (43, 49, 20, 30),
    "RW": (-3, -1, 28, 31), "SA": (16, 33, 34, 56), "SD": (8, 23, 21, 39), "SE": (55, 70, 10, 25),
    "TD": (7, 24, 13, 25), "TH": (5, 21, 97, 106), "TR": (35, 43, 25, 45), "TW": (20, 27, 116, 123),
    "US": (18, 72, -180, -65),
}  # fmt: skip

GOOD = {
    "slug": "xx-2020-01-01-thing",
    "date": "2020-01-01",
    "affected": ["FI"],
    "object": ["uav"],
    "zone": ["sovereign"],
    "event": ["violation"],
    "certainty": "confirmed",
    "ground": "The ministry stated it",
    "place": {"name": "Kotka", "country": "FI", "lat": 60.5, "lon": 26.9, "precision": "settlement"},
    "description": "A drone crosses the border.",
    "outcome": "Left.",
    "basis": "https://example.org/1",
}


@pytest.fixture(scope="module")
def baseline() -> tuple[BaselineIncident, ...]:
    return load_baseline((SEEDS / "baseline.jsonl").read_text(encoding="utf-8"))


def test_the_shipped_file_holds_eighty_incidents_with_keys_of_their_own(
    baseline: tuple[BaselineIncident, ...],
) -> None:
    keys = {incident.key for incident in baseline}
    assert len(baseline) == len(keys) == 80
    assert all(key.startswith("b:") and " " not in key for key in keys)


def test_every_place_lies_inside_its_state(baseline: tuple[BaselineIncident, ...]) -> None:
    outside = []
    for incident in baseline:
        place = incident.facts.place
        assert place is not None
        assert place.lat is not None
        assert place.lon is not None
        if place.country is None:  # on or between two states' waters
            assert any(_inside(iso2, place.lat, place.lon, slack=2.0) for iso2 in incident.facts.affected), (
                incident.key
            )
        elif not _inside(place.country, place.lat, place.lon):
            outside.append((incident.key, place))
    assert outside == []


def test_each_incident_says_who_was_affected_and_on_what_ground(
    baseline: tuple[BaselineIncident, ...],
) -> None:
    for incident in baseline:
        assert incident.facts.affected
        assert set(incident.facts.affected) <= TERRITORY_NAMES.keys()
        assert len(incident.facts.ground) > 15, incident.key
        assert incident.description.endswith(".")


def test_what_comes_from_memory_is_marked_and_the_rest_names_its_address(
    baseline: tuple[BaselineIncident, ...],
) -> None:
    for incident in baseline:
        if incident.certain:
            assert incident.basis.startswith("https://"), incident.key
        else:
            assert {"event_date", "place", "outcome"} <= set(incident.uncertain), incident.key


def test_the_three_balloons_over_japan_keep_only_the_month_that_the_source_gives(
    baseline: tuple[BaselineIncident, ...],
) -> None:
    by_key = {incident.key: incident for incident in baseline}
    sendai = by_key["b:jp-2020-06-sendai-balloon"].facts
    assert sendai.event_date is not None
    assert sendai.event_date.precision is DatePrecision.MONTH
    assert sendai.certainty is IncidentCertainty.CORROBORATED
    assert sendai.place is not None
    assert sendai.place.precision is PlacePrecision.SETTLEMENT


def test_a_response_is_coded_only_where_the_outcome_tells_one(
    baseline: tuple[BaselineIncident, ...],
) -> None:
    by_key = {incident.key: incident.facts for incident in baseline}
    assert by_key["b:tw-2022-09-01-shiyu-drone-shootdown"].response == (Response.SHOOTDOWN,)
    assert by_key["b:lv-2024-09-07-rezekne"].response == ()
    assert by_key["b:ee-2025-09-19-mig31"].responder == ("IT",)
    assert by_key["b:ee-2025-09-19-mig31"].affected == ("EE",)


def test_a_sketch_of_a_month_spans_the_month(baseline: tuple[BaselineIncident, ...]) -> None:
    sendai = next(item for item in baseline if item.key == "b:jp-2020-06-sendai-balloon")
    sketch = baseline_sketch(sendai)
    assert (sketch.first_day, sketch.last_day) == (date(2020, 6, 1), date(2020, 6, 30))
    assert sketch.incident == sendai.key
    assert sketch.affected == ("JP",)
    assert sketch.counts == (1,)


def test_a_sketch_of_a_day_is_that_day_and_of_a_year_the_year() -> None:
    day, year = load_baseline(
        json.dumps(GOOD) + "\n\n" + json.dumps(GOOD | {"slug": "xx-2020-other", "date": "2020"}),
    )
    assert baseline_sketch(day).first_day == baseline_sketch(day).last_day == date(2020, 1, 1)
    assert baseline_sketch(year).last_day == date(2020, 12, 31)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"object": ["ufo"]}, "ufo"),
        ({"affected": ["ZZ"]}, "'ZZ' is no state's code"),
        ({"date": "14 Feb 2023"}, "not a date"),
        ({"date": "2023-02-30"}, "no date"),
        ({"uncertain": ["colour"]}, "'colour' is no fact"),
        ({"colour": "red"}, "colour"),
        ({"place": {"name": "Kotka", "precision": "city"}}, "city"),
        ({"slug": "xx-2020-01-01-thing"}, "stands twice"),
    ],
)
def test_a_bad_line_is_named_with_what_is_wrong(change: dict[str, object], words: str) -> None:
    text = json.dumps(GOOD) + "\n" + json.dumps(GOOD | {"slug": "xx-2"} | change) + "\n"
    with pytest.raises(BaselineError, match=words) as caught:
        load_baseline(text)
    assert caught.value.line == 2
    assert "line 2" in str(caught.value)


def test_a_line_that_is_no_json_is_named() -> None:
    with pytest.raises(BaselineError, match="line 1"):
        load_baseline("{slug: 1}")


def _inside(iso2: str, lat: float, lon: float, slack: float = 0.0) -> bool:
    south, north, west, east = BOXES[iso2]
    return south - slack <= lat <= north + slack and west - slack <= lon <= east + slack
