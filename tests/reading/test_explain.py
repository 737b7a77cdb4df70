"""An explanation is the reading's own chain: every step is what the reading did, for kept and for dropped."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.reading.helpers import story
from tui.domain.entry import StoryText
from tui.domain.rules import MuteRule, PlaceRule, Rules, TermRule
from tui.reading.explain import Explanation, explain
from tui.reading.folding import fold_quick
from tui.reading.reader import read_story
from tui.reading.recall_gate import gate
from tui.reading.role_cues import weights

TITLES = (
    "Russian drone violates Polish airspace near Rzeszow, jets scrambled",
    "Balloon festival opens in Albuquerque",
    "City council discusses tram",
    "Ukraine shoots down 40 Russian drones overnight",
    "Rosyjski dron naruszył polską przestrzeń powietrzną",
    "中国軍機が日本の領空を侵犯",
    "Два дрона замечены над аэропортом Копенгагена",
    "",
)
RULES = Rules(
    terms=(TermRule("my blimps", "o.balloon", "en", ("skysack*",)),),
    mutes=(MuteRule("my mute", "mul", ("festival",)),),
    places=(PlaceRule("Rzeszow hub", ("Rzeszow",), "PL"),),
)


def cut(found: Explanation, field: str, start: int, end: int) -> str:
    return (found.story.title if field == "title" else found.story.summary)[start:end]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("rules", [None, RULES], ids=["plain", "ruled"])
def test_the_reading_is_the_reader_s_and_every_word_stands_where_it_is_said(
    title: str, rules: Rules | None
) -> None:
    text = story(title, "Officials in Warsaw said so on Friday.", lang=None)
    found = explain(text, rules)
    assert found.reading == read_story(text, rules)
    for word in found.gate:
        assert cut(found, word.field, word.start, word.end) == word.words != ""
    for sentence in found.sentences:
        assert cut(found, sentence.field, sentence.start, sentence.end) == sentence.words
        for mark in sentence.marks:
            assert cut(found, sentence.field, mark.start, mark.end) == mark.words
    verdict = found.beyond_gate or found.verdict
    assert verdict.score == pytest.approx(found.start + sum(why.weight for why in verdict.why), abs=0.02)


def test_the_gate_is_told_open_exactly_when_it_is(shared: Path) -> None:
    lines = (shared / "data" / "gold_dev.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        text = StoryText(row["id"], row["title"], row["summary"], None, row["lang"])
        opened = any(gate().opens(fold_quick(part)) for part in (text.title, text.summary) if part)
        assert bool(explain(text).gate) is opened, row["id"]


def test_a_story_that_the_gate_stops_says_what_it_would_have_weighed() -> None:
    found = explain(story("Minister summons ambassador over noise at the airport of Warsaw"))
    assert not found.gate
    assert found.beyond_gate is not None
    assert any(mark.concept == "z.airport" for sentence in found.sentences for mark in sentence.marks)
    assert found.beyond_gate.score < found.beyond_gate.threshold


def test_the_nearest_miss_would_have_kept_a_dropped_story() -> None:
    found = explain(story("Balloon festival opens"))
    assert not found.verdict.relevant
    assert found.turns
    short = found.verdict.threshold - found.verdict.score
    if found.turns[0].what == "together":
        assert sum(turn.weight for turn in found.turns) >= short
    else:
        assert all(abs(turn.weight) >= short for turn in found.turns)


def test_what_a_kept_story_hangs_on_would_have_dropped_it() -> None:
    found = explain(story("Drone sighting closes airport"))
    assert found.verdict.relevant
    for turn in found.turns:
        assert turn.what == "without"
        assert found.verdict.score - turn.weight < found.verdict.threshold


def test_a_user_s_rules_are_told_at_every_step_they_touch() -> None:
    found = explain(story("Skysacks violate Lithuanian airspace near Rzeszow at a festival"), RULES)
    assert [word.rule for word in found.gate if word.words == "Skysacks"] == ["my blimps"]
    marks = {mark.words: mark.rule for sentence in found.sentences for mark in sentence.marks}
    assert marks["Skysacks"] == "my blimps"
    assert marks["Rzeszow"] == "Rzeszow hub"
    assert "festival" not in marks
    reasons = " ".join(why.reason for why in found.verdict.why)
    for name in ("my blimps", "my mute", "Rzeszow hub"):
        assert f"(your rule '{name}')" in reasons


@pytest.mark.parametrize(
    ("declared", "title", "lang", "ground"),
    [
        ("en", TITLES[0], "en", "as declared"),
        ("en", TITLES[4], "pl", "otherwise than declared"),
        (None, TITLES[5], "ja", "no language was declared"),
        ("xx", TITLES[6], "ru", "no terms are known"),
    ],
)
def test_the_language_and_why(declared: str | None, title: str, lang: str, ground: str) -> None:
    seen = explain(story(title, lang=declared)).language
    assert seen.lang == lang
    assert ground in seen.ground


def test_states_are_told_with_their_part_their_words_and_all_that_spoke_for_it() -> None:
    found = explain(story(TITLES[0], "Officials in Warsaw said so on Friday."))
    seen = {one.state: one for one in found.states}
    assert seen["RU"].roles == ("actor",)
    assert seen["PL"].roles == ("affected",)
    assert "Polish" in seen["PL"].words
    bias = weights()["bias"]
    for one in found.states:
        assert one.cues
        assert one.affected == pytest.approx(bias[0] + sum(cue.affected for cue in one.cues))
        assert one.actor == pytest.approx(bias[2] + sum(cue.actor for cue in one.cues))


def test_a_story_without_text_is_explained_too() -> None:
    found = explain(replace(story(""), summary=""))
    assert not found.gate
    assert not found.verdict.relevant


def test_a_story_that_a_rule_or_the_war_filter_decides_hangs_on_that_alone() -> None:
    muted = explain(story(TITLES[0]), Rules(mutes=(MuteRule("m", "en", ("russian*",), story=True),)))
    shown = explain(
        story("Ukrainian air force shoots down 54 Russian drones overnight", day="2024-05-02"),
        Rules(war_routine=True),
    )

    assert [turn.what for turn in muted.turns] == ["without"]
    assert "your rule 'm'" in muted.turns[0].feature
    assert shown.verdict.relevant
    assert all("routine" in turn.feature for turn in shown.turns)
