"""The dashboard in a real browser: it loads, shows incidents, and a key drills down."""

import asyncio
import base64
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

aiohttp = pytest.importorskip("aiohttp", reason="needs the extra `web`")
pytest.importorskip("textual_serve", reason="needs the extra `web`")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")

REPOSITORY = Path(__file__).resolve().parents[2]
LONGEST = 60.0


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as knocking:
        return knocking.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def served(home: Path) -> Iterator[int]:
    """`overflight serve` on the baseline, without a network."""
    port = free_port()
    command = [sys.executable, "-m", "tui", "serve", "--port", str(port), "--no-fetch"]
    env = {**os.environ, "OVERFLIGHT_HOME": str(home)}
    process = subprocess.Popen(command, cwd=REPOSITORY, env=env, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        assert f"http://127.0.0.1:{port}" in process.stderr.readline()
        end = time.monotonic() + LONGEST
        while not listens(port):
            assert time.monotonic() < end, "it never listened"
            time.sleep(0.05)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        process.stderr.close()


@dataclass
class Tab:
    """One tab, driven through the DevTools protocol."""

    socket: Any
    drawn: str = ""
    """Everything that the dashboard sent to the terminal in the page."""
    _asked: int = 0
    _answers: dict[int, Any] = field(default_factory=dict)

    async def listen(self) -> None:
        async for message in self.socket:
            said = json.loads(message.data)
            if "id" in said:
                self._answers[said["id"]] = said.get("result")
            elif said["method"] == "Network.webSocketFrameReceived":
                data = said["params"]["response"]
                raw = base64.b64decode(data["payloadData"]) if data["opcode"] == 2 else b""
                self.drawn += raw.decode("utf-8", "replace")

    async def ask(self, method: str, **params: object) -> Any:
        self._asked += 1
        number = self._asked
        await self.socket.send_json({"id": number, "method": method, "params": params})
        await self.until(lambda: number in self._answers, method)
        return self._answers.pop(number)

    async def until(self, condition: Any, what: str) -> None:
        end = time.monotonic() + LONGEST
        while not condition():
            assert time.monotonic() < end, f"never came: {what}\n{self.drawn[-3000:]}"
            await asyncio.sleep(0.02)

    async def sees(self, words: str) -> None:
        await self.until(lambda: words in self.drawn, words)

    async def press(self, key: str, code: int) -> None:
        """A key on the terminal of the page, as a person's keyboard sends it."""
        await self.ask("Runtime.evaluate", expression="document.querySelector('textarea').focus()")
        for kind in ("rawKeyDown", "keyUp"):
            await self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)


@asynccontextmanager
async def tab(folder: Path, url: str) -> AsyncIterator[Tab]:
    """A headless browser of its own on one page."""
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
        "--disable-background-networking", "--window-size=1280,800", "--remote-debugging-port=0",
        f"--user-data-dir={folder}", "about:blank",
    ]  # fmt: skip
    process = subprocess.Popen(  # noqa: ASYNC220 -- a moment, and nothing else runs
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        said = folder / "DevToolsActivePort"
        end = time.monotonic() + LONGEST
        while not said.exists() or len(said.read_text().splitlines()) < 2:
            assert time.monotonic() < end, "the browser never came up"
            await asyncio.sleep(0.05)
        port = said.read_text().splitlines()[0]
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                pages = [page for page in await answer.json() if page["type"] == "page"]
            async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as devtools:
                driven = Tab(devtools)
                listening = asyncio.create_task(driven.listen())
                await driven.ask("Network.enable")
                await driven.ask("Page.enable")
                await driven.ask("Page.navigate", url=url)
                try:
                    yield driven
                finally:
                    listening.cancel()
                    with contextlib.suppress(asyncio.CancelledError):
                        await listening
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)


@pytest.mark.timeout(240)
async def test_it_loads_shows_incidents_and_a_key_drills_down(tmp_path: Path) -> None:
    with served(tmp_path / "home") as port:
        async with tab(tmp_path / "browser", f"http://127.0.0.1:{port}/") as page:
            await page.sees("OVERFLIGHT")
            await page.sees("baseline")
            first = await page.ask(
                "Runtime.evaluate", expression="document.body.className", returnByValue=True
            )
            assert "-first-byte" in first["result"]["value"]
            page.drawn = ""
            await page.press("Enter", 13)
            await page.sees("known incident of the past")


async def test_another_page_may_not_press_keys_here(tmp_path: Path) -> None:
    with served(tmp_path / "home") as port:
        async with aiohttp.ClientSession() as session:
            address = f"http://127.0.0.1:{port}"
            async with session.get(address) as answer:
                assert answer.status == 200
                assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
            with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
                await session.ws_connect(f"{address}/ws", headers={"Origin": "https://news.example"})
            async with session.get(address, headers={"Host": f"rebound.example:{port}"}) as answer:
                assert answer.status == 403
