"""Ending what runs beside something else."""

import asyncio

import pytest

from tui.pipeline.ending import end


async def test_what_ends_with_an_error_or_has_ended_long_ago_is_of_no_interest() -> None:
    async def breaks() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            raise OSError("gone")

    breaking, over = asyncio.create_task(breaks()), asyncio.create_task(asyncio.sleep(0))
    await over
    await end(breaking, over, None)
    assert breaking.done()


async def test_what_had_failed_by_itself_before_is_told_of_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def breaks() -> None:
        raise OSError("the lease could not be renewed")

    broken = asyncio.create_task(breaks())
    await asyncio.wait([broken])
    await end(broken)
    assert "the lease could not be renewed" in caplog.text


async def test_an_interrupt_that_comes_while_something_ends_is_not_swallowed() -> None:
    """Swallowed, `once` went on after ^C and ended as if nothing had been."""
    may_end, reached = asyncio.Event(), asyncio.Event()

    async def slow_to_end() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            reached.set()
            await may_end.wait()

    async def leave() -> None:
        task = asyncio.create_task(slow_to_end())
        await asyncio.sleep(0)
        await end(task)

    leaving = asyncio.create_task(leave())
    await reached.wait()
    leaving.cancel()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await leaving
