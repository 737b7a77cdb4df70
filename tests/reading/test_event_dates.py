"""Only the date of the event itself is its date."""

from datetime import date

import pytest

from tests.reading.helpers import main_report
from tui.domain.codes import DatePrecision

HEADLINE = "Chinese balloon violates Japanese airspace"


def told(title: str, summary: str = "", lang: str = "en") -> tuple[date, DatePrecision] | None:
    when = main_report(title, summary, day="2023-02-15", lang=lang).event_date
    return (when.date, when.precision) if when else None


@pytest.mark.parametrize(
    "background",
    [
        "In May 1960 an American pilot was put on trial.",
        "The minister took office on 18 October 2022.",
        "The budget of the 2020 fiscal year had less money for radars.",
        "The two sides signed their treaty in 1978.",
    ],
)
def test_a_sentence_without_the_event_gives_no_date(background: str) -> None:
    assert told(HEADLINE, background) is None


@pytest.mark.parametrize(
    "words",
    [
        "since 2019",
        "before the talks on March 7 next",
        "as parliament prepares to sit on Feb. 28",
        "in the first such case since October",
        "after its Feb. 24 invasion",
    ],
)
def test_a_bound_a_future_day_and_a_named_affair_are_no_dates(words: str) -> None:
    assert told(f"{HEADLINE} {words}") is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on 18 Oct", date(2022, 10, 18)),
        ("on Feb. 3", date(2023, 2, 3)),
        ("on December 30", date(2022, 12, 30)),
        ("on February 16", date(2023, 2, 16)),
    ],
)
def test_a_day_without_a_year_is_the_nearest_past_one(words: str, expected: date) -> None:
    assert told(f"{HEADLINE} {words}") == (expected, DatePrecision.DAY)


def test_the_sentence_that_tells_the_event_dates_it() -> None:
    summary = "The prime minister flew home on Sunday. The balloon crossed the coast on Monday."
    assert told(HEADLINE, summary) == (date(2023, 2, 13), DatePrecision.DAY)


def test_a_recent_day_may_stand_in_the_next_sentence() -> None:
    assert told(HEADLINE, "It was on Monday.") == (date(2023, 2, 13), DatePrecision.DAY)


@pytest.mark.parametrize(
    "title",
    [
        "Chiński balon naruszył przestrzeń powietrzną USA. Biały Dom nie zgadza się z Pekinem",
        "Dron pojawił się nad Polską, naruszył przestrzeń powietrzną",
    ],
)
def test_a_word_that_is_also_a_short_month_is_no_date(title: str) -> None:
    assert told(title, lang="pl") is None
