"""Whether this terminal can carry the dashboard, said before the screen is touched."""

import locale
import os
import sys
from collections.abc import Mapping

FILES_NEEDED = 40
"""A dashboard with its collector and an open search holds 19 files and sockets, and SQLite sorts in more."""


def refusal(
    environment: Mapping[str, str], *, is_tty: bool, encoding: str, files_left: int = FILES_NEEDED
) -> str | None:
    """Why the dashboard cannot start here, and what to do instead; None when it can."""
    instead = "Use `overflight once` for the same board as plain text."
    if not is_tty:
        return f"The dashboard needs a terminal, and standard input, output or error is not one. {instead}"
    if environment.get("TERM", "") in {"", "dumb", "unknown"}:
        return f"The dashboard cannot draw on TERM={environment.get('TERM') or '(unset)'}. {instead}"
    if "utf" not in encoding.lower():
        return (
            f"The dashboard needs a UTF-8 locale, and this one is {encoding}. "
            f"Set LANG=C.UTF-8 (or your own UTF-8 locale). {instead}"
        )
    if files_left < FILES_NEEDED:
        return (
            f"The dashboard opens up to {FILES_NEEDED} files and sockets, and only {files_left} more may be open here. "
            f"Raise the limit (ulimit -n 256). {instead}"
        )
    return None


def files_left(most: int = FILES_NEEDED) -> int:
    """How many files this process may still open, counted up to `most` by opening them."""
    opened: list[int] = []
    try:
        while len(opened) < most:
            opened.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        pass  # the answer: this one could not be opened
    finally:
        for descriptor in opened:
            os.close(descriptor)
    return len(opened)


def refusal_here() -> str | None:
    """`refusal` for this process."""
    return refusal(
        os.environ,
        is_tty=all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)),
        encoding=locale.getpreferredencoding(do_setlocale=False),
        files_left=files_left(),
    )
