"""Sees that feeds.toml, or a file it names, was changed, and reads it anew."""

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from tui.domain.feed import FeedList
from tui.feeds.feed_list import FeedListError, load_feed_list
from tui.pipeline.list_change import ListTrouble

_log = logging.getLogger(__name__)

GIVEN_UP = 60
"""Looks, one a second, after which a deleted list is no longer missed."""

_Stamp = tuple[int, int, int, int] | None
"""Device, file, size and time of the last change; None: no file there."""


class FeedListWatch:
    """Fits `list_change.ListWatch`; `path_of` says which file is in use, which may be another once the user has an own one."""

    def __init__(
        self, listed: FeedList, path_of: Callable[[], Path], env: Mapping[str, str] = os.environ
    ) -> None:
        self._path = Path(listed.path)
        self._files = listed.files
        self._path_of = path_of
        self._env = env
        self._read: tuple[_Stamp, ...] | None = None
        """As the files were when they were last read here: unknown at first, since they may have changed by now."""
        self._seen: tuple[_Stamp, ...] | None = None
        self._missed = 0
        """Looks in a row at which there was no file."""

    def changed(self) -> bool:
        """Whether the files are others than were read, and rest: half a file is not read."""
        found, there = self._path_of(), self._path.exists()
        self._missed = 0 if there else self._missed + 1
        # A list that was deleted is missed for a minute; then what the next start would use takes its place.
        if found != self._path and (there or self._missed > GIVEN_UP):
            self._path, self._files, self._read = found, (), None
        now = self._stamps()
        rests, self._seen = now == self._seen, now
        return rests and now != self._read

    def load(self) -> FeedList | ListTrouble:
        """The list as it is now, or what is wrong with it."""
        self._read = self._stamps()
        try:
            listed = load_feed_list(self._path, self._env)
        except FeedListError as problem:
            _log.warning("%s", problem)
            # Its folder would leave no room for the rest on the screen.
            said = str(problem).replace(problem.path, Path(problem.path).name, 1)
            if not self._path.exists() and self._path_of() != self._path:
                gone = f"{self._path.name} was deleted: unless it comes back, the built-in list is used in a minute"
                return ListTrouble(gone)
            return ListTrouble(f"{said}; until then the list of before is used")
        if listed.files != self._files:
            self._files = listed.files
            self._read = self._seen = None  # what it names now may have changed since it was read
        return listed

    def _stamps(self) -> tuple[_Stamp, ...]:
        files = dict.fromkeys((str(self._path), *self._files))
        return tuple(_stamp(file) for file in files)


def _stamp(file: str) -> _Stamp:
    try:
        found = os.stat(file)  # noqa: PTH116 - once a second for each file
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
