"""Where what runs beside something else is ended."""

import asyncio
from typing import Any


async def end(*tasks: asyncio.Task[Any] | None) -> None:
    """Cancel what still runs and wait for its end; what it had to say is of no interest any more.

    A cancellation of the caller, as by an interrupt, goes on: `suppress(CancelledError)` around an `await` would swallow it.
    """
    running = [task for task in tasks if task is not None]
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
