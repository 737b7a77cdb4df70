"""What the dashboard does beyond the store: the clipboard, the user's editor, the list of feeds, files."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tui.domain.clock import Clock
from tui.domain.query_tree import Part
from tui.locations import shipped, user_feed_list
from tui.pipeline.board_ports import BoardSource
from tui.pipeline.gate import Switched

_COPIERS = (("pbcopy",), ("wl-copy",), ("xclip", "-selection", "clipboard"), ("xsel", "-ib"), ("clip.exe",))
_GIVES_UP = 60
"""Seconds for a feed to answer, with every retry of the check."""
_MOST = 1000
_LINE_FIRST = frozenset(
    {"vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "joe", "ne", "mg"}
)
"""Editors that take the line as +N before the file."""
_LINE_BEHIND = frozenset({"hx", "helix", "subl", "zed"})
"""Editors that take the file as FILE:N."""
_ENDINGS = {"csv": "csv", "json": "json", "markdown": "md"}


def copier() -> list[str] | None:
    """The program that takes text to the clipboard here; None when there is none."""
    for program, *rest in _COPIERS:
        if program == "wl-copy" and not os.environ.get("WAYLAND_DISPLAY"):
            continue
        if program in {"xclip", "xsel"} and not os.environ.get("DISPLAY"):
            continue
        found = shutil.which(program)
        if found:
            return [found, *rest]
    return None


def editor_at(editor: list[str], path: Path, line: int) -> list[str]:
    """The command that opens a file at a line, for editors of which it is known how."""
    name = Path(editor[0]).name
    if name in _LINE_FIRST:
        return [*editor, f"+{line}", str(path)]
    if name in {"code", "codium"}:
        return [*editor, "--wait", "--goto", f"{path}:{line}"]
    return [*editor, f"{path}:{line}" if name in _LINE_BEHIND else str(path)]


class OutsideWorld:
    """Fits `pipeline.gate.Outside`."""

    def __init__(self, source: BoardSource, clock: Clock, feeds: str | None) -> None:
        self._source = source
        self._clock = clock
        self._feeds = feeds
        """The list named on the command line; None: the user's own, or the built-in one."""

    def copy(self, text: str) -> str:
        """Hand it over; a program that hangs holds nothing up."""
        command = copier()
        if command is None:
            return ""
        try:
            process = subprocess.Popen(  # noqa: S603 - a fixed program, the text on its input
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            if process.stdin is not None:
                # Less than a pipe holds, so that writing never waits.
                process.stdin.write(text.encode(errors="replace")[:32_000])
                process.stdin.close()
        except OSError:
            return ""
        return Path(command[0]).name

    def edit(self, url: str) -> Switched:
        """In VISUAL or EDITOR; the built-in list is copied to the user's own first."""
        from tui.cli.wiring import StartError, chosen_feed_list
        from tui.feeds.feed_list import write_user_copy

        try:
            editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
            path = Path(self._feeds) if self._feeds is not None else user_feed_list()
            if self._feeds is None and not path.exists():
                write_user_copy(shipped("feeds.toml"), path)
            if not editor or not shutil.which(editor[0]):
                return Switched(done=False, said=f"set EDITOR to have it opened; the file is {path}")
            lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
            line = next((at for at, text in enumerate(lines, 1) if url and f'"{url}"' in text), 1)
            subprocess.run(editor_at(editor, path, line), check=False)  # noqa: S603 - the user's own editor, no shell
            chosen_feed_list(str(path))
        except (OSError, ValueError, StartError) as problem:
            return Switched(done=False, said=str(problem))
        return Switched(done=True, said=f"{path} is a good list; the polling follows when it reads it")

    def add(self, url: str) -> Switched:
        """By the command that does it, in a process of its own: the dashboard never fetches."""
        chosen = [] if self._feeds is None else ["--feeds", self._feeds]
        command = [sys.executable, "-m", "tui", *chosen, "feeds", "add", "--", url]
        try:
            ran = subprocess.run(  # noqa: S603 - our own program, an argv list
                command, capture_output=True, text=True, errors="replace", check=False, timeout=_GIVES_UP
            )
        except (OSError, subprocess.TimeoutExpired):
            return Switched(
                done=False, said=f"{url} did not answer in {_GIVES_UP} seconds; nothing was added"
            )
        said = (ran.stdout if ran.returncode == 0 else ran.stderr).strip().splitlines()
        told = " ".join(said[-3:]).removeprefix("overflight: ")
        if told.startswith("url: "):  # the command names its argument; here the address is what was typed
            told = f"{url[:100]}: {told.removeprefix('url: ').removeprefix('is ')}"
        return Switched(done=ran.returncode == 0, said=told or "nothing was added")

    def export(self, what: tuple[str, ...] | Part, form: str) -> Switched:
        """As `overflight export` writes it, at most a thousand incidents."""
        from tui.cli.export import load_view, rendered, view_of
        from tui.cli.outfile import OutFileError, write_whole

        now = self._clock.now()
        path = Path.cwd() / f"overflight-{now:%Y%m%d-%H%M%S}.{_ENDINGS[form]}"
        if isinstance(what, tuple):
            view = view_of(self._source, what[:_MOST], now)
            total = len(what)
        else:
            view = load_view(self._source, what, now, _MOST, form)
            total = view.total
        try:
            write_whole(path, rendered(view, form))
        except OutFileError as problem:
            return Switched(done=False, said=str(problem))
        of = f" of {total:,}" if total > len(view.incidents) else ""
        return Switched(done=True, said=f"{len(view.incidents):,}{of} incidents written to {path}")

    def export_feeds(self) -> Switched:
        """As `overflight feeds export` writes it."""
        from tui.cli.outfile import OutFileError, write_whole
        from tui.cli.wiring import StartError, chosen_feed_list
        from tui.feeds.opml import write_opml

        path = Path.cwd() / f"overflight-feeds-{self._clock.now():%Y%m%d-%H%M%S}.opml"
        try:
            feeds = chosen_feed_list(self._feeds).feeds
            write_whole(path, write_opml(feeds).encode())
        except (StartError, OutFileError) as problem:
            return Switched(done=False, said=str(problem))
        return Switched(done=True, said=f"{len(feeds):,} feeds written to {path}")
