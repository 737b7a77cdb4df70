"""What is usual in a week, and what is not."""

import random

import pytest

from tui.domain.usual import FEWEST_WEEKS, RULE, TRAILING, Usual, is_unusual, usual_range, week_words


def test_the_rule_says_its_own_numbers() -> None:
    assert f"{TRAILING} weeks before" in RULE
    assert f"fewer than {FEWEST_WEEKS} weeks" in RULE


@pytest.mark.parametrize("weeks", range(FEWEST_WEEKS))
def test_too_few_weeks_say_nothing(weeks: int) -> None:
    assert usual_range([3] * weeks) is None
    assert not is_unusual(40, None, over=True)
    said = week_words(40, None, weeks, over=False)
    assert said == f"40 this week, too short a record to say what is usual: {weeks} of 8 weeks heard"


def test_small_counts_have_a_range_that_starts_at_nothing() -> None:
    """By the table of the negative binomial: after 26 weeks with 13 in all, 97.5 in 100 weeks have two at most."""
    counts = [0, 1] * 13
    assert usual_range(counts) == Usual(0, 2, 26)
    assert week_words(6, usual_range(counts), 26, over=False) == "unusual: 6 this week, usual 0–2"
    assert week_words(2, usual_range(counts), 26, over=False) == "2 this week, usual 0–2"


def test_weeks_without_any_do_not_make_the_first_one_unusual_by_themselves() -> None:
    assert usual_range([0] * 8) == Usual(0, 1, 8)
    assert usual_range([0] * 26) == Usual(0, 0, 26)


def test_what_was_there_before_is_never_unusual() -> None:
    assert usual_range([0] * 25 + [9]) == Usual(0, 9, 26)


def test_the_week_under_way_is_never_called_unusual_for_too_few() -> None:
    usual = usual_range([20] * 26)
    assert usual is not None
    assert usual.low > 0
    assert not is_unusual(0, usual, over=False)
    assert is_unusual(0, usual, over=True)
    assert week_words(0, usual, 26, over=True).startswith("unusual: 0 that week")


@pytest.mark.parametrize("rate", [0.2, 1.0, 4.0, 12.0])
def test_steady_weeks_are_seldom_called_unusual(rate: float) -> None:
    """Of weeks drawn from the same rate as those before them at most one in twenty is called unusual."""
    chance = random.Random(7)

    def week() -> int:
        day, count = chance.expovariate(rate), 0
        while day < 1:
            day, count = day + chance.expovariate(rate), count + 1
        return count

    called = sum(is_unusual(week(), usual_range([week() for _ in range(26)]), over=True) for _ in range(600))
    assert called <= 30


@pytest.mark.parametrize("rate", [0, 1, 3])
def test_a_jump_to_six_times_as_many_is_called_unusual(rate: int) -> None:
    assert is_unusual(6 * rate + 6, usual_range([rate] * 26), over=False)
