"""Which incident a report belongs to: pure, incremental, and able to say why."""

from tui.reading.grouping.grouper import Grouper

__all__ = ["Grouper"]
