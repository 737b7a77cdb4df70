"""`overflight feeds` from the outside: what it asks, prints and leaves in the file."""

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.servers.loopback import LoopbackServer
from tests.store.samples import keeper_on
from tui.cli import overflight
from tui.domain.feed import Feed, FeedState, FeedStatus, Validators
from tui.feeds.feed_list import load_feed_list
from tui.locations import user_feed_list
from tui.pipeline.health import PARSE_VERSION


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


def _run(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(overflight, list(arguments), input=given)


def _rss(*titles: str) -> bytes:
    items = "".join(f"<item><title>{title}</title><guid>{title}</guid></item>" for title in titles)
    return f'<rss version="2.0"><channel><title>Our News</title>{items}</channel></rss>'.encode()


def _list(folder: Path, server: LoopbackServer, *paths: str) -> Path:
    file = folder / "feeds.toml"
    tables = (
        f'[[feed]]\nurl = "{server.url(path)}"\nname = "Feed {path}"\nallow_private = true\n'
        for path in paths
    )
    file.write_text("# mine\n" + "\n".join(tables))
    return file


def test_check_asks_each_feed_once_and_says_what_answered(server: LoopbackServer, tmp_path: Path) -> None:
    server.put("/good", _rss("Drones close the airport of Vilnius", "A cat"), etag='"1"')
    server.put("/bare", _rss("A cat") + b"trailing", status=200)
    server.put("/old", status=301, headers={"Location": "/good"})
    server.put("/none", status=404)
    server.put(
        "/page", b"<!doctype html><html><link rel=alternate type=application/rss+xml href=/good></html>"
    )
    file = _list(tmp_path, server, "/good", "/bare", "/old", "/none", "/page")
    result = _run("--feeds", str(file), "--db", str(tmp_path / "no.db"), "feeds", "check")
    assert result.exit_code == 1, result.output
    rows = {
        line.split("Feed ")[1].split()[0]: line for line in result.output.splitlines() if "Feed /" in line
    }
    assert rows["/good"].split()[:4] == ["ok", "rss20", "2", "1"]
    assert "damaged" in rows["/bare"]
    assert "no validators" in rows["/bare"]
    assert f"moved for good to {server.url('/good')}" in rows["/old"]
    assert rows["/none"].startswith("FAIL")
    assert "404" in rows["/none"]
    assert server.url("/good") in rows["/page"]
    assert "3 of 5 answered with a feed" in result.output
    assert [request.path for request in server.received].count("/good") == 2
    assert server.most_in_flight == 1
    assert not (tmp_path / "no.db").exists()


def test_check_is_conditional_on_what_is_stored_and_has_a_gone_feed_polled_again(
    server: LoopbackServer, tmp_path: Path
) -> None:
    server.put("/held", _rss("A cat"), etag='W/"7"')
    server.put("/back", _rss("A cat"))
    file, db = _list(tmp_path, server, "/held", "/back"), tmp_path / "store" / "overflight.db"
    keeper = keeper_on(db)
    now = datetime.now(UTC)
    keeper.sync_feeds(load_feed_list(file).feeds, now)
    held = FeedState(
        server.url("/held"), FeedStatus.OK, Validators('W/"7"'), "00", last_full=now - timedelta(days=1), read_by=PARSE_VERSION
    )  # fmt: skip
    keeper.record_state([held, FeedState(server.url("/back"), FeedStatus.GONE)])
    result = _run("--feeds", str(file), "--db", str(db), "feeds", "check", "--json")
    assert result.exit_code == 0, result.output
    rows = {row["name"]: row for row in map(json.loads, result.output.splitlines())}
    assert rows["Feed /held"]["answer"] == "same"
    assert rows["Feed /back"]["answer"] == "ok"
    assert server.asked("/held")[0].header("if-none-match") == 'W/"7"'
    assert [request.feed for request in keeper.take_requests()] == [server.url("/back")]
    assert keeper.feed_states()[server.url("/held")] == held
    keeper.close()


def test_discover_finds_what_a_page_names_and_prints_it_for_the_list(
    server: LoopbackServer, tmp_path: Path
) -> None:
    file = _list(tmp_path, server, "/mine")
    server.put(
        "/", b"<!doctype html><html><link rel=alternate type='application/rss+xml' href='/rss'><link rel=alternate type='application/atom+xml' href='/dead'></html>"
    )  # fmt: skip
    server.put("/rss", _rss("A cat"))
    result = _run("--feeds", str(file), "feeds", "discover", "--allow-private", server.url("/"))
    assert result.exit_code == 0, result.output
    table = tomllib.loads(result.stdout)["feed"]
    assert [(feed["url"], feed["name"]) for feed in table] == [(server.url("/rss"), "Our News")]
    assert [request.path for request in server.received] == ["/", "/rss", "/dead"]


def test_discover_looks_at_the_usual_places_as_far_as_robots_may(
    server: LoopbackServer, tmp_path: Path
) -> None:
    file = _list(tmp_path, server, "/mine")
    server.put("/", b"<!doctype html><html>nothing here</html>")
    server.put("/robots.txt", b"User-agent: *\nDisallow: /feed\n")
    server.put("/feed", _rss("not for robots"))
    server.put("/rss.xml", _rss("A cat"))
    result = _run("--feeds", str(file), "feeds", "discover", "--allow-private", server.url("/"))
    assert result.exit_code == 0, result.output
    assert [request.path for request in server.received] == ["/", "/robots.txt", "/rss", "/rss.xml"]
    server.put("/rss.xml", status=404)
    nothing = _run("--feeds", str(file), "feeds", "discover", "--allow-private", server.url("/"))
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    private = _run("--feeds", str(file), "feeds", "discover", server.url("/"))
    assert private.exit_code == 1
    assert "private" in private.stderr


OPML = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="Press">
<outline text="A &#34;quoted&#34; name \\ \xc3\xa9" xmlUrl="https://a.example/rss" language="pl"/>
<outline text="Again" xmlUrl="https://a.example/rss"/>
<outline text="Evil" xmlUrl="exec:rm"/><outline text="Local" xmlUrl="file:///etc/hostname"/>
<outline text="Known" xmlUrl="https://known.example/rss"/></outline></body></opml>"""


def test_import_adds_web_feeds_at_the_end_and_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    before = '# mine\n[settings]\ninterval = "20m"\n\n[[feed]]\nurl = "https://known.example/rss"\nname = "Known"\n'
    file.write_text(before)
    file.chmod(0o640)
    opml = tmp_path / "list.opml"
    opml.write_bytes(OPML)
    dry = _run("--feeds", str(file), "feeds", "import", "--dry-run", str(opml))
    assert file.read_text() == before
    assert "1 would be added" in dry.output
    result = _run("--feeds", str(file), "feeds", "import", str(opml))
    assert result.exit_code == 0, result.output
    assert "1 added" in result.output
    assert "2 there already, 2 refused" in result.output
    assert file.read_text().startswith(before)
    assert file.stat().st_mode & 0o777 == 0o640
    added = load_feed_list(file).feeds[1]
    assert added == Feed("https://a.example/rss", 'A "quoted" name \\ é', lang="pl", publisher=added.name)
    again = _run("--feeds", str(file), "feeds", "import", "-", given=OPML)
    assert "0 added" in again.output
    assert len(load_feed_list(file).feeds) == 2
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".")] == []


def test_import_without_a_list_of_ones_own_makes_one() -> None:
    shipped = len(load_feed_list(Path(_run("feeds", "path").output.strip())).feeds)
    result = _run("feeds", "import", "-", given=OPML)
    assert result.exit_code == 0, result.output
    assert len(load_feed_list(user_feed_list()).feeds) == shipped + 2


def test_what_is_no_opml_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text('[[feed]]\nurl = "https://known.example/rss"\nname = "Known"\n')
    result = _run("--feeds", str(file), "feeds", "import", "-", given=b"<!DOCTYPE x><opml/>")
    assert result.exit_code == 2
    assert "document type" in result.stderr
    assert "example" not in file.read_text().split("Known")[1]


def test_export_writes_what_import_reads_and_never_over_a_file(tmp_path: Path) -> None:
    file, out = tmp_path / "feeds.toml", tmp_path / "out.opml"
    file.write_text(
        '[[feed]]\nurl = "https://a.example/rss"\nname = "A"\nheaders = { "X-Key" = "hush" }\ncountry = "PL"\n'
    )
    assert _run("--feeds", str(file), "feeds", "export", "-o", str(out)).exit_code == 0
    assert "hush" not in out.read_text()
    assert _run("--feeds", str(file), "feeds", "export").output == out.read_text()
    assert _run("--feeds", str(file), "feeds", "export", "-o", str(out)).exit_code == 2
    other = tmp_path / "other.toml"
    other.write_text('[[feed]]\nurl = "https://b.example/rss"\nname = "B"\n')
    assert _run("--feeds", str(other), "feeds", "import", str(out)).exit_code == 0
    assert [(feed.name, feed.country) for feed in load_feed_list(other).feeds] == [("B", None), ("A", "PL")]
