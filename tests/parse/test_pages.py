"""Web pages without a feed: a table of daily tallies and a list of press releases, in our own words."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.domain.entry import Entry, StoryText
from tui.domain.feed import Feed, FeedKind, PagePlan
from tui.feeds.parse import FeedDocument, NotAFeed, parse_feed
from tui.reading.reader import read_story

PAGES = Path(__file__).parent / "pages"
TALLY = Feed(
    "https://ministry.example/air/list.aspx",
    "Tally",
    lang="en",
    country="TW",
    kind=FeedKind.PAGE,
    page=PagePlan("table.tally tbody tr", date="td.date", summary="p"),
)
PRESS = Feed(
    "https://staff.example/press/",
    "Press",
    lang="ja",
    country="JP",
    kind=FeedKind.PAGE,
    page=PagePlan("ul.press li"),
)


def _page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def _entries(page: str | bytes, feed: Feed = TALLY, content_type: str = "text/html") -> tuple[Entry, ...]:
    document = _document(page, feed, content_type)
    assert isinstance(document, FeedDocument), document
    return document.entries


def _document(
    page: str | bytes, feed: Feed = TALLY, content_type: str = "text/html"
) -> FeedDocument | NotAFeed:
    return parse_feed(page if isinstance(page, bytes) else page.encode(), feed, content_type)


def test_each_row_of_a_table_is_an_entry_with_its_day_its_link_and_its_words() -> None:
    document = _document(_page("tally_table.html"))
    assert isinstance(document, FeedDocument)
    assert (document.title, document.format, document.damaged) == (
        "Ministry – air and sea activity",
        "page",
        None,
    )
    first, second, third = document.entries
    assert first.title == "PLA aircraft and vessels around Taiwan"
    assert first.summary.startswith("Up to 0600 today 14 PLA aircraft were detected;")
    assert first.url == "https://ministry.example/air/detail.aspx?id=1203"
    assert first.published == datetime(2026, 3, 3, tzinfo=UTC)
    assert first.zone_assumed
    assert "<north>" in second.summary  # what looks like a tag in a text is none
    assert "alert" not in third.summary


def test_a_list_in_the_pages_own_encoding_is_read_without_selectors_for_its_parts() -> None:
    entries = _entries(_page("press_list.html").encode("shift_jis"), PRESS)
    assert [entry.title for entry in entries] == [
        "ロシア機の日本海における飛行について（緊急発進）",
        "中国無人機の与那国島付近における飛行について",
        "3月1日 訓練の実施について",
    ]
    assert entries[0].url == "https://staff.example/press/pdf/p20260303_01.pdf"
    assert entries[0].published == datetime(2026, 3, 3, tzinfo=UTC)
    assert entries[2].url == PRESS.url  # it has no link of its own
    assert len({entry.key for entry in entries}) == 3


def test_a_tally_corrected_during_the_day_is_another_wording_of_the_same_entry() -> None:
    page = _page("tally_table.html")
    before, after = _entries(page), _entries(page.replace("14 PLA aircraft", "16 PLA aircraft"))
    assert [entry.key for entry in before] == [entry.key for entry in after]
    assert before[0].hash != after[0].hash
    assert before[1].hash == after[1].hash


def test_a_page_with_one_tally_gives_a_new_entry_each_day_though_its_link_stays() -> None:
    def day(date: str, count: int) -> str:
        return f'<div class="today"><b>{date}</b><a href="map.png">Map</a><p>{count} aircraft</p></div>'

    feed = replace(TALLY, page=PagePlan("div.today", title="p", date="b"))
    [one], [same], [other] = (_entries(day(*tally), feed) for tally in (("3 March 2026", 4), ("3 March 2026", 5), ("4 March 2026", 4)))  # fmt: skip
    assert one.key == same.key != other.key
    assert (one.title, same.title) == ("4 aircraft", "5 aircraft")


@pytest.mark.parametrize("href", ["javascript:__doPostBack('7','')", "#", ""])
def test_what_only_a_script_could_open_is_found_on_the_page_itself(href: str) -> None:
    rows = "".join(
        f'<tr><td class="date">2026-03-0{day}</td><td><a href="{href}">Tally</a></td></tr>' for day in (1, 2)
    )
    entries = _entries(f'<table class="tally">{rows}</table>')
    assert [entry.url for entry in entries] == [TALLY.url] * 2
    assert len({entry.key for entry in entries}) == 2


def test_rows_added_above_leave_the_others_what_they_were() -> None:
    page = _page("tally_table.html")
    row = '<tbody><tr><td class="date">2026/03/04</td><td><a href="detail.aspx?id=1204">PLA aircraft and vessels around Taiwan</a></td></tr>'
    assert {entry.key for entry in _entries(page)} < {
        entry.key for entry in _entries(page.replace("<tbody>", row))
    }


def test_a_selector_that_finds_nothing_is_a_failure_told_with_what_to_do() -> None:
    for page in ("<html><body>Please log in</body></html>", "", "{}", "<table class='tally'></table>"):
        refused = _document(page)
        assert isinstance(refused, NotAFeed)
        assert refused.reason == (
            "answered with a page in which the selector 'table.tally tbody tr' finds nothing; it may have been "
            "rebuilt: look at it, and mend selector in feeds.toml"
        )


def test_dates_that_cannot_be_read_leave_the_entries_and_are_told() -> None:
    document = _document(_page("tally_table.html").replace("2026/03/0", "day "))
    assert isinstance(document, FeedDocument)
    assert document.damaged == "no date can be read where 'td.date' points; mend date in feeds.toml"
    assert [entry.published for entry in document.entries] == [None] * 3


def test_a_page_of_a_hundred_thousand_rows_gives_five_hundred_entries() -> None:
    rows = "".join(
        f'<tr><td class="date">2026-01-01</td><td><a href="/{n}">{n} aircraft</a></td></tr>'
        for n in range(20_000)
    )
    assert len(_entries(f'<table class="tally">{rows}</table>')) == 500


def test_the_tally_is_read_as_what_it_tells() -> None:
    def read(entry: Entry, feed: Feed) -> StoryText:
        return StoryText(entry.key, entry.title, entry.summary, lang=feed.lang, feed_country=feed.country)

    tallies = [read_story(read(entry, TALLY), None) for entry in _entries(_page("tally_table.html"))]
    assert [reading.verdict.relevant for reading in tallies[:2]] == [True, True]
    assert tallies[0].reports[0].affected == ("TW",)
    press = _entries(_page("press_list.html").encode("shift_jis"), PRESS)
    assert [read_story(read(entry, PRESS), None).verdict.relevant for entry in press] == [True, True, False]
