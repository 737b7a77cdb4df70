"""One field of a query with its values, read into a condition; what is wrong with it, and where."""

from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches

from tui.domain.query_fields import NONE, QueryField, Takes, codes_of, fields_by_name, near_values
from tui.domain.query_tree import Between, Days, Is, Leaf, Named, OneOf, Told, Weeks
from tui.domain.value import dataclass
from tui.domain.weeks import WEEK, week_of

_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_LARGEST = 10**9
"""A number has no more digits than this one."""


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """Why a text is no query: where in it, and what to do; plain words."""

    start: int
    end: int
    said: str
    hint: str = ""

    def pointed(self, text: str) -> str:
        """The message under the query, with a mark under the characters that it is about."""
        width = max(1, self.end - self.start)
        hint = f"\n{self.hint}" if self.hint else ""
        return f"{text}\n{' ' * self.start}{'^' * width}\n{self.said}{hint}"


class QueryError(Exception):
    """Carries the problem up to `parse_query`."""

    def __init__(self, problem: QueryProblem) -> None:
        super().__init__(problem.said)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the query, and where it stands."""

    kind: str
    """( ) or and not word phrase field end."""
    text: str
    start: int
    end: int
    values: tuple["Token", ...] = ()


def wrong(token: Token, said: str, hint: str) -> QueryError:
    """The error that points at a token."""
    return QueryError(QueryProblem(token.start, max(token.end, token.start + 1), said, hint))


def field_leaf(token: Token) -> Leaf:
    """The condition that a field with its values states."""
    field = fields_by_name().get(token.text.lower())
    if field is None:
        near = get_close_matches(token.text.lower(), fields_by_name(), 1, 0.7)
        hint = f"did you mean {near[0]}:?" if near else f'to find the words, write "{token.text}: …"'
        name = Token("word", token.text, token.start, token.start + len(token.text) + 1)
        raise wrong(name, f"there is no field {token.text}:", hint)
    for value in token.values:
        if not value.text:
            raise wrong(value, f"{field.name}: wants a value", f"such as {field.example}")
    texts = tuple(value.text for value in token.values)
    if field.takes in {Takes.CODE, Takes.STATE}:
        codes = [code for value in token.values for code in _codes(field, value)]
        return OneOf(field.name, tuple(dict.fromkeys(codes)), texts)
    if field.takes is Takes.CONDITION:
        return Is(tuple(_condition(field, value) for value in token.values))
    if field.takes is Takes.NAME:
        return Named(field.name, texts)
    if len(token.values) > 1:
        raise wrong(token.values[1], f"{field.name}: takes one value", f"such as {field.example}")
    return _measured(field, token.values[0])


def _codes(field: QueryField, value: Token) -> tuple[str, ...]:
    codes = codes_of(field, value.text)
    if codes is None:
        near = near_values(field, value.text)
        what = "is no state that we know" if field.takes is Takes.STATE else f"is no value of {field.name}:"
        hint = f"did you mean {near[0]}?" if near else f"such as {field.example}"
        raise wrong(value, f"{value.text} {what}", hint)
    return codes


def _condition(field: QueryField, value: Token) -> str:
    wanted = value.text.casefold()
    if wanted not in field.values:
        raise wrong(value, f"{value.text} is no value of is:", f"one of {', '.join(field.values)}")
    return wanted


def _measured(field: QueryField, value: Token) -> Leaf:
    if field.takes is Takes.MOMENT:
        return _told(field, value)
    if field.takes is Takes.WEEKS and value.text.casefold() == NONE:
        return Weeks(None, None)
    low, high = _bounds(value.text)
    if not value.text.strip("<>=."):
        raise wrong(value, f"{field.name}: wants a bound", f"such as {field.example}")
    if field.takes is Takes.WEEKS:
        return _weeks(value, _week(field, value, low, 1), _week(field, value, high, -1))
    if field.takes is Takes.NUMBER:
        least, most = _number(field, value, low, 1), _number(field, value, high, -1)
        if least is not None and most is not None and least > most:
            raise wrong(value, "the range begins after its end", f"write {most}..{least}")
        return Between(field.name, least, most)
    first, end = _day(field, value, low, last=False), _day(field, value, high, last=True)
    if first is not None and end is not None and first > end:
        raise wrong(value, "the range begins after its end", "turn it round")
    return Days(first, end)


def _weeks(value: Token, first: date | None, last: date | None) -> Weeks:
    if first is not None and last is not None and first > last:
        raise wrong(value, "the range begins after its end", "turn it round")
    return Weeks(first, last)


def _week(field: QueryField, value: Token, written: str, inward: int) -> date | None:
    """Monday of a week; of the one after or before where the bound is excluded."""
    if not written:
        return None
    bare, step = _unsigned(written, inward)
    try:
        return week_of(bare) + step * WEEK
    except (ValueError, OverflowError):
        hint = f"such as {field.example}, 2026-W05..2026-W11 or >=2026-W05"
        raise wrong(value, f"{value.text} is no week", hint) from None


def _bounds(text: str) -> tuple[str, str]:
    """Lower and upper bound as written, each with its sign; one that is not there is empty."""
    first, dots, last = text.partition("..")
    if dots:
        return first, last
    if text.startswith(">"):
        return text, ""
    return ("", text) if text.startswith("<") else (text, text)


def _unsigned(written: str, inward: int) -> tuple[str, int]:
    """A bound without its one sign, and the step to what it includes: `inward`, 1 from below and -1 from above, or 0."""
    bare = written.removeprefix(">" if inward > 0 else "<")
    if bare == written:
        return written, 0
    return (bare[1:], 0) if bare.startswith("=") else (bare, inward)


def _number(field: QueryField, value: Token, written: str, inward: int) -> int | None:
    if not written:
        return None
    digits, step = _unsigned(written, inward)
    if not digits.isascii() or not digits.isdigit() or len(digits) > len(str(_LARGEST)):
        raise wrong(value, f"{value.text} is no number", f"such as {field.example}")
    bound = int(digits) + step
    if bound < 0:
        raise wrong(value, f"{field.name}: is never below 0", f"such as {field.example}")
    if len(str(bound)) > len(str(_LARGEST)):
        raise wrong(value, f"{field.name}: is never so large", f"such as {field.example}")
    return bound


def _day(field: QueryField, value: Token, written: str, *, last: bool) -> date | None:
    """A day, or the first or last day of a month or year."""
    if not written:
        return None
    digits, step = _unsigned(written, -1 if last else 1)
    try:
        return _edge(digits, last=last != bool(step)) + timedelta(days=step)
    except (ValueError, OverflowError):
        hint = f"such as {field.example}, 2026-03 or >=2026"
        raise wrong(value, f"{value.text} is no date", hint) from None


def _edge(written: str, *, last: bool) -> date:
    """First or last day of a year, a month or a day in ISO digits."""
    missing = 3 - len(written.split("-"))
    if not last or not missing:
        return date.fromisoformat(written + "-01" * missing)
    first = date.fromisoformat(written + "-01" * missing)
    following = (
        first.replace(year=first.year + 1) if missing > 1 else (first + timedelta(days=31)).replace(day=1)
    )
    return following - timedelta(days=1)


def _told(field: QueryField, value: Token) -> Told:
    number, unit = value.text[:-1], value.text[-1]
    if unit in _UNITS and number.isascii() and number.isdigit() and len(number) <= 6:
        return Told(field.name, int(number) * _UNITS[unit], None, value.text)
    try:
        at = datetime.fromisoformat(value.text)
    except ValueError:
        hint = f"such as {field.example}, 24h, or 2026-03-18"
        raise wrong(value, f"{value.text} is no span and no date", hint) from None
    return Told(field.name, None, at.replace(tzinfo=UTC) if at.tzinfo is None else at)
