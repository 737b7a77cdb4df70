import pytest

from bench.scoring.clusters import Score, b_cubed, merged_pairs
from tui.reading.selftest.labels import exact, micro, relevance


def test_b_cubed_of_the_right_grouping_is_one() -> None:
    right = {"a": "1", "b": "1", "c": "2"}

    assert b_cubed({"a": "x", "b": "x", "c": "y"}, right) == Score(1.0, 1.0)


def test_everything_in_one_group_has_full_recall_and_the_precision_of_the_mixture() -> None:
    right = {"a": "1", "b": "1", "c": "2"}

    score = b_cubed(dict.fromkeys(right, "x"), right)

    assert score.recall == 1.0
    assert score.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)


def test_everything_apart_has_full_precision_and_the_recall_of_the_pieces() -> None:
    right = {"a": "1", "b": "1", "c": "2"}

    score = b_cubed({name: name for name in right}, right)

    assert score.precision == 1.0
    assert score.recall == pytest.approx((1 / 2 + 1 / 2 + 1) / 3)


def test_the_published_example_of_b_cubed_comes_out() -> None:
    """Five a, two b, five c; found as {5a}, {2b 5c}: precision 76/84, recall 1 (Bagga and Baldwin 1998)."""
    right = {**{f"a{n}": "a" for n in range(5)}, **{f"b{n}": "b" for n in range(2)}}
    right |= {f"c{n}": "c" for n in range(5)}
    found = {item: "one" if group == "a" else "two" for item, group in right.items()}

    score = b_cubed(found, right)

    assert score.precision == pytest.approx((5 * 1 + 2 * 2 / 7 + 5 * 5 / 7) / 12)
    assert score.recall == 1.0


def test_items_that_only_one_side_holds_are_left_out_and_nothing_scores_zero() -> None:
    assert b_cubed({"a": "x"}, {"a": "1", "b": "1"}) == Score(1.0, 1.0)
    assert b_cubed({}, {"a": "1"}).f1 == 0.0


def test_a_pair_of_look_alikes_counts_once_and_is_wrong_when_any_item_is_shared() -> None:
    right = {"a1": "A", "a2": "A", "b": "B", "c": "C"}
    found = {"a1": "x", "a2": "y", "b": "y", "c": "z"}

    merged = merged_pairs(found, right, [["A", "B", "C"], ["B", "A"], ["A", "unknown"]])

    assert merged.pairs == 3
    assert merged.wrong == (("A", "B"),)
    assert merged.share == pytest.approx(1 / 3)


def test_micro_scores_count_labels_and_exact_counts_items() -> None:
    pairs = [
        (frozenset({"PL"}), frozenset({"PL"})),
        (frozenset({"RO", "MD"}), frozenset({"RO"})),
        (frozenset[str](), frozenset({"LT"})),
    ]

    tally = micro(pairs)

    assert (tally.hits, tally.false, tally.missed) == (2, 1, 1)
    assert tally.precision == pytest.approx(2 / 3)
    assert tally.recall == pytest.approx(2 / 3)
    assert tally.f1 == pytest.approx(2 / 3)
    assert exact(pairs) == pytest.approx(1 / 3)


def test_a_ratio_of_nothing_is_not_a_zero() -> None:
    assert micro([]).precision is None
    assert micro([]).f1 is None
    assert exact([]) is None


def test_relevance_is_scored_on_the_kept() -> None:
    tally = relevance([(True, True), (True, False), (False, True), (False, False)])

    assert (tally.hits, tally.false, tally.missed) == (1, 1, 1)
