"""The founding story: one article that tells of six events, a rule, a proposal and a denial.

Read in our own words out of the shipped feed file, and as it was published, out of the labelled data.
"""

import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tui.domain.feed import Feed
from tui.pipeline.parse_worker import parse
from tui.pipeline.ports import Parsed
from tui.pipeline.story_text import story_of
from tui.reading.reader import read_story

SEEDS = Path(__file__).parents[2] / "seeds"
FEED = Feed("https://overflight.example/founding", "Founding story", lang="en", publisher="Overflight")
PUBLISHED = datetime(2023, 2, 17, 12, tzinfo=UTC)

Told = dict[str, Any]
"""One report as plain values."""


def _is_japans_three(report: Told) -> bool:
    return (
        report["affected"] == ["JP"]
        and report["actor"] == ["CN"]
        and report["object"] == ["balloon"]
        and bool({"violation", "sighting"} & set(report["event"]))
        and (report["count"] or 0) >= 3
        and report["certainty"] == "suspected"
        and (_year(report) in {2019, 2020, 2021} or _day(report) == "2023-02-14")
    )


def _is_the_american_shootdown(report: Told) -> bool:
    return (
        report["affected"] == ["US"]
        and report["actor"] == ["CN"]
        and "balloon" in report["object"]
        and "shootdown" in report["event"]
    )


def _is_dongyins_remains(report: Told) -> bool:
    return (
        report["affected"] == ["TW"]
        and report["actor"] == ["CN"]
        and "balloon" in report["object"]
        and bool({"debris_found", "crash"} & set(report["event"]))
        and _lies_in_taiwan(report, "dongyin")
    )


def _is_the_propeller_aircraft(report: Told) -> bool:
    return (
        report["affected"] == ["TW"]
        and report["actor"] == ["CN"]
        and bool({"light_aircraft", "civil_aircraft"} & set(report["object"]))
        and _lies_in_taiwan(report, "dongyin")
        and _year(report) == 2022
    )


def _is_the_august_drones(report: Told) -> bool:
    return (
        report["affected"] == ["TW"]
        and report["actor"] == ["CN"]
        and "uav" in report["object"]
        and (_day(report) or "").startswith("2022-08")
        and "shootdown" in {*report["event"], *report["response"]}
    )


def _is_japans_rule(report: Told) -> bool:
    return report["affected"] == ["JP"] and "policy" in report["event"]


def _is_the_call_to_share(report: Told) -> bool:
    return "intel_sharing" in report["event"] and set(report["affected"]) <= {"JP", "TW", "US"}


def _is_the_denial(report: Told) -> bool:
    return "denial" in report["event"] and report["certainty"] == "denied" and report["actor"] == ["CN"]


PARTS: dict[str, Callable[[Told], bool]] = {
    "Japan's three balloons of 2019 to 2021": _is_japans_three,
    "the shoot-down over the United States": _is_the_american_shootdown,
    "the remains on Dongyin": _is_dongyins_remains,
    "the propeller aircraft near Dongyin": _is_the_propeller_aircraft,
    "the drones of August 2022, one shot down": _is_the_august_drones,
    "Japan's rule on weapons": _is_japans_rule,
    "the call to share intelligence": _is_the_call_to_share,
    "Beijing's denial": _is_the_denial,
}


@pytest.fixture(scope="module")
def in_our_words() -> list[Told]:
    body = (SEEDS / "founding.xml").read_bytes()
    parsed = parse(FEED, body, "application/rss+xml", FEED.url)
    assert isinstance(parsed, Parsed), parsed
    (entry,) = parsed.entries
    reading = read_story(story_of(entry, FEED, PUBLISHED))
    assert reading.verdict.relevant
    told: list[Told] = msgspec.json.decode(msgspec.json.encode(reading.reports))
    return told


@pytest.fixture(scope="module")
def as_published(shared: Path) -> list[Told]:
    path = shared / "data" / "external" / "founding_article.txt"
    if not path.exists():
        pytest.skip(f"the founding article is not at {path}: set OVERFLIGHT_SHARED")
    title, summary = path.read_text(encoding="utf-8").split("\n", 1)
    story = {"id": "founding", "title": title, "summary": summary, "published": "2023-02-17", "lang": "en"}
    from tui.reading.wire import read_lines

    answer = io.BytesIO()
    read_lines(io.BytesIO(json.dumps(story).encode() + b"\n"), answer)
    line = json.loads(answer.getvalue())
    assert line["relevant"]
    told: list[Told] = line["reports"]
    return told


@pytest.mark.parametrize("part", PARTS)
def test_our_retelling_yields_a_report_of(part: str, in_our_words: list[Told]) -> None:
    assert any(map(PARTS[part], in_our_words)), _listed(in_our_words)


@pytest.mark.parametrize("part", PARTS)
def test_the_published_article_yields_a_report_of(part: str, as_published: list[Told]) -> None:
    assert any(map(PARTS[part], as_published)), _listed(as_published)


@pytest.mark.parametrize("telling", ["in_our_words", "as_published"])
def test_each_part_is_a_report_of_its_own(telling: str, request: pytest.FixtureRequest) -> None:
    told: list[Told] = request.getfixturevalue(telling)
    found = {
        part: {number for number, report in enumerate(told) if is_it(report)} for part, is_it in PARTS.items()
    }
    assert _can_be_told_apart(list(found.values())), found


@pytest.mark.parametrize("telling", ["in_our_words", "as_published"])
def test_affected_are_japan_taiwan_and_the_united_states_by_china_and_no_forty_nations(
    telling: str, request: pytest.FixtureRequest
) -> None:
    told: list[Told] = request.getfixturevalue(telling)
    assert {iso2 for report in told for iso2 in report["affected"]} == {"JP", "TW", "US"}
    assert {iso2 for report in told for iso2 in report["actor"]} == {"CN"}
    assert all(report["affected"] for report in told), _listed(told)
    assert all(report["count"] != 40 for report in told), _listed(told)


def _can_be_told_apart(choices: Sequence[set[int]], taken: frozenset[int] = frozenset()) -> bool:
    """Whether each part can be given a report that no other part is given."""
    if not choices:
        return True
    return any(_can_be_told_apart(choices[1:], taken | {number}) for number in choices[0] - taken)


def _lies_in_taiwan(report: Told, name: str) -> bool:
    place = report["place"]
    return place is not None and name in place["name"].lower() and place["country"] == "TW"


def _day(report: Told) -> str | None:
    when = report["event_date"]
    return None if when is None else str(when["date"])


def _year(report: Told) -> int | None:
    day = _day(report)
    return None if day is None else int(day[:4])


def _listed(told: list[Told]) -> str:
    shown = ("affected", "actor", "object", "event", "response", "certainty", "count", "place", "event_date")
    return "\n" + "\n".join(str({fact: report[fact] for fact in shown if report[fact]}) for report in told)
