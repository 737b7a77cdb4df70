"""Hostile stories, answers, names and arguments through the whole program: no output of it acts on a terminal."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_refusals import environment, run, run_in_pty
from tests.servers.loopback import LoopbackServer
from tests.ui.stage import NASTY

STORY = "Russian drones violated Polish airspace near Lublin, minister says"
ODD = "\x1b]0;PWNED\x07\u202e"
STYLE = re.compile(r"\x1b\[[0-9;]*m")


def harmless(text: str) -> bool:
    """Whether no character of it acts, hides or turns; a joiner between letters is writing."""
    return not {
        letter
        for letter in text.replace("\r\n", "\n")
        if letter not in "\n\u200c\u200d" and unicodedata.category(letter) in {"Cc", "Cf", "Cs"}
    }


def hostile_feed() -> bytes:
    """Stories that are kept, each with its trick in every field, as raw bytes and as references twice escaped."""
    items: list[bytes] = []
    for number, trick in enumerate(NASTY):
        raw = trick.encode("utf-8", "surrogatepass").replace(b"<", b"&lt;").replace(b"&", b"&amp;")
        twice = "".join(f"&amp;#{ord(letter)};" if ord(letter) < 0xA0 else letter for letter in trick)
        for told in (raw, twice.encode("utf-8", "surrogatepass")):
            items.append(
                b"<item><title>%s %s</title><description>%s</description><link>https://a.example/%d%s</link>"
                b"<guid>%s%d-%d</guid><author>%s</author><category>%s</category><pubDate>%s</pubDate></item>"
                % (told, STORY.encode(), told, number, told, told, number, len(items), told, told, told)
            )
    head = b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>%s</title>'
    return head % NASTY[0].encode() + b"".join(items) + b"</channel></rss>"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose store has been through all of it once."""
    home = tmp_path_factory.mktemp("hostile")
    with LoopbackServer() as server:
        server.put("/feed", hostile_feed())
        server.put("/status", raw=b"HTTP/1.1 999 \x1b]0;PWNED\x07\r\nContent-Length: 0\r\n\r\n")
        realm = b'WWW-Authenticate: Basic realm="\x1b[31mPWNED"\r\n'
        server.put("/realm", raw=b"HTTP/1.1 401 \x1b[2J\r\n" + realm + b"Content-Length: 0\r\n\r\n")
        server.put(
            "/page", b"<!doctype html><title>\x1b]0;PWNED\x07</title>Log in", headers={"ETag": '"\x1b[2J"'}
        )
        server.put("/away", status=302, headers={"Location": "javascript:\x1b]0;PWNED\x07"})
        (home / "feeds.toml").write_text(
            "".join(
                f'[[feed]]\nurl = "{server.url("/" + name)}"\nname = "{name}"\nlang = "en"\ncountry = "PL"\n'
                'publisher = "Press"\nkind = "national"\nallow_private = true\n'
                for name in ("feed", "status", "realm", "page", "away")
            ),
            encoding="utf-8",
        )
        polled = run(home, "--feeds", str(home / "feeds.toml"), "once", "--all", "--window", "7d")
        assert polled.returncode == 0, polled.stderr
        assert harmless(polled.stdout + polled.stderr)
        assert "Lublin" in polled.stdout
        yield home


COMMANDS = [
    ("once", "--no-fetch", "--window", "7d"),
    ("once", "--no-fetch", "--json", "--window", "7d"),
    ("once", "--no-fetch", "--plain", "--window", "7d"),
    ("query", "--stories"),
    ("query", "--stories", "--json"),
    ("query", "--json"),
    ("feeds", "list"),
    ("feeds", "list", "--json"),
    ("feeds", "export"),
    ("export", "--format", "json"),
    ("export", "--format", "csv"),
    ("export", "--format", "geojson"),
    ("export", "--format", "atom"),
    ("export", "--format", "jsonfeed"),
    ("export", "--format", "markdown"),
    ("export", "--format", "archive"),
    ("stats",),
    ("verify",),
    ("explain", f"{NASTY[0]} {STORY}"),
    ("doctor",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_lets_a_control_of_a_feed_through_a_pipe(home: Path, command: tuple[str, ...]) -> None:
    done = run(home, "--feeds", str(home / "feeds.toml"), *command)
    assert "Traceback" not in done.stderr
    assert len(done.stdout) > 20
    assert harmless(done.stdout), [letter for letter in done.stdout if not harmless(letter)][:5]
    assert harmless(done.stderr)


@pytest.mark.parametrize(
    "command", [COMMANDS[0], COMMANDS[1], COMMANDS[6], COMMANDS[18], ("doctor",)], ids=" ".join
)
def test_on_a_terminal_there_is_colour_of_ours_and_nothing_else(home: Path, command: tuple[str, ...]) -> None:
    _, said = run_in_pty(["--feeds", str(home / "feeds.toml"), *command], environment(home), (40, 120))
    assert len(said) > 20
    assert harmless(STYLE.sub("", said))


def test_every_feed_that_failed_is_told_in_words_and_the_good_one_is_there(home: Path) -> None:
    said = run(home, "--feeds", str(home / "feeds.toml"), "feeds", "list", "--json").stdout
    assert said.count('"problem": "') >= 4
    assert "PWNED" not in said.replace("]0;PWNED", "")
    assert not [file for file in home.rglob("*") if b"\x1b]0;PWNED\x07" in file.read_bytes()]


def test_the_log_holds_no_control(home: Path) -> None:
    logs = [file for file in home.rglob("*.log*") if file.is_file()]
    assert logs
    for log in logs:
        assert harmless(log.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--feeds", f"{ODD}.toml", "once"),
        ("--db", f"{ODD}/x.db", "once", "--no-fetch"),
        ("--db", f"feeds.toml/{ODD}.db", "once", "--no-fetch"),
        ("query", f"country:{ODD}"),
        ("query", f"drone {ODD}"),
        ("export", "--format", ODD),
        ("export", "-o", f"{ODD}/none"),
        ("import", ODD),
        ("feeds", "add", ODD),
        ("feeds", "check", ODD),
        ("feeds", "remove", ODD),
        ("explain", ODD),
        ("selftest", ODD),
        ("doctor", ODD),
        (ODD,),
        (f"--{ODD}",),
    ],
    ids=lambda arguments: " ".join(arguments).replace(ODD, "ODD"),
)
def test_a_name_or_an_argument_with_controls_is_told_without_them(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "feeds.toml").write_text("", encoding="utf-8")
    done = run(
        tmp_path, *(str(tmp_path / word) if "/" in word or ".toml" in word else word for word in arguments)
    )
    assert "Traceback" not in done.stderr
    assert harmless(done.stdout + done.stderr), ascii(done.stdout + done.stderr)


def test_a_variable_with_controls_is_told_without_them(tmp_path: Path) -> None:
    home = tmp_path / f"{ODD}home"
    home.mkdir()
    for command in (("doctor",), ("once", "--no-fetch"), ("query", "x"), ("verify",), ("feeds", "list")):
        done = run(home, *command)
        assert "Traceback" not in done.stderr
        assert harmless(done.stdout + done.stderr), ascii(done.stdout + done.stderr)
