"""Channels that are programs: a command of the user's, and the desktop's notifications."""

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from html import escape

from tui.alerts.message import batch_text, headline
from tui.domain.alerts import Batch, Channel, Delivered

_COMMAND_SECONDS = 10.0
_DESKTOP_SECONDS = 5.0
_MOST_OUTPUT = 1_000_000
_SHOWN = 200


async def run_command(channel: Channel, batch: Batch) -> Delivered:
    """The user's command, without a shell, with the batch as JSON on standard input."""
    return await run(channel.command, batch_text(batch).encode(), _COMMAND_SECONDS)


async def notify(batch: Batch) -> Delivered:
    """A notification of the desktop; what it says is no markup."""
    argv = ("notify-send", "--app-name=Overflight", "--", "Overflight", escape(headline(batch)))
    return await run(argv, b"", _DESKTOP_SECONDS)


async def run(
    argv: Sequence[str], given: bytes, seconds: float, env: Mapping[str, str] | None = None, name: str = ""
) -> Delivered:
    """Run a program in a session of its own; after its time, or a megabyte of output, it ends with all it started."""
    name = name or argv[0]
    try:
        process = await asyncio.create_subprocess_exec(
            *argv,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            env=env,
        )
    except FileNotFoundError:
        return Delivered(ok=False, said=f"there is no program {name}; install it, or mend the channel")
    except (OSError, ValueError) as problem:
        return Delivered(ok=False, said=f"{name} cannot be started ({type(problem).__name__})")
    said = bytearray()
    try:
        async with asyncio.timeout(seconds):
            feeding = asyncio.create_task(_feed(process, given))
            try:
                whole = await _listen(process, said)
            finally:
                feeding.cancel()
            if whole:
                await process.wait()
    except TimeoutError:
        whole = True
        if process.returncode is None:
            return Delivered(ok=False, said=f"{name} took longer than {seconds:g} s and was ended")
    finally:
        _kill(process.pid)
        await process.wait()
    if not whole:
        return Delivered(ok=False, said=f"{name} wrote more than {_MOST_OUTPUT:,} bytes and was ended")
    if process.returncode == 0:
        return Delivered(ok=True)
    # What a program prints goes into the log and onto the screen, and may not act there.
    told = " ".join(said.decode("utf-8", "replace").split())[:_SHOWN]
    words = "".join(letter if letter.isprintable() else "\ufffd" for letter in told)
    return Delivered(ok=False, said=f"{name} ended with status {process.returncode}: {words}".rstrip(": "))


async def _feed(process: asyncio.subprocess.Process, given: bytes) -> None:
    """A program need not read what it is given."""
    if process.stdin is None:
        return
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(given)
        await process.stdin.drain()
        process.stdin.close()


async def _listen(process: asyncio.subprocess.Process, said: bytearray) -> bool:
    """Read to the end, keep the beginning; False when there is no end to it."""
    read = 0
    while process.stdout is not None and (piece := await process.stdout.read(65536)):
        read += len(piece)
        said += piece[: max(0, 4 * _SHOWN - len(said))]
        if read > _MOST_OUTPUT:
            return False
    return True


def _kill(group: int) -> None:
    """The program and what it left behind."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
