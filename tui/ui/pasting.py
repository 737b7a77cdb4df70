"""What is typed and what is pasted, kept apart before a key is made of it: a paste is one event, whatever it holds."""

import os
import re
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterable

from textual._parser import ParseError
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

_READ = 4096
_WAIT = 0.1
_MOST = 200_000
"""Letters of one paste that are kept; no box here takes a tenth of it."""
_NOBODY_TYPES = 100
"""Letters in one read that no fingers make: they were pasted by a terminal that does not say so."""
_KEYS_HELD = 3
"""A key held down, or two, repeat themselves; a text has more letters than that."""
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?", re.DOTALL)


class Pastes:
    """A stream of input in which no escape stands inside a paste, and in which every paste is marked as one.

    Textual's parser takes an escape inside a paste for a key, and makes a key of each letter after it.
    """

    def __init__(self) -> None:
        self._pasting = False
        self._tail = ""
        """The last letters outside of a paste: a mark may be cut in two by a read."""
        self._held = ""
        """What may be the beginning of the mark that ends the paste."""
        self._kept = 0

    def clean(self, data: str) -> str:
        """The same input as the parser should see it; may be empty while a mark is awaited."""
        data, self._held = self._held + data, ""
        out: list[str] = []
        while data:
            piece, data = self._within(data) if self._pasting else self._outside(data)
            out.append(piece)
        return "".join(out)

    def _outside(self, data: str) -> tuple[str, str]:
        at = (self._tail + data).find(BRACKETED_PASTE_START)
        if at < 0:
            self._tail = (self._tail + data)[1 - len(BRACKETED_PASTE_START) :]
            return _marked(data) if _nobody_typed(data) else data, ""
        end = at - len(self._tail) + len(BRACKETED_PASTE_START)
        self._pasting, self._tail, self._kept = True, "", 0
        return data[:end], data[end:]

    def _within(self, data: str) -> tuple[str, str]:
        text, mark, rest = data.partition(BRACKETED_PASTE_END)
        if mark:
            self._pasting = False
            return self._bounded(text) + mark, rest
        sizes = range(len(BRACKETED_PASTE_END) - 1, 0, -1)
        held = next((size for size in sizes if text.endswith(BRACKETED_PASTE_END[:size])), 0)
        self._held = text[len(text) - held :]
        return self._bounded(text[: len(text) - held]), ""

    def _bounded(self, text: str) -> str:
        text = text.replace("\x1b", "")[: max(0, _MOST - self._kept)]
        self._kept += len(text)
        return text


def _nobody_typed(data: str) -> bool:
    """Whether so much text came at once that it was pasted; keys and moves of the mouse are sequences."""
    if len(data) < _NOBODY_TYPES:
        return False
    text = _SEQUENCE.sub("", data)
    return len(text) >= _NOBODY_TYPES and len(set(text)) > _KEYS_HELD


def _marked(data: str) -> str:
    return f"{BRACKETED_PASTE_START}{data.replace(chr(0x1B), '')}{BRACKETED_PASTE_END}"


class PasteParser(XTermParser):
    """Textual's parser behind the filter."""

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 -- Textual's signature
        super().__init__(debug)
        self._pastes = Pastes()

    def feed(self, data: str) -> Iterable[Message]:
        """The messages of a read; an empty one ends the stream."""
        cleaned = self._pastes.clean(data)
        return super().feed(cleaned) if cleaned or not data else ()


class PasteDriver(LinuxDriver):
    """Textual's driver for a terminal of Unix, with that parser."""

    def run_input_thread(self) -> None:
        """Read, parse, hand on; until the app ends."""
        parser, decode = PasteParser(), getincrementaldecoder("utf-8")("replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            ended = False
            while not ended:
                # What came before the end is still read once.
                ended = self.exit_event.is_set()
                if selector.select(_WAIT) and (text := decode(os.read(self.fileno, _READ))):
                    self._hand_on(parser.feed(text))
                self._hand_on(parser.tick())
        try:
            for _ in parser.feed(""):
                pass
        except (EOFError, ParseError):
            return

    def _hand_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)
