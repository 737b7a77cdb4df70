"""The fast way through a feed gives what feedparser gives, or nothing at all."""

import os
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.corpus import made_feed
from tests.parse.samples import FEED, rss, titled
from tui.feeds import parse
from tui.feeds.decoding import Decoded, decode
from tui.feeds.parse import FeedDocument, NotAFeed, parse_feed
from tui.feeds.references import with_known_references
from tui.feeds.strict_feed import StrictFeed, strict_feed

SHARED = Path(os.environ.get("OVERFLIGHT_SHARED", Path(__file__).parents[3] / "shared")) / "data"
SLOW_ON_PURPOSE = ("051", "052", "053", "054")
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not on this machine")


def both_ways(body: bytes, content_type: str = "") -> tuple[FeedDocument, FeedDocument | NotAFeed] | None:
    """What the fast way makes of a body and what feedparser does; None when the fast way leaves it alone."""
    decoded = decode(body, content_type)
    if not isinstance(decoded, Decoded):
        return None
    text = decoded.text.strip("\ufffd \t\r\n")
    data = parse.as_utf8(text)
    ordinary = strict_feed(data)
    if ordinary is None:
        return None
    fast = parse.ordinary_document(ordinary, text, decoded, FEED, FEED.url)
    return fast, parse.salvaged_document(data, text, decoded, FEED, FEED.url)


def assert_same(body: bytes, content_type: str = "") -> bool:
    both = both_ways(body, content_type)
    if both is None:
        return False
    fast, slow = both
    assert isinstance(slow, FeedDocument)
    for one, other in zip(fast.entries, slow.entries, strict=True):
        assert one == other
    assert fast == slow
    return True


@pytest.mark.parametrize("start", range(0, 120, 20))
def test_made_up_feeds_of_every_script_encoding_and_date_style_read_the_same(start: int) -> None:
    feeds = [made_feed(number) for number in range(start, start + 20)]
    taken = [assert_same(feed.body, feed.content_type) for feed in feeds]
    assert sum(taken) >= 17  # the rest are those made ill-formed


def files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted((SHARED / folder).rglob("*")) if path.is_file())


@needs_shared
def test_other_parsers_test_feeds_and_captured_ones_read_the_same() -> None:
    taken = [
        assert_same(path.read_bytes())
        for path in files("external/feed_tests", "external/captured_feeds")
        if path.suffix not in {".gz", ".json"}
    ]
    assert sum(taken) > 0.7 * len(taken)


@needs_shared
def test_consecutive_captures_of_one_feed_read_the_same() -> None:
    with tarfile.open(
        SHARED / "external/captured_feeds/nyt_world_consecutive_2022-10-02_to_07.tar.gz"
    ) as archive:
        bodies = [archive.extractfile(member) for member in archive if member.isfile()][::10]
        taken = [assert_same(body.read()) for body in bodies if body is not None]
    assert len(taken) > 20
    assert all(taken)


@needs_shared
def test_hostile_feeds_read_the_same_or_are_left_alone() -> None:
    paths = [path for path in files("nasty/feeds") if not path.name.startswith(SLOW_ON_PURPOSE)]
    assert sum(assert_same(path.read_bytes()) for path in paths) > 10


TEXTS = (
    *("Drone over Vilnius", "", " two  words ", "R&amp;D &lt;b&gt;bold&lt;/b&gt;", "<![CDATA[<p>in CDATA</p>]]>", "a<!-- c -->b"),
    *("https://news.example/1?a=1&amp;b=2&amp;copy=3;", "/relative", "Zürich", "ZÃ¼rich", "&#146;quoted&#146;", "ドローン"),
    *("Mon, 23 Nov 2026 10:00:00 GMT", "2026-11-23T10:00:00Z", "gestern"),
)  # fmt: skip
ODD_TEXTS = ("<b>markup</b>", "<x:y>nested</x:y>", "http:///odd.example/")
NAMES = (
    *("title", "link", "guid", "id", "description", "summary", "content", "content:encoded", "pubDate", "published", "updated"),
    *("dc:date", "dc:title", "dc:description", "dc:creator", "dc:language", "dcterms:issued", "dcterms:created", "created"),
    *("author", "category", "comments", "source", "media:title", "media:description", "media:credit", "itunes:summary"),
    *("itunes:subtitle", "feedburner:origLink", "postId", "x:y", "modified", "issued", "url", "enclosure", "TITLE"),
)  # fmt: skip
ODD_NAMES = ("language", "ttl", "sy:updatePeriod", "image", "date", "textInput", "body", "links")
ATTRIBUTES = (
    *(' type="html"', ' type="text"', ' xml:lang="de"', ' lang="pt_BR"', ' isPermaLink="false"', ' isPermaLink="true"'),
    *(' rel="alternate" href="https://news.example/3" type="text/html"', ' rel="self" href="https://news.example/4"'),
    *(' rel="alternate" href="/5" type="application/json"', ' domain="d"', ' medium="image"', ' href="https://news.example/2"'),
)  # fmt: skip
ODD_ATTRIBUTES = (
    ' type="xhtml"',
    ' xml:base="/b/"',
    ' url="https://a.example/"',
    ' mode="escaped"',
    ' x:lang="fr"',
)


def mostly(usual: tuple[str, ...], odd: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.integers(0, 29).flatmap(lambda dice: st.sampled_from(usual if dice else odd))


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    name = draw(mostly(NAMES, ODD_NAMES))
    attributes = "" if draw(st.integers(0, 3)) else draw(mostly(ATTRIBUTES, ODD_ATTRIBUTES))
    inside = draw(mostly(TEXTS, ODD_TEXTS))
    if depth < 2 and draw(st.integers(0, 9)) == 0:
        wrapper = draw(st.sampled_from(["media:group", "media:content", "author", "x:z", "location"]))
        return f"<{wrapper}{attributes}>{draw(elements(depth + 1))}{draw(elements(depth + 1))}</{wrapper}>"
    return f"<{name}{attributes}>{inside}</{name}>"


EXAMPLES = 150
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:x="https://x.example/ns" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
)
LISTS = st.lists(st.one_of(elements(), elements(), st.just("<title>Story</title>")), max_size=7).map("".join)


def rss_of(head: str, items: list[str]) -> str:
    told = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {NAMESPACES}><channel>{head}{told}</channel></rss>'


def rdf_of(head: str, items: list[str]) -> str:
    told = "".join(
        f'<item rdf:about="https://news.example/{at}">{item}</item>' for at, item in enumerate(items)
    )
    return f'<rdf:RDF xmlns="http://purl.org/rss/1.0/" {NAMESPACES}><channel>{head}</channel>{told}</rdf:RDF>'


def atom_of(head: str, items: list[str]) -> str:
    told = "".join(f"<entry>{item}</entry>" for item in items)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en_GB" {NAMESPACES}>{head}{told}</feed>'


@pytest.mark.parametrize("write", [rss_of, rdf_of, atom_of])
def test_whatever_elements_an_item_puts_together_it_reads_the_same_or_is_left_alone(
    write: Callable[[str, list[str]], str],
) -> None:
    taken = 0

    @settings(max_examples=EXAMPLES, deadline=None, database=None)
    @given(
        LISTS,
        st.lists(LISTS, max_size=3),
    )
    def reads_the_same(head: str, items: list[str]) -> None:
        nonlocal taken
        taken += assert_same(write(head, items).encode())

    reads_the_same()
    assert taken > 15


@pytest.mark.parametrize(
    ("head", "item"),
    [
        ("<itunes:summary>a</itunes:summary><description>b</description>", "<description>c</description><description>d</description>"),
        ("<description>b</description><itunes:summary>a</itunes:summary>", "<description>c</description><description>d</description>"),
        ("<itunes:summary><b>a</b></itunes:summary>", "<description>c</description>"),
        ("", "<content:encoded>a</content:encoded><description>b</description><media:description>c</media:description>"),
        ("", "<media:content><media:description>a</media:description></media:content><description>b</description>"),
        ("", "<title>a</title><source url='u'>s</source><title>b</title>"),
        ("", "<guid>https://news.example/1</guid><link/>"),
        ("<title>a</title><image><title>b</title></image>", "<title>c</title>"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("write", [rss_of, atom_of])
def test_what_stands_earlier_in_a_feed_means_the_same_for_what_follows(
    write: Callable[[str, list[str]], str], head: str, item: str
) -> None:
    assert_same(write(head, [item, item]).encode())


REFERENCES = (
    *("&", " & ", "R&D", "&nbsp;", "&hellip;", "AT&T;", "&copy", "caf&eacute;s", "&x-y.z ", "&#xZ;", "a &lt b", "&amp", "&Omega;&"),
    *("&ThickSpace;", "&;", "&#;", "&amp;nbsp;", "&amp;&", "&#38; &", "&#8217; &", "&é;", "&1;"),
)  # fmt: skip


def assert_mended_same(body: bytes, content_type: str = "") -> bool:
    """What feedparser makes of the damaged feed; of a link it may be what feedparser makes of it put right."""
    both = both_ways(body, content_type)
    if both is None:
        return False
    fast, slow = both
    assert isinstance(slow, FeedDocument)
    if fast != slow:
        known = with_known_references(body)
        assert known is not None
        put_right = parse.salvaged_document(known, known.decode(), Decoded(known.decode()), FEED, FEED.url)
        assert isinstance(put_right, FeedDocument)
        assert fast == replace(put_right, damaged=slow.damaged)
        assert [(entry.title, entry.summary) for entry in fast.entries] == [
            (entry.title, entry.summary) for entry in slow.entries
        ]
    return True


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_ill_formed_feeds_read_as_feedparser_salvages_them(start: int) -> None:
    """Of the made-up feeds those that were made ill-formed; most of them go the fast way."""
    taken = []
    for number in range(start, start + 100):
        feed = made_feed(number)
        document = parse_feed(feed.body, FEED, feed.content_type)
        assert isinstance(document, FeedDocument)
        if document.damaged and document.damaged.startswith("not well-formed"):
            taken.append(assert_same(feed.body, feed.content_type))
    assert taken
    assert all(taken)


@needs_shared
@pytest.mark.parametrize("reference", REFERENCES)
def test_a_reference_that_xml_does_not_know_reads_as_feedparser_salvages_it(reference: str) -> None:
    taken = []
    # Each in another quarter of the feeds: feedparser takes its time.
    for path in [*files("external/feed_tests")][REFERENCES.index(reference) % 4 :: 4]:
        body = path.read_bytes()
        if path.suffix in {".gz", ".json"} or len(body) > 60_000 or b"utf-8" not in body[:100].lower():
            continue
        for end in (b"</title>", b"</description>", b"</summary>", b"</link>"):
            broken = body.replace(end, reference.encode() + end, 3)
            if broken != body:
                taken.append(assert_mended_same(broken))
    assert sum(taken) > 0.5 * len(taken)


@pytest.mark.parametrize("inside", ["?a=1&b=2", "?a=1&copy=3", "?a=1&amp;b=2&c=3", "?q=&eacute;"])
def test_a_bare_ampersand_in_an_attribute_reads_as_feedparser_salvages_it(inside: str) -> None:
    item = f'<title>Drone</title><link rel="alternate" href="https://news.example/{inside}"/>'
    assert assert_same(atom_of("", [item, item.replace("Drone", "Jet")]).encode())


@pytest.mark.parametrize("title", ["One", "R&D &nbsp;"])
def test_a_feed_cut_off_anywhere_reads_as_feedparser_salvages_it_or_is_left_alone(title: str) -> None:
    whole = rss(
        f"{titled(title, 'g1')}<category>c</category><description><![CDATA[<p>a</p>]]></description>",
        f"{titled('Two', 'g2')}<media:group xmlns:media='http://search.yahoo.com/mrss/'><media:title>m</media:title></media:group>",
    )
    assert sum(assert_same(whole[:end]) for end in range(len(whole))) > 5


@pytest.mark.parametrize("piece", [b"&", b"&nbsp;", b"<", b"<![CDATA[", b"&x", b"<a &"])
def test_a_body_of_odd_references_costs_what_its_length_says(piece: bytes) -> None:
    """Work that grew with the square of the length would not end within the time limit of a test."""
    body = rss(titled("Drone & co")).replace(b"Drone", piece * 500_000)
    found = strict_feed(body)
    assert found is None or len(found.items) == 1


def read(body: bytes) -> StrictFeed | None:
    return strict_feed(body)


def test_an_ordinary_feed_is_taken() -> None:
    taken = read(rss(titled("Drone over Vilnius")))
    assert taken is not None
    assert [item.title for item in taken.items] == ["Drone over Vilnius"]


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel><title>&a;</title></channel></rss>',
        b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd"><rss version="2.0"><channel/></rss>',
        rss(titled("One < two")),
        rss(titled("One & <b>two</b>")),
        rss(titled("One & two <![CDATA[three")),
        rss(titled("Markup <b>inside</b>")),
        rss(titled("Fine"), channel='<x:a xmlns:x="https://x.example/ ns"/>'),
        rss("<x>" * 60 + "</x>" * 60),
        rss(titled("Cut off"))[:-20],
        rss(titled("Cut off"), "<title>In a te")[:-30],
        b'<rss version="2.0"><channel><title>Cut off before the first item</title>',
        b"<html><body>no feed</body></html>",
        b"",
    ],
    ids=[
        "entity",
        "outer",
        "less",
        "ampersand",
        "open",
        "markup",
        "namespace",
        "deep",
        "cut",
        "cut in a text",
        "cut in the head",
        "page",
        "nothing",
    ],
)
def test_what_is_not_ordinary_is_left_to_feedparser(body: bytes) -> None:
    assert read(body) is None


@pytest.mark.parametrize("many", ["categories", "attributes", "text"])
def test_what_costs_feedparser_seconds_goes_the_fast_way(many: str) -> None:
    inside = {
        "categories": "".join(f"<category>c{number}</category>" for number in range(15_000)),
        "attributes": "<x " + " ".join(f'a{number}="1"' for number in range(10_000)) + "/>",
        "text": f"<author>{'a@' * 16_000}</author>",
    }[many]
    assert strict_feed(rss(titled("Drone") + inside)) is not None
