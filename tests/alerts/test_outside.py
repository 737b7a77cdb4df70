"""Channels that are the code of others: told by a program of its own, to real receivers on loopback."""

import json
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.alerts.given import a_batch, an_alert
from tests.servers.loopback import LoopbackServer
from tests.store.samples import NOON
from tui.alerts.deliver import Deliverer
from tui.alerts.message import letter
from tui.domain.alerts import Batch, Channel, ChannelKind, Delivered, LeftOut
from tui.domain.feed import Settings

needs_apprise = pytest.mark.skipif(
    find_spec("apprise") is None, reason="the extra is not installed: pip install 'overflight[notify]'"
)


def apprise(url: str) -> Channel:
    return Channel("phone", ChannelKind.APPRISE, url)


def plugin(name: str, **options: str) -> Channel:
    return Channel("own", ChannelKind.PLUGIN, plugin=name, options=tuple(options.items()))


async def told(channel: Channel, batch: Batch | None = None) -> Delivered:
    return await Deliverer(Settings())(channel, batch or a_batch(), NOON)


class _Mail(socketserver.StreamRequestHandler):
    """As much of SMTP as it takes to be handed a letter."""

    def handle(self) -> None:
        self._say("220 loopback")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self._say("354 go on")
                taken = []
                while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                    taken.append(line)
                self.server.letters.append(b"".join(taken))  # type: ignore[attr-defined]  # ours, set below
                self._say("250 taken")
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 yes")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def a_mail_server() -> Iterator[tuple[int, list[bytes]]]:
    letters: list[bytes] = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mail) as server:
        server.daemon_threads = True
        server.letters = letters  # type: ignore[attr-defined]  # for the handler
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server.server_address[1], letters
        server.shutdown()
        thread.join()


@needs_apprise
async def test_ntfy_gets_the_headline_and_the_newest_story() -> None:
    with LoopbackServer() as server:
        server.put("/", b"{}", status=200)
        port = server.url("/").rpartition(":")[2].strip("/")
        found = await told(apprise(f"ntfy://127.0.0.1:{port}/overflight"))
        assert found == Delivered(ok=True)
        (request,) = server.received
        document = json.loads(request.body)
        assert document["topic"] == "overflight"
        assert document["title"] == "PL violation (new)"
        assert "Drones seen https://a.example" in document["message"]


@needs_apprise
async def test_a_letter_arrives_by_mail() -> None:
    with a_mail_server() as (port, letters):
        url = f"mailto://127.0.0.1:{port}?from=desk@a.example&to=duty@b.example&mode=insecure&format=text"
        assert await told(apprise(url)) == Delivered(ok=True)
        (letter_sent,) = letters
        assert b"PL violation (new)" in letter_sent


@needs_apprise
async def test_a_service_that_is_down_is_a_failure_without_its_address() -> None:
    found = await told(apprise("ntfy://T0PSECRET@127.0.0.1:9/overflight"))
    assert found == Delivered(ok=False, said="apprise ended with status 1: the service did not take it")
    found = await told(apprise("nosuch://T0PSECRET"))
    assert "none that Apprise knows" in found.said
    assert "T0PSECRET" not in found.said


async def test_without_the_extra_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "apprise.py").write_text("raise ImportError\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert "pip install 'overflight[notify]'" in (await told(apprise("ntfy://a.example/b"))).said


def a_package(folder: Path, code: str) -> None:
    """A package with an entry point, as pip leaves one behind."""
    (folder / "lamp_of_ours.py").write_text(code, encoding="utf-8")
    about = folder / "lamp_of_ours-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: lamp-of-ours\nVersion: 1.0\n", encoding="utf-8"
    )
    (about / "entry_points.txt").write_text(
        "[overflight.channels]\nlamp = lamp_of_ours:tell\n", encoding="utf-8"
    )


async def test_a_plug_in_gets_its_options_and_the_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.json"
    a_package(
        tmp_path,
        "import json, pathlib\n"
        "def tell(options, document):\n"
        "    pathlib.Path(options['to']).write_text(document)\n",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert await told(plugin("lamp", to=str(out))) == Delivered(ok=True)
    assert json.loads(out.read_text(encoding="utf-8"))["alerts"][0]["incident"]["id"] == "i1"


async def test_what_a_plug_in_raises_is_told_without_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_package(tmp_path, "def tell(options, document):\n    raise ValueError(options['key'])\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    found = await told(plugin("lamp", key="T0PSECRET"))
    assert found == Delivered(ok=False, said="lamp ended with status 1: raised ValueError")
    assert "no installed package has it" in (await told(plugin("none-of-that-name"))).said


def test_a_letter_calls_nobody_and_counts_what_it_leaves_out() -> None:
    alerts = [an_alert(number, title="@everyone <script>") for number in range(25)]
    batch = Batch((1,), tuple(alerts), (LeftOut("quiet", 9, ("a", "b")),))
    text = letter(batch)
    assert "@" not in text
    assert "<" not in text
    assert "and 5 alerts more" in text
    assert "9 more by the rule quiet:" in text


def test_the_dashboard_and_the_collector_load_nothing_of_it() -> None:
    assert "apprise" not in sys.modules
