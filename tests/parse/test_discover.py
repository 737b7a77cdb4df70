import time

import pytest

from tests.parse.samples import FEED
from tui.feeds.discover import MOST_NAMED, named_feeds
from tui.feeds.parse import NotAFeed, parse_feed

PAGE = "https://news.example/world/index.html"


def _named(*tags: str, url: str = PAGE) -> list[str]:
    return [feed.url for feed in named_feeds(f"<html><head>{''.join(tags)}</head></html>", url)]


LINKS = {
    '<link rel="alternate" type="application/rss+xml" title="All" href="/rss.xml">': "https://news.example/rss.xml",
    "<LINK HREF='feed/atom' TYPE='application/atom+xml' REL='Alternate home'/>": "https://news.example/world/feed/atom",
    "<link rel=alternate type=application/feed+json href=//cdn.example/f.json>": "https://cdn.example/f.json",
    '<link rel="alternate" type="text/xml; charset=utf-8" href="?feed=rss&amp;lang=pl#x">': (
        "https://news.example/world/index.html?feed=rss&lang=pl"
    ),
}


@pytest.mark.parametrize("link", LINKS)
def test_a_feed_that_a_page_declares_is_found_with_its_whole_address(link: str) -> None:
    assert _named(link) == [LINKS[link]]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" type="application/rss+xml" href="/x">',
        '<link rel="alternate" type="text/html" hreflang="de" href="/de/">',
        '<link rel="alternate" type="application/json" href="/wp-json/1">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="file:///etc/hostname">',
        '<link rel="alternate" type="application/rss+xml" href="http://[bad/">',
        '<link rel="alternate" type="application/rss+xml">',
        f'<link rel="alternate" type="application/rss+xml" href="{PAGE}">',
        '<link rel="alternate" type="application/rss+xml" href="/never-ends',
        '<linkage rel="alternate" type="application/rss+xml" href="/x">',
    ],
)
def test_what_is_no_feed_of_the_page_is_not_named(link: str) -> None:
    assert _named(link) == []


def test_a_base_counts_and_an_address_is_named_once() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="rss">'
    assert _named('<base href="https://base.example/a/">', link, link) == ["https://base.example/a/rss"]


def test_a_page_that_declares_none_is_searched_for_links_that_look_like_feeds() -> None:
    anchors = '<a href="/feeds/world.xml">World</a><a href="/rss">RSS</a><a href="/breeding/rssian">no</a><a href="/about">no</a>'
    assert _named(anchors) == ["https://news.example/feeds/world.xml", "https://news.example/rss"]
    declared = '<link rel="alternate" type="application/rss+xml" href="/one">'
    assert _named(anchors, declared) == ["https://news.example/one"]


def test_a_page_of_nothing_but_links_takes_no_time_and_names_so_many() -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="/{n}"' + " a" * 200 + ">"
        for n in range(5000)
    )
    began = time.process_time()
    assert len(_named(links)) == MOST_NAMED
    named_feeds("<link " * 200_000, PAGE)
    named_feeds("<a href=" + "'" * 500_000, PAGE)
    assert time.process_time() - began < 2


def test_a_web_page_in_place_of_a_feed_says_which_feed_it_names() -> None:
    page = b'<!doctype html><html><link rel="alternate" type="application/atom+xml" href="/new.atom"></html>'
    failed = parse_feed(page, FEED, "text/html", "https://news.example/old")
    assert isinstance(failed, NotAFeed)
    assert failed.named == ("https://news.example/new.atom",)
    assert "https://news.example/new.atom" in failed.reason
