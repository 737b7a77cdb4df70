"""A real HTTP server on loopback that does as it is told and records what it was sent.

    with LoopbackServer() as server:
        server.put("/a.xml", FEED, etag='"v1"')
        server.put("/b.xml", FEED, status=301, headers={"Location": "/a.xml"})
        ... fetch server.url("/a.xml") ...
        server.received[0].header("if-none-match")

It is bound to 127.0.0.1, and no answer lasts longer than `LONGEST_ANSWER` seconds.
"""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

LONGEST_ANSWER = 20.0


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer to one request."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    """With one of these two, a matching conditional request gets a 304."""
    last_modified: str | None = None
    packed: bool = False
    """Gzip the body when the client says it takes that."""
    delay: float = 0.0
    """Seconds before the answer."""
    drip: float = 0.0
    """Seconds between single bytes of the body."""
    raw: bytes | None = None
    """Sent in place of everything else; then the connection is closed."""


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came in."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    at: float
    """Monotonic seconds."""
    client: int = 0
    """Its port: requests over one connection have one."""
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class LoopbackServer:
    """Serves `Reply`s by path; several for one path are given in turn, the last one from then on."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.received: list[Received] = []
        self.most_in_flight = 0
        self._in_flight = 0
        self._replies: dict[str, list[Reply]] = {}
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        self._scheme = "http"
        if tls is not None:
            self._scheme = "https"
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        """Start to serve."""
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        """Stop, and end what still drips."""
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"{self._scheme}://{host}:{self.port}{path}"

    def put(self, path: str, body: bytes = b"", **reply: Any) -> None:
        """From now on answer this path so."""
        self.put_all(path, [Reply(body, **reply)])

    def put_all(self, path: str, replies: Sequence[Reply]) -> None:
        """From now on answer this path so, one after the other."""
        with self._lock:
            self._replies[path] = list(replies)

    def asked(self, path: str) -> list[Received]:
        """Every request for this path so far."""
        with self._lock:
            return [request for request in self.received if request.path == path]

    def begin(self, request: Received) -> Reply | None:
        """Record a request, choose its answer."""
        with self._lock:
            self.received.append(request)
            self._in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self._in_flight)
            waiting = self._replies.get(request.path)
            if not waiting:
                return None
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def end(self) -> None:
        """The answer is out."""
        with self._lock:
            self._in_flight -= 1

    def pause(self, seconds: float) -> bool:
        """Wait; False when the server is closing."""
        return not self._closing.wait(min(seconds, LONGEST_ANSWER))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256
    owner: LoopbackServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what half of the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = LONGEST_ANSWER

    def do_GET(self) -> None:
        self._serve("GET", b"")

    def do_POST(self) -> None:
        self._serve("POST", self.rfile.read(int(self.headers.get("content-length", "0"))))

    def _serve(self, method: str, body: bytes) -> None:
        received = Received(
            method,
            self.path,
            tuple(self.headers.items()),
            time.monotonic(),
            int(self.client_address[1]),
            body,
        )
        reply = self.server.owner.begin(received)
        try:
            self._answer(reply or Reply(b"nothing here", status=404), received)
        finally:
            self.server.owner.end()

    def _answer(self, reply: Reply, request: Received) -> None:
        if reply.delay and not self.server.owner.pause(reply.delay):
            return
        if reply.raw is not None:
            self.wfile.write(reply.raw)
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_WR)
            return
        if _unchanged(reply, request):
            self._head(304, {**reply.headers, **_validators(reply)})
            return
        body = reply.body
        headers = {"Content-Type": "application/rss+xml", **reply.headers, **_validators(reply)}
        if reply.packed and "gzip" in (request.header("accept-encoding") or ""):
            body = gzip.compress(body)
            headers["Content-Encoding"] = "gzip"
        headers.setdefault("Content-Length", str(len(body)))
        self._head(reply.status, headers)
        self._body(body, reply.drip)

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _body(self, body: bytes, drip: float) -> None:
        if not drip:
            self.wfile.write(body)
            return
        until = time.monotonic() + LONGEST_ANSWER
        for byte in body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if time.monotonic() > until or not self.server.owner.pause(drip):
                return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the parent's signature
        """The record is `received`."""


def _validators(reply: Reply) -> dict[str, str]:
    pairs = {"ETag": reply.etag, "Last-Modified": reply.last_modified}
    return {name: value for name, value in pairs.items() if value is not None}


def _unchanged(reply: Reply, request: Received) -> bool:
    """As RFC 9110 has it: If-None-Match wins over If-Modified-Since."""
    if reply.status != 200:
        return False
    if request.header("if-none-match") is not None:
        return reply.etag is not None and request.header("if-none-match") == reply.etag
    asked = request.header("if-modified-since")
    return asked is not None and asked == reply.last_modified
