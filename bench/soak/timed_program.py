"""The program as it is, with its event loops timed: `python -m bench.soak.timed_program DELAYS ARGUMENTS...`."""

import sys
from pathlib import Path

from bench.soak.timed_loop import time_loops
from tui.cli import main

if __name__ == "__main__":
    time_loops(Path(sys.argv.pop(1)))
    main()
