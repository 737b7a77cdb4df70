"""docs/feeds-toml.md: every key of feeds.toml, with type and default read off the types that check the file."""

import types
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

import msgspec

from scripts.pages.feeds_toml_words import HEADS, KEYS, Key
from tui.feeds.feed_list import AS_WRITTEN

_HEAD = """# feeds.toml

<!-- Made by `make docs` of the types that check the file; do not edit. -->

`overflight feeds edit` makes your own copy of the built-in list, which is then read instead of it; `--feeds PATH` uses another. `overflight feeds path` says
which file is in use. A key that is not listed here is an error, and an error names the file, the line, the key and what to write instead.
A change is taken up within seconds by an Overflight that runs (of `[settings]`, `theme`, `time_zone` and `unresolved_after` at its next start); one
that cannot be used is told of on the screen, and the list of before goes on.

A duration is a whole number and `s`, `m`, `h` or `d`: `"30m"`. A small list:

```toml
[settings]
interval = "20m"
contact = "https://me.example/"

[[feed]]
name = "Example News"
url = "https://news.example/rss"
lang = "en"
country = "PL"

[[alert]]
name = "Poland"
query = "country:PL"
on = ["new", "certainty_up"]
```
"""

_KEYS_TABLE = """## `[keys]`

Keys of your own for actions of the dashboard, in place of ours: an action, and a key or a list of keys: a character, or a name such as `ctrl+f`, `f5`,
`space`, `shift+tab`. `overflight keys` lists the actions. A key that two actions of one screen would share is an error.

```toml
[keys]
search = ["/", "ctrl+f"]
```
"""

_WORDS: dict[object, str] = {str: "text", int: "whole number", float: "number", bool: "`true` or `false`"}


def feeds_toml_page() -> str:
    """The page as Markdown."""
    parts = [_HEAD.strip("\n")]
    for table, written in AS_WRITTEN.items():
        head, words = HEADS[table]
        parts += [f"## `{head}`", words, _overview(table, written)]
    parts.append(_KEYS_TABLE.strip("\n"))
    return "\n\n".join(parts) + "\n"


def _overview(table: str, written: type[msgspec.Struct]) -> str:
    rows = ["| key | type | default | meaning | example |", "| --- | --- | --- | --- | --- |"]
    for field in msgspec.structs.fields(written):
        said = KEYS[f"{table}.{field.name}"]
        kind = said.type or type_in_words(field.type)
        example = "<br>".join(f"`{line}`" for line in said.example.splitlines())
        rows.append(f"| `{field.name}` | {kind} | {default_of(field, said)} | {said.meaning} | {example} |")
    return "\n".join(rows)


def type_in_words(kind: Any) -> str:  # noqa: ANN401 - an annotation of any kind
    """An annotation for a person."""
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        *most, last = (f"`{value}`" for value in kind)
        return f"{', '.join(most)} or {last}"
    if get_origin(kind) in {Union, types.UnionType}:
        return type_in_words(next(one for one in get_args(kind) if one is not type(None)))
    if get_origin(kind) is list:
        return f"list of {type_in_words(get_args(kind)[0])}"
    if get_origin(kind) is dict:
        return f"table of {type_in_words(get_args(kind)[1])}"
    return _WORDS[kind]


def default_of(field: msgspec.structs.FieldInfo, said: Key) -> str:
    """What holds when the key is left out."""
    if said.default:
        return said.default
    if field.required:
        return "needed"
    value = field.default_factory() if field.default_factory is not msgspec.NODEFAULT else field.default
    if value is None:
        return "none"
    return f"`{_toml(value)}`"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return f"{value:g}" if isinstance(value, float) else str(value)
