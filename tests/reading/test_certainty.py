"""Confirmed rests on an official's word."""

from tests.reading.helpers import main_report
from tui.domain.codes import Certainty


def official(title: str, summary: str = "", lang: str = "en") -> str | None:
    report = main_report(title, summary, lang=lang)
    assert report.certainty is Certainty.CONFIRMED
    words = [span for span in report.spans if span.fact == "certainty"]
    text = title if words and words[0].field == "title" else summary
    return text[words[0].start : words[0].end].lower() if words else None


def test_the_officials_words_are_marked() -> None:
    assert official("Russian jet violates Estonian airspace, ministry confirms") == "minist"
    assert official("Russian jet violates Estonian airspace", "The air force followed it.") == "air force"
    assert (
        official("Rosyjski dron naruszył polską przestrzeń powietrzną", "Wojsko podało szczegóły.", "pl")
        == "wojsk"
    )


def test_a_story_without_an_official_has_none_marked() -> None:
    assert official("Russian jet violates Estonian airspace") is None
