"""What a new user is asked: which parts of the world to watch."""

from tui.cli.wiring import chosen_feed_list, shipped_in_use
from tui.locations import shipped, user_feed_list
from tui.pipeline.board_ports import Marks
from tui.pipeline.gate import FirstRun, Switched

_ASKED = "first_run"
"""Under which the store remembers whether it was answered."""
_ANSWERED = "answered"


def first_run(chosen: str | None, marks: Marks) -> FirstRun | None:
    """Asked by every dashboard until one is answered, whatever made the database, where no list of one's own is in use."""
    if not shipped_in_use(chosen) or marks.recall(_ASKED) == _ANSWERED:
        return None
    from tui.domain.packs import packs_of

    return FirstRun(packs_of(chosen_feed_list(None).feeds), _keep, answered)


def answered(marks: Marks) -> None:
    """Never ask again."""
    marks.remember(_ASKED, _ANSWERED)


def _keep(urls: frozenset[str]) -> Switched:
    """Make the user's own list, with the other feeds switched off in it."""
    from tui.feeds.feed_file import FeedListError
    from tui.feeds.feed_list import write_user_copy
    from tui.feeds.feed_switch import CannotSwitchError, keep_feeds

    path = user_feed_list()
    try:
        if not write_user_copy(shipped("feeds.toml"), path):
            # Another dashboard answered, or a list was put there: it is not ours to switch feeds off in.
            return Switched(
                done=False, said=f"nothing was switched: {path} is there by now, and is read as it stands"
            )
        off = keep_feeds(path, urls)
    except (CannotSwitchError, FeedListError, OSError) as problem:
        return Switched(done=False, said=f"all feeds stay on: {problem}")
    return Switched(
        done=True,
        said=f"{off} feeds are switched off in {path}, your own list now; H and D switch them on again",
    )
