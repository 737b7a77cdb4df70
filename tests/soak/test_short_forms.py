"""Each run of the endurance harness in a short form: nothing lost, nothing twice, nothing grows.

The full forms are `make soak`; docs/endurance.md says what they measured.
"""

import sys

import pytest

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
