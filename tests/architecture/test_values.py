"""Values made by `tui/domain/value.py` do what those of the standard library do."""

import copy
import dataclasses
import pickle
from dataclasses import field, replace

import pytest

from tui.domain.board import BoardQuery
from tui.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """A value with all kinds of fields."""

    name: str
    numbers: tuple[int, ...] = ()
    remark: str = field(default="", compare=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Empty:
    """A value without fields."""


@dataclass(frozen=True, slots=True)
class Made:
    """One that makes some of its fields itself."""

    word: str
    seen: list[str] = field(default_factory=list)
    length: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.word))


@dataclass(slots=True)
class Counter:
    """One that may be changed."""

    count: int = 0


def test_values_are_equal_when_what_is_compared_is_equal_in_the_same_class() -> None:
    assert Sample("a", (1,)) == Sample("a", (1,), remark="another")
    assert hash(Sample("a", (1,))) == hash(Sample("a", (1,), remark="another"))
    assert Sample("a") != Sample("b")
    assert Sample("a").__eq__(("a", (), "", "")) is NotImplemented
    assert len({Empty(), Empty(), Sample("a"), Sample("a")}) == 2


def test_a_value_cannot_be_changed_and_has_no_room_for_more() -> None:
    made = Sample("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.name = "b"  # type: ignore[misc]  # what must fail
    with pytest.raises(dataclasses.FrozenInstanceError):
        del made.name
    assert not hasattr(made, "__dict__")


def test_a_value_is_shown_by_its_fields_but_for_those_that_are_not_to_be() -> None:
    assert repr(Sample("a", (1,), secret="x")) == "Sample(name='a', numbers=(1,), remark='')"
    assert repr(Empty()) == "Empty()"


def test_values_are_replaced_copied_and_sent_as_those_of_the_standard_library() -> None:
    made = BoardQuery()
    assert replace(made, limit=1) == BoardQuery(limit=1) != made
    assert copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made
    assert dataclasses.asdict(Sample("a")) == {"name": "a", "numbers": (), "remark": "", "secret": ""}


def test_a_value_is_made_as_by_the_standard_library_the_first_time_and_after() -> None:
    first, second = Made("ab"), Made(word="abc", seen=["x"])
    first.seen.append("y")
    assert (first.seen, first.length) == (["y"], 2)
    assert (second.seen, second.length) == (["x"], 3)
    assert Made("a").seen == [], "each has a list of its own"
    with pytest.raises(TypeError, match=r"Made.__init__\(\) missing 1 required positional argument: 'word'"):
        Made()  # type: ignore[call-arg]  # what must fail
    with pytest.raises(TypeError, match="unexpected keyword argument 'length'"):
        Made("a", length=1)  # type: ignore[call-arg]  # as above


def test_one_that_is_not_frozen_can_be_changed_and_has_no_hash() -> None:
    counter = Counter()
    counter.count += 1
    assert counter == Counter(1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(counter)
