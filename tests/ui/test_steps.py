"""Undo and redo while the store answers late, or not at all."""

import pytest

from tui.ui.messages import Answered
from tui.ui.steps import Steps

STORED, FAILED, REFUSED = Answered.STORED, Answered.FAILED, Answered.REFUSED


class Hand:
    """A person who presses keys, and a store that answers when it is told to."""

    def __init__(self) -> None:
        self.steps: Steps[str] = Steps()
        self.asked = 0

    def does(self, *names: str) -> None:
        for name in names:
            self.asked += 1
            self.steps.ask(self.asked, self.steps.add(name), done=True, is_first=True)

    def undoes(self) -> None:
        step = self.steps.last_done
        assert step is not None
        self.asked += 1
        self.steps.ask(self.asked, step, done=False)

    def does_again(self) -> None:
        step = self.steps.next_again
        assert step is not None
        self.asked += 1
        self.steps.ask(self.asked, step, done=True)

    def hears(self, *answers: Answered) -> None:
        first = self.asked - len(answers) + 1
        for number, answer in enumerate(answers, first):
            self.steps.answer(number, answer)

    @property
    def stands(self) -> tuple[str, str]:
        """What undo would take back one after the other, and what redo would do again."""
        names = []
        while (step := self.steps.last_done) is not None:
            names.append(step.what)
            step.done = False
            step.under = step
        back = "".join(names)
        again = []
        while (step := self.steps.next_again) is not None:
            again.append(step.what)
            step.under = step
        return back, "".join(again)


@pytest.fixture
def hand() -> Hand:
    return Hand()


def test_steps_go_back_one_by_one_and_come_again_the_other_way_round(hand: Hand) -> None:
    hand.does("a", "b", "c")
    hand.hears(STORED, STORED, STORED)
    hand.undoes()
    hand.undoes()
    hand.hears(STORED, STORED)
    hand.does_again()
    hand.hears(STORED)
    assert hand.stands == ("ba", "c")


def test_undone_steps_that_were_not_stored_stand_in_their_old_order(hand: Hand) -> None:
    hand.does("a", "b")
    hand.hears(STORED, STORED)
    hand.undoes()
    hand.undoes()
    hand.hears(FAILED, FAILED)
    assert hand.stands == ("ba", "")


def test_a_new_deed_between_an_undo_and_its_failure_comes_after_it(hand: Hand) -> None:
    hand.does("a")
    hand.hears(STORED)
    hand.undoes()
    hand.does("b")
    hand.hears(FAILED, STORED)
    assert hand.stands == ("ba", "")


def test_what_the_store_said_last_of_a_step_holds(hand: Hand) -> None:
    hand.does("a")
    hand.hears(STORED)
    hand.undoes()
    hand.does_again()
    hand.hears(FAILED, FAILED)
    assert hand.stands == ("a", "")


def test_a_deed_that_failed_but_was_done_again_can_be_undone(hand: Hand) -> None:
    hand.does("a")
    hand.undoes()
    hand.does_again()
    hand.hears(FAILED, STORED, STORED)
    assert hand.stands == ("a", "")


def test_of_equal_steps_the_one_that_failed_goes(hand: Hand) -> None:
    hand.does("star", "unstar", "star")
    hand.hears(STORED, STORED, FAILED)
    assert hand.stands == ("unstarstar", "")


def test_a_new_deed_ends_what_could_be_done_again_only_once_it_is_stored(hand: Hand) -> None:
    hand.does("a")
    hand.hears(STORED)
    hand.undoes()
    hand.hears(STORED)
    hand.does("b")
    assert hand.steps.next_again is None
    hand.hears(FAILED)
    assert hand.stands == ("", "a")


def test_what_could_be_done_again_is_over_after_another_deed(hand: Hand) -> None:
    hand.does("a")
    hand.hears(STORED)
    hand.undoes()
    hand.does("b")
    hand.hears(STORED, STORED)
    hand.undoes()
    hand.hears(STORED)
    assert hand.stands == ("", "b")


def test_a_step_that_is_refused_stands_in_nobodys_way(hand: Hand) -> None:
    hand.does("a", "b")
    hand.hears(STORED, STORED)
    hand.undoes()
    hand.hears(REFUSED)
    assert hand.stands == ("a", "")
