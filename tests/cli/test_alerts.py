"""`overflight alerts`, as a person and as a script calls it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.alerts.given import Desk, a_plan, a_rule
from tests.cli.test_refusals import GOOD, run

ALERTS = """
[[channel]]
name = "file"
kind = "command"
command = ["sh", "-c", "cat > told.json"]

[[channel]]
name = "broken"
kind = "command"
command = ["false"]

[[alert]]
name = "poland"
query = "country:PL"
on = ["new", "count_revised"]
channels = ["file"]

[[alert]]
name = "off"
query = "country:LT"
enabled = false
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "feeds.toml").write_text(GOOD + ALERTS, encoding="utf-8")
    return tmp_path


def of(home: Path, *arguments: str) -> tuple[int, str, str]:
    done = run(home, "--feeds", str(home / "feeds.toml"), "--db", str(home / "o.db"), "alerts", *arguments)
    return done.returncode, done.stdout, done.stderr


def a_past(home: Path) -> Desk:
    """Three incidents of the last days, one of which was revised."""
    desk = Desk(home / "o.db", a_plan(a_rule("country:PL")), at=datetime.now(UTC) - timedelta(days=3))
    desk.look()
    desk.later(hours=1)
    for number, state in enumerate(("PL", "PL", "LT")):
        desk.tell(f"i{number}", publisher=f"Publisher {number}", affected=(state,))
        desk.look()
        desk.later(hours=2)
    return desk


def test_rules_and_channels_are_listed_before_there_is_a_database(home: Path) -> None:
    status, said, _ = of(home, "list")
    assert status == 0
    assert "poland: country:PL" in said
    assert "off  (disabled)" in said
    assert "channel broken: command" in said
    document = json.loads(of(home, "list", "--json")[1])
    assert [rule["name"] for rule in document["rules"]] == ["poland", "off"]


def test_a_test_reaches_the_channel_and_says_when_it_does_not(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    assert of(home, "test", "poland")[:2] == (0, "file: told\n")
    assert "nothing happened" in (home / "told.json").read_text()
    status, said, _ = of(home, "test", "broken")
    assert (status, "ended with status 1" in said) == (1, True)
    status, _, said = of(home, "test", "nobody")
    assert (status, "There are: file, broken, poland, off" in said) == (2, True)


def test_a_rehearsal_says_how_often_and_on_what(home: Path) -> None:
    a_past(home)
    status, said, _ = of(home, "dry-run", "--days", "7")
    assert status == 0
    assert "poland: would have fired 2 times in the last 7 days" in said
    assert said.count("PL violation (new)") == 2
    (rule,) = json.loads(of(home, "dry-run", "--json", "--rule", "off")[1])["rules"]
    assert (rule["name"], rule["alerts"]) == ("off", 1)
    assert json.loads(of(home, "dry-run", "--days", "1", "--json")[1])["rules"][0]["alerts"] == 0
    assert of(home, "dry-run", "--rule", "nobody")[0] == 2


def test_without_a_rule_in_force_a_rehearsal_tells_of_nothing_and_is_no_error(home: Path) -> None:
    a_past(home)
    (home / "feeds.toml").write_text(GOOD, encoding="utf-8")
    assert of(home, "list")[0] == 0
    status, said, beside = of(home, "dry-run")
    assert (status, said) == (0, "")
    assert "No [[alert]] is in force" in beside
    assert json.loads(of(home, "dry-run", "--json")[1])["rules"] == []
    assert of(home, "dry-run", "--rule", "nobody")[0] == 2


def test_the_log_tells_what_was_alerted_and_what_became_of_it(home: Path) -> None:
    assert of(home, "log")[0] == 2
    a_past(home)
    status, said, _ = of(home, "log")
    assert (status, len(said.splitlines())) == (0, 2)
    assert "PL violation (new)  [hook pending]" in said
    first = json.loads(of(home, "log", "--json", "--limit", "1")[1])
    assert (first["incident"]["id"], first["fate"]) == ("i1", "tell")
