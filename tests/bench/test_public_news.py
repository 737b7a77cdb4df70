import pytest

from bench.scoring.public_news import grouped_by_words, mutual_information


def test_titles_that_share_their_telling_words_are_one_group() -> None:
    titles = [
        "mourinho chelsea defeat stoke",
        "comet ison sun flyby",
        "chelsea defeat stoke mourinho furious",
        "comet ison survives sun",
    ]

    one, other, one_again, other_again = grouped_by_words(titles)

    assert one == one_again
    assert other == other_again
    assert one != other


@pytest.mark.parametrize(
    ("found", "right", "expected"),
    [
        pytest.param("aabb", "xxyy", 1.0, id="the same groups under other names"),
        pytest.param("aaaa", "xxyy", 0.0, id="one group for all"),
        pytest.param("abab", "xxyy", 0.0, id="groups that say nothing"),
        pytest.param("abcd", "xxyy", 2**-0.5, id="each alone"),
    ],
)
def test_mutual_information_of_two_groupings(found: str, right: str, expected: float) -> None:
    assert mutual_information(found, right) == pytest.approx(expected, abs=1e-9)
