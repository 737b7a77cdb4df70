"""The corpus of hostile feeds through the parse child, each with the outcome that its manifest asks for."""

import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.parse.samples import FEED, rss, titled
from tui.domain.entry import Entry
from tui.pipeline.parse_child import ParseChild
from tui.pipeline.ports import Parsed, ParseFailed

ROOT = Path(__file__).parents[2]
NASTY = Path(os.environ.get("OVERFLIGHT_SHARED", ROOT.parent / "shared")) / "data" / "nasty"
pytestmark = pytest.mark.skipif(not NASTY.exists(), reason=f"{NASTY} is not on this machine")

# Bodies that may use up the time allowed: given up is as good as parsed.
COSTLY = ("nesting", "attrs", "categories", "author-redos")


def corpus() -> list[dict[str, object]]:
    if not NASTY.exists():
        return []
    return [
        case
        for case in json.loads((NASTY / "MANIFEST.json").read_text())
        if str(case.get("file", "")).startswith("feeds/")
    ]


def assert_plain(text: str) -> None:
    for character in text.replace("\n", ""):
        assert unicodedata.category(character) not in {"Cc", "Cs", "Co", "Cn"}, repr(text)
        assert not 0xE0000 <= ord(character) <= 0xE01EF
        assert character in "\u200c\u200d" or unicodedata.category(character) != "Cf", repr(text)


def assert_clean(entry: Entry) -> None:
    for text in (
        entry.title,
        entry.summary,
        entry.identity,
        entry.published_raw,
        entry.publisher,
        entry.lang or "",
    ):
        assert_plain(text)
    assert "\n" not in entry.title
    assert len(entry.title) <= 300
    assert len(entry.summary) <= 4000
    assert entry.url == "" or entry.url.startswith(("http://", "https://"))
    assert entry.url.isascii()
    assert "@" not in entry.url.split("/")[2:3]


@pytest.fixture(scope="module")
async def child() -> AsyncIterator[ParseChild]:
    parser = ParseChild("tests.parse.child_readers:plain")
    yield parser
    await parser.aclose()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("case", corpus(), ids=lambda case: str(case["file"])[6:].split(".")[0])
async def test_outcome_is_the_one_asked_for_and_an_ordinary_feed_is_parsed_right_after(
    child: ParseChild, case: dict[str, object]
) -> None:
    expected = case["expect"]
    assert isinstance(expected, dict)
    outcome = await child.parse(FEED, (NASTY / str(case["file"])).read_bytes(), "application/xml")

    if isinstance(outcome, ParseFailed):
        gave_up = outcome.reason.startswith("took longer") and any(
            name in str(case["file"]) for name in COSTLY
        )
        assert expected["outcome"] == "quarantine" or gave_up, outcome
        assert_plain(outcome.reason)
    else:
        assert ("salvage" if outcome.damaged else "ok") == expected["outcome"]
        assert expected["stories"] in {None, len(outcome.entries)}
        assert len({entry.key for entry in outcome.entries}) == len(outcome.entries)
        for entry in outcome.entries:
            assert_clean(entry)
    after = await child.parse(FEED, rss(titled("Drone over Vilnius")), "")
    assert isinstance(after, Parsed)
    assert len(after.entries) == 1


def parsed_here(name: str) -> tuple[Entry, ...]:
    from tui.feeds.parse import FeedDocument, parse_feed

    [path] = (NASTY / "feeds").glob(f"{name}-*")
    document = parse_feed(path.read_bytes(), FEED, "")
    assert isinstance(document, FeedDocument)
    return document.entries


def test_words_split_by_zero_width_characters_are_whole_again() -> None:
    [entry] = parsed_here("026")
    assert "drone" in entry.title.lower()
    assert "airport" in entry.title.lower()


def test_newlines_in_a_title_become_spaces() -> None:
    assert [entry.title for entry in parsed_here("099")] == ["Drone closes airport"]


def test_a_truncated_feed_and_the_whole_one_give_each_story_once() -> None:
    whole = rss(*(titled(f"Story {number}", f"g{number}") for number in range(30)))
    from tui.feeds.parse import FeedDocument, parse_feed

    cut, full = parse_feed(whole[: len(whole) // 2], FEED, ""), parse_feed(whole, FEED, "")
    assert isinstance(cut, FeedDocument)
    assert isinstance(full, FeedDocument)
    complete = cut.entries[:-1]
    assert complete
    assert {entry.key for entry in complete} <= {entry.key for entry in full.entries}


WATCHER = """
import sys
from pathlib import Path
from tui.domain.feed import Feed
from tui.feeds.parse import parse_feed
bodies = [path.read_bytes() for path in sorted(Path(sys.argv[1]).iterdir()) if path.name[:3] not in "051 052 053 054"]
parse_feed(bodies[0], Feed("https://a.example/", "x"), "")
def watch(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.system", "urllib.")):
        print(event, arguments)
    if event == "open" and not str(arguments[0]).endswith((".py", ".pyc", ".so")):
        print(event, arguments)
sys.addaudithook(watch)
for body in bodies:
    parse_feed(body, Feed("https://a.example/", "x"), "")
print("done")
"""


def test_no_body_makes_the_parser_open_a_file_or_a_connection() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WATCHER, str(NASTY / "feeds")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=100,
        check=False,
    )
    assert (ran.stdout, ran.stderr) == ("done\n", "")
