"""A screen that is drawn when it is whole."""

from textual.screen import Screen


class DrawnWhole(Screen[None]):
    """While its parts are put together Textual draws them all and throws the picture away: a fifth of the start."""

    def _compositor_refresh(self) -> None:
        if self.app._batch_count:  # noqa: SLF001 -- nothing public tells of it
            self.refresh()
        else:
            super()._compositor_refresh()
