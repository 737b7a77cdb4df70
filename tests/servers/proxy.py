"""A real HTTP proxy on loopback: passes plain requests on, tunnels CONNECT, and records what it was asked for."""

import socket
import threading
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Self
from urllib.parse import urlsplit


class LoopbackProxy:
    """Every name leads to 127.0.0.1, so that what only a proxy can find is found; `login` as in Proxy-Authorization."""

    def __init__(self, login: str | None = None) -> None:
        self.asked: list[str] = []
        """First line of each request."""
        self.login = login
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        """Start to serve."""
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def url(self, login: str = "") -> str:
        """Its address, with a login before the host."""
        at = f"{login}@" if login else ""
        return f"http://{at}127.0.0.1:{self._server.server_address[1]}"


class _Server(ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    owner: LoopbackProxy


class _Handler(StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        """One request; the connection is then the tunnel, or closed."""
        line = self.rfile.readline(4000).decode("latin-1").strip()
        headers = {}
        while (one := self.rfile.readline(4000).decode("latin-1").strip()) != "":
            name, _, value = one.partition(":")
            headers[name.lower()] = value.strip()
        self.server.owner.asked.append(line)
        if self.server.owner.login not in {None, headers.pop("proxy-authorization", None)}:
            self.wfile.write(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        method, target, _ = line.split(" ")
        try:
            if method == "CONNECT":
                self._tunnel(int(target.rpartition(":")[2]))
            else:
                self._pass_on(method, target, headers)
        except OSError:
            return

    def _tunnel(self, port: int) -> None:
        with socket.create_connection(("127.0.0.1", port), 10) as there:
            self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=_pump, args=(there, self.connection), daemon=True)
            back.start()
            _pump(self.connection, there)
            back.join(10)

    def _pass_on(self, method: str, target: str, headers: dict[str, str]) -> None:
        parts = urlsplit(target)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        with socket.create_connection(("127.0.0.1", parts.port or 80), 10) as there:
            there.sendall("\r\n".join([*lines, "connection: close", "", ""]).encode("latin-1"))
            _pump(there, self.connection)


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while chunk := source.recv(65536):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return
