import pytest

from tui.domain.feed import Feed, FeedKind, PagePlan
from tui.feeds.opml import OpmlError, Outline, Refusal, feed_of, read_opml, write_opml

OURS = (
    Feed(
        "https://news.example/rss?a=1&b=2",
        'The "Daily" & <Co>',
        lang="zh-Hant",
        country="TW",
        publisher="Press Ltd",
        kind=FeedKind.AGENCY,
    ),
    Feed("http://two.example/", "Two", publisher="Two"),
)


def _opml(*outlines: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="1.0"><body>{"".join(outlines)}</body></opml>'.encode()


def test_what_is_written_is_read_again() -> None:
    assert tuple(feed_of(outline) for outline in read_opml(write_opml(OURS).encode())) == OURS


def test_no_secret_is_ever_written() -> None:
    feed = Feed("https://a.example/f", "A", headers=(("Authorization", "Bearer hush"),))
    assert "hush" not in write_opml([feed])


def test_feeds_in_folders_of_other_programs_are_found_and_folders_are_not() -> None:
    inner = '<outline text="A" xmlUrl=" https://a.example/f "/>'
    found = read_opml(_opml(f'<outline text="World"><outline text="deep">{inner}</outline></outline>'))
    assert found == (Outline("https://a.example/f", "A"),)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "exec:~/run",
        "filter:x:https://a.example",
        "|cmd",
        "-",
        "feed://a.example/f",
        "javascript:alert(1)",
        "https://",
        "https://me:secret@a.example/f",
        "https://a.example/${HOME}",
        "ftp://a.example/f",
    ],
)
def test_only_web_addresses_without_secrets_become_feeds(address: str) -> None:
    (outline,) = read_opml(_opml(f'<outline text="A" xmlUrl="{address}"/>'))
    refused = feed_of(outline)
    assert isinstance(refused, Refusal)
    assert "secret" not in refused.reason


def test_what_a_stranger_writes_about_a_feed_is_made_plain_or_left_out() -> None:
    feed = feed_of(Outline("https://a.example/f", "A\x1b[31m\nB" + "x" * 500, "xx-!", "Poland", "", "spy"))
    assert isinstance(feed, Feed)
    assert feed.name.isprintable()
    assert len(feed.name) <= 100
    assert (feed.lang, feed.country, feed.kind) == (None, None, FeedKind.NATIONAL)
    assert feed.allow_private is False
    nameless = feed_of(Outline("https://a.example/f", " "))
    assert isinstance(nameless, Feed)
    assert nameless.name == "a.example"


BAD = {
    b"": "not well-formed",
    b"<opml><body>": "not well-formed",
    b"<rss/>": "no OPML but <rss>",
    b'<!DOCTYPE opml [<!ENTITY a "b">]><opml/>': "document type",
    b"<opml>" + b"<outline>" * 60: "too deeply",
    b'<?xml version="1.0" encoding="utf-7"?><opml/>': "encoding",
    b" " * (8 * 1024 * 1024 + 1): "larger than 8 MB",
}


@pytest.mark.parametrize("content", BAD, ids=range(len(BAD)))
def test_what_is_no_list_of_feeds_is_refused_in_plain_words(content: bytes) -> None:
    with pytest.raises(OpmlError, match=BAD[content]):
        read_opml(content)


def test_a_page_without_a_feed_is_in_no_list_of_feeds() -> None:
    page = Feed("https://m.example/list", "Page", kind=FeedKind.PAGE, page=PagePlan("li"))
    assert "m.example" not in write_opml([page])
    written = '<opml version="2.0" xmlns:overflight="https://overflight.example/opml"><body><outline xmlUrl="https://m.example/list" overflight:kind="page"/></body></opml>'
    made = feed_of(read_opml(written.encode())[0])
    assert isinstance(made, Feed)
    assert made.kind is FeedKind.NATIONAL
