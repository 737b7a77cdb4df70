"""Our own stories, which the weights are learnt from too: well formed, few kept wrongly, most found."""

from pathlib import Path

from tests.reading.helpers import read
from tui.reading.language import known_language

STORIES = Path(__file__).parent / "data" / "relevance_stories.tsv"


def rows() -> list[list[str]]:
    lines = STORIES.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def test_every_story_has_a_label_a_day_a_language_and_a_title_of_its_own() -> None:
    stories = rows()

    assert {len(row) for row in stories} == {5}
    assert {row[0] for row in stories} == {"0", "1"}
    assert all(known_language(row[2]) for row in stories)
    assert len({row[3] for row in stories}) == len(stories)


def test_few_are_kept_wrongly_and_most_are_found() -> None:
    kept = [(row[0] == "1", read(row[3], row[4], row[1], row[2]).verdict.relevant) for row in rows()]
    right = sum(label and verdict for label, verdict in kept)

    assert right / sum(verdict for _, verdict in kept) >= 0.9
    assert right / sum(label for label, _ in kept) >= 0.7
