"""Addresses of searches at news services, from a query, a language and a region."""

from enum import StrEnum
from urllib.parse import quote

from tui.domain.territories import TERRITORY_NAMES
from tui.feeds.feed_fields import FieldError, shown


class SearchService(StrEnum):
    """A service that answers a search with a feed."""

    GOOGLE_NEWS = "google-news"
    GDELT = "gdelt"


SERVICE_NAMES = {SearchService.GOOGLE_NEWS: "Google News", SearchService.GDELT: "GDELT"}

_LONGEST_QUERY = 500
_EDITIONS = {
    ("es", "ES"): ("es", "es"),
    ("nb", "NO"): ("no", "no"),
    ("pt", "BR"): ("pt-BR", "pt-419"),
    ("pt", "PT"): ("pt-PT", "pt-150"),
    ("zh", "CN"): ("zh-CN", "zh-Hans"),
    ("zh", "HK"): ("zh-HK", "zh-Hant"),
    ("zh", "SG"): ("zh-CN", "zh-Hans"),
    ("zh", "TW"): ("zh-TW", "zh-Hant"),
}
"""Language and region to the two names that Google has for the language, where they are not the language's own."""
_GDELT_LANGUAGES = dict(
    pair.split(":")
    for pair in [
        "ar:arabic",
        "az:azerbaijani",
        "be:belarusian",
        "bg:bulgarian",
        "cs:czech",
        "da:danish",
        "de:german",
        "el:greek",
        "en:english",
        "es:spanish",
        "et:estonian",
        "fa:persian",
        "fi:finnish",
        "fr:french",
        "he:hebrew",
        "hi:hindi",
        "hr:croatian",
        "hu:hungarian",
        "hy:armenian",
        "id:indonesian",
        "it:italian",
        "ja:japanese",
        "ka:georgian",
        "ko:korean",
        "lt:lithuanian",
        "lv:latvian",
        "nb:norwegian",
        "nl:dutch",
        "no:norwegian",
        "pl:polish",
        "pt:portuguese",
        "ro:romanian",
        "ru:russian",
        "sk:slovak",
        "sl:slovenian",
        "sr:serbian",
        "sv:swedish",
        "th:thai",
        "tr:turkish",
        "uk:ukrainian",
        "ur:urdu",
        "vi:vietnamese",
        "zh:chinese",
    ]
)


def search_address(service: SearchService, query: str, lang: str | None, region: str | None) -> str:
    """The address that a search stands for; raises FieldError for what the service cannot be asked."""
    words = query.strip()
    if not words or len(words) > _LONGEST_QUERY or not words.isprintable():
        raise FieldError(
            "query", "is no search", f"write words on one line, up to {_LONGEST_QUERY} characters"
        )
    if service is SearchService.GOOGLE_NEWS:
        return _google(words, lang, region)
    return _gdelt(words, lang, region)


def _google(words: str, lang: str | None, region: str | None) -> str:
    if lang is None or region is None:
        missing = "region" if region is None else "lang"
        raise FieldError(
            "service", f"searches an edition, and {missing} is missing", 'write lang = "en" and region = "GB"'
        )
    short = lang.partition("-")[0]
    usual = (f"{short}-{region}", short) if short == "en" else (short, short)
    if short == "es":
        usual = ("es-419", "es-419")
    page, edition = _EDITIONS.get((short, region), usual)
    # Old news come up again and again: a day is enough for a search that is made every hour.
    recent = words if "when:" in words or "after:" in words else f"{words} when:1d"
    return (
        f"https://news.google.com/rss/search?q={quote(recent, safe='')}&hl={page}&gl={region}"
        f"&ceid={region}:{edition}"
    )


def _gdelt(words: str, lang: str | None, region: str | None) -> str:
    terms = [words]
    if lang is not None:
        name = _GDELT_LANGUAGES.get(lang.partition("-")[0])
        if name is None:
            raise FieldError("lang", f"{shown(lang)} is no language that GDELT knows here", "leave it out")
        terms.append(f"sourcelang:{name}")
    if region is not None:
        country = TERRITORY_NAMES.get(region)
        if country is None:
            raise FieldError("region", f"{shown(region)} is no country known here", "leave it out")
        terms.append(f"sourcecountry:{''.join(filter(str.isalpha, country)).lower()}")
    return (
        f"https://api.gdeltproject.org/api/v2/doc/doc?query={quote(' '.join(terms), safe='')}"
        "&mode=artlist&maxrecords=75&timespan=1d&sort=datedesc&format=rss"
    )
