"""Each document is valid by its own standard, holds what is stored, and carries no feed text into effect."""

import csv
import hashlib
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from pathlib import Path

import geojson
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.exports.conftest import HOSTILE, SECOND
from tui.domain.feed import Feed
from tui.exports.evidence import evidence_pack
from tui.exports.feeds import atom_text, json_feed_text
from tui.exports.geojson import geojson_text
from tui.exports.objects import json_text
from tui.exports.plain import markdown, xml_safe
from tui.exports.report import markdown_text
from tui.exports.table import COLUMNS, csv_text, defused
from tui.exports.view import View
from tui.feeds.parse import FeedDocument, parse_feed

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "schema" / "incidents-1.schema.json").read_text(encoding="utf-8"))


def test_json_keeps_to_its_schema_and_says_where_each_fact_was_read(view: View) -> None:
    document = json.loads(json_text(view))
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(document, SCHEMA)
    assert {incident["id"] for incident in document["incidents"]} == {"i0", "i1", "i2", "i3"}
    first = next(incident for incident in document["incidents"] if incident["id"] == "i0")
    assert [story["title"] for story in first["reports"]] == [HOSTILE[0], SECOND]
    assert first["reports"][0]["read_from"][0][0]["words"] == HOSTILE[0][:5]
    assert first["contradictions"][0]["field"] == "count"
    assert first["timeline"]


def test_the_schema_refuses_a_document_with_a_member_too_many_or_too_few(view: View) -> None:
    document = json.loads(json_text(view))
    document["incidents"][0]["surprise"] = 1
    with pytest.raises(jsonschema.ValidationError, match="surprise"):
        jsonschema.validate(document, SCHEMA)
    del document["incidents"][0]["surprise"], document["incidents"][0]["certainty"]
    with pytest.raises(jsonschema.ValidationError, match="certainty"):
        jsonschema.validate(document, SCHEMA)


def test_a_spreadsheet_finds_no_formula_in_the_table(view: View) -> None:
    rows = list(csv.reader(io.StringIO(csv_text(view))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 5
    for row in rows[1:]:
        assert len(row) == len(COLUMNS)
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
    names = {name for row in rows[1:] for name in row[COLUMNS.index("publisher_names")].splitlines()}
    assert "'-Paper 0" in names


@given(st.text(max_size=60))
def test_no_text_at_all_becomes_a_formula(text: str) -> None:
    assert not defused(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert defused(text).removeprefix("'") == text.removeprefix("'")


def test_geojson_is_valid_and_has_a_point_only_where_the_place_is_exactly_known(view: View) -> None:
    document = geojson.loads(geojson_text(view))
    assert document.is_valid, document.errors()
    by_key = {feature["id"]: feature for feature in document["features"]}
    assert by_key["i0"]["geometry"]["coordinates"] == [22.0, 50.04]
    assert by_key["i0"]["properties"]["within_km"] == 10
    for key in ("i1", "i2", "i3"):
        assert by_key[key]["geometry"] is None
        assert by_key[key]["properties"]["within_km"] is None


def test_the_validator_of_geojson_refuses_a_place_that_is_none(view: View) -> None:
    wrong = geojson_text(view).replace("22.0", '"east"', 1)
    with pytest.raises(ValueError, match="east"):
        geojson.loads(wrong)


def read_back(text: str) -> FeedDocument:
    read = parse_feed(text.encode(), Feed("https://us.example/atom", "us"), "application/atom+xml")
    assert isinstance(read, FeedDocument), read
    return read


def test_atom_reads_back_through_our_own_door(view: View) -> None:
    text = atom_text(view)
    read = read_back(text)
    assert not read.damaged
    assert {entry.identity for entry in read.entries} == {f"urn:overflight:incident:i{n}" for n in range(4)}
    assert all(entry.url.startswith("https://feed.example/") for entry in read.entries)


def test_a_json_feed_has_what_version_1_1_asks_for(view: View) -> None:
    document = json.loads(json_feed_text(view))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["title"]
    assert all(item["id"] and item["content_text"] for item in document["items"])
    times = [item["date_modified"] for item in document["items"]]
    assert times == sorted(times, reverse=True)


def test_a_report_shows_feed_text_as_it_stands_whatever_markdown_would_make_of_it(view: View) -> None:
    tokens = [token for token in MarkdownIt().enable("table").parse(markdown_text(view)) if token.children]
    inline = [child for token in tokens for child in token.children or ()]
    links = {str(child.attrs["href"]) for child in inline if child.type == "link_open"}
    assert links == {f"https://feed.example/{number}" for number in range(5)}
    assert not {child.type for child in inline} & {"html_inline", "image", "em_open", "code_block"}
    shown = "".join(child.content for child in inline if child.type == "text")
    for title in HOSTILE:
        assert " ".join(title.split()) in shown


@given(st.text(max_size=80))
def test_any_text_reads_as_itself_in_markdown(text: str) -> None:
    (paragraph,) = [token for token in MarkdownIt().parse(f"x {markdown(text)}") if token.type == "inline"]
    assert {child.type for child in paragraph.children or ()} <= {"text", "text_special"}


@given(st.text(max_size=80))
def test_any_text_fits_into_xml(text: str) -> None:
    element = ET.Element("x", {"a": xml_safe(text)})
    element.text = xml_safe(text)
    assert ET.fromstring(ET.tostring(element)).tag == "x"


def test_evidence_is_a_pack_whose_sums_agree_and_which_is_the_same_twice(view: View) -> None:
    packed = evidence_pack(view)
    assert packed == evidence_pack(view)
    with zipfile.ZipFile(io.BytesIO(packed)) as pack:
        texts = {name.removeprefix("overflight-evidence/"): pack.read(name) for name in pack.namelist()}
    sums = texts.pop("SHA256SUMS").decode().splitlines()
    assert sums == [f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in texts.items()]
    stories = [content.decode() for name, content in texts.items() if name.startswith("stories/")]
    assert len(stories) == 5
    assert any(HOSTILE[0] in story and "First fetched: 2026-05-04" in story for story in stories)


def test_an_empty_view_makes_valid_documents(view: View) -> None:
    nothing = replace(view, incidents=(), total=0)
    jsonschema.validate(json.loads(json_text(nothing)), SCHEMA)
    assert geojson.loads(geojson_text(nothing)).is_valid
    assert not read_back(atom_text(nothing)).entries
    assert len(csv_text(nothing).splitlines()) == 1
    assert "0 of 0" in markdown_text(nothing)
