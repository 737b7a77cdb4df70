"""The words that a fact was read from stand out in the right cells, whatever the script."""

from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len

from tests.ui.driving import running, strips_of
from tests.ui.fakes import NOW, READING, STORIES, SUMMARY, FakeSource
from tui.domain.board import StoryDetail, StoryVersion
from tui.domain.correction import Made, OtherActor, Target
from tui.domain.full_text import FullText
from tui.domain.reading import Reading, Reason, Report, Span, Verdict
from tui.ui.panes.story_text import mark_count, marks, numbers, page
from tui.ui.panes.why import why_lines
from tui.ui.screens.story import Story

VERDICT = Verdict(relevant=True, war_routine=False, score=8.0, threshold=6.0, lang="ja")


def reading_of(text: str, *found: tuple[str, str], field: str = "summary") -> Reading:
    """A reading whose facts were read from these words of a text."""
    spans = tuple(
        Span(
            fact,
            words,
            "title" if field == "title" else "summary",
            text.index(words),
            text.index(words) + len(words),
        )
        for fact, words in found
    )
    return Reading(VERDICT, (Report(spans=spans),))


def detail(title: str, summary: str, reading: Reading) -> StoryDetail:
    return StoryDetail(replace(STORIES[0], title=title), summary, reading, ("x",), (), (), ())


JAPANESE = "防衛省は1日、中国の無人機1機が沖縄県の与那国島と台湾の間を飛行したと発表した。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (SUMMARY, [("object", "balloons"), ("actor", "Belarus")]),
        (JAPANESE, [("object", "無人機"), ("actor", "中国"), ("place", "与那国島")]),
        ("Дрон нарушил воздушное пространство Латвии", [("object", "Дрон"), ("event", "нарушил")]),
        ("اخترقت طائرة مسيرة المجال الجوي", [("object", "طائرة مسيرة")]),
        ("A 👨‍👩‍👧 flag 🇱🇹 and a drone\u200b over Riga", [("object", "drone"), ("place", "Riga")]),
    ],
)
@pytest.mark.parametrize("width", [30, 46, 100])
def test_exactly_the_marked_words_carry_the_ink_of_their_fact(
    text: str, found: list[tuple[str, str]], width: int
) -> None:
    laid = page(detail("A headline", text, reading_of(text, *found)), width, NOW, None)
    for fact, words in found:
        inked = "".join(part for line in laid.lines for part, ink in line if ink == f"fact-{fact}")
        assert inked.replace(" ", "") == words.replace(" ", "")
    assert all(sum(cell_len(part) for part, _ in line) <= width for line in laid.lines)


async def test_wide_letters_are_highlighted_in_the_cells_they_stand_in() -> None:
    source = FakeSource()
    source.details["s1"] = detail(
        "見出し", JAPANESE, reading_of(JAPANESE, ("object", "無人機"), ("actor", "中国"))
    )
    async with running(source) as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("enter")
        await driven.sees("無人機¹")
        screen = driven.app.screen
        assert isinstance(screen, Story)
        row, line = next((at, text) for at, text in enumerate(driven.lines) if "無人機¹" in text)
        cell = cell_len(line[: line.index("無人機")])
        strip = strips_of(driven.app)[row]
        here = strip.crop(cell, cell + 6)
        assert here.text == "無人機"
        beside = strip.crop(cell - 2, cell)
        ground = {segment.style.bgcolor for segment in here if segment.style}
        assert len(ground) == 1
        assert ground != {segment.style.bgcolor for segment in beside if segment.style}


def test_each_kind_of_fact_has_one_number_the_same_in_text_and_panel() -> None:
    assert numbers(READING)["object"] == 1
    assert sorted(numbers(READING).values()) == list(range(1, len(numbers(READING)) + 1))


def test_of_overlapping_words_the_first_and_longest_stand_out_once() -> None:
    text = "smuggling balloons from Belarus"
    reading = reading_of(text, ("object", "smuggling balloons"), ("event", "balloons"), ("actor", "Belarus"))
    assert [(mark.fact, text[mark.start : mark.end]) for mark in marks(reading, "summary", len(text))] == [
        ("object", "smuggling balloons"),
        ("actor", "Belarus"),
    ]


def test_spans_that_point_outside_the_text_are_left_out() -> None:
    reading = Reading(
        VERDICT,
        (Report(spans=(Span("object", "x", "summary", 5, 500), Span("actor", "y", "summary", -3, 2))),),
    )
    assert marks(reading, "summary", 20) == []
    assert page(detail("t", "a text of twenty", reading), 60, NOW, None).lines


def test_words_that_spoke_for_it_without_being_a_fact_are_underlined_without_a_number() -> None:
    text = "officials said drones came"
    why = (
        Reason("official", "officials said", "summary", 0, 14, 1.0),
        Reason("sport", "came", "summary", 22, 26, -1.0),
    )
    reading = Reading(replace(VERDICT, why=why))
    inked = [
        (part, ink) for line in page(detail("t", text, reading), 80, NOW, None).lines for part, ink in line
    ]
    assert ("officials said", "matched") in inked
    assert not any(ink == "matched" and "came" in part for part, ink in inked)


def test_the_headline_is_highlighted_too() -> None:
    title = "Drone over Riga"
    laid = page(detail(title, "", reading_of(title, ("object", "Drone"), field="title")), 80, NOW, None)
    assert ("Drone", "fact-object") in [span for line in laid.lines for span in line]


def test_going_through_the_facts_reaches_every_mark() -> None:
    story = FakeSource().story("s1")
    assert story is not None
    for at in range(mark_count(story)):
        assert page(story, 60, NOW, None, at).places, at


def test_a_rewording_shows_what_was_taken_out_and_put_in_and_when() -> None:
    versions = (
        StoryVersion(
            NOW - timedelta(hours=2),
            "Seven drones over Riga",
            "They came at night.",
            None,
            NOW - timedelta(hours=1),
        ),
    )
    story = replace(
        detail("Four drones over Riga", "They came at night, the army said.", Reading(VERDICT)),
        versions=versions,
    )
    lines = page(story, 80, NOW, None).lines
    said = ["".join(text for text, _ in line).strip() for line in lines]
    assert "18 Mar 13:32Z  the headline changed" in said
    assert "−Seven +Four drones over Riga" in said
    assert "They came at −night. +night, the army said." in said
    inked = [span for line in lines for span in line]
    assert ("Seven", "removed") in inked
    assert ("Four", "added") in inked
    assert "18 Mar 12:32Z  Seven drones over Riga" in said


def test_long_stretches_that_stayed_the_same_are_left_out() -> None:
    words = " ".join(f"word{number}" for number in range(60))
    versions = (StoryVersion(NOW, "t", f"one {words}", None, NOW),)
    story = replace(detail("t", f"two {words} three", Reading(VERDICT)), versions=versions)
    said = " ".join("".join(text for text, _ in line) for line in page(story, 84, NOW, None).lines)
    assert "−one +two word0 word1" in said
    assert " … " in said.split("the summary changed")[1]
    assert "word59 +three" in said


def test_what_a_person_corrected_stands_below_what_was_read() -> None:
    target = Target(story="s1")
    story = replace(detail("t", "", Reading(VERDICT)), corrected=(Made(1, NOW, OtherActor(target, ("BY",))),))
    said = ["".join(text for text, _ in line) for line in why_lines(story, 60)]
    assert "corrected by you" in said
    assert " ✎ actor: BY 18 Mar 14:32Z" in said


WHOLE = "Two fighters were scrambled.\nThe drone fell near Lublin."


def full(**fields: object) -> StoryDetail:
    """The story with what came of asking for its whole text."""
    reading = reading_of(WHOLE, ("response", "scrambled"), ("place", "Lublin"))
    shown = FullText(asked=NOW, fetched=NOW, text=WHOLE, reading=reading)
    plain = detail("Drone", "A drone crossed.", reading_of("A drone crossed."))
    return replace(plain, full=replace(shown, **fields))  # type: ignore[arg-type]  # fields of FullText


def said(story: StoryDetail, width: int = 80) -> str:
    return "\n".join("".join(text for text, _ in line) for line in page(story, width, NOW, None).lines)


def test_a_full_text_stands_below_the_feeds_words_and_says_what_it_is() -> None:
    text = said(full())
    assert text.index("A drone crossed.") < text.index("full text") < text.index("Two fighters")
    assert "from the publisher's page" in text
    alone = text[text.index("told in the full text alone") :]
    assert "response scrambled" in alone
    assert "place Lublin" in alone


def test_a_full_text_that_is_waited_for_or_failed_says_so() -> None:
    assert "asked for" in said(full(fetched=None, text="", reading=None))
    problem = "its robots.txt keeps programs out"
    assert f"none: {problem}" in said(full(text="", reading=None, problem=problem))


async def test_f_asks_for_the_full_text_once() -> None:
    async with running() as driven:
        await driven.press("enter")
        await driven.settled()
        await driven.press("enter")
        await driven.until(lambda: isinstance(driven.app.screen, Story), "the story")
        await driven.sees("news.example/s1")
        await driven.press("F")
        await driven.sees("asked for the full text")
        assert ("full text", "s1") in driven.marks.said
