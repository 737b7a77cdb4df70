"""What can be done with saved views from any screen: show one, save, change, move, delete; each can be undone."""

from dataclasses import replace

from tui.domain.query_leaf import QueryProblem
from tui.domain.views import (
    LONGEST_NAME,
    SORTS,
    SavedView,
    ViewEdit,
    ViewError,
    checked,
    edited,
    find_view,
    name_of,
)
from tui.reading.plain_text import own_text
from tui.ui.screens.asking import Answer, Ask, Field
from tui.ui.screens.frame import Frame
from tui.ui.untrusted import clip
from tui.ui.wording import window_name

_LONGEST_QUERY = 2000
ALL_INCIDENTS = SavedView("All incidents", "", None)
"""Saved by nobody: no filter; it has the window that the person chose."""


def views_of(frame: Frame) -> tuple[SavedView, ...]:
    """The saved views as the board has them."""
    board = frame.session.board
    return board.views if board is not None else ()


def show_view(frame: Frame, view: SavedView) -> None:
    """Back to the monitor, whose lists show what the view asks for."""
    from tui.ui.screens.monitor import Monitor  # noqa: PLC0415 -- it knows this module

    session, asked = frame.session, view.query
    if isinstance(asked, QueryProblem):
        frame.say(f"its query cannot be read: {asked.said}", severity="warning")
        return
    if view.name == ALL_INCIDENTS.name and not view.position:
        session.clear()
    else:
        session.show(replace(session.query, window=view.window, filter=asked), f"view {view.name}")
    app = frame.app
    while len(app.screen_stack) > 2:
        app.pop_screen()
    monitor = app.screen_stack[-1]
    if isinstance(monitor, Monitor):
        monitor.show_all(view.sort)
        monitor.say(
            f"view {clip(view.name, 60)} · {session.key('clear_filter')} clears · {session.key('undo')} undoes"
            f" · window {window_name(session.query.window)}"
        )


def change(frame: Frame, edit: ViewEdit) -> None:
    """Change the list of views."""
    session = frame.session
    session.marking.do(
        edit.said,
        lambda at, said: session.background.edit_view(edit, at, said),
        lambda at, said: session.background.edit_view(edit.turned, at, said),
        session.now,
        f"{clip(edit.said, 80)} · {session.key('undo')} undoes",
    )


def ask_to_save(frame: Frame, view: SavedView) -> None:
    """Ask for the name under which a query is kept."""
    asked = view.query
    twin = "" if isinstance(asked, QueryProblem) else name_of(views_of(frame), asked)
    told = f"{clip(view.text, 300) or 'everything'} · window {window_name(view.window)} · sort {view.sort}"

    def made(typed: tuple[str, ...]) -> ViewEdit:
        name = own_text(typed[0])
        there = _named(frame, name)
        return ViewEdit(there, replace(view, name=name, position=there.position if there else 0))

    frame.app.push_screen(
        Ask(
            (("V ", "key"), ("save as a view", "strong")),
            told + (f" · {twin} asks for the same" if twin else ""),
            (Field("name", placeholder="such as Baltic balloons", longest=LONGEST_NAME),),
            check=lambda typed: _answer(frame, made(typed)),
            accept=lambda typed: change(frame, made(typed)),
        )
    )


def ask_to_edit(frame: Frame, view: SavedView, *, new: bool = False) -> None:
    """Ask for name, query, window and sort of a view."""

    def made(typed: tuple[str, ...]) -> ViewEdit:
        name, text = own_text(typed[0]), typed[1].strip()
        return ViewEdit(None if new else view, replace(view, name=name, text=text))

    frame.app.push_screen(
        Ask(
            (("V ", "key"), ("a new view", "strong"))
            if new
            else (("E ", "key"), ("change the view", "strong")),
            f"window {window_name(view.window)} · sort {view.sort}; to change these, open it, choose others, save it again",
            (
                Field("name", view.name, "such as Baltic balloons", LONGEST_NAME),
                Field("query", view.text, "such as country:LT,LV object:BLN", _LONGEST_QUERY, query=True),
            ),
            check=lambda typed: _answer(frame, made(typed)),
            accept=lambda typed: change(frame, made(typed)),
        )
    )


def new_view(frame: Frame) -> SavedView:
    """What a new view begins with: nothing, in the window of now."""
    return SavedView("", "", frame.session.query.window, SORTS[0])


def _named(frame: Frame, name: str) -> SavedView | None:
    found = find_view(views_of(frame), name)
    return found if found is not None and found.name.casefold() == name.casefold() else None


def _answer(frame: Frame, edit: ViewEdit) -> Answer:
    """What will come of an edit."""
    try:
        if edit.after is not None:
            checked(edit.after)
        edited(views_of(frame), edit)
    except ViewError as problem:
        return Answer(str(problem), good=False)
    after, before = edit.after, edit.before
    if after is not None and before is not None and before.text != after.text:
        return Answer(f"takes the place of {before.text or 'everything'} in {before.name}")
    return Answer("its count and what is new of it stand beside its name")
