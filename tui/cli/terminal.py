"""Whether this terminal can carry the dashboard, said before the screen is touched."""

import locale
import os
import sys
from collections.abc import Mapping


def refusal(environment: Mapping[str, str], *, is_tty: bool, encoding: str) -> str | None:
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
    return None


def refusal_here() -> str | None:
    """`refusal` for this process."""
    return refusal(
        os.environ,
        is_tty=all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)),
        encoding=locale.getpreferredencoding(do_setlocale=False),
    )
