"""Which incident a report belongs to: pure, incremental, and able to say why."""

from tui.reading.grouping.anew import sketch_anew
from tui.reading.grouping.grouper import Grouper
from tui.reading.grouping.sagas import saga_links

__all__ = ["Grouper", "saga_links", "sketch_anew"]
