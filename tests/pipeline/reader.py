"""A reader simple enough to check by eye, for the parse child of these tests."""

from tui.domain.codes import Event, ObjectCode
from tui.domain.entry import StoryText
from tui.domain.reading import Reading, Report, Verdict
from tui.domain.rules import Rules


def read_story(story: StoryText, rules: Rules | None = None) -> Reading:
    """What says drone is a drone over Poland."""
    kept = "drone" in f"{story.title} {story.summary}".lower()
    report = Report(affected=("PL",), object=(ObjectCode.UAV,), event=(Event.VIOLATION,))
    return Reading(
        Verdict(kept, war_routine=False, score=float(kept), threshold=0.5, lang=story.lang or "en"),
        (report,) if kept else (),
    )
