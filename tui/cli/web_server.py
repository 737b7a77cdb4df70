"""The dashboard in a browser: textual-serve behind a guard that lets no other page in.

A web page anywhere may try to open a socket to this machine and press keys for its user: whoever asks must name this
server as host and as origin. What is served may load nothing from elsewhere.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names of this machine for itself."""

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class GuardedServer(Server):
    """Starts one dashboard for each tab; says where it is in one line."""

    def __init__(
        self, command: str, host: str, port: int, *, anyone: bool, say: Callable[[str], None]
    ) -> None:
        shown = f"[{host}]" if ":" in host else host
        super().__init__(
            command, host=host, port=port, title="overflight", public_url=f"http://{shown}:{port}"
        )
        self._anyone = anyone
        self._say = say

    def initialize_logging(self) -> None:
        """The program's own log file takes it."""

    async def on_startup(self, app: web.Application) -> None:
        """Where to look."""
        del app
        self._say(f"The dashboard is at {self.public_url} ; ^C ends it and every tab.")

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard())
        return app

    def _guard(self) -> Callable[[web.Request, _Handler], Awaitable[web.StreamResponse]]:
        @web.middleware
        async def guarded(request: web.Request, handler: _Handler) -> web.StreamResponse:
            if not allowed(request.host, request.headers.get("Origin"), self.port, anyone=self._anyone):
                raise web.HTTPForbidden(text="This dashboard is only for pages of its own address.")
            response: web.StreamResponse = await handler(request)
            if not response.prepared:
                response.headers["Content-Security-Policy"] = (
                    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
                    "img-src 'self' data:; font-src 'self' data:; "
                    f"connect-src 'self' ws://{request.host} {self.public_url.replace('http', 'ws', 1)}; "
                    "frame-ancestors 'none'; form-action 'none'"
                )
                response.headers["X-Content-Type-Options"] = "nosniff"
                response.headers["Referrer-Policy"] = "no-referrer"
            return response

        made: Callable[[web.Request, _Handler], Awaitable[web.StreamResponse]] = guarded
        return made


def allowed(host: str, origin: str | None, port: int, *, anyone: bool) -> bool:
    """Whether a request names this server: as host always, as origin when it comes from a page."""
    own = {f"{name}:{port}" for name in LOOPBACK} | (set(LOOPBACK) if port == 80 else set())
    if not anyone and host not in own:
        return False
    if origin is None:
        return True
    asked = urlsplit(origin).netloc
    return asked == host or (not anyone and asked in own)
