"""The round-ups of the seeds: stories of several events, each with its own ground, day and craft."""

import pytest

from bench.scoring.roundups import Roundup, missed, roundups, tally
from tui.reading.reader import read_story

STORIES = roundups()


def test_there_are_more_than_ten_in_six_languages() -> None:
    assert len(STORIES) > 10
    assert len({one.text.lang for one in STORIES}) >= 6
    assert all(len(one.reports) >= 3 for one in STORIES)


@pytest.mark.parametrize("story", STORIES, ids=[one.text.id for one in STORIES])
def test_a_roundup_is_kept_and_parted_into_its_events(story: Roundup) -> None:
    reading = read_story(story.text)
    gone, beside = missed(story, reading.reports)

    assert reading.verdict.relevant
    assert len(reading.reports) >= len(story.reports) - 2
    assert len(gone) < len(story.reports), gone
    assert len(beside) < len(story.reports), beside


def test_most_events_of_all_are_read_with_every_fact_asked_for() -> None:
    found = tally([(one, read_story(one.text).reports) for one in STORIES])

    assert found.recall is not None
    assert found.precision is not None
    assert found.recall >= 0.7
    assert found.precision >= 0.75
