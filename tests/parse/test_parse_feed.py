"""One body to entries: formats, identities, links, dates, encodings, and what is no feed at all."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.parse.samples import FEED, rss, titled
from tui.domain.entry import Entry, entry_key, text_hash
from tui.domain.feed import FeedKind
from tui.feeds.entries import NO_TITLE
from tui.feeds.parse import MOST_ENTRIES, FeedDocument, NotAFeed, parse_feed

SEARCH = replace(FEED, kind=FeedKind.SEARCH, publisher="Google News")
ITEM = "<title>Drone over Vilnius</title><link>/a?x=1&amp;y=2</link><guid isPermaLink='false'>g1</guid>"


def document(body: bytes, content_type: str = "", feed: object = FEED) -> FeedDocument:
    parsed = parse_feed(body, feed, content_type)  # type: ignore[arg-type]  # a Feed, replaced
    assert isinstance(parsed, FeedDocument), parsed
    return parsed


def only(body: bytes, content_type: str = "", feed: object = FEED) -> Entry:
    [entry] = document(body, content_type, feed).entries
    return entry


def refused(body: bytes, content_type: str = "") -> str:
    parsed = parse_feed(body, FEED, content_type)
    assert isinstance(parsed, NotAFeed), parsed
    return parsed.reason


def test_an_item_becomes_an_entry_with_its_link_resolved_and_its_text_clean() -> None:
    entry = only(
        rss(
            f"{ITEM}<description>&lt;p&gt;One.&lt;/p&gt;Two &amp;amp; three</description><pubDate>Sat, 22 Nov 2025 05:04:28 CET</pubDate>"
        )
    )

    url, summary = "https://news.example/a?x=1&y=2", "One.\nTwo & three"
    assert entry == Entry(
        key=entry_key(FEED.url, "g1"),
        feed_url=FEED.url,
        identity="g1",
        url=url,
        title="Drone over Vilnius",
        summary=summary,
        hash=text_hash("Drone over Vilnius", summary, url),
        published=datetime(2025, 11, 22, 4, 4, 28, tzinfo=UTC),
        published_raw="Sat, 22 Nov 2025 05:04:28 CET",
        zone_assumed=False,
        publisher="News Example",
        lang=None,
        aliases=(
            entry_key(FEED.url, f"g1 {url}"),
            entry_key(FEED.url, f"g1 {url} {text_hash('Drone over Vilnius', summary, url)}"),
        ),
    )


def test_an_atom_feed_is_read_with_its_alternate_link_and_language() -> None:
    body = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="pl" xml:base="https://b.example/x/">
      <title>Feed</title><entry><title type="html">&lt;b&gt;Dron&lt;/b&gt;</title><id>tag:1</id>
      <link rel="self" href="https://c.example/"/><link href="story.html"/><updated>2025-11-22T05:04:28+01:00</updated>
      <summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A</p><script>x</script><p>B</p></div></summary></entry></feed>"""
    entry = only(body)
    assert document(body).format == "atom10"
    assert (entry.title, entry.summary, entry.lang, entry.identity) == ("Dron", "A\nB", "pl", "tag:1")
    assert entry.url == "https://b.example/x/story.html"
    assert entry.published == datetime(2025, 11, 22, 4, 4, 28, tzinfo=UTC)


def test_rdf_is_read_with_the_date_of_dublin_core() -> None:
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>F</title></channel>
      <item rdf:about="https://news.example/1"><title>T</title><link>https://news.example/1</link><dc:date>2025-11-22T05:04:28+09:00</dc:date></item></rdf:RDF>"""
    entry = only(body)
    assert document(body).format == "rss10"
    assert entry.identity == "https://news.example/1"
    assert entry.published == datetime(2025, 11, 21, 20, 4, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        ("<pubDate>nonsense</pubDate><dc:date>2025-11-22T05:04:28Z</dc:date>", datetime(2025, 11, 22, 5, 4, 28, tzinfo=UTC)),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", None),
        ("<pubDate>nonsense</pubDate>", None),
        ("", None),
        ("<pubDate>Sat, 22 Nov 2125 05:04:28 GMT</pubDate>", datetime(2125, 11, 22, 5, 4, 28, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_the_first_date_that_can_be_read_counts(dates: str, published: datetime | None) -> None:
    assert only(rss(ITEM + dates)).published == published


def test_a_date_without_a_zone_says_so() -> None:
    assert only(rss(f"{ITEM}<pubDate>22.11.2025 05:04</pubDate>")).zone_assumed


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a.example/\x7f", "http://[::1/", "mailto:x@a.example"],
)  # fmt: skip
def test_a_link_that_no_browser_should_get_is_left_out_and_the_story_kept(link: str) -> None:
    entry = only(rss(f"<title>T</title><link>{link}</link><guid isPermaLink='false'>g</guid>"))
    assert (entry.title, entry.url) == ("T", "")


def test_identity_is_the_guid_else_the_link_else_the_text() -> None:
    entries = document(
        rss(
            titled("A", "g1"),
            "<title>B</title><link>https://news.example/b</link>",
            "<title>C</title><description>text</description>",
            "<title>D</title><description>text</description>",
        )
    ).entries
    assert [entry.identity for entry in entries[:2]] == ["g1", "https://news.example/b"]
    assert entries[2].identity.startswith("text ")
    assert len({entry.key for entry in entries}) == 4


def test_one_guid_for_all_items_loses_none_and_is_the_same_on_every_poll() -> None:
    items = [
        f"<title>Story {n}</title><link>https://news.example/{n}</link><guid>same</guid>" for n in range(20)
    ]
    first = document(rss(*items)).entries
    assert len({entry.key for entry in first}) == 20
    shuffled = document(rss(*reversed(items))).entries
    assert {entry.key for entry in shuffled} == {entry.key for entry in first}


def test_one_guid_and_one_link_are_told_apart_by_their_text() -> None:
    items = [f"<title>Story {n}</title><link>https://news.example/</link><guid>same</guid>" for n in range(5)]
    assert len({entry.key for entry in document(rss(*items)).entries}) == 5


def test_an_item_that_is_there_twice_is_one_entry() -> None:
    assert [entry.identity for entry in document(rss(titled("A"), titled("A"))).entries] == ["g1"]


def test_a_guid_of_any_length_and_kind_can_be_stored() -> None:
    long, odd = "x" * 100_000, "tag:\u202ea\u200b\u0301"
    entries = document(
        rss(f"<title>A</title><guid>{long}</guid>", f"<title>B</title><guid>{odd}</guid>")
    ).entries
    assert all(entry.identity.isprintable() and len(entry.identity) <= 500 for entry in entries)


@pytest.mark.parametrize("scheme", ["https", "ftp"])
def test_a_password_in_a_link_is_nowhere_in_the_entry(scheme: str) -> None:
    link = f"{scheme}://user:hunter2@news.example/1"
    for item in (f"<title>A</title><link>{link}</link>", f"<title>A</title><guid>{link}</guid>"):
        assert "hunter2" not in repr(only(rss(item)))


def test_an_untitled_item_is_known_by_its_first_words() -> None:
    entries = document(
        rss("<title> </title><description>Drone seen over the port</description>", "<guid>g</guid>")
    ).entries
    assert [entry.title for entry in entries] == ["Drone seen over the port", NO_TITLE]


def test_the_longer_text_is_taken_where_the_summary_only_repeats_the_title() -> None:
    entry = only(
        rss(
            "<title>Same</title><description>Same</description><content:encoded>The whole story</content:encoded>"
        )
    )
    assert entry.summary == "The whole story"


def test_texts_are_clipped() -> None:
    entry = only(rss(f"<title>{'t' * 5000}</title><description>{'word ' * 50_000}</description>"))
    assert (len(entry.title), len(entry.summary) <= 4000) == (300, True)


def test_only_the_newest_five_hundred_are_taken_in_the_order_of_the_feed() -> None:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    items = [
        f"{titled(f'Story {n}', f'g{n}')}<pubDate>{start + timedelta(hours=n):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        for n in range(MOST_ENTRIES + 100)
    ]
    assert [entry.identity for entry in document(rss(*items)).entries] == [
        f"g{n}" for n in range(100, MOST_ENTRIES + 100)
    ]


def test_a_search_feed_names_the_publisher_of_each_item_and_loses_the_suffix() -> None:
    items = (
        "<title>Drone shuts airport - The Daily - The Daily</title><guid>1</guid><source url='https://d.example'>The Daily</source>",
        "<title>Jets up - Herald</title><guid>2</guid>",
        "<title>No dash</title><guid>3</guid>",
    )
    entries = document(rss(*items), feed=SEARCH).entries
    assert [(entry.title, entry.publisher) for entry in entries] == [
        ("Drone shuts airport - The Daily", "The Daily"),
        ("Jets up", "Herald"),
        ("No dash", "Google News"),
    ]


def test_a_search_that_leads_to_the_publishers_own_pages_is_told_by_their_sites() -> None:
    items = (
        "<title>Drone shuts airport - what we know</title><link>https://www.daily.example/a</link>",
        "<title>Jets up</title><link>https://m.herald.example/b</link>",
        "<title>No link</title><guid isPermaLink='false'>3</guid>",
    )
    entries = document(rss(*items), feed=replace(SEARCH, publisher="GDELT")).entries
    assert [(entry.title, entry.publisher) for entry in entries] == [
        ("Drone shuts airport - what we know", "daily.example"),
        ("Jets up", "m.herald.example"),
        ("No link", "GDELT"),
    ]


def test_a_search_feeds_list_of_headlines_is_no_summary() -> None:
    links = '<ol><li><a href="x">Jets up</a>&nbsp;&nbsp;<font color="#6f6f6f">Herald</font></li><li><a href="y">Jets rise</a> Post</li></ol>'
    item = f"<title>Jets up - Herald</title><guid>2</guid><description><![CDATA[{links}]]></description>"
    assert only(rss(item), feed=SEARCH).summary == ""
    told = "<title>Jets up - Herald</title><guid>2</guid><description>Two aircraft rose.</description>"
    assert only(rss(told), feed=SEARCH).summary == "Two aircraft rose."


def test_any_other_feed_is_not_believed_about_its_publisher() -> None:
    entry = only(
        rss("<title>Jets up - Reuters</title><guid>1</guid><source url='https://r.example'>Reuters</source>")
    )
    assert (entry.title, entry.publisher) == ("Jets up - Reuters", "News Example")


@pytest.mark.parametrize(
    ("channel", "ttl"),
    [
        ("<ttl>45</ttl>", timedelta(minutes=45)),
        ("<ttl>99999999</ttl>", timedelta(days=7)),
        ("<ttl>soon</ttl>", None),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            timedelta(hours=6),
        ),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(hours=1)),
        ("", None),
    ],
)
def test_how_often_a_feed_wants_to_be_polled_is_told(channel: str, ttl: timedelta | None) -> None:
    assert document(rss(ITEM, channel=channel)).wishes.ttl == ttl


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Łódź"),
        ("iso-8859-1", "Zürich"),
        ("windows-1251", "Дрон"),
        ("koi8-r", "Дрон"),
        ("shift_jis", "無人機"),
        ("euc-jp", "無人機"),
        ("gb2312", "无人机"),
        ("big5", "無人機"),
        ("euc-kr", "드론"),
        ("utf-16", "Дрон"),
        ("iso-8859-7", "Αθήνα"),
    ],
)
def test_encodings_of_the_list_are_read_by_declaration_and_by_the_servers_word(
    encoding: str, text: str
) -> None:
    body = rss(titled(text)).decode().replace('encoding="utf-8"', f'encoding="{encoding}"').encode(encoding)
    assert only(body).title == text
    if encoding != "utf-16":
        unlabelled = rss(titled(text)).decode().replace(' encoding="utf-8"', "").encode(encoding)
        assert only(unlabelled, f"text/xml; charset={encoding}").title == text


def test_valid_utf_8_is_utf_8_whatever_the_server_says() -> None:
    parsed = document(rss(titled("Łódź")), "text/xml; charset=iso-8859-1")
    assert (parsed.entries[0].title, parsed.damaged) == ("Łódź", None)


@pytest.mark.parametrize("charset", ["utf-7", "punycode", "undefined", "idna", "\xff"])
def test_a_servers_charset_that_is_not_on_the_list_is_ignored(charset: str) -> None:
    assert only(rss(titled("Drone")), f"text/xml; charset={charset}").title == "Drone"


@pytest.mark.parametrize("encoding", ["utf-7", "punycode", "undefined", "rot13", "idna", "x\x1b[31m"])
def test_a_document_in_an_encoding_that_is_not_on_the_list_is_refused(encoding: str) -> None:
    reason = refused(rss(titled("+ABs-")).replace(b"utf-8", encoding.encode()))
    assert reason.startswith("names an encoding that is not read")
    assert reason.isprintable()


def test_a_wrong_label_is_mended_and_told() -> None:
    parsed = document(rss(titled("Zürich")).decode().encode("latin-1"))
    assert parsed.entries[0].title == "Zürich"
    assert parsed.damaged == "is not in the encoding it names, read as windows-1252"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Drone &#xD83D; up", "Drone \ufffd up"),
        ("Drone &#56832;&#x0DFFF; up", "Drone \ufffd\ufffd up"),
        ("Drone &#xD83D;&#xDE01; up", "Drone 😁 up"),
        ("Drone &#55357;&#56833; up", "Drone 😁 up"),
    ],
)
def test_references_to_halves_of_characters_are_joined_or_made_visible_and_told(
    written: str, title: str
) -> None:
    found = document(rss(titled(written), titled("Another", "g2")))
    assert [entry.title for entry in found.entries] == [title, "Another"]
    assert found.damaged == "holds references to halves of characters"


def test_what_is_not_well_formed_is_salvaged_and_told_with_its_line() -> None:
    parsed = document(rss(titled("A & B"), titled("<b>C", "g2")))
    assert [entry.title for entry in parsed.entries] == ["A & B", "C"]
    assert parsed.damaged is not None
    assert parsed.damaged.startswith("not well-formed at line 1:")


def test_a_feed_without_items_is_a_feed() -> None:
    assert document(rss()).entries == ()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "nothing at all"),
        (b" \r\n\t ", "nothing at all"),
        (b"\x00" * 100, "nothing at all"),
        (b"\xef\xbb\xbf", "nothing at all"),
        (b"<!DOCTYPE html><html><title>Log in</title></html>", "web page"),
        (b"<html><head></head><body><p>Hi</body>", "web page"),
        (b"<?xml version='1.0'?><opml version='2.0'><body/></opml>", "not RSS or Atom"),
        (b"<note>x</note>", "not RSS or Atom"),
        (b"/etc/hostname", "not RSS or Atom"),
        (b"http://127.0.0.1:1/", "not RSS or Atom"),
        (b"%PDF-1.4 ...", "not RSS or Atom"),
        (gzip.compress(b"<rss/>", mtime=0), "compressed bytes"),
        (b'{"error": "rate limited"}', "no valid JSON Feed"),
        (b"[1, 2", "no valid JSON Feed"),
        (b"[" * 200_000, "no valid JSON Feed"),
        (b"\x00\x00\xfe\xff\x00\x00\x00<", "encoding"),
        (rss(titled("x &#x110000;")), "could not be parsed"),
    ],
)
def test_what_is_no_feed_is_a_failure_with_a_reason_and_never_no_news(body: bytes, words: str) -> None:
    reason = refused(body)
    assert words in reason
    assert reason.isprintable()


def test_a_valid_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "News",
        "language": "et",
        "items": [
            {"id": 7, "url": "/7", "title": "Droon", "content_html": "<p>Tekst</p>", "date_published": "2025-11-22T05:04:28Z"},
            {"id": "8", "content_text": "Only text"},
        ],
    }  # fmt: skip
    parsed = document(json.dumps(feed).encode(), "application/feed+json")
    assert parsed.format == "json11"
    first, second = parsed.entries
    assert (first.identity, first.url, first.summary, first.lang) == (
        "7",
        "https://news.example/7",
        "Tekst",
        "et",
    )
    assert (second.identity, second.title) == ("8", "Only text")


@pytest.mark.parametrize("missing", ["version", "title", "items"])
def test_json_that_is_no_valid_json_feed_is_refused(missing: str) -> None:
    feed: dict[str, object] = {"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": []}
    del feed[missing]
    assert missing in refused(json.dumps(feed).encode())


@pytest.mark.parametrize(
    ("channel", "hours", "days"),
    [
        ("<skipHours><hour>0</hour><hour> 23 </hour><hour>24</hour></skipHours>", (0, 23), ()),
        ("<skipHours><hour>25</hour><hour>x</hour><hour>-1</hour></skipHours>", (), ()),
        ("<skipDays><day>Saturday</day><day>sunday</day><day>Doomsday</day></skipDays>", (), (5, 6)),
        ("<skipHours>" + "".join(f"<hour>{n}</hour>" for n in range(24)) + "</skipHours>", (), ()),
        ("<skipHours><hour>3</hour>", (), ()),
        ("<hour>3</hour>", (), ()),
    ],
)
def test_hours_and_days_to_skip_are_told(channel: str, hours: tuple[int, ...], days: tuple[int, ...]) -> None:
    wishes = document(rss(ITEM, channel=channel)).wishes
    assert (wishes.skip_hours, wishes.skip_days) == (hours, days)


def test_a_relative_link_is_relative_to_what_the_feed_says_else_to_where_it_came_from() -> None:
    item = "<title>A</title><link>story/1</link><guid isPermaLink='false'>1</guid>"
    there = parse_feed(rss(item), FEED, "", "https://new.example/deep/feed.xml")
    assert isinstance(there, FeedDocument)
    assert [entry.url for entry in there.entries] == ["https://new.example/deep/story/1"]
    based = rss(item).replace(b"<rss ", b"<rss xml:base='https://base.example/x/' ")
    said = parse_feed(based, FEED, "", "https://new.example/deep/feed.xml")
    assert isinstance(said, FeedDocument)
    assert [entry.url for entry in said.entries] == ["https://base.example/x/story/1"]
    assert [entry.key for entry in said.entries] == [entry.key for entry in there.entries]
    assert only(rss(item)).url == "https://news.example/rss/story/1"
