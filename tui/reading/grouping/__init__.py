"""Which incident a report belongs to: pure, incremental, and able to say why."""

from tui.reading.grouping.anew import sketch_anew
from tui.reading.grouping.grouper import Grouper

__all__ = ["Grouper", "sketch_anew"]
