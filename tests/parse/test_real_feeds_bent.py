"""Feeds as publishers wrote them, bent at random, through the parse child: each is a feed or none, and the child goes on."""

import os
import random
from pathlib import Path

import pytest

from tests.parse.samples import FEED, rss, titled
from tui.pipeline.parse_child import ParseChild
from tui.pipeline.ports import Parsed, ParseFailed

FOLDER = (
    Path(os.environ.get("OVERFLIGHT_SHARED", Path(__file__).parents[3] / "shared"))
    / "data"
    / "external"
    / "captured_feeds"
)
BENT = 60
LARGEST = 300_000
SPITE = (
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"&#27;",
    b"&#xD800;",
    b"\x00",
    b"\xff\xfe",
    b"</channel>",
    b"<item>",
    b"&amp;#155;",
    b'"',
    b"<",
)


def bend(body: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut out, doubled, and tricks put in."""
    bent = bytearray(body)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(bent))
        match chance.randrange(4):
            case 0:
                bent[at : at + chance.randint(1, 8)] = chance.randbytes(chance.randint(0, 8))
            case 1:
                del bent[at : at + chance.randint(1, 2000)]
            case 2:
                bent[at:at] = bent[at : at + chance.randint(1, 2000)]
            case _:
                bent[at:at] = chance.choice(SPITE)
        if len(bent) < 10:
            break
    return bytes(bent)


@pytest.mark.skipif(not FOLDER.exists(), reason=f"{FOLDER} is not on this machine")
async def test_real_feeds_that_were_bent_are_feeds_or_none_and_the_next_ordinary_one_is_parsed() -> None:
    chance = random.Random(7)
    bodies = [
        path
        for path in sorted(FOLDER.rglob("*"))
        if path.suffix in {".xml", ".rss"} and path.stat().st_size < LARGEST
    ]
    child = ParseChild("tests.pipeline.reader:read_story")
    try:
        for _ in range(BENT):
            outcome = await child.parse(FEED, bend(chance.choice(bodies).read_bytes(), chance), "", FEED.url)
            assert isinstance(outcome, Parsed | ParseFailed)
            if isinstance(outcome, ParseFailed):
                assert outcome.reason.isprintable()
                continue
            for entry in outcome.entries:
                assert (entry.title + entry.summary.replace("\n", "")).isprintable()
        last = await child.parse(FEED, rss(titled("An ordinary headline")), "", FEED.url)
        assert isinstance(last, Parsed)
        assert [entry.title for entry in last.entries] == ["An ordinary headline"]
    finally:
        await child.aclose()
