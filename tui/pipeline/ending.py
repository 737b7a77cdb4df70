"""Where what runs beside something else is ended."""

import asyncio
import logging
from typing import Any

_log = logging.getLogger(__name__)


async def end(*tasks: asyncio.Task[Any] | None) -> None:
    """Cancel what still runs and wait for its end; one that had failed by itself before is told of in the log.

    A cancellation of the caller, as by an interrupt, goes on: `suppress(CancelledError)` around an `await` would swallow it.
    """
    running = [task for task in tasks if task is not None]
    for task in running:
        if task.done() and not task.cancelled() and (failure := task.exception()) is not None:
            _log.error("what ran beside had failed", exc_info=failure)
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
