"""Floors under the grouping on our own labelled stories, labels given; `make eval` prints the figures."""

import os
from pathlib import Path

import pytest

from bench.scoring import datasets
from bench.scoring.arrivals import grouped, groups, in_order, labelled, shuffle_agreement
from bench.scoring.clusters import b_cubed, merged_pairs
from bench.scoring.datasets import Item

SHARED = Path(os.environ.get("OVERFLIGHT_SHARED", Path(__file__).parents[2].parent / "shared"))
pytestmark = pytest.mark.skipif(
    not (SHARED / "data").is_dir(), reason="the labelled sets are absent: set OVERFLIGHT_SHARED"
)


def stories() -> list[Item]:
    return in_order([item for item in datasets.gold(SHARED / "data") if item.relevant and item.incident])


def test_with_the_labels_given_incidents_come_out_right_and_look_alikes_stay_apart() -> None:
    items = stories()
    right = {item.text.id: item.incident for item in items}

    found = groups(grouped(items, labelled), items)
    score = b_cubed(found, right)

    assert score.precision >= 0.95
    assert score.f1 >= 0.96
    assert merged_pairs(found, right, datasets.confusable(SHARED / "data")).share <= 0.03


def test_the_order_of_arrival_changes_little() -> None:
    assert shuffle_agreement(stories(), labelled, runs=5) >= 0.96
