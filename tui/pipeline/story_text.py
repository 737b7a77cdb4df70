"""What the reading is given of an entry."""

from datetime import datetime

from tui.domain.entry import Entry, StoryText
from tui.domain.feed import Feed


def story_of(entry: Entry, feed: Feed, now: datetime) -> StoryText:
    """The story of an entry; it is not written after it was seen, whatever its date says."""
    return StoryText(
        id=entry.key,
        title=entry.title,
        summary=entry.summary,
        published=min(entry.published, now) if entry.published else None,
        lang=feed.lang or entry.lang,
        feed_country=feed.country,
        publisher=entry.publisher or None,
        feed=feed.url,
    )
