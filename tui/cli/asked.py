"""What a command line asks for: the words of a query, inside a saved view when one is named."""

from tui.cli.wiring import StartError
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import All, Part
from tui.domain.views import SavedView, find_view
from tui.pipeline.board_ports import BoardSource


def stored_view(source: BoardSource, name: str) -> SavedView:
    """The view of that name or number; raises StartError with the names there are."""
    views = source.views()
    found = find_view(views, name)
    if found is None:
        known = ", ".join(view.name for view in views) or "none; `overflight views add` makes one"
        raise StartError(f"There is no view {name[:40]!r}. There are: {known}.")
    return found


def asked_in(source: BoardSource, asked: Part, name: str | None) -> Part:
    """A query, inside a view when one is named: its query, in the news, in its window."""
    if name is None:
        return asked
    listed = stored_view(source, name).listed
    if isinstance(listed, QueryProblem):
        raise StartError(f"The query of the view cannot be read: {listed.said}")
    parts = listed.parts if isinstance(listed, All) else (listed,)
    return All((*parts, *(asked.parts if isinstance(asked, All) else (asked,))))
