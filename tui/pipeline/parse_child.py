"""The killable child that parses: whatever a body does to it, the collector gets an answer in time."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

import tui
from tui.domain.feed import Feed
from tui.pipeline.parse_wire import (
    LARGEST_ANSWER,
    LENGTH,
    READY,
    Answer,
    Request,
    decode_answer,
    encode,
    frame,
)
from tui.pipeline.ports import ParseFailed, ParseOutcome

DEFAULT_READER = "tui.reading.reader:read_story"
"""What reads each entry in the child, as module:function."""

# The child is isolated from the environment, so it is told where the package lies.
_PROGRAM = (
    "import sys; home = sys.argv.pop(1); sys.path.insert(0, home); import tui; "
    "sys.path.remove(home); sys.path.append(home); "
    "from tui.pipeline.parse_worker import main; main()"
)
_HOME = str(Path(tui.__file__).resolve().parents[1])


class _BrokenError(Exception):
    """The child died or talked nonsense."""


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What one child may take."""

    wall: float = 5.0
    """Seconds for one body, from when the child has nothing else to do."""
    start: float = 60.0
    """Seconds until a new child is ready."""
    feeds: int = 1_000
    """Bodies before a child is replaced."""
    memory_kib: int = 400 * 1024
    """Peak memory above which a child is replaced."""


class ParseChild:
    """Fits `ports.Parser`: one child process, one body at a time, started anew when it was lost."""

    def __init__(self, reader: str = DEFAULT_READER, limits: ChildLimits | None = None) -> None:
        self._reader = reader
        self._limits = limits or ChildLimits()
        self._one_at_a_time = asyncio.Lock()
        self._process: Process | None = None
        self._dying: list[Process] = []
        self._served = 0
        self.starts = 0
        """Children started so far."""

    async def parse(self, feed: Feed, body: bytes, content_type: str, now: datetime) -> ParseOutcome:
        """Parse, clean and read one body in the child; a body that kills it is a failure with a reason."""
        # The child holds what strangers wrote: it has no business with the feed's passwords.
        kind = content_type[:500].encode("ascii", "replace").decode()
        request = frame(encode(Request(replace(feed, headers=()), body, kind, now)))
        async with self._one_at_a_time:
            await self._bury()
            try:
                answer = await self._ask(request)
            except _BrokenError as problem:
                self._kill()
                return ParseFailed(str(problem))
            except BaseException:
                # Cancelled half way: the answer to this body must not be taken for the next one's.
                self._kill()
                raise
            self._served += 1
            if self._is_worn_out(answer):
                self._kill()
        return answer.parsed or ParseFailed(answer.failed or "the parser gave no answer")

    async def aclose(self) -> None:
        """End the child and wait until it is gone."""
        async with self._one_at_a_time:
            self._kill()
            await self._bury()

    async def start(self) -> None:
        """Start the child ahead of the first body; parse() does it otherwise."""
        async with self._one_at_a_time:
            with suppress(_BrokenError):  # said when there is a body to say it of
                await self._ready_child()

    def _is_worn_out(self, answer: Answer) -> bool:
        return answer.spent or self._served >= self._limits.feeds or answer.peak_kib > self._limits.memory_kib

    async def _ask(self, request: bytes) -> Answer:
        process = await self._ready_child()
        wall = self._limits.wall
        try:
            async with asyncio.timeout(wall):
                return await _exchange(process, request)
        except TimeoutError:
            raise _BrokenError(f"took longer than {wall:g} s to parse, given up; asked again later") from None
        except (EOFError, OSError, msgspec.DecodeError):
            raise _BrokenError("ended the parser when parsed, given up; asked again later") from None

    async def _ready_child(self) -> Process:
        if self._process is not None and _lives(self._process):
            return self._process
        self._kill()
        command = (sys.executable, "-I", "-c", _PROGRAM, _HOME, self._reader)
        try:
            async with asyncio.timeout(self._limits.start):
                self._process = process = await asyncio.create_subprocess_exec(
                    *command,
                    stdin=PIPE,
                    stdout=PIPE,
                    stderr=DEVNULL,
                    env=_environment(),
                    start_new_session=True,
                )
                ready = await _read_frame(process) == READY
        except (TimeoutError, EOFError, OSError):
            ready = False
        except BaseException:
            self._kill()
            raise
        if not ready:
            self._kill()
            raise _BrokenError("the parser does not start; run `overflight doctor`")
        self.starts += 1
        self._served = 0
        return process

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
            self._dying.append(process)

    async def _bury(self) -> None:
        """Wait for killed children, so that neither they nor their pipes outlive the loop."""
        while self._dying:
            process = self._dying[-1]
            if process.stdin is not None:
                process.stdin.close()
            await process.communicate()
            self._dying.pop()


def _lives(process: Process) -> bool:
    return process.returncode is None and process.stdout is not None and not process.stdout.at_eof()


def _environment() -> dict[str, str]:
    """Nothing but where the loader finds the interpreter's own library."""
    return {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH") if name in os.environ}


async def _exchange(process: Process, request: bytes) -> Answer:
    assert process.stdin is not None  # noqa: S101 # asked for with PIPE
    process.stdin.write(request)
    await process.stdin.drain()
    return decode_answer(await _read_frame(process))


async def _read_frame(process: Process) -> bytes:
    assert process.stdout is not None  # noqa: S101 # asked for with PIPE
    length = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))[0]
    if length > LARGEST_ANSWER:
        raise _BrokenError("made the parser answer more than can be taken; given up")
    return await process.stdout.readexactly(length)
