"""A story as a citation."""

from datetime import tzinfo

from tui.domain.board import StoryRow
from tui.ui.untrusted import safe
from tui.ui.wording import day


def citation(story: StoryRow, zone: tzinfo | None) -> str:
    """“Headline”, Publisher, 18 Mar 2026, link."""
    when = day(story.published or story.first_seen, zone)
    parts = [f"“{safe(story.title)}”", safe(story.publisher or story.feed), when, safe(story.url)]
    return ", ".join(part for part in parts if part)
