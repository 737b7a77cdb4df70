"""What the dashboard is given to switch feeds with: the list in use, or the user's own, made on the way."""

from pathlib import Path

from tui.locations import shipped, user_feed_list
from tui.pipeline.gate import Switched


class ListSwitch:
    """Fits `pipeline.gate.SwitchFeed`."""

    def __init__(self, chosen: str | None) -> None:
        self._chosen = chosen

    def __call__(self, url: str, *, on: bool) -> Switched:
        """Write it into the list that was chosen, else into the user's own, which is made when there is none."""
        from tui.feeds.feed_list import write_user_copy
        from tui.feeds.feed_switch import CannotSwitchError, NotListedError, switch_feed

        path, copied = self._own()
        try:
            if copied:
                copied = write_user_copy(shipped("feeds.toml"), path)
            switch_feed(path, url, on=on)
        except (CannotSwitchError, OSError) as problem:
            never = isinstance(problem, NotListedError)
            return Switched(done=False, said=f"not switched: {problem}", never=never)
        word = "on" if on else "off"
        made = ", your own copy of the built-in list, made now" if copied else ""
        return Switched(
            done=True, said=f"switched {word} in {path}{made}; the polling follows when it reads the list"
        )

    def _own(self) -> tuple[Path, bool]:
        if self._chosen is not None:
            return Path(self._chosen), False
        own = user_feed_list()
        return own, not own.exists()
