"""Each run of the endurance harness in a short form: nothing lost, nothing twice, nothing grows.

The full forms are `make soak`; docs/endurance.md says what they measured.
"""

import sys
from pathlib import Path

import pytest

from tests.conftest import need_program
from tests.soak.short_form import not_held

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes through /proc"),
    pytest.mark.xdist_group("soak"),  # one after the other: each starts several processes
    pytest.mark.timeout(300),
]


def test_a_few_hours_of_many_feeds_lose_nothing_and_grow_in_nothing() -> None:
    assert not_held("s1") == []


def test_killed_at_random_moments_the_collector_loses_nothing_and_doubles_nothing() -> None:
    assert not_held("s2") == []


def test_beside_the_hostile_corpus_every_good_story_is_stored(shared: Path) -> None:
    assert (shared / "data/nasty/server.py").is_file()
    assert not_held("s3") == []


def test_under_ten_changes_a_second_the_dashboard_does_not_grow() -> None:
    assert not_held("s4") == []


def test_with_nothing_new_hardly_anything_is_painted_and_written() -> None:
    assert not_held("s5") == []


def test_a_disk_that_is_full_for_a_while_loses_nothing() -> None:
    assert not_held("s6") == []


def test_a_terminal_that_stalls_or_comes_and_goes_stops_no_poll() -> None:
    need_program("tmux")
    assert not_held("s7") == []


def test_some_thousand_stories_are_all_found() -> None:
    assert not_held("s8") == []
