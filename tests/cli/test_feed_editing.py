"""`overflight feeds add`, `remove`, `enable`, `disable` from the outside."""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cli.test_refusals import GOOD, environment, said_once
from tests.servers.loopback import LoopbackServer
from tui.cli import overflight
from tui.domain.feed import Feed, FeedKind
from tui.feeds.feed_list import load_feed_list
from tui.locations import shipped, user_feed_list

MINE = '# mine, all mine\n\n[[feed]]\nurl = "https://one.example/rss"\nname = "One"   # the first\n\n[[feed]]\nurl = "https://two.example/rss"\nname = "Two"\n'
RSS = b'<rss version="2.0"><channel><title>Our News</title><item><title>A cat</title></item></channel></rss>'


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(MINE)
    return path


def _run(path: Path | None, *arguments: str) -> Result:
    chosen = ["--feeds", str(path)] if path else []
    return CliRunner().invoke(overflight, [*chosen, "feeds", *arguments])


def test_a_feed_is_asked_once_and_added_under_its_own_name(path: Path, server: LoopbackServer) -> None:
    server.put("/rss", RSS)
    result = _run(
        path, "add", server.url("/rss"), "--lang", "pl", "--country", "PL", "--allow-private", "--json"
    )
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {
        "done": "added",
        "name": "Our News",
        "url": server.url("/rss"),
        "list": str(path),
        "copied": False,
    }
    assert len(server.received) == 1
    assert path.read_text().startswith(MINE)
    assert load_feed_list(path).feeds[2] == Feed(
        server.url("/rss"), "Our News", "pl", "PL", publisher="Our News", allow_private=True
    )
    again = _run(path, "add", server.url("/rss"), "--allow-private")
    assert (again.exit_code, len(server.received)) == (2, 1)
    assert "already" in again.stderr


def test_what_is_no_feed_is_not_added_and_the_page_says_where_one_is(
    path: Path, server: LoopbackServer
) -> None:
    server.put("/", b"<!doctype html><link rel=alternate type='application/rss+xml' href='/rss'>")
    page = _run(path, "add", server.url("/"), "--allow-private")
    assert page.exit_code == 1
    assert f"the page names {server.url('/rss')}" in page.stderr
    dead = _run(path, "add", server.url("/dead"), "--allow-private")
    assert dead.exit_code == 1
    assert "404" in dead.stderr
    assert path.read_text() == MINE


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["file:///etc/hostname"], "no scheme"),
        (["https://me:pw@a.example/rss"], "by hand"),
        (["https://a.example/rss", "--country", "Poland"], "no country code"),
        (["https://a.example/rss", "--name", "\x1b[31m"], "cannot be shown"),
    ],
)
def test_what_cannot_be_a_feed_is_refused_before_it_is_asked(
    path: Path, arguments: list[str], said: str
) -> None:
    result = _run(path, "add", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "pw" not in result.stderr
    assert path.read_text() == MINE


def test_a_feed_is_switched_and_taken_out_by_name_or_address_and_comments_stay(path: Path) -> None:
    assert _run(path, "disable", "one").output == f"disabled One (https://one.example/rss) in {path}.\n"
    assert path.read_text() == MINE.replace("# the first\n", "# the first\nenabled = false\n")
    assert _run(path, "enable", "https://one.example/rss", "--json").exit_code == 0
    assert [feed.enabled for feed in load_feed_list(path).feeds] == [True, True]
    assert _run(path, "remove", "Two").exit_code == 0
    assert path.read_text().startswith("# mine, all mine\n")
    assert [feed.name for feed in load_feed_list(path).feeds] == ["One"]


def test_a_name_that_none_or_several_have_changes_nothing(path: Path) -> None:
    for name, said in (("three", "No feed in"), (".example", "2 feeds have '.example'")):
        result = _run(path, "remove", name)
        assert result.exit_code == 2
        assert said in result.stderr
    assert path.read_text() == MINE


def test_without_a_list_of_ones_own_a_copy_of_the_built_in_one_is_made_and_told() -> None:
    built_in = load_feed_list(shipped("feeds.toml")).feeds
    result = _run(None, "add", "https://a.example/rss", "--no-check", "--kind", "ministry")
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"Copied the built-in list to {user_feed_list()}")
    added = load_feed_list(user_feed_list()).feeds
    assert len(added) == len(built_in) + 1
    assert (added[-1].name, added[-1].kind) == ("a.example", FeedKind.MINISTRY)


def test_a_dry_import_says_that_the_built_in_list_would_be_copied(tmp_path: Path) -> None:
    opml = tmp_path / "list.opml"
    opml.write_text('<opml version="2.0"><body><outline xmlUrl="https://new.example/rss"/></body></opml>')
    result = _run(None, "import", "--dry-run", str(opml))
    assert result.output.splitlines()[-1] == (
        f"1 would be added to {user_feed_list()}, a copy of the built-in list that would be made for it; "
        "0 there already, 0 refused."
    )
    assert not user_feed_list().exists()


def test_a_command_that_asks_once_promises_no_other_time(path: Path, server: LoopbackServer) -> None:
    names = {"/busy": 503, "/often": 429, "/broken": 500}
    for name, status in names.items():
        server.put(name, status=status)
    server.put("/cut", raw=b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n<rss")
    path.write_text(
        "".join(
            f'[[feed]]\nurl = "{server.url(name)}"\nname = "{name}"\nallow_private = true\n'
            for name in (*names, "/cut")
        )
    )
    result = _run(path, "check")
    assert "0 of 4 answered" in result.output
    assert "tried again" not in result.output
    assert "for a while" not in result.output


@pytest.mark.parametrize("own", [True, False], ids=["a list of one's own", "the built-in list"])
def test_a_list_that_the_disk_does_not_take_is_named_with_the_cure_and_stays_as_it_was(
    tmp_path: Path, *, own: bool
) -> None:
    path = tmp_path / "feeds.toml"
    if own:
        path.write_text(GOOD, encoding="utf-8")
    room = len(GOOD) if own else 1000
    done = subprocess.run(
        [sys.executable, "-m", "tui", "feeds", "add", "https://other.example/rss", "--no-check"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        # Python would leave byte code cut at the limit beside the modules.
        env=environment(tmp_path, PYTHONDONTWRITEBYTECODE="1"),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    said = said_once(done)
    assert f"{path} cannot be" in said
    assert "free some space" in said
    assert (path.read_text(encoding="utf-8") if own else not path.exists()) == (GOOD if own else True)
    assert [file.name for file in tmp_path.iterdir() if "toml" in file.name] == ["feeds.toml"] * own
