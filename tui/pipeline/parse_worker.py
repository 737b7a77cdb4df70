"""The parse child: reads requests on stdin, answers with cleaned entries or with readings on stdout.

Started by `parse_child` with a bare environment; killed by it when a body or an entry takes too long.
"""

import gc
import importlib
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO

from tui.domain.entry import Entry, StoryText
from tui.domain.feed import Feed
from tui.domain.reading import Reading
from tui.domain.rules import Rules
from tui.feeds.parse import NotAFeed, parse_feed
from tui.pipeline.heap import give_back, share_heap
from tui.pipeline.parse_wire import (
    LENGTH,
    READY,
    Answer,
    PageRequest,
    ParseRequest,
    ReadRequest,
    Request,
    decode_request,
    encode,
    frame,
)
from tui.pipeline.ports import Parsed, ParseFailed, ParseOutcome
from tui.pipeline.story_text import story_of

Reader = Callable[[StoryText, Rules | None], Reading]
"""What reads a story: verdict and reports, from nothing but the story and the user's rules."""

_MEMORY_LIMIT = 700 * 1024 * 1024
_FILES_LIMIT = 32
_CPU_SECONDS = 20
"""Ends a child whose parent died while it was caught in a body; it may have twice as much."""
_LOOK_SECONDS = 0.02
"""Of the processor's time, between two looks at the most memory held."""
_SETTLE_SECONDS = 0.1
"""Of the processor's time, between two looks at whether there is memory to give back."""
_LARGE_KIB = 8 * 1024
"""So much more than after the last time is worth giving back."""


def parse(feed: Feed, body: bytes, content_type: str, url: str) -> ParseOutcome:
    """One body to cleaned entries."""
    document = parse_feed(body, feed, content_type, url)
    if isinstance(document, NotAFeed):
        return ParseFailed(document.reason, document.named)
    return Parsed(document.entries, document.title, document.format, document.damaged, document.wishes)


def article(request: PageRequest) -> str | ParseFailed:
    """The text of a page."""
    from tui.feeds.page_text import NoText, page_text  # noqa: PLC0415 - seldom asked for

    try:
        return page_text(request.body, request.content_type, request.url)
    except NoText as problem:
        return ParseFailed(f"the page {problem}")


def answers_to(request: Request, reader: Reader) -> Iterator[Answer]:
    """One answer for a body, one for entries together; else one for each entry, until memory runs out."""
    if isinstance(request, ParseRequest):
        answer = _guarded(lambda: parse(request.feed, request.body, request.content_type, request.url))
        yield answer
        if answer.parsed is not None and request.now is not None and request.reads_along(answer.parsed):
            entries = answer.parsed.entries
            yield _read(entries, ReadRequest(request.feed, entries, request.now, request.rules), reader)
        return
    if isinstance(request, PageRequest):
        yield _guarded(lambda: article(request))
        return
    if request.together:
        yield _read(request.entries, request, reader)
        return
    for entry in request.entries:
        answer = _read((entry,), request, reader)
        yield answer
        if answer.spent:
            return


def _read(entries: Sequence[Entry], request: ReadRequest, reader: Reader) -> Answer:
    feed, now, rules = request.feed, request.now, request.rules
    return _guarded(lambda: tuple(reader(story_of(entry, feed, now), rules) for entry in entries))


def _guarded(work: Callable[[], ParseOutcome | str | tuple[Reading, ...]]) -> Answer:
    """The answer; whatever goes wrong is a reason in plain words."""
    _allowance.raise_for_one_more()
    spent = False
    outcome: ParseOutcome | str | tuple[Reading, ...]
    try:
        outcome = work()
    except MemoryError:
        outcome = ParseFailed("needs more memory than it may take; asked again later")
        spent = True
    except RecursionError:
        outcome = ParseFailed("is nested too deeply; asked again later")
    except Exception as surprise:  # noqa: BLE001 # the child's last door: this one fails, the others go on
        outcome = ParseFailed(f"meets a fault in Overflight ({type(surprise).__name__}); please report it")
    peak_kib = _allowance.peak_kib()
    match outcome:
        case Parsed():
            return Answer(outcome, None, None, peak_kib)
        case str():
            return Answer(None, None, None, peak_kib, text=outcome)
        case tuple():
            return Answer(None, outcome, None, peak_kib)
        case ParseFailed(reason, named):
            return Answer(None, None, reason, peak_kib, spent, named)


def _answer_one(asked: bytes, answers: BinaryIO, reader: Reader) -> None:
    """Apart from the loop, so that body and entries are gone when memory is given back."""
    for answer in answers_to(decode_request(asked), reader):
        answers.write(frame(encode(answer)))
        answers.flush()


def serve(requests: BinaryIO, answers: BinaryIO, reader: Reader) -> None:
    """Answer requests until there are no more."""
    while len(length := requests.read(LENGTH.size)) == LENGTH.size:
        _answer_one(requests.read(LENGTH.unpack(length)[0]), answers, reader)
        _allowance.give_back()


def main() -> None:
    """Entry point; the argument names the reader as module:function."""
    module, _, function = sys.argv[1].partition(":")
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 # a stray print must not reach the parent
        os.dup2(nowhere.fileno(), 1)
    reader: Reader = getattr(importlib.import_module(module), function)
    share_heap()
    _confine()
    reader(StoryText(id="", title="Drone"), None)  # loads what reading needs outside any feed's time
    # What is loaded stays: the collector of cycles need not look through it again and again.
    gc.collect()
    gc.freeze()
    _allowance.give_back()  # what is held now is what it is measured by
    answers.write(frame(READY))
    answers.flush()
    serve(sys.stdin.buffer, answers, reader)


def _confine() -> None:
    """Take from this process what parsing does not need; what a system does not know is left out."""
    os.chdir("/")
    with suppress(OSError):
        os.nice(5)
    limits = (
        (resource.RLIMIT_AS, _MEMORY_LIMIT),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _FILES_LIMIT),
    )
    for limit, value in limits:
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (value, value))


class _Allowance:
    """What of the processor this process may use, and what it has held; asking the system takes long, so it is asked seldom."""

    def __init__(self) -> None:
        self._cpu_until = 0.0
        self._looked = 0.0
        self._peak_kib = 0
        self._held_kib = 0
        """After memory was last given back, or first looked at."""
        self._settled = 0.0

    def raise_for_one_more(self) -> None:
        """Allow the processor's time for what comes next."""
        used = time.process_time()
        if used + _CPU_SECONDS <= self._cpu_until:
            return
        self._cpu_until = used + 2 * _CPU_SECONDS
        with suppress(OSError, ValueError):
            hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
            resource.setrlimit(resource.RLIMIT_CPU, (int(self._cpu_until), hard))

    def peak_kib(self) -> int:
        """The most memory held, as of a moment ago."""
        used = time.process_time()
        if not self._peak_kib or used - self._looked > _LOOK_SECONDS:
            self._looked = used
            self._peak_kib = _peak_kib()
        return self._peak_kib

    def give_back(self) -> None:
        """After work that took long, hand back what a large body left behind; to be called between requests."""
        used = time.process_time()
        if used - self._settled < _SETTLE_SECONDS:
            return
        self._settled = used
        if self._held_kib and _held_kib() > self._held_kib + _LARGE_KIB:
            give_back()
            self._held_kib = 0
        self._held_kib = self._held_kib or _held_kib()


_allowance = _Allowance()


def _peak_kib() -> int:
    """The most memory this process has held; its `ru_maxrss` may be that of the process which started it."""
    with suppress(OSError), open("/proc/self/status", "rb") as status:  # noqa: PTH123 # of every answer: no path is worth making
        for line in status:
            if line.startswith(b"VmHWM:"):
                return int(line.split()[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


def _held_kib() -> int:
    """The memory this process holds now; 0 where the system does not tell."""
    with suppress(OSError), open("/proc/self/statm", "rb") as pages:  # noqa: PTH123 # as above
        return int(pages.read().split()[1]) * resource.getpagesize() // 1024
    return 0
