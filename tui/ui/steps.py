"""What was done step by step: what undo takes back and redo does again, as the store answers one deed after the other."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from tui.ui.messages import Answered

_MOST = 200

S = TypeVar("S")


@dataclass(slots=True, eq=False)
class Step(Generic[S]):
    """One thing done. As the person left it and as the store has it are the same once nothing is waited for."""

    what: S
    done: bool
    """As the person left it; False: it was undone, and can be done again."""
    stored: bool = False
    waiting: int = 0
    """Deeds for it that the store has not answered."""
    under: "Step[S] | None" = None
    """What was done instead of doing this again; once that is stored this is over."""


@dataclass(frozen=True, slots=True)
class _Asked(Generic[S]):
    step: Step[S]
    done: bool
    is_first: bool


class Steps(Generic[S]):
    """The steps of a session, in the order in which they were done."""

    def __init__(self) -> None:
        self._steps: list[Step[S]] = []
        self._asked: dict[int, _Asked[S]] = {}
        """By the number of the deed."""

    def add(self, what: S) -> Step[S]:
        """Something new is done; what was undone before cannot be done again any more, should it be stored."""
        step = Step(what, done=True)
        for one in self._steps:
            if not one.done and one.under is None:
                one.under = step
        self._steps = [*self._steps, step][-_MOST:]
        return step

    @property
    def last_done(self) -> Step[S] | None:
        """What undo takes back."""
        return next((one for one in reversed(self._steps) if one.done), None)

    @property
    def next_again(self) -> Step[S] | None:
        """What redo does again: what was undone last."""
        return next((one for one in self._steps if not one.done and one.under is None), None)

    def ask(self, number: int | None, step: Step[S], *, done: bool, is_first: bool = False) -> None:
        """The store is asked to do a step or to take it back; without a number that is so at once."""
        step.done = done
        asked = _Asked(step, done, is_first)
        if number is None:
            self._keep(asked)
        else:
            step.waiting += 1
            self._asked[number] = asked

    def answer(self, number: int, answer: Answered) -> None:
        """What was not stored stands as before; what was refused cannot be done at all."""
        asked = self._asked.pop(number, None)
        if asked is None:
            return
        step = asked.step
        step.waiting -= 1
        if answer is Answered.STORED:
            self._keep(asked)
            return
        if asked.is_first:
            for one in self._steps:
                if one.under is step:
                    one.under = None
        if not step.waiting:
            step.done = step.stored
        if step.done:
            step.under = None
        if answer is Answered.REFUSED or (asked.is_first and not step.waiting):
            self._drop(step)

    def _keep(self, asked: _Asked[S]) -> None:
        asked.step.stored = asked.done
        if asked.is_first:
            self._steps = [one for one in self._steps if one.under is not asked.step]

    def _drop(self, step: Step[S]) -> None:
        self._steps = [one for one in self._steps if one is not step]
