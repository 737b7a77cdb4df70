"""Processes that fetch or would: this one, and whether another is still there."""

import os
import secrets
import socket
from datetime import datetime, timedelta

from tui.pipeline.keeping import Holder, Keeper, Lease


def this_process() -> Holder:
    """This process as a holder of the lease."""
    return Holder(pid=os.getpid(), host=socket.gethostname(), token=secrets.token_hex(16))


def lease_for(keeper: Keeper, holder: Holder, now: datetime, term: timedelta) -> Lease:
    """Become the process that fetches, at once when the one that was has died without a word; else whose it is."""
    lease = keeper.acquire_lease(holder, now, term)
    if lease.mine or not has_died(lease.holder):
        return lease
    keeper.release_lease(lease.holder)
    return keeper.acquire_lease(holder, now, term)


def has_died(holder: Holder) -> bool:
    """Whether it ran on this machine and is gone for certain; a reused pid or another machine counts as alive."""
    if os.name != "posix" or holder.host != socket.gethostname():
        return False
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
