"""Whether what is on the screen is live, in one word; doubt is shown as doubt."""

from datetime import datetime, timedelta

from tui.domain.board import CollectorStatus
from tui.domain.value import dataclass
from tui.ui.wording import age

_SILENT_AFTER = timedelta(seconds=60)
"""Longer than two heartbeats of any collector of ours."""
_OVERDUE_AFTER = timedelta(minutes=5)
"""A poll that should have begun so long ago did not happen."""
_GRACE = timedelta(seconds=10)
"""What a collector may take to say that it is there."""


@dataclass(frozen=True, slots=True)
class Liveness:
    """What the top bar says."""

    word: str
    ink: str
    chip: bool = False
    """Filled, for what must not be overlooked."""


_TROUBLE = {
    "offline": Liveness("OFFLINE", "amber-chip", chip=True),
    "failed": Liveness("FAILED", "alarm", chip=True),
}


def liveness(
    status: CollectorStatus,
    now: datetime,
    *,
    started: datetime,
    replay: bool = False,
    over: bool = False,
    paused: bool = False,
    fetches: bool = True,
) -> Liveness:
    """The word for the top bar; a recording says so before anything else."""
    if replay and over:
        return Liveness("REPLAY OVER", "amber-chip", chip=True)
    if replay:
        return Liveness("REPLAY", "amber-chip", chip=True)
    # Where nobody was started, there is nobody to wait for.
    doubt = silence(status, now, started, grace=_GRACE if fetches else timedelta(0)) or _TROUBLE.get(
        status.state
    )
    if doubt is not None:
        return doubt
    if paused or status.state == "paused":
        return Liveness("PAUSED", "amber")
    unheard = status.heartbeat is None or status.state == "none" or now - status.heartbeat > _SILENT_AFTER
    if unheard or status.last_poll is None:
        # Nothing has answered yet, or nobody is heard yet: green would claim what is not known.
        return Liveness("STARTING", "muted")
    return Liveness("LIVE", "live")


def silence(
    status: CollectorStatus, now: datetime, started: datetime, grace: timedelta = _GRACE
) -> Liveness | None:
    """Set when nobody fetches, or nobody knows."""
    if status.heartbeat is None or status.state == "none":
        word = "NO COLLECTOR" if grace else "NOT FETCHING"
        return Liveness(word, "alarm", chip=True) if now - started >= grace else None
    quiet = now - status.heartbeat
    if quiet > _SILENT_AFTER and now - started >= grace:
        return Liveness(f"STALE {age(quiet)}", "alarm", chip=True)
    overdue = status.next_poll is not None and now - status.next_poll > _OVERDUE_AFTER
    if overdue and status.state == "idle" and status.last_poll is not None:
        return Liveness(f"STALE {age(now - status.last_poll)}", "alarm", chip=True)
    return None
