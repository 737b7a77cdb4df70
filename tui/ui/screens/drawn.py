"""A screen that is styled once and drawn when it is whole."""

from textual.screen import Screen

WIDE = 160


class DrawnWhole(Screen[None]):
    """While its parts are put together Textual draws them all and throws the picture away: a fifth of the start."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal"), (WIDE, "-wide")]  # noqa: RUF012 -- Textual declares it so
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012 -- as above

    def take_size(self) -> None:
        """The classes of its size, before it has parts: Textual gives them last, and then styles every part again."""
        for cells, steps in zip(
            self.app.size, (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), strict=True
        ):
            self.add_class(max(step for step in steps if step[0] <= cells)[1], update=False)

    def _compositor_refresh(self) -> None:
        if self.app._batch_count:  # noqa: SLF001 -- nothing public tells of it
            self.refresh()
        else:
            super()._compositor_refresh()
