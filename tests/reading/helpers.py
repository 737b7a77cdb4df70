"""Stories for the reading's tests."""

from datetime import UTC, datetime

from tui.domain.entry import StoryText
from tui.domain.reading import Reading, Report
from tui.reading.facts import read_reports
from tui.reading.reader import read_story
from tui.reading.roles import RoleReader, at_home
from tui.reading.scene import lay_out


def story(
    title: str, summary: str = "", day: str = "2025-09-25", lang: str | None = "en", home: str | None = None
) -> StoryText:
    return StoryText(
        "story", title, summary, datetime.fromisoformat(day).replace(tzinfo=UTC), lang, home, None
    )


def read(
    title: str, summary: str = "", day: str = "2025-09-25", lang: str | None = "en", home: str | None = None
) -> Reading:
    return read_story(story(title, summary, day, lang, home))


def main_report(
    title: str, summary: str = "", day: str = "2025-09-25", lang: str | None = "en", home: str | None = None
) -> Report:
    reading = read(title, summary, day, lang, home)
    assert reading.verdict.relevant, reading.verdict
    return reading.reports[0]


def any_report(
    title: str, summary: str = "", day: str = "2025-09-25", lang: str = "en", home: str | None = None
) -> Report:
    """The main report of a story whatever the verdict, for tests of one fact alone."""
    scene = lay_out(story(title, summary, day, lang, home), lang)
    return read_reports(scene, at_home(RoleReader(scene).read(scene.sentences), scene))[0]
