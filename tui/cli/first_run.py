"""What a new user is asked: which parts of the world to watch."""

from pathlib import Path

from tui.domain.feed import FeedList
from tui.domain.packs import packs_of
from tui.feeds.feed_file import FeedListError
from tui.feeds.feed_list import write_user_copy
from tui.feeds.feed_switch import CannotSwitchError, keep_feeds
from tui.locations import shipped, user_feed_list
from tui.pipeline.gate import FirstRun, Switched


def first_run(chosen: str | None, database: Path, feeds: FeedList) -> FirstRun | None:
    """Asked once: with the built-in list in use, no list of one's own and no database yet."""
    if chosen is not None or database.exists() or user_feed_list().exists():
        return None
    return FirstRun(packs_of(feeds.feeds), _keep)


def _keep(urls: frozenset[str]) -> Switched:
    """Make the user's own list, with the other feeds switched off in it."""
    path = user_feed_list()
    try:
        write_user_copy(shipped("feeds.toml"), path)
        off = keep_feeds(path, urls)
    except (CannotSwitchError, FeedListError, OSError) as problem:
        return Switched(done=False, said=f"all feeds stay on: {problem}")
    return Switched(
        done=True,
        said=f"{off} feeds are switched off in {path}, your own list now; H and D switch them on again",
    )
