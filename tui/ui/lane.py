"""A thread of our own that does jobs in order, so that nothing slow ever runs on the event loop."""

import threading
from collections.abc import Callable
from queue import SimpleQueue


class Lane:
    """One daemon thread and its queue; quitting never waits for it longer than it is told to."""

    def __init__(self, name: str) -> None:
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[], None]) -> None:
        """Do it after what is already queued; the job handles its own failures."""
        self._jobs.put(job)

    def close(self, wait: float) -> bool:
        """Finish what is queued and end; False when that took longer than `wait` seconds."""
        self._jobs.put(None)
        self._thread.join(wait)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
