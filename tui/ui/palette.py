"""The palette: every action that is active here, every country, every saved view, every theme."""

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from tui.ui.screens.country import Country
from tui.ui.screens.frame import Frame
from tui.ui.screens.help import active_actions
from tui.ui.themes import THEMES
from tui.ui.untrusted import content, safe
from tui.ui.viewing import show_view


class Commands(Provider):
    """What can be typed instead of remembered."""

    def _entries(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType, str]]:
        """What it says, what stands beside it, what it does, and the name by which settings know it."""
        screen = self.screen
        if not isinstance(screen, Frame):
            return
        for action in active_actions(screen):
            if action.palette:
                namespace = "" if action.name.startswith("app.") else "screen."
                doer = screen.doer(action)
                yield (
                    action.help[0].upper() + action.help[1:],
                    f"{action.group} · {action.shown}",
                    partial(screen.run_action, f"{namespace}{action.name}")
                    if doer is screen
                    else partial(doer.run_action, action.name),
                    action.id,
                )
        board = screen.session.board
        for country in board.countries if board else ():
            keys = tuple(row.iso2 or "none" for row in board.countries) if board else ()
            yield (
                f"Go to {safe(country.name)}",
                "country",
                partial(self.app.push_screen, Country(screen.session, country.iso2 or "none", keys)),
                "",
            )
        for view in board.views if board else ():
            yield (
                f"View: {safe(view.name)}",
                safe(view.text) or "no filter",
                partial(show_view, screen, view),
                "",
            )
        for name in THEMES:
            yield (f"Theme: {name}", "colours", partial(setattr, self.app, "theme", name), "")

    async def discover(self) -> Hits:
        """Everything, before a word is typed."""
        for text, help_text, run, _ in self._entries():
            yield DiscoveryHit(content(((text, "ink"),)), run, text=text, help=help_text)

    async def search(self, query: str) -> Hits:
        """What matches the words typed."""
        matcher = self.matcher(query)
        for text, help_text, run, name in self._entries():
            fits = max(matcher.match(text), matcher.match(name))
            if fits > 0:
                yield Hit(fits, matcher.highlight(text), run, text=text, help=help_text)
