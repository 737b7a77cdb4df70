"""The rules that the watch screen shows are those of feeds.toml as it is now."""

from pathlib import Path

from tests.cli.test_refusals import GOOD
from tui.cli.alert_rules import ListedAlerts
from tui.feeds.feed_list import load_feed_list

RULE = '[[alert]]\nname = "Poland"\nquery = "country:PL"\n'
QUIET = '[settings]\nquiet_hours = { start = "22:00", end = "06:00" }\n'


def test_a_rule_pasted_while_the_dashboard_runs_is_seen_and_a_broken_list_changes_nothing(
    tmp_path: Path,
) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text(GOOD, encoding="utf-8")
    listed = ListedAlerts(load_feed_list(file), str(file))
    assert (listed().plan.rules, listed().quiet) == ((), "")

    file.write_text(QUIET + GOOD + RULE, encoding="utf-8")
    assert [rule.name for rule in listed().plan.rules] == ["Poland"]
    assert listed().quiet == "22:00-06:00"

    file.write_text(QUIET + GOOD + RULE + "[[alert]]\n", encoding="utf-8")
    assert [rule.name for rule in listed().plan.rules] == ["Poland"]
    file.unlink()
    assert [rule.name for rule in listed().plan.rules] == ["Poland"]
