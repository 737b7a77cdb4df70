"""`overflight views`, and what a view is to `query` and `export`, on the baseline and a few stories."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.test_refusals import run
from tests.store.samples import FEED, a_report, a_story_round, keeper_on
from tui.domain.feed import Feed


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three incidents in the news: two of today, one of last week."""
    now = datetime.now(UTC)
    keeper = keeper_on(tmp_path / "overflight.db")
    keeper.sync_feeds([Feed(FEED, "Example", country="PL", publisher="Example News")], now)
    for number, (state, ago) in enumerate((("PL", 2), ("LT", 3), ("PL", 170))):
        at = now - timedelta(hours=ago)
        keeper.save_round(a_story_round(number, f"i{number:020}", at, a_report(affected=(state,))))
    keeper.close()
    return tmp_path


def of(home: Path, *arguments: str) -> tuple[int, str, str]:
    done = run(home, "--db", str(home / "overflight.db"), *arguments)
    return done.returncode, done.stdout, done.stderr


def test_a_view_is_saved_listed_with_its_counts_shown_and_removed(home: Path) -> None:
    assert of(home, "views")[:2] == (1, "")
    assert of(home, "views", "add", "Polish day", "country:PL", "--window", "24h") == (
        0,
        "view Polish day saved\n",
        "",
    )
    assert of(home, "views", "add", "Everything")[0] == 0
    status, listed, _ = of(home, "views")
    assert status == 0
    assert listed.splitlines()[0].split() == [
        "1", "Polish", "day", "1", "+1", "24h", "age", "country:PL"
    ]  # fmt: skip
    document = json.loads(of(home, "views", "--json")[1])
    assert [(view["name"], view["incidents"], view["new"]) for view in document] == [
        ("Polish day", 1, 1),
        ("Everything", 3, 3),
    ]
    status, shown, said = of(home, "views", "show", "polish day")
    assert (status, len(shown.splitlines())) == (0, 2)
    assert "1 of 1 of the view Polish day" in said
    assert json.loads(of(home, "views", "show", "2", "--json")[1])["total"] == 3
    assert of(home, "views", "remove", "1")[1] == "view Polish day deleted\n"
    assert of(home, "views", "show", "Polish day")[0] == 2


def test_views_are_renamed_moved_and_replaced(home: Path) -> None:
    for name in ("one", "two", "three"):
        of(home, "views", "add", name)
    assert of(home, "views", "move", "three", "1")[1] == "view three moved\n"
    assert of(home, "views", "rename", "two", "zwei")[1] == "view two renamed zwei\n"
    status, _, said = of(home, "views", "add", "ONE", "country:LT")
    assert (status, "Another view is named 'ONE' already" in said) == (2, True)
    assert of(home, "views", "add", "one", "country:LT", "--replace")[0] == 0
    names = [(view["name"], view["query"]) for view in json.loads(of(home, "views", "list", "--json")[1])]
    assert names == [("three", ""), ("one", "country:LT"), ("zwei", "")]


def test_every_change_of_the_list_is_told_as_json_too(home: Path) -> None:
    def said(*arguments: str) -> tuple[str, list[tuple[int, str, str]]]:
        status, out, _ = of(home, "views", *arguments, "--json")
        assert status == 0
        document = json.loads(out)
        return document["done"], [(one["position"], one["name"], one["query"]) for one in document["views"]]

    one, two = (1, "one", "country:PL"), (2, "two", "")
    assert said("add", "one", "country:PL") == ("view one saved", [one])
    assert said("add", "two") == ("view two saved", [one, two])
    assert said("move", "two", "1") == ("view two moved", [(1, "two", ""), (2, "one", "country:PL")])
    assert said("rename", "two", "zwei")[0] == "view two renamed zwei"
    assert said("remove", "zwei") == ("view zwei deleted", [one])
    status, out, why = of(home, "views", "remove", "gone", "--json")
    assert (status, out, "There is no view" in why) == (2, "", True)


def test_what_is_too_long_is_refused_by_its_own_length(home: Path) -> None:
    key = f"i{0:020}"
    for arguments, words in (
        (("views", "add", "x" * 1234), "this has 1234"),
        (("note", key, "y" * 5678), "this has 5,678"),
        (("tag", key, "z" * 9000), "A tag has at most 30 characters"),
    ):
        status, _, said = of(home, *arguments)
        assert (status, words in said) == (2, True), said


def test_what_cannot_be_saved_says_why(home: Path) -> None:
    for arguments, words in (
        (("add", "x", "country:Polnd"), "no state that we know"),
        (("add", "x", "--window", "soon"), "Write a span such as 6h, 24h, 7d or 30d, or all"),
        (("add", " "), "needs a name"),
        (("remove", "gone"), "There is no view 'gone'. There are: none"),
    ):
        status, _, said = of(home, "views", *arguments)
        assert (status, words in said) == (2, True), said
    assert run(home / "nowhere", "views").returncode == 2


def test_query_and_export_take_a_view_and_more_words(home: Path) -> None:
    of(home, "views", "add", "Polish", "country:PL")
    assert json.loads(of(home, "query", "--view", "Polish", "--json")[1])["total"] == 2
    assert json.loads(of(home, "query", "--view", "polish", "revised:24h", "--json")[1])["total"] == 1
    document = json.loads(of(home, "export", "--view", "Polish")[1])
    assert (document["total"], document["query"]) == (2, "country:PL is:news")
    status, _, said = of(home, "export", "--view", "gone")
    assert (status, "There are: Polish" in said) == (2, True)
    assert of(home, "export", "--view", "Polish", "--format", "archive")[0] == 2


def test_an_alert_rule_of_a_view_is_printed_and_written_nowhere(home: Path) -> None:
    of(home, "views", "add", "Polish", "country:PL")
    said = of(home, "views", "alert", "Polish")[1]
    assert 'query = "country:PL"' in said
    assert not (home / "feeds.toml").exists()


def test_views_notes_tags_and_stars_come_back_from_an_archive(home: Path, tmp_path: Path) -> None:
    key = f"i{0:020}"
    of(home, "views", "add", "Polish", "country:PL", "--window", "7d", "--sort", "sources")
    of(home, "note", key, "call", "the", "ministry")
    of(home, "tag", key, "verify")
    of(home, "star", key)
    assert of(home, "export", "--format", "archive", "-o", str(tmp_path / "a.jsonl"))[0] == 0
    fresh = str(tmp_path / "fresh.db")
    assert run(home, "--db", fresh, "import", str(tmp_path / "a.jsonl")).returncode == 0
    assert run(home, "--db", fresh, "views").stdout == of(home, "views")[1]
    found = json.loads(
        run(home, "--db", fresh, "query", "tag:verify", "note:ministry", "is:watched", "--json").stdout
    )
    (incident,) = found["incidents"]
    assert (incident["note"], incident["tags"], incident["watched"]) == (
        "call the ministry",
        ["verify"],
        True,
    )


def test_a_store_with_nothing_but_a_view_is_not_written_over(home: Path, tmp_path: Path) -> None:
    assert of(home, "export", "--format", "archive", "-o", str(tmp_path / "a.jsonl"))[0] == 0
    other = str(tmp_path / "other.db")
    keeper_on(Path(other)).close()
    assert run(home, "--db", other, "views", "add", "mine").returncode == 0
    refused = run(home, "--db", other, "import", str(tmp_path / "a.jsonl"))
    assert (refused.returncode, "or what you saved" in refused.stderr) == (2, True)
