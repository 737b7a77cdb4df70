"""What the user did to incidents: shown at once, stored behind, and undone step by step."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from tui.domain.board import Board, IncidentRow
from tui.domain.correction import Correction
from tui.domain.value import dataclass
from tui.ui.background import Background

_STEPS = 200

Deed = Callable[[datetime], object]
"""Done at a moment."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing done, as it can be undone and done again."""

    saying: str
    keys: tuple[str, ...]
    seen: bool | None = None
    watched: bool | None = None
    correction: int | None = None
    """Number of the correction to take back."""
    said: Correction | None = None
    """That correction, to say it again."""
    forth: Deed | None = None
    back: Deed | None = None
    """What does, and takes back, anything else."""

    @property
    def turned(self) -> "_Step":
        """The step that takes it back."""
        return replace(
            self,
            seen=None if self.seen is None else not self.seen,
            watched=None if self.watched is None else not self.watched,
        )

    @property
    def told(self) -> str:
        """What it was, and on how many."""
        return f"{self.saying} ({len(self.keys)})" if len(self.keys) > 1 else self.saying


@dataclass(slots=True)
class _Pending:
    """A mark that the picture on the screen may not yet hold."""

    ticket: int
    seen: bool | None
    watched: bool | None


class Marking:
    """Marks of this session; lays those not yet in a board over it."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._undo: deque[_Step] = deque(maxlen=_STEPS)
        self._redo: deque[_Step] = deque(maxlen=_STEPS)
        self._pending: dict[str, _Pending] = {}

    def see(self, keys: Sequence[str], at: datetime, saying: str = "marked seen") -> None:
        """The user says that these are seen."""
        if keys:
            self._do(_Step(saying, tuple(keys), seen=True), at)

    def open(self, key: str, at: datetime) -> None:
        """The user opened this one, which makes it seen: no deed to be undone, since nobody asked for it."""
        self._apply(_Step("opened", (key,), seen=True), at)

    def unsee(self, keys: Sequence[str], at: datetime) -> None:
        """The user wants these to count as new again."""
        if keys:
            self._do(_Step("marked new", tuple(keys), seen=False), at)

    def watch(self, key: str, at: datetime, *, watched: bool) -> None:
        """The user stars an incident, or takes the star away."""
        self._do(_Step("watched" if watched else "no longer watched", (key,), watched=watched), at)

    def correct(self, correction: Correction, at: datetime) -> None:
        """The user says what is wrong; `corrected` is told once it is stored."""
        self._redo.clear()
        self._say(correction, at)

    def _say(self, correction: Correction, at: datetime) -> None:
        self._background.correct(lambda marks: marks.correct(correction, at))

    def corrected(self, number: int, correction: Correction, saying: str) -> None:
        """A correction was stored: it can be undone."""
        self._undo.append(_Step(saying, (), correction=number, said=correction))

    def do(self, saying: str, forth: Deed, back: Deed, at: datetime) -> None:
        """The user does something that `back` undoes: a view, a note, a filter."""
        forth(at)
        self._undo.append(_Step(saying, (), forth=forth, back=back))
        self._redo.clear()

    def _do(self, step: _Step, at: datetime) -> None:
        self._apply(step, at)
        self._undo.append(step)
        self._redo.clear()

    def undo(self, at: datetime) -> str | None:
        """Take the last step back; what was undone, or None."""
        if not self._undo:
            return None
        step = self._undo.pop()
        self._redo.append(step)
        number = step.correction
        if number is not None:
            self._background.correct(lambda marks: marks.undo_correction(number, at))
            return f"taking back: {step.saying}"
        if step.back is not None:
            step.back(at)
            return f"undone: {step.saying}"
        self._apply(step.turned, at)
        return f"undone: {step.told}"

    def redo(self, at: datetime) -> str | None:
        """Do again what was last undone; what was done, or None."""
        if not self._redo:
            return None
        step = self._redo.pop()
        if step.said is not None:
            # It gets a number of its own, and comes onto the list of what can be undone once it is stored.
            self._say(step.said, at)
            return f"saying again: {step.saying}"
        if step.forth is not None:
            step.forth(at)
        else:
            self._apply(step, at)
        self._undo.append(step)
        return f"done again: {step.told}"

    def _apply(self, step: _Step, at: datetime) -> None:
        ticket = self._store(step, at)
        for key in step.keys:
            had = self._pending.get(key)
            self._pending[key] = _Pending(
                ticket,
                step.seen if step.seen is not None else had.seen if had else None,
                step.watched if step.watched is not None else had.watched if had else None,
            )

    def _store(self, step: _Step, at: datetime) -> int:
        keys, watched = step.keys, step.watched
        if watched is not None:
            return self._background.mark(lambda marks: marks.set_watched(keys[0], watched=watched, at=at))
        if step.seen:
            return self._background.mark(lambda marks: marks.mark_seen(keys, at))
        return self._background.mark(lambda marks: marks.mark_unseen(keys))

    def settle(self, stored: int) -> None:
        """A board was taken after so many marks were stored: it holds them."""
        self._pending = {key: mark for key, mark in self._pending.items() if mark.ticket > stored}

    def over(self, board: Board) -> Board:
        """The board as it will be once the marks are stored."""
        if not self._pending:
            return board
        rows = tuple(self._marked(row) for row in board.incidents)
        gained = sum(row.new for row in rows) - sum(row.new for row in board.incidents)
        return replace(board, incidents=rows, new=max(0, board.new + gained))

    def _marked(self, row: IncidentRow) -> IncidentRow:
        mark = self._pending.get(row.key)
        if mark is None:
            return row
        return replace(
            row,
            new=row.new if mark.seen is None else not mark.seen,
            updated=row.updated and not mark.seen,
            watched=row.watched if mark.watched is None else mark.watched,
        )
