"""A connection of a made-up server: HTTP/1.1 with keep-alive, as much of it as a feed reader needs."""

import asyncio
from collections.abc import Callable

Answer = Callable[[int, str], bytes | None]
"""The number that a path ends in and the head of the request in small letters, to all that is sent; None: nothing ever is."""


class Answering(asyncio.Protocol):
    """Answers each request after a wait, which may be asked for by its number, in seconds."""

    def __init__(self, answer: Answer, wait: Callable[[int], float]) -> None:
        self._give = answer
        self._wait = wait
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client came."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """A request may come in pieces, and several in one."""
        self._heard += data
        while b"\r\n\r\n" in self._heard:
            head, _, self._heard = self._heard.partition(b"\r\n\r\n")
            number = int(head.split(b" ", 2)[1].rpartition(b"/")[2])
            asked = head.decode("latin-1").lower() + "\r\n"
            asyncio.get_running_loop().call_later(self._wait(number), self._answer, number, asked)

    def _answer(self, number: int, head: str) -> None:
        if self._transport.is_closing():
            return
        answer = self._give(number, head)
        if answer is None:
            return
        self._transport.write(answer)
        ends = "connection: close" in head or b"\r\nConnection: close" in answer[:500]
        if ends or not answer.startswith(b"HTTP"):
            self._transport.close()
