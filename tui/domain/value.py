"""The standard library's `dataclass`, for values made in half the time: hundreds of classes are made at each start.

It writes and compiles each method of each class; comparing, hashing and showing need no code of their own.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 -- as a type checker knows it
else:

    def dataclass(
        cls: type | None = None, /, *, frozen: bool = False, slots: bool = False
    ) -> type | Callable[[type], type]:
        """As `dataclasses.dataclass`, with these two choices alone."""
        if cls is None:
            return lambda found: dataclass(found, frozen=frozen, slots=slots)
        if not frozen:
            return dataclasses.dataclass(cls, slots=slots)
        own = {
            name for name, value in vars(cls).items() if value is not None
        }  # `__hash__` beside an own `__eq__`
        made = dataclasses.dataclass(cls, frozen=True, slots=slots, eq=False, repr=False)
        for name, method in _methods(made).items():
            if name not in own:
                setattr(made, name, method)
        return made


def _methods(made: Any) -> dict[str, Callable[..., object]]:  # noqa: ANN401 -- any class of values
    """What every value can do: equal when all fields are, in the same class."""
    fields = dataclasses.fields(made)
    values = _getter([field.name for field in fields if field.compare])
    shown = [field.name for field in fields if field.repr]

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(values(self))

    def told(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    return {"__eq__": equal, "__hash__": hashed, "__repr__": told}


def _getter(names: list[str]) -> Callable[[Any], object]:
    return attrgetter(*names) if names else lambda _: ()
