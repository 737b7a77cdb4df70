"""Searches as feeds: the address that a query, a language and a region stand for."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tui.domain.feed import FeedKind
from tui.feeds.feed_fields import FieldError
from tui.feeds.feed_list import load_feed_list
from tui.feeds.search_address import SearchService, search_address


def _parts(service: SearchService, query: str, lang: str | None, region: str | None) -> dict[str, str]:
    address = urlsplit(search_address(service, query, lang, region))
    return {name: values[0] for name, values in parse_qs(address.query, strict_parsing=True).items()}


@pytest.mark.parametrize(
    ("lang", "region", "hl", "ceid"),
    [
        ("en", "GB", "en-GB", "GB:en"),
        ("pl", "PL", "pl", "PL:pl"),
        ("nb", "NO", "no", "NO:no"),
        ("es", "ES", "es", "ES:es"),
        ("es", "MX", "es-419", "MX:es-419"),
        ("pt", "BR", "pt-BR", "BR:pt-419"),
        ("zh-Hant", "TW", "zh-TW", "TW:zh-Hant"),
        ("ru", "LT", "ru", "LT:ru"),
    ],
)
def test_google_is_asked_for_an_edition_and_the_last_day(lang: str, region: str, hl: str, ceid: str) -> None:
    parts = _parts(SearchService.GOOGLE_NEWS, '"air space" OR drón & més', lang, region)
    assert parts == {"q": '"air space" OR drón & més when:1d', "hl": hl, "gl": region, "ceid": ceid}


def test_a_time_in_the_query_is_left_as_it_is() -> None:
    assert _parts(SearchService.GOOGLE_NEWS, "drone when:7d", "en", "US")["q"] == "drone when:7d"


def test_gdelt_is_asked_for_a_language_and_a_country_and_for_a_feed() -> None:
    parts = _parts(SearchService.GDELT, '"spy balloon"', "en", "US")
    assert parts["query"] == '"spy balloon" sourcelang:english sourcecountry:unitedstates'
    assert (parts["format"], parts["mode"], parts["timespan"]) == ("rss", "artlist", "1d")
    assert _parts(SearchService.GDELT, "drone", None, None)["query"] == "drone"
    with pytest.raises(FieldError, match="no language that GDELT knows"):
        search_address(SearchService.GDELT, "drone", "xx", None)


def test_a_search_in_the_list_is_a_feed_that_is_asked_every_hour(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(
        '[[feed]]\nkind = "search"\nservice = "google-news"\nname = "Mine"\nquery = "dron*"\nlang = "pl"\nregion = "PL"\n'
    )
    [feed] = load_feed_list(path, {}).feeds
    assert feed.url == search_address(SearchService.GOOGLE_NEWS, "dron*", "pl", "PL")
    assert (feed.kind, feed.publisher, feed.every) == (FeedKind.SEARCH, "Google News", timedelta(hours=1))
