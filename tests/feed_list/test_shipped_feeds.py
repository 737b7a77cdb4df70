"""The feed list that comes with the program."""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tui.domain.feed import FeedKind, FeedList
from tui.feeds.feed_list import load_feed_list

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("OVERFLIGHT_SHARED", ROOT.parent / "shared"))
UNUSABLE = ("dead", "avoid", "stale", "rate-limited")

# Regions by home country: one feed at least must look from inside each.
REGIONS = {
    "Baltic": "EE LV LT",
    "Nordic": "FI SE NO DK",
    "Central Europe": "PL DE",
    "Western Europe": "GB FR NL IE ES IT",
    "South-East Europe": "RO MD GR CY TR",
    "Eastern Europe": "UA BY RU",
    "Caucasus": "GE AM AZ",
    "Middle East": "IL LB IR QA AE SY",
    "South Asia": "IN PK",
    "East Asia": "TW JP KR HK",
    "South-East Asia": "PH VN MM SG",
    "Oceania": "AU",
    "North America": "US CA",
    "Latin America": "VE CO CR GY",
    "Africa": "SD TD CD DZ NG ET",
}


@pytest.fixture(scope="module")
def shipped() -> FeedList:
    return load_feed_list(ROOT / "feeds.toml", {})


def known_feeds() -> dict[str, dict[str, str]]:
    table = SHARED / "data" / "feeds.tsv"
    if not table.exists():
        pytest.skip(f"{table} is not on this machine")
    with table.open(encoding="utf-8", newline="") as rows:
        return {row["url"]: row for row in csv.DictReader(rows, delimiter="\t")}


def test_it_lists_at_least_120_feeds_that_are_switched_on(shipped: FeedList) -> None:
    assert sum(feed.enabled for feed in shipped.feeds) >= 120
    assert shipped.warnings == ()


@pytest.mark.parametrize("countries", REGIONS.values(), ids=list(REGIONS))
def test_every_region_is_looked_at_from_inside(shipped: FeedList, countries: str) -> None:
    homes = Counter(feed.country for feed in shipped.feeds if feed.enabled)
    assert [country for country in countries.split() if not homes[country]] == []


def test_the_languages_of_the_incidents_are_read(shipped: FeedList) -> None:
    languages = {(feed.lang or "").split("-")[0] for feed in shipped.feeds}
    wanted = "en pl et lv lt fi sv nb da de fr es it nl ro el tr uk ru ar fa he ja ko zh vi"
    assert languages >= set(wanted.split())


def test_searches_are_asked_hourly_and_everything_has_a_language(shipped: FeedList) -> None:
    searches = [feed for feed in shipped.feeds if feed.kind is FeedKind.SEARCH]
    assert len(searches) >= 20
    assert {feed.every for feed in searches} == {timedelta(hours=1)}
    assert [feed.name for feed in shipped.feeds if feed.enabled and not feed.lang] == []


def test_what_sheds_load_or_was_never_looked_at_is_there_to_be_switched_on(shipped: FeedList) -> None:
    off = [feed for feed in shipped.feeds if not feed.enabled]
    hosts = Counter(urlsplit(feed.url).hostname for feed in off)
    assert hosts["api.gdeltproject.org"] >= 3
    assert {feed.country for feed in off if feed.kind is FeedKind.PAGE} == {"TW", "JP"}
    assert [feed.name for feed in shipped.feeds if feed.enabled and "gdelt" in feed.url] == []


def test_no_start_pays_for_pages_that_are_switched_off() -> None:
    program = (
        "import sys; from pathlib import Path; from tui.feeds.feed_list import load_feed_list; "
        f"load_feed_list(Path({str(ROOT / 'feeds.toml')!r})); print('selectolax' in sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, cwd=ROOT)
    assert loaded.stdout.strip() == b"False"


def test_no_two_feeds_have_one_name(shipped: FeedList) -> None:
    assert [name for name, times in Counter(feed.name for feed in shipped.feeds).items() if times > 1] == []


def test_no_feed_is_known_to_be_dead(shipped: FeedList) -> None:
    known = known_feeds()
    enabled = [feed.url for feed in shipped.feeds if feed.enabled]
    assert [url for url in enabled if url not in known] == []
    assert [url for url in enabled if known[url]["status"].startswith(UNUSABLE)] == []


def test_every_affected_state_has_a_home_feed_where_one_is_known(shipped: FeedList) -> None:
    known = known_feeds()
    usable = {row["country"] for row in known.values() if not row["status"].startswith(UNUSABLE)}
    incidents = (SHARED / "data" / "seed_incidents.jsonl").read_text(encoding="utf-8").splitlines()
    affected = {state for line in incidents for state in json.loads(line)["affected"]}
    homes = {feed.country for feed in shipped.feeds if feed.enabled}
    assert sorted((affected & usable) - homes) == []
