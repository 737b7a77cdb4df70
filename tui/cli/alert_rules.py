"""Who is told of what, as feeds.toml has it now: for the screen that shows it."""

import contextlib
from pathlib import Path

from tui.cli.wiring import feed_list_file
from tui.domain.feed import FeedList
from tui.domain.watch import AlertStanding


class ListedAlerts:
    """Fits `Gate.alerting`: reads the list again only when its file is another; one that cannot be used changes nothing."""

    def __init__(self, listed: FeedList, chosen: str | None) -> None:
        self._chosen = chosen
        self._read = _stamp(Path(listed.path))
        self._standing = _standing_of(listed)

    def __call__(self) -> AlertStanding:
        """Rules, channels and quiet hours; microseconds when nothing changed."""
        path = feed_list_file(self._chosen)
        stamp = _stamp(path)
        if stamp is not None and stamp != self._read:
            from tui.feeds.feed_list import FeedListError, load_feed_list

            self._read = stamp
            # What is wrong with it the status bar says, as the process that fetches found.
            with contextlib.suppress(FeedListError):
                self._standing = _standing_of(load_feed_list(path))
        return self._standing


def _standing_of(listed: FeedList) -> AlertStanding:
    quiet = listed.settings.quiet_hours
    return AlertStanding(listed.alerts, f"{quiet.start}-{quiet.end}" if quiet.start != quiet.end else "")


def _stamp(path: Path) -> tuple[str, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return str(path), found.st_mtime_ns, found.st_size
