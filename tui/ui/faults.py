"""What breaks inside the interface is said, logged, and outlived; a monitor never goes dark over one bad moment."""

import logging
from collections.abc import Awaitable

from textual.css.query import NoMatches
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

from tui.domain.clock import Clock
from tui.domain.value import dataclass
from tui.pipeline.keeping import StoreUnableError
from tui.ui.untrusted import clip

_log = logging.getLogger(__name__)

_SHOWN_SECONDS = 90.0
"""So long a fault stands before everything else of the status bar; after that behind it, shortly."""
_NAMED_SECONDS = 300.0
_AGAIN_SECONDS = 60.0
"""The same fault is written to the log no more often: one in a timer comes every second."""
_REMEMBERED = 100
_TOAST_SECONDS = 10.0
STORING = "storing what you did"
"""Where it was that a deed of a person was not stored."""
FETCHED = "storing what is fetched"
"""Where it was that the store takes nothing, so that nothing is heard of the collector."""


@dataclass
class Broke(Message):
    """Something of the interface raised what nobody expected."""

    where: str
    error: Exception


class Faults:
    """What broke of late."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._logged: dict[str, float] = {}
        self._last: tuple[float, str, str] | None = None
        """When it was, what is said of it, and where it was."""

    def hear(self, where: str, error: Exception) -> bool:
        """Log it whole, and remember it for the status bar; whether it is news, and no echo of the one just told."""
        words, now = fault_said(where, error), self._clock.monotonic()
        fresh = self._last is None or self._last[1] != words or now - self._last[0] >= _TOAST_SECONDS
        if now - self._logged.get(words, now - _AGAIN_SECONDS) >= _AGAIN_SECONDS:
            if len(self._logged) >= _REMEMBERED:
                self._logged.clear()
            self._logged[words] = now
            log_fault(where, error)
        self._last = (now, words, where)
        return fresh

    def mend(self, where: str) -> None:
        """The like of it worked: what did not is over."""
        if self._last is not None and self._last[2] == where:
            self._last = None

    @property
    def said(self) -> str:
        """The last one, while it is fresh; else empty."""
        return self._last[1] if self._last is not None and self._age <= _SHOWN_SECONDS else ""

    @property
    def named(self) -> str:
        """Where the last one was, for five minutes but while it is said whole; else empty."""
        if self._last is None or not _SHOWN_SECONDS < self._age <= _NAMED_SECONDS:
            return ""
        return f"{clip(self._last[2], 40)} did not work"

    @property
    def _age(self) -> float:
        return self._clock.monotonic() - self._last[0] if self._last is not None else 0.0


def fault_said(where: str, error: Exception) -> str:
    """What, where, what next; a store that cannot take it now says so itself."""
    if isinstance(error, StoreUnableError):
        what = "not stored" if where == STORING else f"{where} did not work"
        return f"{what}: {cure_first(error)}"
    why = clip(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__, 120)
    return f"a fault in {where} ({why}); the dashboard goes on, its log has the details"


def cure_first(error: Exception) -> str:
    """What to do, then what happened and where: a narrow bar has room for no more than the first, and a toast tells all."""
    if not isinstance(error, StoreUnableError) or not error.next_step:
        return clip(str(error) or type(error).__name__, 300)
    return f"{clip(error.next_step, 200)} {clip(str(error).removesuffix(error.next_step), 200)}"


def unable_said(where: str, error: Exception) -> str:
    """All of what a store says that cannot take it now; empty for any other fault."""
    if not isinstance(error, StoreUnableError):
        return ""
    return f"{'not stored' if where == STORING else f'{where} did not work'}: {clip(str(error), 500)}"


def log_fault(where: str, error: Exception) -> None:
    """Everything there is to know, to the log alone."""
    _log.error("A fault in %s.", where, exc_info=error)


async def outliving(pump: MessagePump, message: Message, answer: Awaitable[None]) -> None:
    """Answer a message; whatever that raises costs this one answer.

    A screen that is being taken away may miss its parts, which go before it or never came: that is no fault.
    """
    try:
        await answer
    except NoMatches as error:
        if not isinstance(pump, Screen) or pump.display:
            _say_broken(pump, message, error)
    except Exception as error:  # noqa: BLE001 -- a surprise, and the screen must outlive it
        _say_broken(pump, message, error)


def _say_broken(pump: MessagePump, message: Message, error: Exception) -> None:
    pump.app.post_message(Broke(f"{type(pump).__name__.lower()}, at {type(message).__name__}", error))
