"""A key from the environment, through the whole program: at the server, and nowhere on the disk or the screen."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers.loopback import LoopbackServer

_FEED = (
    b'<rss version="2.0"><channel><title>t</title><item><title>Drones close the airport of Vilnius</title>'
    b"<guid>1</guid></item></channel></rss>"
)


def test_a_secret_is_at_the_server_and_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("OVERFLIGHT_HOME", str(home))
    monkeypatch.setenv("NEWS_KEY", "s3cret-word")
    feeds = tmp_path / "feeds.toml"
    with LoopbackServer() as server:
        server.put("/a?apikey=s3cret-word", _FEED)
        server.put("/b?apikey=s3cret-word", status=302, headers={"Location": "gopher://s3cret-word/"})
        for name in "ab":
            with feeds.open("a") as file:
                file.write(
                    f'[[feed]]\nurl = "{server.url("/" + name)}"\nname = "{name}"\nallow_private = true\n'
                    'params = { apikey = "${NEWS_KEY}" }\nauth = { token = "env:NEWS_KEY" }\n'
                )
        said = "".join(
            subprocess.run(
                [sys.executable, "-m", "tui", "--feeds", str(feeds), *command],
                capture_output=True,
                check=False,
            ).stdout.decode()
            for command in (["once", "--json"], ["feeds", "list"], ["feeds", "export"], ["feeds", "check"])
        )
        assert len(server.asked("/a?apikey=s3cret-word")) == 2
        assert server.received[0].header("authorization") == "Bearer s3cret-word"
    assert '"entries": 1' in said
    assert "would give a secret of this feed to another server" in said
    assert "s3cret" not in said
    written = [file for file in home.rglob("*") if file.is_file()]
    assert written
    assert not [file.name for file in written if b"s3cret" in file.read_bytes()]
