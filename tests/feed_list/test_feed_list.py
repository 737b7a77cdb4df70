"""feeds.toml: what it may say, and one clear message for everything it may not."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import certifi
import pytest

from tui.domain.feed import Feed, FeedKind, PagePlan, QuietHours
from tui.feeds.feed_list import FeedListError, load_feed_list, write_user_copy

SEARCH = '[[feed]]\nname = "Search"\nkind = "search"\nservice = "google-news"\n'
FEED = '[[feed]]\nurl = "https://news.example/rss"\nname = "News"\n'


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "feeds.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(folder: Path, content: str | bytes, env: dict[str, str] | None = None) -> FeedListError:
    with pytest.raises(FeedListError) as caught:
        load_feed_list(written(folder, content), env or {})
    return caught.value


def test_everything_that_may_be_written_is_read(tmp_path: Path) -> None:
    content = """
[settings]
interval = "30m"
concurrency = 7
deadline = "20s"
max_size = "2MB"
keep_dropped = "90d"
unresolved_after = "14d"
quiet_hours = { start = "22:00", end = "07:00" }
time_zone = "Europe/Vilnius"
theme = "daylight"

[[feed]]
url = "https://news.example/rss"
name = "News"

[[feed]]
url = "http://10.0.0.7:8080/feed.xml"
name = "Wewnętrzny"
lang = "pl"
country = "PL"
publisher = "Ministry"
kind = "ministry"
every = "1h"
max_size = "500KB"
headers = { "X-Api-Key" = "${NEWS_KEY}", "User-Agent" = "Us" }
enabled = false
allow_private = true
"""
    listed = load_feed_list(written(tmp_path, content), {"NEWS_KEY": "s3cret"})

    assert listed.settings.interval == timedelta(minutes=30)
    assert listed.settings.concurrency == 7
    assert listed.settings.deadline == timedelta(seconds=20)
    assert listed.settings.max_size == 2 * 1024 * 1024
    assert listed.settings.keep_dropped == timedelta(days=90)
    assert listed.settings.unresolved_after == timedelta(days=14)
    assert listed.settings.quiet_hours == QuietHours("22:00", "07:00")
    assert (listed.settings.time_zone, listed.settings.theme) == ("Europe/Vilnius", "daylight")
    assert listed.feeds == (
        Feed(url="https://news.example/rss", name="News", publisher="News"),
        Feed(
            url="http://10.0.0.7:8080/feed.xml",
            name="Wewnętrzny",
            lang="pl",
            country="PL",
            publisher="Ministry",
            kind=FeedKind.MINISTRY,
            every=timedelta(hours=1),
            max_size=500 * 1024,
            headers=(("X-Api-Key", "s3cret"), ("User-Agent", "Us")),
            enabled=False,
            allow_private=True,
        ),
    )
    assert listed.path == str(tmp_path / "feeds.toml")
    assert listed.warnings == ()


@pytest.mark.parametrize(
    ("content", "line", "key", "words"),
    [
        (FEED + "[[feed]]\nurl = \n", 5, "", "not written in TOML"),
        (FEED + 'name = "Again"\n', 4, "", "not written in TOML"),
        ("[[feed]\n", 1, "", "not written in TOML"),
        ('x = "never closed', 1, "", "not written in TOML"),
        (b"\xef\xbb\xbf" + FEED.encode(), 1, "", "byte order mark"),
        (FEED.encode() + "# Zürich\n".encode("latin-1"), 4, "", "not UTF-8"),
        ("feed = " + "[" * 20_000, None, "", "brackets"),
        (FEED + "max_size = " + "9" * 5_000, None, "", "number too long"),
        ("", None, "", "names no feed"),
        ("[settings]\n", None, "", "names no feed"),
        (FEED + "\n[feeds]\n", 5, "feeds", "no table"),
        ('[feed]\nurl = "https://a.example/"\n', 1, "", "two brackets"),
        (FEED + 'evry = "1h"\n', 4, "evry", "no key"),
        (FEED + '\n[settings]\nintervall = "1h"\n', 6, "intervall", "no key"),
        ('[[feed]]\nname = "x"\n', 1, "url", "missing"),
        (FEED + "every = 15\n", 4, "every", "is a whole number where text in quotes is wanted"),
        (FEED + 'enabled = "yes"\n', 4, "enabled", "is text in quotes where true or false is wanted"),
        (FEED + 'headers = ["x"]\n', 4, "headers", "is a list where a table is wanted"),
        (FEED + 'kind = "blog"\n', 4, "kind", "no kind"),
        (FEED + 'every = "4m"\n', 4, "every", "shorter"),
        (FEED + 'every = "31d"\n', 4, "every", "longer"),
        (FEED + 'every = "-1h"\n', 4, "every", "no duration"),
        (FEED + 'every = "often"\n', 4, "every", "no duration"),
        (FEED + "[settings]\ninterval = nan\n", 5, "interval", "is a number with a fraction where text"),
        (FEED + "[settings]\ninterval = inf\n", 5, "interval", "is a number with a fraction where text"),
        (FEED + "[settings]\ninterval = -1\n", 5, "interval", "is a whole number where text in quotes is wanted"),
        (FEED + "[settings]\ninterval = 2020-01-01\n", 5, "interval", "where text in quotes is wanted"),
        (FEED + "[settings]\nconcurrency = 0\n", 5, "concurrency", "out of bounds"),
        (FEED + "[settings]\nconcurrency = 99999999999999999999\n", 5, "concurrency", ""),
        (FEED + '[settings]\ntime_zone = "Mars/Olympus"\n', 5, "time_zone", "no time zone"),
        (FEED + '[settings]\ntime_zone = "../../etc/passwd"\n', 5, "time_zone", "no time zone"),
        (FEED + '[settings]\ntime_zone = "Europe"\n', 5, "time_zone", "no time zone"),
        (FEED + '[settings]\nquiet_hours = { start = "25:00", end = "07:00" }\n', 4, "start", "no time of day"),
        (FEED + '[settings]\ntheme = "Night Watch"\n', 5, "theme", "no theme"),
        (FEED + 'max_size = "9TB"\n', 4, "max_size", "no size"),
        (FEED + 'lang = "Polish!"\n', 4, "lang", "no language"),
        (FEED + 'country = "Poland"\n', 4, "country", "no country"),
        (FEED + FEED, 5, "url", "already the feed's of line 1"),
        ('[[feed]]\nurl = "file:///etc/passwd"\nname = "x"\n', 2, "url", "no scheme"),
        ('[[feed]]\nurl = "exec:curl x"\nname = "x"\n', 2, "url", "no scheme"),
        ('[[feed]]\nurl = "feed:https://a.example/"\nname = "x"\n', 2, "url", "no scheme"),
        ('[[feed]]\nurl = "-"\nname = "x"\n', 2, "url", "no http"),
        ('[[feed]]\nurl = "https://"\nname = "x"\n', 2, "url", "no http"),
        ('[[feed]]\nurl = "https://a.example/ --x"\nname = "x"\n', 2, "url", "no http"),
        ('[[feed]]\nurl = "http://[::1/"\nname = "x"\n', 2, "url", "no http"),
        ('[[feed]]\nurl = "https://a.example/${KEY}"\nname = "x"\n', 2, "url", "no variables"),
        ('[[feed]]\nurl = "https://a.example/"\nname = "A\\u001b[31mB"\n', 3, "name", "cannot be shown"),
        ('[[feed]]\nurl = "https://a.example/"\nname = " "\n', 3, "name", "empty"),
        ('[[feed]]\nurl = "https://a.example/"\nname = "' + "x" * 101 + '"\n', 3, "name", "longer"),
        (FEED + 'headers = { "X-Key" = "${MISSING}" }\n', 4, "headers", 'no variable "MISSING"'),
        (FEED + 'headers = { "X Key" = "1" }\n', 4, "headers", "no header"),
        (FEED + 'params = { "k" = "env:MISSING" }\n', 4, "params", 'no variable "MISSING"'),
        (FEED + 'params = { "a b" = "1" }\n', 4, "params", "no name of a query"),
        (FEED + 'query = "drone"\n', 4, "query", "belongs to a search at a service"),
        (FEED + 'kind = "search"\nservice = "bing"\n', 5, "service", "no service that searches"),
        (FEED + 'service = "gdelt"\nquery = "drone"\n', 4, "service", "belongs to a search"),
        (FEED + 'kind = "search"\nservice = "gdelt"\nquery = "x"\n', 2, "url", "made from service and query"),
        (SEARCH + 'query = ""\n', 5, "query", "no search"),
        (SEARCH + 'query = "drone"\nlang = "en"\n', 4, "service", "region is missing"),
        (SEARCH + 'query = "drone"\nregion = "GB"\n', 4, "service", "lang is missing"),
        (FEED + 'kind = "page"\n', 4, "kind", "a page needs a selector"),
        (FEED + 'selector = "tr"\n', 4, "selector", "a page needs a selector"),
        (FEED + 'kind = "page"\nselector = "tr["\n', 5, "selector", '"tr[" is no CSS selector'),
        (FEED + 'kind = "page"\nselector = "tr"\nparts = { when = "td" }\n', 6, "parts", "no part of an item"),
        (FEED + 'kind = "page"\nselector = "tr"\nparts = { date = "" }\n', 6, "parts", "no CSS selector"),
        (FEED + 'parts = { date = "td" }\n', 4, "parts", "belongs to a page alone"),
        (FEED + 'auth = { user = "me" }\n', 4, "auth", "no login"),
        (FEED + 'auth = "me"\n', 4, "auth", "is text in quotes where a table is wanted"),
        (FEED + 'proxy = "socks5://127.0.0.1:1080"\n', 4, "proxy", "SOCKS is not spoken"),
        (FEED + 'proxy = "http://proxy.example"\n', 4, "proxy", "no proxy that can be used"),
        (FEED + 'ca_file = "none.pem"\n', 4, "ca_file", "there is no file"),
        (FEED + '[settings]\nca_file = "feeds.toml"\n', 5, "ca_file", "holds no certificate"),
        (FEED + '[settings]\nproxy = "proxy:1"\n', 5, "proxy", "no proxy that can be used"),
        (FEED + '[settings]\ncontact = "me, please"\n', 5, "contact", "no way to reach"),
        (FEED + 'headers = { "Host" = "b.example" }\n', 4, "headers", "no header"),
        (FEED + 'headers = { "X-Key" = "a\\r\\nb" }\n', 4, "headers", "may not be sent"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_message_with_file_line_key_and_fix(
    tmp_path: Path, content: str | bytes, line: int | None, key: str, words: str
) -> None:
    problem = refusal(tmp_path, content)

    message = str(problem)
    assert (problem.line, problem.key) == (line, key)
    assert words in message
    assert message.startswith(str(tmp_path / "feeds.toml"))
    assert f"line {line}" in message or line is None
    assert key in message
    assert problem.fix
    assert "\n" not in message
    assert message.isprintable()


def test_several_problems_are_counted_and_the_first_is_told(tmp_path: Path) -> None:
    problem = refusal(
        tmp_path, FEED + 'every = "1m"\n' + FEED.replace("rss", "b") + 'kind = "x"\n[settings]\ntheme = 1\n'
    )
    assert (problem.line, problem.key) == (4, "every")
    assert str(problem).endswith("(2 more after this one)")


def test_a_secret_comes_from_the_environment_and_never_into_a_message(tmp_path: Path) -> None:
    problem = refusal(tmp_path, FEED + 'headers = { "X-Key" = "${KEY}" }\n', {"KEY": "s3cret\n"})
    assert "s3cret" not in str(problem)


def test_a_password_in_an_address_becomes_a_header_and_leaves_the_address(tmp_path: Path) -> None:
    path = written(tmp_path, FEED.replace("https://", "https://me:p%40ss@"))
    path.chmod(0o600)
    [feed] = load_feed_list(path, {}).feeds
    assert feed.url == "https://news.example/rss"
    assert feed.headers == (("Authorization", "Basic bWU6cEBzcw=="),)


@pytest.mark.parametrize(
    "content",
    [
        FEED.replace("https://", "https://me:pass@"),
        FEED + 'headers = { "Authorization" = "Bearer abc" }\n',
        FEED + 'params = { apikey = "abc" }\n',
        FEED + 'auth = { user = "me", password = "abc" }\n',
        FEED + 'proxy = "http://me:pass@127.0.0.1:3128"\n',
        FEED + '[settings]\nproxy = "http://me:pass@127.0.0.1:3128"\n',
    ],
)
def test_a_password_that_everyone_may_read_is_warned_of(tmp_path: Path, content: str) -> None:
    path = written(tmp_path, content)
    path.chmod(0o644)
    [warning] = load_feed_list(path, {}).warnings
    assert f"chmod 600 {path}" in warning
    path.chmod(0o600)
    assert load_feed_list(path, {}).warnings == ()


def test_keys_logins_and_proxies_come_from_the_environment(tmp_path: Path) -> None:
    content = """
[settings]
proxy = "http://me:${PASS}@proxy.example:3128"
contact = "me@mail.example"
""" + "".join(
        FEED.replace("news", name) + more
        for name, more in (
            ("a", 'params = { apikey = "env:KEY", lang = "en" }\nauth = { token = "env:KEY" }\n'),
            ("b", 'auth = { user = "me", password = "${PASS}" }\nproxy = "none"\n'),
        )
    )  # fmt: skip
    path = written(tmp_path, content)
    path.chmod(0o644)
    listed = load_feed_list(path, {"KEY": "s3cret", "PASS": "pw"})
    one, two = listed.feeds
    assert listed.settings.proxy == "http://me:pw@proxy.example:3128"
    assert listed.settings.contact == "me@mail.example"
    assert one.params == (("apikey", "s3cret"), ("lang", "en"))
    assert one.headers == (("Authorization", "Bearer s3cret"),)
    assert two.headers == (("Authorization", "Basic bWU6cHc="),)
    assert (one.proxy, two.proxy) == (None, "")
    assert listed.warnings == ()  # nothing secret stands in the file


def test_a_file_of_certificates_is_found_beside_the_list_and_watched_with_it(tmp_path: Path) -> None:
    (tmp_path / "own.pem").write_text(Path(certifi.where()).read_text())
    listed = load_feed_list(written(tmp_path, FEED + 'ca_file = "own.pem"\n'), {})
    assert listed.feeds[0].ca_file == str(tmp_path / "own.pem")
    assert str(tmp_path / "own.pem") in listed.files


@pytest.mark.parametrize(
    ("start", "end", "quiet"),
    [
        ("22:00", "07:00", ["22:00", "23:59", "00:00", "06:59"]),
        ("12:00", "13:30", ["12:00", "13:29"]),
        ("00:00", "00:00", []),
    ],
)
def test_quiet_hours_hold_from_their_start_to_their_end_over_midnight_too(
    start: str, end: str, quiet: list[str]
) -> None:
    hours = QuietHours(start, end)
    times = ("22:00", "23:59", "00:00", "06:59", "07:00", "12:00", "13:29", "13:30", "21:59")
    zone = ZoneInfo("Europe/Vilnius")
    held = [
        time
        for time in times
        if hours.hold(datetime.fromisoformat(f"2026-03-01T{time}").replace(tzinfo=zone))
    ]
    assert held == quiet


def test_a_page_without_a_feed_is_listed_with_its_selectors(tmp_path: Path) -> None:
    more = 'kind = "page"\nselector = "table tr"\nparts = { date = "td:first-child", summary = "p" }\n'
    [feed] = load_feed_list(written(tmp_path, FEED + more), {}).feeds
    assert feed.page == PagePlan("table tr", date="td:first-child", summary="p")


def test_a_missing_file_a_folder_and_a_pipe_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(FeedListError, match=r"no such file; make one with `overflight feeds edit`"):
        load_feed_list(tmp_path / "none.toml", {})
    with pytest.raises(FeedListError, match="is a folder"):
        load_feed_list(tmp_path, {})
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FeedListError, match="not a plain file"):
        load_feed_list(tmp_path / "pipe", {})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, FEED)
    path.chmod(0)
    with pytest.raises(FeedListError, match="may not be read by you"):
        load_feed_list(path, {})


def test_the_users_copy_is_private_and_never_overwritten(tmp_path: Path) -> None:
    shipped, target = written(tmp_path, FEED), tmp_path / "mine" / "feeds.toml"

    assert write_user_copy(shipped, target) is True
    assert target.read_text() == FEED
    assert target.stat().st_mode & 0o777 == 0o600
    target.write_text("edited")
    assert write_user_copy(shipped, target) is False
    assert target.read_text() == "edited"
