"""What a query asks for, as a tree; its text form reads back to the same tree."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

from tui.domain.value import dataclass
from tui.domain.weeks import week_name

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_BARE_STOPS = frozenset('()|",')


@dataclass(frozen=True, slots=True)
class Words:
    """A word stands in a story, as the beginning of one of its words; a phrase stands there as it is."""

    text: str
    phrase: bool = False

    def __str__(self) -> str:
        return f'"{self.text}"' if self.phrase else self.text


@dataclass(frozen=True, slots=True)
class OneOf:
    """A fact has one of these codes; an empty code stands for none told."""

    field: str
    codes: tuple[str, ...]
    typed: tuple[str, ...]
    """The values as they are written: `DRN` for the two codes that it stands for."""

    def __str__(self) -> str:
        return f"{self.field}:{','.join(map(_quoted, self.typed))}"


@dataclass(frozen=True, slots=True)
class Named:
    """A name holds these letters, accents and case aside."""

    field: str
    texts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.field}:{','.join(map(_quoted, self.texts))}"


@dataclass(frozen=True, slots=True)
class Between:
    """A number within bounds, both included; None is no bound."""

    field: str
    least: int | None
    most: int | None

    def __str__(self) -> str:
        return f"{self.field}:{_range_text(self.least, self.most)}"


@dataclass(frozen=True, slots=True)
class Days:
    """The event happened on one of these days, both included; None is no bound."""

    first: date | None
    last: date | None

    def __str__(self) -> str:
        return f"date:{_range_text(self.first, self.last)}"


@dataclass(frozen=True, slots=True)
class Weeks:
    """The statistics count it in one of these ISO weeks, both included; None is no bound, and both None no week at all."""

    first: date | None
    last: date | None
    """Mondays."""

    def __str__(self) -> str:
        if self.first is None and self.last is None:
            return "week:none"
        first, last = (week_name(monday) if monday else None for monday in (self.first, self.last))
        return f"week:{_range_text(first, last)}"


@dataclass(frozen=True, slots=True)
class Told:
    """Last in the news since, or until, a moment: so long ago, or at it; or revised, or first seen, since then."""

    field: str
    """since, until, revised, first."""
    ago: timedelta | None
    at: datetime | None
    written: str = dataclasses.field(default="", compare=False)
    """The span as it was typed; empty: nobody did."""

    def __str__(self) -> str:
        if self.ago is None:
            return f"{self.field}:{_moment_text(self.at)}"
        return f"{self.field}:{self.written or span_text(self.ago)}"

    def moment(self, now: datetime) -> datetime:
        """The moment itself; before the first year is the first year."""
        if self.at is not None:
            return self.at
        try:
            return now - (self.ago or timedelta())
        except OverflowError:
            return datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Is:
    """A state of the incident: new, updated, seen, watched, noted, tagged, disputed, baseline, news, followup."""

    states: tuple[str, ...]

    def __str__(self) -> str:
        return f"is:{','.join(self.states)}"


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Part"

    def __str__(self) -> str:
        return f"-{_in_brackets(self.part)}"


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; none at all holds always."""

    parts: tuple["Part", ...] = ()

    def __str__(self) -> str:
        return " ".join(_in_brackets(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Part", ...]

    def __str__(self) -> str:
        return " OR ".join(_in_brackets(part) for part in self.parts)


Leaf = Words | OneOf | Named | Between | Days | Weeks | Told | Is
Part = Leaf | Not | All | AnyOf

EVERYTHING = All()
"""What an empty query asks for."""


def _asks_for_baseline(query: Part) -> bool:
    match query:
        case Is(states):
            return "baseline" in states
        case Not(Is(states)):
            return "news" in states
        case All(parts) | AnyOf(parts):
            return any(map(_asks_for_baseline, parts))
        case _:
            return False


def news_of(query: Part) -> Part:
    """A query without the baseline, unless it asks for that."""
    return query if _asks_for_baseline(query) else All((query, Is(("news",))))


def _in_brackets(part: Part) -> str:
    return f"({part})" if isinstance(part, All | AnyOf) else str(part)


def _quoted(value: str) -> str:
    bare = value and not any(letter.isspace() or letter in _BARE_STOPS for letter in value)
    return value if bare else f'"{value}"'


def _range_text(first: object | None, last: object | None) -> str:
    if first == last:
        return str(first)
    if last is None:
        return f">={first}"
    return f"<={last}" if first is None else f"{first}..{last}"


def span_text(span: timedelta) -> str:
    """A span in whole days from two on, else in hours or minutes: 7d, 24h, 90m."""
    if span and not span % _DAY and span > _DAY:
        return f"{span // _DAY}d"
    return f"{span // _HOUR}h" if span and not span % _HOUR else f"{span // _MINUTE}m"


def _moment_text(at: datetime | None) -> str:
    if at is None:
        return ""
    if at.utcoffset() == timedelta() and at.time() == at.min.time():
        return at.date().isoformat()
    return at.isoformat().replace("+00:00", "Z")
