"""The learning baseline, when its extra is installed; its folds, always."""

import pytest

from bench.scoring.datasets import Item
from bench.scoring.embedding import EmbeddingPeer, installed
from tui.domain.entry import StoryText

needs_extra = pytest.mark.skipif(
    not installed(), reason="the embedding baseline is not installed: make eval-extra"
)


@needs_extra
def test_it_learns_to_tell_drones_over_a_border_from_a_recipe() -> None:
    items = [
        Item(StoryText(f"d{n}", f"Drone violates airspace of {state}, jets scrambled"), relevant=True)
        for n, state in enumerate(("Poland", "Estonia", "Japan", "Latvia", "Finland", "Norway"))
    ] + [
        Item(StoryText(f"r{n}", f"A quick recipe for {dish} with garlic"), relevant=False)
        for n, dish in enumerate(("pasta", "soup", "rice", "beans", "bread", "fish"))
    ]
    peer = EmbeddingPeer(items)

    assert all(peer.relevant(item) == item.relevant for item in items)
