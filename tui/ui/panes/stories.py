"""Story rows, quoted as published."""

from datetime import datetime

from tui.domain.board import StoryRow
from tui.ui.untrusted import Line, fit
from tui.ui.virtual_list import Row
from tui.ui.wording import age


def story_rows(stories: tuple[StoryRow, ...], sort: str = "score") -> list[Row[StoryRow]]:
    """By match score, or newest first."""

    def by(story: StoryRow) -> tuple[float, float]:
        newest = -story.first_seen.timestamp()
        return (-story.score, newest) if sort == "score" else (newest, -story.score)

    return [Row(story.key, story) for story in sorted(stories, key=by)]


def draw_story(row: Row[StoryRow], width: int, now: datetime) -> Line:
    """Age, publisher, language, headline, score."""
    story = row.item
    if story is None:
        return ()
    publisher = 13 if width >= 56 else 10
    room = width - 1 - 6 - publisher - 3 - 6
    return (
        (" ", "ink"),
        (fit(age(now - (story.published or story.first_seen)), 6), "muted"),
        (fit(story.publisher or story.feed, publisher - 1) + " ", "acc"),
        (fit(story.lang, 2) + " ", "faint"),
        (fit(story.title or "(no headline)", room - 1) + " ", "ink"),
        (f"{score(story.score):>5} ", "ok" if story.score >= story.threshold else "muted"),
    )


def score(value: float) -> str:
    """As few digits as tell it apart."""
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}"
