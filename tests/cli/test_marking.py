"""`overflight note`, `tag` and `star`, and where what they write leaves the program again."""

import csv
import io
import json
from pathlib import Path

from tests.cli.test_views import home as home  # noqa: PLC0414 - the fixture
from tests.cli.test_views import of

KEY = f"i{0:020}"


def test_a_note_is_written_read_and_taken_away(home: Path) -> None:
    assert of(home, "note", KEY)[:2] == (1, "")
    assert of(home, "note", KEY, "call", "them\x1b[2J") == (0, "call them\ufffd[2J\n", "")
    assert of(home, "note", KEY)[:2] == (0, "call them\ufffd[2J\n")
    assert of(home, "note", KEY, "--remove")[:2] == (0, "")
    assert of(home, "note", KEY)[0] == 1


def test_tags_are_added_and_taken_away(home: Path) -> None:
    assert of(home, "tag", KEY, "#Verify", "baltic")[:2] == (0, "baltic verify\n")
    assert of(home, "tag", KEY, "airport")[:2] == (0, "airport baltic verify\n")
    assert of(home, "tag", KEY, "VERIFY", "--remove")[:2] == (0, "airport baltic\n")
    assert json.loads(of(home, "tag", KEY, "--json")[1])["tags"] == ["airport", "baltic"]
    assert of(home, "tag", KEY, "--remove")[:2] == (0, "")
    assert of(home, "tag", KEY)[0] == 1


def test_a_star_is_given_and_taken_away(home: Path) -> None:
    assert of(home, "star", KEY)[1].startswith("watched: PL")
    assert json.loads(of(home, "star", KEY, "--json")[1])["watched"]
    assert of(home, "star", KEY, "--remove")[1].startswith("no longer watched")


def test_what_cannot_be_written_says_why(home: Path) -> None:
    for arguments, words in (
        (("note", "i404", "x"), "There is no incident 'i404'"),
        (("tag", KEY, "a:b"), "is no tag"),
        (("note", KEY, "x" * 1001), "at most 1,000 characters"),
    ):
        status, _, said = of(home, *arguments)
        assert (status, words in said) == (2, True), said


def test_note_and_tags_leave_with_every_export_that_a_correction_is_in(home: Path) -> None:
    of(home, "note", KEY, "=call them")
    of(home, "tag", KEY, "verify")
    wanted = ("query", "tag:verify", "--json"), ("export", "tag:verify", "--format", "json")
    for arguments in wanted:
        (incident,) = json.loads(of(home, *arguments)[1])["incidents"]
        assert (incident["note"], incident["tags"]) == ("=call them", ["verify"])
    (feature,) = json.loads(of(home, "export", "tag:verify", "--format", "geojson")[1])["features"]
    assert feature["properties"]["tags"] == ["verify"]
    (row,) = csv.DictReader(io.StringIO(of(home, "export", "tag:verify", "--format", "csv")[1]))
    assert (row["note"], row["tags"]) == ("'=call them", "verify")
    report = of(home, "export", "tag:verify", "--format", "markdown")[1]
    assert "**Tags:** verify" in report
    assert "call them" in report
    assert "Your tags: verify. Your note: =call them." in of(home, "once", "--no-fetch", "--plain")[1]
