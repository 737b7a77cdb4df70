import random
from datetime import UTC, datetime

from tui.domain.incident import FiledReport
from tui.domain.reading import Report
from tui.reading.copies import _alike, _marks, _text_words
from tui.reading.sources import sources_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = [f"{letter * length}{number}" for letter in "abcd" for length in (1, 3, 6) for number in range(9)]


def _filed(place: int, text: str) -> FiledReport:
    return FiledReport(f"s{place}", 0, Report(), text, "", NOON, NOON, f"Press {place}", "en")


def _texts(chance: random.Random, count: int) -> list[str]:
    """Texts of all lengths, many of them one or a few words away from another."""
    made = [chance.sample(WORDS, chance.randint(1, 60))]
    while len(made) < count:
        text = (
            list(chance.choice(made))
            if chance.random() < 0.7
            else chance.sample(WORDS, chance.randint(1, 60))
        )
        for _ in range(chance.randint(0, 6)):
            text[chance.randrange(len(text))] = chance.choice(WORDS)
        made.append(text)
    return [" ".join(text) for text in made]


def test_looking_at_marked_texts_alone_misses_no_copy() -> None:
    chance = random.Random(1)
    for _ in range(30):
        words = [_text_words(_filed(place, text)) for place, text in enumerate(_texts(chance, 40))]
        for one in words:
            for other in words:
                if _alike(one, other):
                    assert set(_marks(one)) & set(_marks(other))


def test_a_copy_folds_into_the_first_to_carry_the_text_and_an_own_text_stands_alone() -> None:
    text = (
        "Jets scrambled after unidentified drones entered the airspace east of the capital at dawn on Monday"
    )
    other = "Ministry denies that any of its helicopters crossed the border and speaks of a navigation fault"
    sources = sources_of([_filed(0, text), _filed(1, other), _filed(2, f"{text} morning"), _filed(3, text)])
    assert [source.copied_from for source in sources] == [None, None, "Press 0", "Press 0"]
    assert len({source.key for source in sources}) == 2
