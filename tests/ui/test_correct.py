"""`!`: what is wrong is chosen by letter, stored behind, told, and taken back with `u`."""

from tests.ui.driving import Driven, running
from tui.domain.codes import ObjectCode
from tui.domain.correction import (
    NotIncursion,
    OtherActor,
    OtherAffected,
    OtherObject,
    SetOutcome,
    Split,
    Target,
)
from tui.domain.history import Outcome
from tui.ui.screens.correct import Correct


def corrected(driven: Driven) -> list[object]:
    return [value for said, value in driven.marks.said if said == "correct"]


async def told(driven: Driven, words: str) -> None:
    """A toast may break a sentence anywhere: what counts is what it was given."""
    await driven.until(
        lambda: any(words in note.message for note in driven.app._notifications), f"told: {words}"
    )


async def test_a_value_is_typed_over_what_stands_there_and_the_answer_says_how_to_undo() -> None:
    async with running(size=(80, 24)) as driven:
        await driven.sees("Smuggling balloons")
        await driven.press("exclamation_mark")
        await driven.sees("what is wrong?", "affected state")
        await driven.press("c")
        await driven.sees("codes such as PL,LT")
        box = driven.app.screen.query_one("#value")
        assert getattr(box, "value", "") == "LT"
        await driven.press(*",LV", "enter")
        await told(driven, "u undoes")
        assert corrected(driven) == [OtherAffected(Target(incident="lt1"), ("LT", "LV"))]
        await driven.press("u")
        await told(driven, "taken back")
        assert ("undo", 1) in driven.marks.said
        await driven.press("U")
        await driven.until(lambda: len(corrected(driven)) == 2, "said again")
        await driven.press("u")
        await driven.until(lambda: ("undo", 3) in driven.marks.said, "taken back again")


async def test_what_cannot_be_is_said_in_the_box_and_nothing_is_stored() -> None:
    async with running(size=(80, 24)) as driven:
        await driven.press("exclamation_mark", "r", "x", "x", "enter")
        await driven.sees("is no state's code")
        await driven.press("escape", "escape")
        await driven.until(lambda: not isinstance(driven.app.screen, Correct), "closed")
        assert corrected(driven) == []


async def test_nothing_typed_is_not_none() -> None:
    async with running(size=(80, 24)) as driven:
        await driven.press("exclamation_mark", "c", "ctrl+u", "enter")
        await driven.sees("Type codes such as PL,LT, or none")
        assert corrected(driven) == []


async def test_an_incident_is_no_incursion_only_after_a_second_key() -> None:
    async with running(size=(120, 40)) as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("exclamation_mark", "n")
        await driven.sees("It is hidden, and whatever joins it later")
        assert corrected(driven) == []
        await driven.press("enter")
        await told(driven, "corrected: not an incursion")
        assert corrected(driven) == [NotIncursion(Target(incident="lt1"))]


async def test_an_outcome_and_an_object_are_given_by_name() -> None:
    async with running(size=(120, 40)) as driven:
        await driven.press("exclamation_mark", "o", *"unfounded", "enter")
        await told(driven, "u undoes")
        await driven.press("exclamation_mark", "b")
        await driven.press("ctrl+u", *"uav", "enter")
        await driven.until(lambda: len(corrected(driven)) == 2, "both")
        assert corrected(driven) == [
            SetOutcome("lt1", Outcome.UNFOUNDED),
            OtherObject(Target(incident="lt1"), (ObjectCode.UAV,)),
        ]


async def test_a_story_is_split_off_and_its_own_facts_are_corrected() -> None:
    async with running(size=(120, 40)) as driven:
        await driven.press("enter")
        await driven.sees("6 languages")
        await driven.press("enter")
        await driven.sees("why & facts")
        await driven.press("exclamation_mark", "s", "enter")
        await driven.until(lambda: corrected(driven), "split")
        (split,) = corrected(driven)
        assert isinstance(split, Split)
        assert (split.story, split.incident) == ("s1", "lt1")
        await driven.press("exclamation_mark", "r", "ctrl+u", *"none", "enter")
        await driven.until(lambda: len(corrected(driven)) == 2, "actor")
        assert corrected(driven)[1] == OtherActor(Target(story="s1"), ())


async def test_a_baseline_incident_is_not_corrected() -> None:
    async with running(size=(120, 40)) as driven:
        await driven.sees("Smuggling balloons")
        await driven.press("G", "exclamation_mark")
        await told(driven, "only incidents in the news are corrected")
        assert not isinstance(driven.app.screen, Correct)


async def test_a_correction_made_in_a_pause_says_when_it_will_be_seen() -> None:
    async with running(size=(80, 24)) as driven:
        await driven.press("space", "exclamation_mark")
        await driven.sees("what is wrong?")
        await driven.press("n", "enter")
        await told(driven, "shown when the pause ends")
