"""Lists of feeds bent at random: each is a list or is refused in one message of words, and never an exception of another kind."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.feeds.feed_file import FeedListError
from tui.feeds.feed_list import load_feed_list

GOOD = """
[settings]
interval = "15m"
time_zone = "Europe/Vilnius"

[[feed]]
url = "https://news.example/rss.xml"
name = "News"
lang = "en"
country = "PL"
kind = "national"
every = "10m"
headers = { "X-Key" = "a" }

[[feed]]
kind = "search"
service = "google-news"
query = "drone airspace"
lang = "en"
region = "GB"
name = "Search"


[keys]
search = "ctrl+f"
"""
SPITE = st.sampled_from(
    ["\x00", "\x1b[31m", '"', "'", "'''", "[", "]", "[[feed]]", "{", "}", "=", "\n", "nan", "inf", "-1", "1e999", "9" * 5000,
     "2026-02-30", "\\u001b", "\\ud800", "[" * 2000, "${HOME}", "file:///etc/passwd", "javascript:", "true", "a.b.c = 1\n", "#", "\ufeff", "é"]
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 30), st.one_of(SPITE, st.text(max_size=5))), max_size=8
)


@settings(max_examples=250, deadline=None)
@given(edits=EDITS)
def test_a_bent_list_is_a_list_or_is_refused_in_words(edits: list[tuple[float, int, str]]) -> None:
    text = GOOD
    for place, cut, put in edits:
        at = int(place * len(text))
        text = text[:at] + put + text[at + cut :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feeds.toml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            listed = load_feed_list(path)
        except FeedListError as problem:
            said = str(problem)
            assert said.isprintable()
            assert str(path) in said
            assert len(said) <= 1_000
        else:
            assert listed.feeds
            assert all(feed.url.startswith(("http://", "https://")) for feed in listed.feeds)


def test_the_list_that_is_bent_is_a_good_one(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert len(load_feed_list(path).feeds) == 2


def test_a_line_is_counted_as_an_editor_counts_it(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(
        GOOD.replace('"News"', '"News"  # one\u2028line, as \x85 makes none').replace('"10m"', '"10"'),
        encoding="utf-8",
    )
    with pytest.raises(FeedListError) as problem:
        load_feed_list(path)
    assert problem.value.line == GOOD[: GOOD.index('"10m"')].count("\n") + 1
