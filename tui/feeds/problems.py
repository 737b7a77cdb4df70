"""What is wrong in a list of feeds or rules, gathered so that the first is told with how many there are."""

import re
from collections.abc import Callable
from typing import TypeVar

import msgspec

from tui.domain.feed import FeedKind
from tui.feeds.feed_fields import FieldError
from tui.feeds.feed_file import FeedListError, Lines

_Written = TypeVar("_Written")
_Value = TypeVar("_Value")

_KINDS = ", ".join(FeedKind)
_UNKNOWN_KEY = re.compile(r"unknown field `([^`]*)`")
_MISSING_KEY = re.compile(r"missing required field `([^`]*)`")
_WRONG_TYPE = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")
_TYPES = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number with a fraction",
    "bool": "true or false",
    "object": "a table",
    "array": "a list",
}
_EXAMPLES = {
    "every": 'a duration in quotes, such as "15m"',
    "interval": 'a duration in quotes, such as "15m"',
    "deadline": 'a duration in quotes, such as "30s"',
    "keep_dropped": 'a duration in quotes, such as "30d"',
    "max_size": 'a size in quotes, such as "5MB"',
    "headers": 'a table, such as { "X-Api-Key" = "${NEWS_KEY}" }',
    "params": 'a table, such as { apikey = "${NEWS_KEY}" }',
    "parts": 'a table, such as { date = "td.date" }',
    "auth": 'a table, such as { user = "me", password = "${NEWS_PASSWORD}" }',
}
_PATH = re.compile(r" - at `(?:key in )?\$\.?([^`.\[]*)[^`]*`$")


class Problems:
    """Collects what is wrong, so that the first can be told together with how many there are."""

    def __init__(self, path: str, lines: Lines) -> None:
        self.path = path
        self.lines = lines
        self.found: list[FeedListError] = []

    def add(self, table: str, index: int, key: str, problem: str, fix: str, *, name: str = "") -> None:
        """Note what is wrong with a key of the index-th table of that kind; `name` is the table's own."""
        line = self.lines.of_key(table, index, key)
        if not table and key:
            line = self.lines.of_table(key) or line
        shown = f"[[{table}]] {name!r}, {key}" if name else key
        self.found.append(FeedListError(self.path, line, shown, problem, fix))

    def raise_first(self) -> None:
        """Raise the problem that stands first in the file, if there is any."""
        if self.found:
            first = min(self.found, key=lambda problem: problem.line or 0)
            raise FeedListError(
                first.path, first.line, first.key, first.problem, first.fix, more=len(self.found) - 1
            )

    def read(
        self,
        table: str,
        index: int,
        found: object,
        shape: type[_Written],
        made: Callable[[_Written], _Value],
    ) -> _Value | None:
        """The value that a table stands for; None, and noted, when it stands for none."""
        name = str(found.get("name", ""))[:60] if isinstance(found, dict) and table != "feed" else ""
        try:
            return made(msgspec.convert(found, shape))
        except msgspec.ValidationError as problem:
            self.add(table, index, *_in_words(str(problem)), name=name)
        except FieldError as problem:
            self.add(table, index, problem.key, problem.problem, problem.fix, name=name)
        return None


def _in_words(problem: str) -> tuple[str, str, str]:
    """Key, problem and fix of what the validator says."""
    unknown = _UNKNOWN_KEY.search(problem)
    if unknown:
        return unknown[1], "is no key that is known here", "mend its spelling, or take the line out"
    missing = _MISSING_KEY.search(problem)
    if missing:
        return missing[1], "is missing", f'add a line such as {missing[1]} = "…" to this table'
    at = _PATH.search(problem)
    key = at[1] if at else ""
    if key == "kind":
        return key, "is no kind of feed", f"write one of {_KINDS}"
    if key == "service":
        return key, "is no service that searches", 'write "google-news" or "gdelt"'
    types = _WRONG_TYPE.search(problem)
    if types:
        wanted, got = (_TYPES.get(name.split(" ")[0], name) for name in types.groups())
        return key, f"is {got} where {wanted} is wanted", f"write {_EXAMPLES.get(key, wanted)}"
    return key, _PATH.sub("", problem).replace("`", ""), "see the comment at the head of the shipped file"
