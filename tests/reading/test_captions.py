"""A picture's caption tells what the picture shows, never what happened."""

from datetime import date

import pytest

from tests.reading.helpers import main_report, read

HEADLINE = "Balloon violates Moldovan airspace"


@pytest.mark.parametrize(
    "caption",
    [
        "A jet taxies at an air show in Fairford, England, on July 21, 2019. (Ann Example/Some Images)",
        "A British helicopter over Fairford on July 21, 2019 in this file photo.",
        "A jet above Fairford on July 21, 2019. (Photo by Ann Example)",
    ],
)
def test_captions_give_no_date_place_or_state(caption: str) -> None:
    report = main_report(HEADLINE, f"The object was tracked on Tuesday. {caption}", day="2023-02-15")
    assert report.affected == ("MD",)
    assert report.place is not None
    assert report.place.name == "Moldova"
    assert report.event_date is not None
    assert report.event_date.date == date(2023, 2, 14)


def test_a_story_that_is_only_a_caption_is_read_by_its_title() -> None:
    reading = read(HEADLINE, "A flag flies in Rome on June 26, 2005. (Ann Example/Some Images)")
    assert reading.verdict.relevant
    assert reading.reports[0].affected == ("MD",)
    assert reading.reports[0].event_date is None


def test_words_in_brackets_are_no_caption() -> None:
    report = main_report(HEADLINE, "It was seen near Chisinau on Monday. (Updated)", day="2023-02-15")
    assert report.event_date is not None
