"""A shift put together from what is stored, for the command and for the screen."""

from datetime import datetime, timedelta

from tui.domain.board import BoardQuery
from tui.domain.handover import Handover, handover
from tui.pipeline.board_ports import BoardSource

MOST = 5000
"""Incidents of one shift."""


def load_handover(source: BoardSource, since: datetime, now: datetime, most: int = MOST) -> Handover:
    """Everything that changed since then, of the incidents revised last when there are more than `most`."""
    board = source.board(BoardQuery(window=now - since, limit=most), now)
    before = source.board(BoardQuery(window=timedelta(0), limit=0), since)
    details = (source.incident(row.key) for row in board.incidents)
    return handover(
        (detail for detail in details if detail is not None),
        (dict(before.coverage), dict(board.coverage)),
        source.feeds(now),
        since,
        now,
    )
