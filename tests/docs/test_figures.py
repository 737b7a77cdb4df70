"""The numbers of the README are those that were recorded, and its counts those of the program."""

import json

from bench.figures import stored
from bench.readme_figures import README, SHOWN, written
from bench.targets import TARGETS
from tests.docs.pages import ROOT
from tui.feeds.feed_list import load_feed_list
from tui.locations import shipped

TEXT = README.read_text(encoding="utf-8")


def test_the_figures_of_the_readme_are_those_last_recorded() -> None:
    assert written(TEXT, stored()) == TEXT, "run `python -m bench.figures --stored`"


def test_a_figure_that_was_measured_otherwise_changes_the_table() -> None:
    figures = stored()
    changed = figures | {SHOWN[0]: figures[SHOWN[1]]}
    assert written(TEXT, changed) != TEXT


def test_the_readme_shows_enough_of_the_figures_and_marks_each_that_is_short() -> None:
    figures, targets = stored(), {target.key: target for target in TARGETS}
    shown = {key: targets[key] for key in SHOWN if key in figures}
    assert len(shown) > 10
    rows = [line for line in TEXT.splitlines() if line.endswith("` |") and "python -m bench." in line]
    short = [target.what for key, target in shown.items() if not target.held(figures[key].value)]
    assert len(rows) == len(shown)
    assert [row.split("|")[1].strip() for row in rows if "**" in row] == short


def test_the_counts_that_the_readme_names_are_those_of_the_program() -> None:
    feeds = load_feed_list(shipped("feeds.toml")).feeds
    assert "over two hundred news feeds" in TEXT
    assert sum(feed.enabled for feed in feeds) > 200
    languages = {path.stem.split("-")[0] for path in (ROOT / "tui/reading/lexicon").glob("*.tsv")} - {"mul"}
    assert f"in {len(languages)} languages" in TEXT
    baseline = (ROOT / "seeds/baseline.jsonl").read_text(encoding="utf-8").splitlines()
    assert f"on {len([json.loads(line) for line in baseline])} known incidents" in TEXT
