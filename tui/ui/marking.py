"""What the user did to incidents: shown at once, stored behind, and undone step by step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tui.domain.board import Board, IncidentRow
from tui.domain.correction import Correction
from tui.domain.value import dataclass
from tui.ui.background import Background
from tui.ui.feed_switches import FeedSwitches
from tui.ui.messages import Answered
from tui.ui.steps import Step, Steps

Doing = Callable[[datetime, str], int | None]
"""Done at a moment, with what to say once it is stored; its number, or None when it is done at once."""


@dataclass(frozen=True, slots=True)
class _Deed:
    """One thing done, as it can be undone and done again."""

    saying: str
    keys: tuple[str, ...]
    seen: bool | None = None
    watched: bool | None = None
    correction: int | None = None
    """Number of the correction to take back."""
    said: Correction | None = None
    """That correction, to say it again."""
    forth: Doing | None = None
    back: Doing | None = None
    """What does, and takes back, anything else."""

    @property
    def turned(self) -> "_Deed":
        """What takes it back."""
        return replace(
            self,
            seen=None if self.seen is None else not self.seen,
            watched=None if self.watched is None else not self.watched,
        )

    @property
    def told(self) -> str:
        """What it was, and on how many."""
        return f"{self.saying} ({len(self.keys)})" if len(self.keys) > 1 else self.saying


class Marking:
    """Marks of this session; lays those not yet in a board over it."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self.feeds = FeedSwitches(background)
        self._steps: Steps[_Deed] = Steps()
        self._again: list[Step[_Deed]] = []
        """Corrections that the store was asked to take again."""
        self._laid: dict[int, _Deed] = {}
        """By number, in order: what the picture of the store may not yet hold."""

    def see(self, keys: Sequence[str], at: datetime, saying: str = "marked seen") -> None:
        """The user says that these are seen."""
        if keys:
            self._do(_Deed(saying, tuple(keys), seen=True), at)

    def open(self, key: str, at: datetime) -> None:
        """The user opened this one, which makes it seen: no deed to be undone, since nobody asked for it."""
        self._mark(_Deed("opened", (key,), seen=True), at)

    def unsee(self, keys: Sequence[str], at: datetime, said: str = "") -> None:
        """The user wants these to count as new again; `said` is told once it is stored."""
        if keys:
            self._do(_Deed("marked new", tuple(keys), seen=False), at, said)

    def watch(self, key: str, at: datetime, *, watched: bool, said: str = "") -> None:
        """The user stars an incident, or takes the star away; `said` is told once it is stored."""
        self._do(_Deed("watched" if watched else "no longer watched", (key,), watched=watched), at, said)

    def correct(self, correction: Correction, at: datetime) -> None:
        """The user says what is wrong; `corrected` is told once it is stored."""
        self._say(correction, at)

    def _say(self, correction: Correction, at: datetime) -> int:
        return self._background.correct(lambda marks: marks.correct(correction, at))

    def corrected(self, number: int, correction: Correction, saying: str) -> None:
        """A correction was stored, for the first time or again under another number: it can be undone."""
        deed = _Deed(saying, (), correction=number, said=correction)
        again = next((step for step in self._again if step.what.said == correction), None)
        if again is not None:
            self._again.remove(again)
            again.what = deed
            return
        self._steps.ask(None, self._steps.add(deed), done=True, is_first=True)

    def do(self, saying: str, forth: Doing, back: Doing, at: datetime, said: str = "") -> None:
        """The user does something that `back` undoes: a view, a note, a filter."""
        self._do(_Deed(saying, (), forth=forth, back=back), at, said)

    def _do(self, deed: _Deed, at: datetime, said: str = "") -> None:
        step = self._steps.add(deed)
        self._steps.ask(self._forth(deed, at, said), step, done=True, is_first=True)

    def undo(self, at: datetime) -> str | None:
        """Take the last step back; what to say now, empty while the store is asked, None: there is none."""
        step = self._steps.last_done
        if step is None:
            return None
        deed = step.what
        said = f"undone: {deed.told}"
        number = deed.correction
        if number is not None:
            asked: int | None = self._background.correct(lambda marks: marks.undo_correction(number, at))
            said = f"taking back: {deed.saying}"
        elif deed.back is not None:
            asked = deed.back(at, said)
        else:
            asked = self._mark(deed.turned, at, said)
        self._steps.ask(asked, step, done=False)
        return said if asked is None or number is not None else ""

    def redo(self, at: datetime) -> str | None:
        """Do again what was last undone; what to say now, as above."""
        step = self._steps.next_again
        if step is None:
            return None
        deed = step.what
        if deed.said is not None:
            # It gets a number of its own.
            self._again.append(step)
            self._steps.ask(self._say(deed.said, at), step, done=True)
            return f"saying again: {deed.saying}"
        said = f"done again: {deed.told}"
        asked = self._forth(deed, at, said)
        self._steps.ask(asked, step, done=True)
        return said if asked is None else ""

    def _forth(self, deed: _Deed, at: datetime, said: str) -> int | None:
        return deed.forth(at, said) if deed.forth is not None else self._mark(deed, at, said)

    def answered(self, number: int, answer: Answered) -> None:
        """What was not stored is not shown, and the steps stand as before; one that was refused cannot be done at all."""
        if answer is not Answered.STORED:
            self._laid.pop(number, None)
        self._steps.answer(number, answer)
        self.feeds.answered(number, answer)
        self._again = [step for step in self._again if step.waiting]

    def _mark(self, deed: _Deed, at: datetime, said: str = "") -> int:
        keys, watched = deed.keys, deed.watched
        if watched is not None:
            number = self._background.mark(
                lambda marks: marks.set_watched(keys[0], watched=watched, at=at), said
            )
        elif deed.seen:
            number = self._background.mark(lambda marks: marks.mark_seen(keys, at), said)
        else:
            number = self._background.mark(lambda marks: marks.mark_unseen(keys), said)
        self._laid[number] = deed
        return number

    def settle(self, answered: int) -> None:
        """A board was taken after so many deeds were answered: it holds them."""
        self._laid = {number: deed for number, deed in self._laid.items() if number > answered}

    def over(self, board: Board) -> Board:
        """The board as it will be once the marks are stored."""
        if not self._laid:
            return board
        seen: dict[str, bool] = {}
        watched: dict[str, bool] = {}
        for deed in self._laid.values():
            if deed.seen is not None:
                seen |= dict.fromkeys(deed.keys, deed.seen)
            if deed.watched is not None:
                watched |= dict.fromkeys(deed.keys, deed.watched)
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
