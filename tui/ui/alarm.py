"""Alerts in the dashboard: a toast for what was raised since the last board, and a bell now and then."""

import os

from textual.app import App

from tui.domain.board import Board
from tui.domain.clock import Clock
from tui.pipeline.gate import Gate
from tui.ui.terminal import notice
from tui.ui.untrusted import clip

_BELL_SECONDS = 60.0
_TOASTS = 3
_TOAST_SECONDS = 10


class Alarm:
    """Knows which alerts it has said."""

    def __init__(self, app: App[None], gate: Gate, clock: Clock) -> None:
        self._app = app
        self._gate = gate
        self._clock = clock
        self._said: int | None = None
        """Number of the last alert that was there; None: no board came yet."""
        self._rang: float | None = None

    def hear(self, board: Board) -> None:
        """Say the alerts that are new on this board; those that the first one brings are old."""
        said, self._said = self._said, max((alert.id for alert in board.rung), default=0)
        if said is None:
            return
        fresh = [alert for alert in reversed(board.rung) if alert.id > said]
        for alert in fresh[:_TOASTS]:
            self._toast(f"{alert.rule}: {alert.text}")
        if len(fresh) > _TOASTS:
            self._toast(f"and {len(fresh) - _TOASTS} alerts more; `overflight alerts log` has them all")
        if fresh:
            more = f" (and {len(fresh) - 1} alerts more)" if len(fresh) > 1 else ""
            self._ring(f"{fresh[0].rule}: {fresh[0].text}{more}")

    def _toast(self, text: str) -> None:
        self._app.notify(
            clip(text, 200), title="alert", severity="warning", timeout=_TOAST_SECONDS, markup=False
        )

    def _ring(self, text: str) -> None:
        """Bell and notice of the terminal, once a minute at most."""
        now = self._clock.monotonic()
        lately = self._rang is not None and now - self._rang < _BELL_SECONDS
        if not lately and self._gate.may_ring(self._clock.now()):
            self._rang = now
            self._app.bell()
            said = notice(self._gate.terminal, text, in_tmux="TMUX" in os.environ)
            driver = self._app._driver  # noqa: SLF001 -- Textual's bell goes the same way, and offers no other
            if said and driver is not None:
                driver.write(said)
