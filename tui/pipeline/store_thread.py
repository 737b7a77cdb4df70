"""The one thread that writes: the keeper and the grouping live in it, off the event loop."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Self, TypeVar

from tui.domain.entry import Entry
from tui.domain.feed import FeedState
from tui.domain.incident import FiledReport, Filing, IncidentSketch
from tui.domain.recall import HELD, Recall
from tui.pipeline.corrected import CorrectedMeanwhile
from tui.pipeline.keeping import Keeper, RoundResult, StoreUnableError
from tui.pipeline.ports import Grouping

Answer = TypeVar("Answer")
OpenKeeper = Callable[[], Keeper]
"""Called in the writing thread, as a connection belongs to the thread that opened it."""
MakeGrouping = Callable[[Sequence[IncidentSketch], Recall], Grouping]
"""From the incidents told last, and where it finds the others."""
Poll = tuple[RoundResult, Sequence[FiledReport]]
"""What one poll changes, and the reports of its new and revised stories."""

_log = logging.getLogger(__name__)


class StoreFailed(Exception):  # noqa: N818 - reads as what happened
    """The store itself does not take anything; no feed is to blame."""


class StoreThread:
    """Asks the keeper from an event loop, one question after the other; use it in an `async with`."""

    def __init__(self, open_keeper: OpenKeeper, make_grouping: MakeGrouping) -> None:
        self._open_keeper = open_keeper
        self._make_grouping = make_grouping
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._keeper: Keeper | None = None
        self._grouping: Grouping | None = None
        self._corrections = 0
        """Stamp of the corrections that the grouping obeys."""

    async def __aenter__(self) -> Self:
        """Open the keeper."""
        try:
            self._keeper = await self._in_thread(self._open_keeper)
        except BaseException:
            self._thread.shutdown(wait=False)
            raise
        return self

    async def __aexit__(self, *args: object) -> None:
        """Close the keeper, after whatever is still being written."""
        keeper, self._keeper = self._keeper, None
        try:
            if keeper is not None:
                await self._in_thread(keeper.close)
        finally:
            self._thread.shutdown(wait=False)

    async def ask(self, question: Callable[[Keeper], Answer]) -> Answer:
        """What the keeper answers; a keeper that cannot is `StoreFailed`."""
        return await self._in_thread(lambda: _answer(self._opened(), question))

    async def load_incidents(self) -> None:
        """Start the grouping from what is stored; to be called whenever another process may have written."""
        corrected = await self.ask(lambda keeper: keeper.corrections(None))
        sketches = await self.ask(lambda keeper: keeper.sketches(HELD))
        self._corrections = corrected.stamp
        self._grouping = await self._in_thread(lambda: self._make_grouping(sketches, self._opened()))
        self._grouping.obey(corrected.constraints)

    async def known_hashes(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Text hashes of entries already stored, by key."""
        return await self.ask(lambda keeper: keeper.known_hashes(keys))

    async def renamed(self, feed: str, entries: Sequence[Entry]) -> Mapping[str, tuple[str, str]]:
        """Of these entries of a feed, those stored under another name, as `Keeper.renamed`."""
        return await self.ask(lambda keeper: keeper.renamed(feed, entries))

    async def keep(self, result: RoundResult, reports: Sequence[FiledReport]) -> None:
        """Store one poll; what it alone breaks is raised as it is."""
        (problem,) = await self.keep_together([(result, reports)])
        if problem is not None:
            raise problem

    async def keep_together(self, polls: Sequence[Poll]) -> list[Exception | None]:
        """Assign the reports, store all or nothing, take the filing over; in that order, alone in the thread.

        When one of several breaks the others, each is stored by itself; what each of them broke, None where nothing.
        What the store cannot do for anybody is `StoreFailed`.
        """
        return await self._in_thread(lambda: self._keep_together(polls))

    async def record(self, states: Sequence[FeedState]) -> None:
        """Store feed states alone."""
        await self.ask(lambda keeper: keeper.record_state(states))

    def _keep_together(self, polls: Sequence[Poll]) -> list[Exception | None]:
        grouping = self._grouping
        if grouping is None:
            raise RuntimeError("load_incidents comes before keep")
        try:
            filing = self._file(self._opened(), grouping, polls)
        except StoreUnableError as error:
            raise StoreFailed(str(error)) from error
        except StoreFailed:
            raise
        except Exception as error:  # noqa: BLE001 - handed to whoever brought the poll
            if len(polls) == 1:
                return [error]
            return [problem for poll in polls for problem in self._keep_together([poll])]
        if filing is not None:
            grouping.adopt(filing)
        return [None] * len(polls)

    def _file(self, keeper: Keeper, grouping: Grouping, polls: Sequence[Poll]) -> Filing | None:
        """File and store; anew when a person corrected something between the two."""
        reports = [report for _, told in polls for report in told]
        revised = [read.entry.key for result, _ in polls for read in result.revised]
        while True:
            corrected = keeper.corrections(self._corrections)
            if corrected.stamp != self._corrections:
                grouping.obey(corrected.constraints, corrected.sketches, corrected.emptied)
                self._corrections = corrected.stamp
            # Asked of the store, as what a grouping remembers ends with its process.
            filed = keeper.filings(revised) if revised else {}
            filing = grouping.assign(reports, filed) if reports else None
            try:
                keeper.save_rounds(
                    [replace(result, filing=filing, corrections=self._corrections) for result, _ in polls]
                )
            except CorrectedMeanwhile:
                continue
            return filing

    def _opened(self) -> Keeper:
        if self._keeper is None:
            raise StoreFailed("the store is closed")
        return self._keeper

    async def _in_thread(self, work: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _answer(keeper: Keeper, question: Callable[[Keeper], Answer]) -> Answer:
    try:
        return question(keeper)
    except Exception as error:
        raise StoreFailed(str(error)) from error
