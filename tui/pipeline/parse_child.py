"""The killable child that parses: whatever a body does to it, the collector gets an answer in time."""

import asyncio
import logging
import os
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

import tui
from tui.domain.entry import Entry
from tui.domain.feed import Feed
from tui.domain.reading import Reading, Reason, Verdict
from tui.domain.rules import Rules
from tui.domain.value import dataclass
from tui.pipeline.parse_wire import (
    LARGEST_ANSWER,
    LENGTH,
    READY,
    Answer,
    PageRequest,
    ParseRequest,
    ReadRequest,
    Request,
    decode_answer,
    encode,
    frame,
)
from tui.pipeline.ports import ParseFailed, ParseOutcome, ReadEntry

_log = logging.getLogger(__name__)

DEFAULT_READER = "tui.reading.reader:read_story"
"""What reads each entry in the child, as module:function."""

# The child is isolated from the environment, so it is told where the package lies.
_PROGRAM = (
    "import sys; home = sys.argv.pop(1); sys.path.insert(0, home); import tui; "
    "sys.path.remove(home); sys.path.append(home); "
    "from tui.pipeline.parse_worker import main; main()"
)
_ANSWER_AHEAD = 512 * 1024
"""Bytes of an answer that are taken before anybody asks for them: most answers whole."""
_AT_THE_CHILD = 2
"""Bodies at a child: it works on one, and the next lies ready, so that it need not wait for us in between."""
_HOME = str(Path(tui.__file__).resolve().parents[1])


class _BrokenError(Exception):
    """The child died, talked nonsense or took too long."""


class _NoChildError(Exception):
    """No child can be had."""

    def __init__(self) -> None:
        super().__init__("the parser does not start; run `overflight doctor`")


@dataclass(frozen=True, slots=True)
class ChildLimits:
    """What one child may take."""

    wall: float = 5.0
    """Seconds to parse one body, from when the child has nothing else to do."""
    page_wall: float = 15.0
    """Seconds for the article of one page, the loading of the library with the first of them."""
    entry_wall: float = 5.0
    """Seconds to read one entry; a long one takes some 0.03. Some are given no more together, and then each its own."""
    reading: float = 60.0
    """Seconds of reading for one poll; what is not read by then waits for the next."""
    at_once: int = 50
    """Entries read before other feeds get their turn."""
    start: float = 60.0
    """Seconds until a new child is ready."""
    feeds: int = 1_000
    """Bodies before a child is replaced."""
    memory_kib: int = 400 * 1024
    """Peak memory above which a child is replaced."""


class ParseChild:
    """Fits `ports.Parser`: one child process, one body at a time, started anew when it was lost."""

    def __init__(
        self, reader: str = DEFAULT_READER, limits: ChildLimits | None = None, rules: Rules | None = None
    ) -> None:
        self._reader = reader
        self._rules = rules or None
        self._limits = limits or ChildLimits()
        self._one_at_a_time = asyncio.Lock()
        self._places = asyncio.Semaphore(_AT_THE_CHILD)
        self._process: Process | None = None
        self._open_to_next: Process | None = None
        """The process that works on a body and takes the next one meanwhile; None: it is not to be sent yet."""
        self._in_line = 0
        """Who waits for a turn with the child."""
        self._spoilt: Process | None = None
        """It will answer what nobody waits for any more."""
        self._starting: asyncio.Task[None] | None = None
        self._dying: list[Process] = []
        self._served = 0
        self._peak_kib = 0
        self.starts = 0
        """Children started so far."""

    async def parse(
        self, feed: Feed, body: bytes, content_type: str, url: str = "", *, read_at: datetime | None = None
    ) -> ParseOutcome:
        """Parse and clean one body in the child; a body that kills it is a failure with a reason.

        What kills it when it is read along is left for `read`, which finds out which entry it is.
        """
        kind = content_type[:500].encode("ascii", "replace").decode()
        feed = _without_secrets(feed)
        request = ParseRequest(feed, body, kind, url, read_at, self._rules, self._limits.at_once)
        async with self._places:
            sent = self._send_ahead(request)
            async with self._turn(sent), self._whole_exchange():
                if sent is None:
                    self._replace_worn_out()
                try:
                    process = await self._ready_child()
                    asked = None if process is sent else request
                    answer = await self._hear(process, self._limits.wall, asked, takes_next=True)
                except _NoChildError as problem:
                    return ParseFailed(str(problem))
                except _BrokenError as problem:
                    self._kill()
                    return ParseFailed(f"{problem} when parsed, given up; asked again later")
                parsed = answer.parsed
                if parsed is not None and request.reads_along(parsed):
                    parsed = replace(parsed, readings=await self._read_along(process))
                self._served += 1
        return parsed or ParseFailed(answer.failed or "the parser gave no answer", answer.named)

    def _send_ahead(self, request: ParseRequest) -> Process | None:
        """Lay a body ready at the child that works on the one before it; None when it has to wait for its turn.

        Only when nobody stands in line: what is sent in one order is answered in the same.
        """
        process, self._open_to_next = self._open_to_next, None
        if process is None or process is not self._process or self._in_line or self._worn_out(after=1):
            return None
        assert process.stdin is not None  # noqa: S101 # asked for with PIPE
        process.stdin.write(frame(encode(request)))
        return process

    @asynccontextmanager
    async def _turn(self, sent: Process | None = None) -> AsyncIterator[None]:
        """Alone with the child. The answer to what was `sent` ahead, if it is given up, must not be taken for the next one's."""
        self._in_line += 1
        try:
            await self._one_at_a_time.acquire()
        except BaseException:
            self._spoilt = sent or self._spoilt
            raise
        finally:
            self._in_line -= 1
        try:
            yield
        finally:
            self._open_to_next = None
            self._one_at_a_time.release()

    async def _read_along(self, process: Process) -> tuple[Reading, ...]:
        """Readings of what was just parsed; none when one of them is in the way."""
        try:
            answer = await self._hear(process, self._limits.entry_wall, None)
        except _BrokenError:
            self._kill()
            return ()
        return answer.readings or ()

    async def page_text(self, body: bytes, content_type: str, url: str) -> str | ParseFailed:
        """The article of one page, in the child; a page that kills it is a failure with a reason."""
        kind = content_type[:500].encode("ascii", "replace").decode()
        async with self._turn(), self._whole_exchange():
            self._replace_worn_out()
            try:
                process = await self._ready_child()
                answer = await self._hear(process, self._limits.page_wall, PageRequest(body, kind, url))
            except _NoChildError as problem:
                return ParseFailed(str(problem))
            except _BrokenError as problem:
                self._kill()
                return ParseFailed(f"the page {problem}")
            self._served += 1
        return ParseFailed(answer.failed or "the page holds nothing") if answer.text is None else answer.text

    async def read(self, feed: Feed, entries: Sequence[Entry], now: datetime) -> tuple[ReadEntry, ...]:
        """Read entries in the child, some at a time; one that kills it is dropped with a reason, the others go on."""
        done: list[ReadEntry] = []
        spent = 0.0
        while len(done) < len(entries) and spent < self._limits.reading:
            some = tuple(entries[len(done) : len(done) + self._limits.at_once])
            async with self._turn(), self._whole_exchange():
                began = time.monotonic()
                readings = await self._read_some(
                    ReadRequest(_without_secrets(feed), some, now, self._rules, together=True)
                )
                spent += time.monotonic() - began
            if not readings:
                break
            done += map(ReadEntry, some, readings)
        if len(done) < len(entries):
            _log.warning(
                "%d of %d entries were not read in time; they wait", len(entries) - len(done), len(entries)
            )
        return tuple(done)

    async def aclose(self) -> None:
        """End the child and wait until it is gone."""
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.wait((self._starting,))
        async with self._turn():
            self._kill()
            await self._bury()

    def expect(self, bodies: int) -> None:
        """Start the child beside whatever else is done, if bodies are likely to come."""
        if bodies and self._process is None and self._starting is None:
            self._starting = asyncio.create_task(self.start())

    async def start(self) -> None:
        """Start the child ahead of the first body; parse() does it otherwise."""
        async with self._turn():
            with suppress(_NoChildError):  # said when there is a body to say it of
                await self._ready_child()

    @asynccontextmanager
    async def _whole_exchange(self) -> AsyncIterator[None]:
        """What is cut off half way, as by a cancellation, must not be taken for the answer to the next one."""
        await self._bury()
        try:
            yield
        except BaseException:
            self._kill()
            raise

    async def _read_some(self, request: ReadRequest) -> Sequence[Reading]:
        """Readings of all, in one answer; when one of them is in the way, of the first ones, each by itself."""
        try:
            process = await self._ready_child()
            answer = await self._hear(process, self._limits.entry_wall, request)
        except _NoChildError:
            return ()
        except _BrokenError:
            self._kill()
        else:
            if answer.readings is not None:
                return answer.readings
        return await self._read_singly(msgspec.structs.replace(request, together=False))

    async def _read_singly(self, request: ReadRequest) -> list[Reading]:
        """Readings of the first entries, up to one that could not be read; none when no child starts."""
        readings: list[Reading] = []
        try:
            process = await self._ready_child()
        except _NoChildError:
            return readings
        asked: ReadRequest | None = request
        for entry in request.entries:
            try:
                answer = await self._hear(process, self._limits.entry_wall, asked)
            except _BrokenError as problem:
                self._kill()
                return [*readings, _unread(entry, str(problem))]
            asked = None
            readings += answer.readings or (_unread(entry, answer.failed or "no answer"),)
            if answer.spent:
                break
        return readings

    def _replace_worn_out(self) -> None:
        if self._worn_out():
            self._kill()

    def _worn_out(self, after: int = 0) -> bool:
        """Whether the child has done its share, `after` so many bodies more."""
        return self._served + after >= self._limits.feeds or self._peak_kib > self._limits.memory_kib

    async def _hear(
        self, process: Process, wall: float, request: Request | None, *, takes_next: bool = False
    ) -> Answer:
        """The next answer, to a request made now or before; `takes_next`: another may be sent while it is worked on."""
        try:
            async with asyncio.timeout(wall):
                if request is not None:
                    await _tell(process, frame(encode(request)))
                if takes_next:
                    self._open_to_next = process
                answer = decode_answer(await _read_frame(process))
        except TimeoutError:
            raise _BrokenError(f"took longer than {wall:g} s") from None
        except (EOFError, OSError, msgspec.DecodeError):
            raise _BrokenError("ended the parser") from None
        self._peak_kib = answer.peak_kib
        if answer.spent:
            self._kill()
        return answer

    async def _ready_child(self) -> Process:
        if self._process is not None and self._process is not self._spoilt and _lives(self._process):
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
                    limit=_ANSWER_AHEAD,
                )
                ready = await _read_frame(process) == READY
        except (TimeoutError, EOFError, OSError):
            ready = False
        except BaseException:
            self._kill()
            raise
        if not ready:
            self._kill()
            raise _NoChildError
        self.starts += 1
        self._served = self._peak_kib = 0
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


def _without_secrets(feed: Feed) -> Feed:
    """The child holds what strangers wrote: it has no business with the feed's passwords."""
    return feed.without_secrets()


def _unread(entry: Entry, problem: str) -> Reading:
    """Dropped, so that it leaves a row and is read again when its text or the rules change."""
    _log.warning("entry %s could not be read: %s", entry.key, problem)
    why = Reason(f"could not be read: {problem}", "", "title", 0, 0, 0.0)
    return Reading(
        Verdict(relevant=False, war_routine=False, score=0.0, threshold=1.0, lang="und", why=(why,))
    )


async def _tell(process: Process, request: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 # asked for with PIPE
    process.stdin.write(request)
    await process.stdin.drain()


async def _read_frame(process: Process) -> bytes:
    assert process.stdout is not None  # noqa: S101 # asked for with PIPE
    length = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))[0]
    if length > LARGEST_ANSWER:
        raise _BrokenError("made the parser answer more than can be taken")
    return await process.stdout.readexactly(length)
