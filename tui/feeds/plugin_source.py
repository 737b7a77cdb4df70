"""Feeds that a plug-in brings: a program of its own writes the document of a feed, and everything after that is as ever."""

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress

from tui.domain.feed import Feed, Settings, Validators
from tui.pipeline.ports import Asked, Fetched, Fetcher, FetchFailed, FetchOutcome

_TELLER = (sys.executable, "-m", "tui.feeds.source_teller")
_SHOWN = 200


class SourceFetcher:
    """Fits `ports.Fetcher`: feeds with a source go to their plug-in, all others through the HTTP door."""

    def __init__(self, web: Fetcher, settings: Settings) -> None:
        self._web = web
        self._settings = settings

    async def fetch(
        self,
        feed: Feed,
        validators: Validators,
        address: str | None = None,
        *,
        may_follow: Asked | None = None,
    ) -> FetchOutcome:
        """One answer within the deadline; a failure is a value."""
        if not feed.source:
            return await self._web.fetch(feed, validators, address, may_follow=may_follow)
        return await _ask(
            feed, self._settings.deadline.total_seconds(), feed.max_size or self._settings.max_size
        )

    async def forget_connections(self) -> None:
        """Those of the web."""
        await self._web.forget_connections()

    async def aclose(self) -> None:
        """As above."""
        await self._web.aclose()


async def _ask(feed: Feed, seconds: float, cap: int) -> FetchOutcome:
    given = json.dumps({"source": feed.source, "url": feed.url, "options": dict(feed.params)}).encode()
    process = await asyncio.create_subprocess_exec(
        *_TELLER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
        limit=2**20,
    )
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            if process.stdin is not None:
                with suppress(BrokenPipeError, ConnectionResetError):
                    process.stdin.write(given)
                    await process.stdin.drain()
                process.stdin.close()
            while process.stdout is not None and (piece := await process.stdout.read(65536)):
                body += piece
                if len(body) > cap:
                    return FetchFailed(
                        f"the source {feed.source} brought more than {cap:,} bytes; raise max_size of this feed, or mend the plug-in"
                    )
            await process.wait()
    except TimeoutError:
        return FetchFailed(
            f"the source {feed.source} took longer than {seconds:g} s and was ended; mend the plug-in, or raise the deadline in [settings]"
        )
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        # What it still had to say is read, so that no pipe outlives the loop.
        with suppress(Exception):
            await process.communicate()
    if process.returncode:
        words = "".join(letter for letter in body.decode("utf-8", "replace")[:_SHOWN] if letter.isprintable())
        return FetchFailed(
            f"the source {feed.source} {words or 'failed'}; mend the plug-in, or take the feed out"
        )
    if not body:
        return FetchFailed(
            f"the source {feed.source} brought nothing; mend the plug-in, or take the feed out"
        )
    return Fetched(bytes(body), "", Validators(), feed.url)
