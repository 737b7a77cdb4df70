"""The standard library's `dataclass`, for values made at a fraction of the cost: hundreds of classes are made at each start.

It writes and compiles each method of each class. Here comparing, hashing, showing and refusing need no code of
their own, and `__init__` is compiled when the first value is made: most classes have none before the first picture.
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
        own = {
            name for name, value in vars(cls).items() if value is not None
        }  # `__hash__` beside an own `__eq__`
        made = dataclasses.dataclass(cls, slots=slots, init=False, eq=False, repr=False)
        methods = _methods(made) | {"__init__": _made_later(made, frozen=frozen)}
        methods |= (_FROZEN | (_SENT if slots else {})) if frozen else {"__hash__": None}
        for name, method in methods.items():
            if name not in own:
                setattr(made, name, method)
        return made


def _methods(made: Any) -> dict[str, Any]:  # noqa: ANN401 -- any class of values
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


def _made_later(made: Any, *, frozen: bool) -> Callable[..., None]:  # noqa: ANN401 -- any class of values
    """An `__init__` that puts the compiled one in its own place when it is first called."""

    def first(self: object, *given: object, **named: object) -> None:
        if made.__init__ is first:
            made.__init__ = _compiled(made, frozen=frozen)
        made.__init__(self, *given, **named)

    return first


def _compiled(made: Any, *, frozen: bool) -> Callable[..., None]:  # noqa: ANN401 -- any class of values
    """Takes the fields in their order, as the standard library's does."""
    scope: dict[str, Any] = {"_put": object.__setattr__, "_none": object()}
    taken, lines = ["self"], []
    for field in dataclasses.fields(made):
        name, default = field.name, field.default is not dataclasses.MISSING
        scope[f"_default_{name}"] = field.default if default else field.default_factory
        value = name if field.init else f"_default_{name}"
        if field.default_factory is not dataclasses.MISSING:
            value = (
                f"_default_{name}() if {name} is _none else {name}" if field.init else f"_default_{name}()"
            )
            taken += [f"{name}=_none"] if field.init else []
        elif field.init:
            taken.append(f"{name}=_default_{name}" if default else name)
        elif not default:
            continue  # set by the class itself, after the others
        lines.append(f" _put(self, {name!r}, {value})" if frozen else f" self.{name} = {value}")
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    exec(f"def __init__({', '.join(taken)}):\n" + "\n".join(lines or [" pass"]), scope)  # noqa: S102 -- names of fields alone, which are identifiers
    found: Callable[..., None] = scope["__init__"]
    found.__qualname__ = f"{made.__qualname__}.__init__"
    return found


def _refuse_setting(self: object, name: str, value: object) -> None:
    del self, value
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(self: object, name: str) -> None:
    del self
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _sent(self: Any) -> list[object]:  # noqa: ANN401 -- any value
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _received(self: Any, state: list[object]) -> None:  # noqa: ANN401 -- any value
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


_FROZEN: dict[str, Any] = {"__setattr__": _refuse_setting, "__delattr__": _refuse_deleting}
_SENT: dict[str, Any] = {"__getstate__": _sent, "__setstate__": _received}
"""For a copy or another process: without them a copy would be set field by field, which is refused."""
