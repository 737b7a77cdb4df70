"""Two sets of our own headlines, each written before it was measured: what the reading does on words unseen."""

import pytest

from bench.scoring.datasets import blind
from bench.scoring.own_reading import OwnReading
from tui.reading.reader import read_story
from tui.reading.selftest.labels import micro, relevance


@pytest.mark.parametrize(
    ("name", "precision", "recall", "affected", "actor"),
    [("a", 0.96, 0.93, 0.93, 0.89), ("b", 0.95, 0.88, 0.88, 0.85)],
)
def test_a_set_written_blind_is_read_no_worse_than_this(
    name: str, precision: float, recall: float, affected: float, actor: float
) -> None:
    ours, items = OwnReading(read_story), blind(name)
    right = [item for item in items if item.relevant]

    found = relevance((ours.relevant(item.text), item.relevant) for item in items)
    where = micro(
        [(frozenset(s for r in ours.reports(item) for s in r.affected), item.affected) for item in right]
    )
    who = micro([(frozenset(s for r in ours.reports(item) for s in r.actor), item.actor) for item in right])

    assert (found.precision or 0) >= precision
    assert (found.recall or 0) >= recall
    assert (where.f1 or 0) >= affected
    assert (who.f1 or 0) >= actor
