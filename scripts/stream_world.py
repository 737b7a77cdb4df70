"""A month of general news, as feeds delivered it, turned into a recording that can be served.

The stream lies outside the project and is read in place; nothing of it is written anywhere but
into the database of whoever replays it. It knows only the day of an entry: the entries of a
day are spread evenly over it, in the order in which they stand.
"""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tui.domain.feed import FeedKind
from tui.replay.world import RecordedEntry, RecordedFeed, World, world_of

_HOMES = {
    ".pl": "PL",
    ".co.uk": "GB",
    "skynews.com": "GB",
    "theguardian.com": "GB",
    "ft.com": "GB",
    "lemonde.fr": "FR",
    "aljazeera.com": "QA",
    "balkaninsight.com": "BA",
    "firstpost.com": "IN",
}
"""Home country by how the host ends; any other feed of this stream is American."""


def stream_file(shared: Path) -> Path:
    """Where the stream lies in the folder of labelled data."""
    return shared / "data" / "external" / "stream" / "2023-02.jsonl.gz"


def read_stream(path: Path) -> Iterator[dict[str, Any]]:
    """Its records, in the order of the file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def stream_world(path: Path, first: date, last: date) -> tuple[World, datetime]:
    """The recording of these days, both included, and its first midnight."""
    epoch = datetime.combine(first, time(), UTC)
    of_day = defaultdict(list)
    for record in read_stream(path):
        day = date.fromisoformat(record["date"])
        if first <= day <= last:
            of_day[record["feed"], day].append(record)
    entries = [
        _entry(
            record, datetime.combine(day, time(), UTC) - epoch + timedelta(days=1) * position / len(records)
        )
        for (_, day), records in of_day.items()
        for position, record in enumerate(records)
    ]
    largest: Counter[str] = Counter()
    langs = {}
    for (feed, _), records in of_day.items():
        largest[feed] = max(largest[feed], len(records))
        langs[feed] = str(records[0]["lang"])
    feeds = [_feed(feed, langs[feed], shown) for feed, shown in largest.items()]
    return world_of(feeds, entries), epoch


def _entry(record: dict[str, Any], at: timedelta) -> RecordedEntry:
    return RecordedEntry(
        id=record["url"],
        feed=_slug(record["feed"]),
        at=at,
        title=record["title"],
        summary=record.get("summary") or "",
        link=record["url"],
    )


def _feed(address: str, lang: str, shown: int) -> RecordedFeed:
    host = (urlsplit(address).hostname or address).removeprefix("www.")
    country = next((home for ending, home in _HOMES.items() if host.endswith(ending)), "US")
    return RecordedFeed(
        slug=_slug(address),
        name=re.sub(r"^https?://(www\.)?", "", address),
        publisher=".".join(host.split(".")[-3 if host.endswith(".co.uk") else -2 :]),
        lang=lang,
        country=country,
        kind=FeedKind.NATIONAL,
        site=f"https://{host}",
        shown=max(shown, 20),
    )


def _slug(address: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")
