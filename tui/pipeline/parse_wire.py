"""What the collector and its parse child say to each other: frames of a length and a msgpack body."""

import struct
from datetime import datetime

import msgspec

from tui.domain.entry import Entry
from tui.domain.feed import Feed
from tui.domain.reading import Reading
from tui.domain.rules import Rules
from tui.pipeline.ports import Parsed

LENGTH = struct.Struct("<I")
LARGEST_ANSWER = 32 * 1024 * 1024
READY = b"ready"
"""The first frame of a child: its imports are done."""


class ParseRequest(msgspec.Struct, array_like=True, tag=True):
    """One body to parse; one answer, and a second with the readings of its entries when these are `read_along`."""

    feed: Feed
    body: bytes
    content_type: str
    url: str
    now: datetime | None = None
    """The time that entries are read at; None: they are not read."""
    rules: Rules | None = None
    at_most: int = 0
    """So many entries are read along, no more."""

    def reads_along(self, parsed: Parsed | None) -> bool:
        """Whether what came of the body is read at once."""
        return self.now is not None and parsed is not None and 0 < len(parsed.entries) <= self.at_most


class PageRequest(msgspec.Struct, array_like=True, tag=True):
    """A page whose article is wanted; one answer."""

    body: bytes
    content_type: str
    url: str


class ReadRequest(msgspec.Struct, array_like=True, tag=True):
    """Entries of one feed to read; one answer for all of them, or one for each, in order, until one is `spent`."""

    feed: Feed
    entries: tuple[Entry, ...]
    now: datetime
    rules: Rules | None = None
    """What the user adds to the reading."""
    together: bool = False
    """One answer for all; none of them is read when one cannot be."""


Request = ParseRequest | PageRequest | ReadRequest


class Answer(msgspec.Struct, array_like=True):
    """What came of a body, a page or entries: exactly one of `parsed`, `text`, `readings` and `failed` is set."""

    parsed: Parsed | None
    readings: tuple[Reading, ...] | None
    failed: str | None
    peak_kib: int
    """Most memory the child has held so far."""
    spent: bool = False
    """The child ran out of memory: what is left of it is not to be trusted."""
    named: tuple[str, ...] = ()
    """As `ParseFailed.named`."""
    text: str | None = None
    """Of a page."""


_encoder = msgspec.msgpack.Encoder()
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_answers = msgspec.msgpack.Decoder(Answer)


def frame(body: bytes) -> bytes:
    """The body with its length before it."""
    return LENGTH.pack(len(body)) + body


def encode(message: Request | Answer) -> bytes:
    """A message as the body of a frame."""
    return _encoder.encode(message)


def decode_request(body: bytes) -> Request:
    """The request in a frame; raises msgspec.DecodeError on anything else."""
    return _requests.decode(body)


def decode_answer(body: bytes) -> Answer:
    """The answer in a frame; raises msgspec.DecodeError on anything else."""
    return _answers.decode(body)
