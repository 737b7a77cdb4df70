"""A rereading that stops inside a transaction, to be killed there. Usage: python -m tests.reread.dying_child PATH CONCLUSION."""

import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.reread.conftest import WRITING, Collected, read_over
from tui.domain.feed import FeedList, Settings
from tui.domain.incident import Conclusion, FiledReport
from tui.reading.conclude import conclude

_concluded = 0


def conclude_some(reports: Sequence[FiledReport]) -> Conclusion:
    """Say that the transaction is half done, and stay in it."""
    global _concluded  # noqa: PLW0603 - a process that does one thing
    _concluded += 1
    if _concluded == int(sys.argv[2]):
        sys.stdout.write("inside\n")
        sys.stdout.flush()
        time.sleep(60)
    return conclude(reports)


if __name__ == "__main__":
    feeds = FeedList((), Settings(), "")
    read_over(Collected(Path(sys.argv[1]), feeds), writing=replace(WRITING, conclude=conclude_some))
