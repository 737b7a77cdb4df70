"""How wide the output of a command may be."""

import shutil
import sys

_NARROWEST, _WIDEST = 40, 120


def width_of_output() -> int:
    """Columns of the terminal within reason; as wide as reads well where there is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return _WIDEST
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((100, 24)).columns))
