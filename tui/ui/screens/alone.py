"""One pane of a screen alone, and all of them again."""

from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from tui.ui.panes.pane import Pane


def alone(screen: Screen[Any], pane: Pane) -> None:
    """Put everything beside the pane away."""
    screen.add_class("-alone")
    node: Widget = pane
    while node.id != "body" and isinstance(node.parent, Widget):
        node.add_class("-path")
        for sibling in node.parent.children:
            if sibling is not node:
                sibling.add_class("-away")
        node = node.parent


def together(screen: Screen[Any]) -> None:
    """Bring everything back."""
    screen.remove_class("-alone")
    for node in screen.query(".-away"):
        node.remove_class("-away")
    for node in screen.query(".-path"):
        node.remove_class("-path")
