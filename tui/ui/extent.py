"""How much there is to scroll through, told without laying the whole screen out anew."""

from textual.geometry import Size
from textual.scroll_view import ScrollView


def set_extent(view: ScrollView, extent: Size) -> None:
    """Set the virtual size of a view; the screen is laid out anew only where its scroll bar comes or goes.

    Textual does it for every change, also of a view that is not shown: a third of what a key with its preview costs.
    """
    before, room = view.virtual_size, view.container_size.height
    if extent == before:
        return
    if view.styles.is_auto_height or (room and (extent.height > room) != (before.height > room)):
        view.virtual_size = extent
        return
    view.set_reactive(ScrollView.virtual_size, extent)
    if room:
        view._scroll_update(extent)  # noqa: SLF001 -- what Textual itself does once it has laid out
