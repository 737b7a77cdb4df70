"""Saved views: a name for a query with its window and its sort, and how one list of them becomes another."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import EVERYTHING, All, AnyOf, Is, Named, Not, OneOf, Part, Told
from tui.domain.value import dataclass

SORTS = ("age", "severity", "sources", "country")
"""How a list of incidents can be sorted, the usual one first."""

LONGEST_NAME = 40
MOST_VIEWS = 99


class ViewError(Exception):
    """A view cannot be kept so; says why and what to do, in plain words."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """One saved view."""

    name: str
    text: str
    """The query as it is written; empty: everything."""
    window: timedelta | None
    """Incidents revised within it; None: all."""
    sort: str = SORTS[0]
    position: int = 0
    """Place in the list from 1; 0: at the end."""
    made: datetime | None = None

    @property
    def listed(self) -> Part | QueryProblem:
        """What lists the incidents that its count counts: in the news, inside its window."""
        asked = self.query
        if isinstance(asked, QueryProblem):
            return asked
        inside = () if self.window is None else (Told("revised", self.window, None),)
        parts = asked.parts if isinstance(asked, All) else (asked,)
        return All((*parts, Is(("news",)), *inside))

    @property
    def query(self) -> Part | QueryProblem:
        """What it asks for; a problem when this version of the language has no such query."""
        return parse_query(self.text)


@dataclass(frozen=True, slots=True)
class ViewEdit:
    """One change of the list of views: made (no before), taken out (no after), or changed. Turned round it is undone."""

    before: SavedView | None
    after: SavedView | None

    @property
    def turned(self) -> "ViewEdit":
        """The edit that takes it back."""
        return ViewEdit(self.after, self.before)

    @property
    def said(self) -> str:
        """What it does, for a person."""
        match self.before, self.after:
            case None, SavedView(name):
                return f"view {name} saved"
            case SavedView(name), None:
                return f"view {name} deleted"
            case SavedView(old), SavedView(new) if old != new:
                return f"view {old} renamed {new}"
            case SavedView(name, position=was), SavedView(position=now) if was != now:
                return f"view {name} moved"
            case SavedView(name), SavedView() if self.before == self.after:
                return f"view {name} is as it was"
            case _:
                return f"view {self.after.name if self.after else ''} changed"


@dataclass(frozen=True, slots=True)
class ViewCount:
    """A view with what it finds now; None: its query cannot be read."""

    view: SavedView
    incidents: int | None = None
    """In the news, inside its window."""
    new: int = 0
    """Of these, new since the user last looked."""


def checked(view: SavedView) -> SavedView:
    """The view as it may be kept.

    Raises:
        ViewError: a name that is none or too long, a query that is none, an unknown sort.
    """
    name = " ".join(view.name.split())
    if not name:
        raise ViewError("A view needs a name: write one")
    if len(name) > LONGEST_NAME:
        raise ViewError(f"A name has at most {LONGEST_NAME} characters; this has {len(name)}: shorten it")
    asked = parse_query(view.text)
    if isinstance(asked, QueryProblem):
        raise ViewError(f"At character {asked.start + 1}: {asked.said}; {asked.hint}".removesuffix("; "))
    if view.sort not in SORTS:
        raise ViewError(f"There is no sort {view.sort[:40]!r}; there are {', '.join(SORTS)}")
    return replace(view, name=name, text=str(asked))


def find_view(views: tuple[SavedView, ...], name: str) -> SavedView | None:
    """The view of that name, case aside; or of that number."""
    wanted = " ".join(name.split()).casefold()
    found = next((view for view in views if view.name.casefold() == wanted), None)
    if found is None and wanted.isascii() and wanted.isdigit():
        return next((view for view in views if view.position == int(wanted)), None)
    return found


def edited(views: tuple[SavedView, ...], edit: ViewEdit) -> tuple[SavedView, ...]:
    """The list after an edit, numbered anew.

    Raises:
        ViewError: what was to be changed is no longer there, or another has the name.
    """
    left = list(views)
    if edit.before is not None:
        there = find_view(views, edit.before.name)
        if there is None or there.name.casefold() != edit.before.name.casefold():
            raise ViewError(
                f"There is no view {edit.before.name!r} any more: look which there are, and try again"
            )
        left.remove(there)
    if edit.after is not None:
        new = checked(edit.after)
        if any(view.name.casefold() == new.name.casefold() for view in left):
            raise ViewError(f"Another view is named {new.name!r} already; give this one another name")
        if len(left) >= MOST_VIEWS:
            raise ViewError(f"There are {MOST_VIEWS} views, which is the most; delete one first")
        at = new.position - 1 if 0 < new.position <= len(left) + 1 else len(left)
        left.insert(at, new)
    return tuple(replace(view, position=number) for number, view in enumerate(left, 1))


def name_of(views: tuple[SavedView, ...], asked: Part) -> str:
    """The saved view that asks for the same; empty: none."""
    if asked == EVERYTHING:
        return ""
    for view in views:
        query = view.query
        if not isinstance(query, QueryProblem) and same_query(query, asked):
            return view.name
    return ""


def same_query(one: Part, other: Part) -> bool:
    """Whether two queries ask for the same, the order of their parts and values aside."""
    return _loose(one) == _loose(other)


def _loose(part: Part) -> object:
    if isinstance(part, All | AnyOf):
        loose = frozenset(map(_loose, part.parts))
        return next(iter(loose)) if len(loose) == 1 else (type(part), loose)
    if isinstance(part, Not):
        return Not, _loose(part.part)
    if isinstance(part, Is):
        return Is, frozenset(part.states)
    if isinstance(part, OneOf):
        return OneOf, part.field, frozenset(part.codes)
    if isinstance(part, Named):
        return Named, part.field, frozenset(part.texts)
    return part


def alert_toml(view: SavedView) -> str:
    """An alert rule for feeds.toml that tells of what the view finds."""

    def quoted(text: str) -> str:
        written = json.dumps(text, ensure_ascii=False)  # its escapes are TOML's
        return "".join(letter if letter.isprintable() else _escaped(letter) for letter in written)

    return "\n".join(
        (
            "[[alert]]",
            f"name = {quoted(view.name)}",
            f"query = {quoted(view.text)}",
            'on = ["new", "certainty_up"]',
            "channels = []  # names of [[channel]] tables; none: the screen and the log",
        )
    )


def _escaped(letter: str) -> str:
    code = ord(letter)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
