"""A publisher that takes a story back, or corrects it, in so many words."""

import re
from enum import StrEnum
from functools import cache, lru_cache

from tui.reading.data_file import data_text
from tui.reading.folding import fold_quick

_TITLE, _SUMMARY = 300, 1000
"""Code points looked at."""


class Notice(StrEnum):
    """What a publisher says of its own story."""

    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"


@lru_cache(maxsize=10_000)
def notice_in(title: str, summary: str) -> Notice | None:
    """The notice that a wording carries: a mark at its head or in brackets, or a sentence about itself."""
    texts = (fold_quick(title[:_TITLE]), fold_quick(summary[:_SUMMARY]))
    for notice in Notice:
        if any(_marks(notice).search(text) or _sentences(notice).search(text) for text in texts):
            return notice
    return None


@cache
def _terms(notice: Notice, form: str) -> list[str]:
    found = []
    for line in data_text("history/notices.tsv").splitlines():
        if line and not line.startswith("#"):
            kind, place, _lang, terms = line.split("\t")
            if (kind, place) == (notice, form):
                found += [fold_quick(term) for term in terms.split("|")]
    return sorted(found, key=len, reverse=True)


@cache
def _marks(notice: Notice) -> re.Pattern[str]:
    """At the head before a stop, as in "CORRECTION: …", or alone in brackets."""
    words = "|".join(map(re.escape, _terms(notice, "mark")))
    return re.compile(rf"^\W{{0,3}}(?:{words})(?: \d)?(?:\s?[:：|】\])]|\s-\s)|[(\[【（](?:{words})[)\]】）]")


@cache
def _sentences(notice: Notice) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _terms(notice, "sentence"))))
