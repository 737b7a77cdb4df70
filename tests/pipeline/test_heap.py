"""Garbage is looked for while nothing happens."""

import gc
from collections.abc import Iterator

import pytest

from tui.pipeline.heap import Tidying


@pytest.fixture(autouse=True)
def _thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


class Processor:
    """How much of it was taken."""

    def __init__(self) -> None:
        self.spent = 0.0

    def __call__(self) -> float:
        return self.spent


def age(looks: int) -> None:
    """As if so much had been made and kept."""
    for _ in range(looks):
        gc.collect(1)


def test_everything_is_looked_through_once_it_is_quiet_and_not_before() -> None:
    processor = Processor()
    tidying = Tidying(processor)
    gc.collect()
    assert not tidying.look(), "nothing was made"
    age(2)
    processor.spent += 0.5
    assert not tidying.look(), "somebody is at work"
    assert tidying.look()
    assert not tidying.look()


def test_garbage_does_not_wait_for_ever_for_quiet() -> None:
    processor = Processor()
    tidying = Tidying(processor)
    gc.collect()
    age(25)
    processor.spent += 0.5
    assert tidying.look()
