"""Documents made to cost memory, to open files, or to make a parser raise: a state in bounded time, always."""

import resource
import time
from pathlib import Path

import pytest

from tests.parse.samples import FEED, rss, titled
from tui.feeds.parse import FeedDocument, parse_feed
from tui.pipeline.parse_child import ParseChild
from tui.pipeline.ports import Parsed, ParseFailed

LAUGHS = '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 11)
)


def with_doctype(entities: str, title: str) -> bytes:
    told = rss(f"<title>{title}</title><guid>1</guid>").decode()
    head, body = told.split("?>", 1)
    return f"{head}?><!DOCTYPE rss [{entities}]>{body}".encode()


@pytest.mark.parametrize("ampersand", ["&", "&#38;", "&#x26;", "&#0038;"])
def test_a_billion_laughs_take_neither_a_second_nor_fifty_megabytes(ampersand: str) -> None:
    body = with_doctype(LAUGHS.replace("&", ampersand), "Drone &a10;")
    # What is loaded once does not count.
    parse_feed(with_doctype("<!ENTITY x '<b>'>", "Drone &x; & <b"), FEED, "")
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    found = parse_feed(body, FEED, "")
    assert time.process_time() - begun < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    for entry in found.entries if isinstance(found, FeedDocument) else ():
        assert len(entry.title) <= 300
        assert "haha" not in entry.title


@pytest.mark.parametrize(
    ("value", "read"), [("&#8364; 5", "€ 5"), ("&#x20ac;&#32;5", "€ 5"), ("five", "five")]
)
def test_an_entity_that_only_names_letters_is_read(value: str, read: str) -> None:
    found = parse_feed(with_doctype(f'<!ENTITY price "{value}">', "Drone for &price; euro"), FEED, "")
    assert isinstance(found, FeedDocument)
    assert [entry.title for entry in found.entries] == [f"Drone for {read} euro"]


@pytest.mark.parametrize("kind", ["SYSTEM 'file:///etc/hostname'", "PUBLIC '-//x' 'http://127.0.0.1:1/x'"])
def test_an_entity_from_outside_is_never_put_in(kind: str) -> None:
    found = parse_feed(with_doctype(f"<!ENTITY x {kind}>", "Drone &x; end"), FEED, "")
    name = Path("/etc/hostname").read_text(encoding="utf-8").strip()
    for entry in found.entries if isinstance(found, FeedDocument) else ():
        assert name not in entry.title
        assert entry.title.startswith("Drone")


AWKWARD = {
    "a reference beyond all characters": "x &#x110000; y",
    "a reference of five thousand digits": f"x &#{'9' * 5_000}; y",
    "half a character": "x &#xD800; y",
    "a backslash in an entity": "x &\\amp; y",
    "a zone that is none": "</title><georss:where xmlns:georss='http://www.georss.org/georss' "
    "xmlns:gml='http://www.opengis.net/gml'><gml:Point srsName='EPSG:x'><gml:pos>1 2</gml:pos></gml:Point>"
    "</georss:where><title>x",
    "open comments": "<!-- " * 20_000,
    "a login of an endless author": f"x</title><author>{'a@' * 14_000}</author><title>y",
    "ten thousand attributes": "<b " + " ".join(f"a{number}='1'" for number in range(10_000)) + ">x</b>",
    "a hundred thousand elements in each other": "<b>" * 100_000,
}


@pytest.mark.parametrize("what", AWKWARD)
async def test_what_breaks_or_stalls_a_parser_is_a_state_and_the_next_feed_is_read(what: str) -> None:
    child = ParseChild("tests.parse.child_readers:plain")
    try:
        outcome = await child.parse(FEED, rss(f"<title>{AWKWARD[what]}</title><guid>1</guid>"), "")
        if isinstance(outcome, ParseFailed):
            assert outcome.reason.isprintable()
        else:
            assert all(len(entry.title) <= 300 and entry.title.isprintable() for entry in outcome.entries)
        after = await child.parse(FEED, rss(titled("Drone over Vilnius")), "")
        assert isinstance(after, Parsed)
        assert [entry.title for entry in after.entries] == ["Drone over Vilnius"]
    finally:
        await child.aclose()
