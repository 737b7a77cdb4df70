"""The first board, read while the interface is still being loaded."""

import threading

from tui.domain.board import Board, BoardQuery
from tui.domain.clock import Clock
from tui.pipeline.board_ports import BoardSource


class ReadAhead:
    """One board, read on a thread of its own; what fails is left for the interface's own reading to meet and tell."""

    def __init__(self, source: BoardSource, query: BoardQuery, clock: Clock) -> None:
        self._board: Board | None = None
        self._thread = threading.Thread(
            target=self._read, args=(source, query, clock), name="overflight-ahead", daemon=True
        )
        self._thread.start()

    def _read(self, source: BoardSource, query: BoardQuery, clock: Clock) -> None:
        try:
            self._board = source.board(query, clock.now())
        except Exception:  # noqa: BLE001 -- as above: it is read again, and told then
            self._board = None

    def take(self, wait: float) -> Board | None:
        """The board; None when it could not be read within so many seconds."""
        self._thread.join(wait)
        return self._board
