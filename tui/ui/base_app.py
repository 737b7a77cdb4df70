"""Textual's app as ours begins: our colours, styles parsed once, screens loaded ahead, and none of Textual's commands."""

from collections.abc import Iterable

from textual import events
from textual.app import App, SystemCommand
from textual.driver import Driver
from textual.screen import ModalScreen, Screen
from textual.timer import Timer

from tui.domain.clock import Clock
from tui.ui.chrome import is_too_small
from tui.ui.kept_styles import KeptStyles
from tui.ui.readying import PAUSE, Readying
from tui.ui.themes import DEFAULT_THEME, THEMES


class BaseApp(App[None]):
    """What the dashboard does otherwise than Textual, apart from what it shows."""

    def __init__(self, clock: Clock, *, colourless: bool) -> None:
        super().__init__(ansi_color=True if colourless else None)
        for known in THEMES.values():
            self.register_theme(known)
        self.stylesheet = KeptStyles(variables=self.get_css_variables())
        self._readying = Readying(self.stylesheet, clock.monotonic)
        self._loading: Timer | None = None
        self.blind_keys = frozenset({"ctrl+q", "ctrl+z"})
        """What holds where nothing can be shown: ways out of the program."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colour tokens exist in every theme, so that the styles always parse."""
        return dict(THEMES[DEFAULT_THEME].variables)

    def get_driver_class(self) -> type[Driver]:
        """Textual's, and on a terminal of Unix one that takes a paste for a paste."""
        found = super().get_driver_class()
        if found.__name__ != "LinuxDriver":
            return found
        from tui.ui.pasting import PasteDriver  # noqa: PLC0415 -- not there on Windows

        return PasteDriver

    def get_default_screen(self) -> Screen[None]:
        """An empty one; the monitor stands on it."""
        return Screen(id="_default")

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """None of Textual's: the action table has all there is."""
        del screen
        return ()

    def load_ahead(self) -> None:
        """Begin to load what is opened most, while nobody does anything."""
        self._loading = self.set_interval(PAUSE, lambda: self.call_later(self._make_ready))

    async def on_event(self, event: events.Event) -> None:
        """As Textual's; who presses something is not to wait for what is only loaded ahead, nor to do what is not shown."""
        if isinstance(event, events.InputEvent):
            self._readying.touched()
            if is_too_small(*self.size) and not self._leads_out(event):
                return
        await super().on_event(event)

    def _leads_out(self, event: events.InputEvent) -> bool:
        """Whether it ends or stops the program; in a box a letter is a choice or is typed."""
        if not isinstance(event, events.Key) or event.key not in self.blind_keys:
            return False
        return not (event.is_printable and isinstance(self.screen, ModalScreen))

    def _make_ready(self) -> None:
        if not self._readying.step() and self._loading is not None:
            self._loading.stop()
