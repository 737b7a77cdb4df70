import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.scoring.datasets import gold, hard_negatives, real_positives
from tests.reading.helpers import read, story
from tui.domain.entry import StoryText
from tui.domain.reading import Verdict
from tui.reading.reader import FLOOR, THRESHOLD, read_story
from tui.reading.relevance import weights
from tui.reading.wire import answer

WORDS = st.sampled_from(
    ["drone", "drones", "Poland", "airspace", "Russian", "Ukraine", "closed", "airport", "strike on", "shot down", "over",
     "missile", "balloon", "festival", "near", "the border", "violated", "Kyiv", "says", "shares", "2019", ".", "show",
     "無人機", "領空", "дрон", "Дрон впал у Польщі", "jets scrambled", "runway", "hits", "killed in", "navy"]
)  # fmt: skip
ROUTINE = "Ukrainian drones entered Russian airspace and were shot down over Moscow airport"
TEXT = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=14).map(" ".join))


def holds(verdict: Verdict) -> bool:
    """The promise of the interface, on the numbers as they are printed."""
    score: float = json.loads(json.dumps(verdict.score))
    threshold: float = json.loads(json.dumps(verdict.threshold))
    return verdict.relevant == (score >= threshold)


@settings(max_examples=500, deadline=None)
@given(TEXT, TEXT, st.sampled_from(["en", "uk", None]), st.sampled_from([2010, 2023, 2025]))
@example("Cake", "", "en", 2025)
@example(ROUTINE, "", "en", 2025)
def test_a_story_is_kept_exactly_when_its_score_reaches_the_threshold(
    title: str, summary: str, lang: str | None, year: int
) -> None:
    reading = read_story(StoryText("x", title, summary, datetime(year, 6, 1, tzinfo=UTC), lang))

    assert holds(reading.verdict)


@pytest.mark.parametrize("of", [gold, real_positives, hard_negatives])
def test_the_labelled_stories_are_kept_exactly_when_their_scores_reach_the_threshold(
    shared: Path, of: Any
) -> None:
    verdicts = [read_story(item.text).verdict for item in of(shared / "data")]

    assert len(verdicts) > 100
    assert [verdict for verdict in verdicts if not holds(verdict)] == []


def test_a_story_that_names_nothing_lies_clearly_below_the_threshold() -> None:
    verdict = read("Cake").verdict

    assert verdict.score == FLOOR <= THRESHOLD - 1


def test_routine_of_a_war_is_taken_below_the_threshold_by_a_reason_that_says_how_far() -> None:
    verdict = read(ROUTINE).verdict

    assert verdict.war_routine
    assert not verdict.relevant
    assert verdict.score < verdict.threshold
    last = verdict.why[-1]
    assert last.reason == "routine between states at war"
    assert last.weight < 0
    assert len(verdict.why) > 1
    told = weights()["bias"][0] + sum(why.weight for why in verdict.why)
    assert told == pytest.approx(verdict.score, abs=0.002)


def test_routine_of_a_war_has_no_facts_in_its_line() -> None:
    text = story(ROUTINE)
    line = answer("a", read_story(text))

    assert (line["relevant"], line["war_routine"], line["reports"]) == (False, True, [])
