"""Lines of a pipe as they come, and the moments when none is there."""

import io
import select
from collections.abc import Iterator
from typing import BinaryIO

PAUSE = 0.1
"""Seconds without a byte after which the other side is taken to wait for us."""

_CHUNK = 65_536


def lines_and_pauses(stdin: BinaryIO) -> Iterator[bytes | None]:
    """Each line as it comes, and None once before input is waited for.

    Half a line is no pause: who writes it has not finished. What is no real file has no pauses.
    """
    handle = _handle(stdin)
    if handle is None or not isinstance(stdin, io.BufferedReader):
        yield from iter(stdin.readline, b"")
        return
    begun: list[bytes] = []
    while True:
        if not begun and not select.select([handle], [], [], PAUSE)[0]:
            yield None
        # read1 hands out what Python has buffered already and never waits for more than one read.
        chunk = stdin.read1(_CHUNK)
        if not chunk:
            break
        *whole, rest = chunk.split(b"\n")
        for line in whole:
            yield b"".join((*begun, line))
            begun.clear()
        if rest:
            begun.append(rest)
    if begun:
        yield b"".join(begun)


def _handle(stdin: BinaryIO) -> int | None:
    try:
        return stdin.fileno()
    except (OSError, ValueError, AttributeError):
        return None
