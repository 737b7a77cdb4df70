"""Feeds bent at random: every one is a feed or no feed, clean, and never an exception."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parse.samples import FEED, rss, titled
from tui.feeds.parse import FeedDocument, NotAFeed, parse_feed

SEEDS = (
    rss(
        titled("Drone over Vilnius") + "<description>&lt;p&gt;Łódź &amp;amp; more&lt;/p&gt;</description><pubDate>Sat, 22 Nov 2025 05:04:28 CET</pubDate>",
        "<title>B</title><content:encoded><![CDATA[<b>x</b><script>y</script>]]></content:encoded><source url='x'>S</source><category>c</category>",
        channel="<ttl>5</ttl><language>pl</language><image><url>x</url></image>",
    ),
    b"""<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "b">]><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="pl" xml:base="https://b.example/">
    <entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a &a;</div></title><id>1</id><link href="x"/><updated>2025-11-22T05:04:28Z</updated>
    <content type="application/octet-stream">YWJj</content><author><email>a@b.example</email></author></entry></feed>""",
    b'{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[{"id":"1","title":"x","content_html":"<p>y","date_published":"2025"}]}',
)  # fmt: skip
SPITE = st.sampled_from(
    [b"\x1b[31m", b"\x00", b"&#27;", b"&#xD800;", b"&#x110000;", b"]]>", b"<![CDATA[", b"<!--", b"<", b">", b"&", b'"', b"\xff\xfe",
     b"\xe2\x80\xae", b"<item>", b"</item>", b"</channel>", b"<entry>", b"</feed>", b"<title>", b"encoding='utf-7'", b"&a;", b"&amp;#27;",
     b"\xf3\xa0\x81\x81", b"\xc2\x9b", b"\xed\xa0\x80", b"xmlns:x='y' ", b"x:", b"<guid>", b"http://[", b"\\u0000", b"\\ud800", b"{", b"["],
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(SPITE, st.binary(max_size=6))), max_size=12
)


@settings(max_examples=400, deadline=None)
@given(seed=st.sampled_from(SEEDS), edits=EDITS, content_type=st.one_of(st.just(""), st.text(max_size=40)))
def test_a_bent_feed_is_a_feed_or_not_and_clean(
    seed: bytes, edits: list[tuple[float, int, bytes]], content_type: str
) -> None:
    body = bytearray(seed)
    for place, cut, put in edits:
        at = int(place * len(body))
        body[at : at + cut] = put

    parsed = parse_feed(bytes(body), FEED, content_type)

    if isinstance(parsed, NotAFeed):
        assert parsed.reason.isprintable()
        return
    assert isinstance(parsed, FeedDocument)
    assert len({entry.key for entry in parsed.entries}) == len(parsed.entries)
    for entry in parsed.entries:
        shown = (
            entry.title,
            entry.summary,
            entry.identity,
            entry.publisher,
            entry.published_raw,
            entry.lang or "",
        )
        for character in "".join(shown).replace("\n", ""):
            assert unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}
        assert all(text.encode() for text in shown if text)
        assert not entry.url or entry.url.startswith(("http://", "https://"))
        assert entry.published is None or entry.published.utcoffset() is not None
    assert all((text or "x").isprintable() for text in (parsed.title, parsed.damaged, parsed.format))
