"""What the user did to incidents: shown at once, stored behind, and undone step by step."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from tui.domain.board import Board, IncidentRow
from tui.domain.correction import Correction
from tui.domain.value import dataclass
from tui.ui.background import Background
from tui.ui.messages import Answered

_STEPS = 200

Deed = Callable[[datetime, str], int | None]
"""Done at a moment, with what to say once it is stored; its number, or None when it is done at once."""


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


class _Kind(StrEnum):
    DONE = "done"
    UNDONE = "undone"
    AGAIN = "done again"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A deed that the store has not answered."""

    step: _Step
    kind: _Kind


class Marking:
    """Marks of this session; lays those not yet in a board over it."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._undo: deque[_Step] = deque(maxlen=_STEPS)
        self._redo: deque[_Step] = deque(maxlen=_STEPS)
        self._asked: dict[int, _Asked] = {}
        """By number."""
        self._laid: dict[int, _Step] = {}
        """By number, in order: what the picture of the store may not yet hold."""

    def see(self, keys: Sequence[str], at: datetime, saying: str = "marked seen") -> None:
        """The user says that these are seen."""
        if keys:
            self._do(_Step(saying, tuple(keys), seen=True), at)

    def open(self, key: str, at: datetime) -> None:
        """The user opened this one, which makes it seen: no deed to be undone, since nobody asked for it."""
        self._mark(_Step("opened", (key,), seen=True), at)

    def unsee(self, keys: Sequence[str], at: datetime, said: str = "") -> None:
        """The user wants these to count as new again; `said` is told once it is stored."""
        if keys:
            self._do(_Step("marked new", tuple(keys), seen=False), at, said)

    def watch(self, key: str, at: datetime, *, watched: bool, said: str = "") -> None:
        """The user stars an incident, or takes the star away; `said` is told once it is stored."""
        self._do(_Step("watched" if watched else "no longer watched", (key,), watched=watched), at, said)

    def correct(self, correction: Correction, at: datetime) -> None:
        """The user says what is wrong; `corrected` is told once it is stored."""
        self._redo.clear()
        self._say(correction, at)

    def _say(self, correction: Correction, at: datetime) -> int:
        return self._background.correct(lambda marks: marks.correct(correction, at))

    def corrected(self, number: int, correction: Correction, saying: str) -> None:
        """A correction was stored: it can be undone."""
        self._undo.append(_Step(saying, (), correction=number, said=correction))

    def do(self, saying: str, forth: Deed, back: Deed, at: datetime, said: str = "") -> None:
        """The user does something that `back` undoes: a view, a note, a filter."""
        self._do(_Step(saying, (), forth=forth, back=back), at, said)

    def _do(self, step: _Step, at: datetime, said: str = "") -> None:
        self._undo.append(step)
        self._redo.clear()
        self._ask(self._forth(step, at, said), step, _Kind.DONE)

    def undo(self, at: datetime) -> str | None:
        """Take the last step back; what to say now, empty while the store is asked, None: there is none."""
        if not self._undo:
            return None
        step = self._undo.pop()
        self._redo.append(step)
        said = f"undone: {step.told}"
        number = step.correction
        if number is not None:
            asked: int | None = self._background.correct(lambda marks: marks.undo_correction(number, at))
            said = f"taking back: {step.saying}"
        elif step.back is not None:
            asked = step.back(at, said)
        else:
            asked = self._mark(step.turned, at, said)
        self._ask(asked, step, _Kind.UNDONE)
        return said if asked is None or number is not None else ""

    def redo(self, at: datetime) -> str | None:
        """Do again what was last undone; what to say now, as above."""
        if not self._redo:
            return None
        step = self._redo.pop()
        if step.said is not None:
            # It gets a number of its own, and comes onto the list of what can be undone once it is stored.
            self._ask(self._say(step.said, at), step, _Kind.AGAIN)
            return f"saying again: {step.saying}"
        said = f"done again: {step.told}"
        self._undo.append(step)
        asked = self._forth(step, at, said)
        self._ask(asked, step, _Kind.AGAIN)
        return said if asked is None else ""

    def _forth(self, step: _Step, at: datetime, said: str) -> int | None:
        return step.forth(at, said) if step.forth is not None else self._mark(step, at, said)

    def _ask(self, number: int | None, step: _Step, kind: _Kind) -> None:
        if number is not None:
            self._asked[number] = _Asked(step, kind)

    def answered(self, number: int, answer: Answered) -> None:
        """What was not stored is not shown, and the steps stand as before; one that was refused cannot be done at all."""
        asked = self._asked.pop(number, None)
        if answer is Answered.STORED:
            return
        self._laid.pop(number, None)
        if asked is None:
            return
        for steps in (self._undo, self._redo):
            if asked.step in steps:
                steps.remove(asked.step)
        if answer is Answered.FAILED and asked.kind is not _Kind.DONE:
            (self._undo if asked.kind is _Kind.UNDONE else self._redo).append(asked.step)

    def _mark(self, step: _Step, at: datetime, said: str = "") -> int:
        keys, watched = step.keys, step.watched
        if watched is not None:
            number = self._background.mark(
                lambda marks: marks.set_watched(keys[0], watched=watched, at=at), said
            )
        elif step.seen:
            number = self._background.mark(lambda marks: marks.mark_seen(keys, at), said)
        else:
            number = self._background.mark(lambda marks: marks.mark_unseen(keys), said)
        self._laid[number] = step
        return number

    def settle(self, answered: int) -> None:
        """A board was taken after so many deeds were answered: it holds them."""
        self._laid = {number: step for number, step in self._laid.items() if number > answered}

    def over(self, board: Board) -> Board:
        """The board as it will be once the marks are stored."""
        if not self._laid:
            return board
        seen: dict[str, bool] = {}
        watched: dict[str, bool] = {}
        for step in self._laid.values():
            if step.seen is not None:
                seen |= dict.fromkeys(step.keys, step.seen)
            if step.watched is not None:
                watched |= dict.fromkeys(step.keys, step.watched)
        rows = tuple(_marked(row, seen, watched) for row in board.incidents)
        gained = sum(row.new for row in rows) - sum(row.new for row in board.incidents)
        return replace(board, incidents=rows, new=max(0, board.new + gained))


def _marked(row: IncidentRow, seen: Mapping[str, bool], watched: Mapping[str, bool]) -> IncidentRow:
    if row.key not in seen and row.key not in watched:
        return row
    return replace(
        row,
        new=not seen[row.key] if row.key in seen else row.new,
        updated=row.updated and not seen.get(row.key),
        watched=watched.get(row.key, row.watched),
    )
