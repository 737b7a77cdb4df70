"""A shift hands over what changed in it, each incident once, and which states nobody watches any more."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.store.samples import FEED, NOON, a_report, a_round, an_entry, filed, keeper_on, kept
from tui.cli.handover import beginning
from tui.cli.wiring import StartError
from tui.domain.codes import Certainty, ObjectCode, Response
from tui.domain.feed import Feed, FeedStatus
from tui.domain.handover import Change, Handover
from tui.exports.handover import handover_json, handover_markdown, handover_text
from tui.pipeline.handing_over import load_handover
from tui.reading.conclude import conclude
from tui.store.database import open_reader
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper

SHIFT = NOON + timedelta(hours=8)
END = SHIFT + timedelta(hours=8)
OTHER = "https://other.example/rss"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "overflight.db"


@pytest.fixture
def keeper(path: Path) -> Iterator[StoreKeeper]:
    made = keeper_on(path, conclude=conclude, line=lambda facts: f"{' '.join(facts.affected)}: drones [now]")
    made.sync_feeds(
        [
            Feed(FEED, "Example", country="PL", publisher="Example News"),
            Feed(OTHER, "Other", country="LT", publisher="Other News"),
        ],
        NOON,
    )
    yield made
    made.close()


def tell(keeper: StoreKeeper, number: int, incident: str, at: datetime, title: str, **facts: object) -> None:
    entry = an_entry(number, title=title, publisher=f"Paper {number}", published=at)
    read = kept(entry, a_report(**facts))
    keeper.save_round(a_round(read, filing=filed(read, incident), at=at))


def handed_over(path: Path, since: datetime = SHIFT) -> Handover:
    source = StoreBoard(open_reader(path))
    try:
        return load_handover(source, since, END)
    finally:
        source.close()


def filled(keeper: StoreKeeper) -> None:
    for number, name in enumerate(("quiet", "revised", "contradicted", "resolved")):
        tell(
            keeper, number, name, NOON, f"Drones over Poland, case {name}", object=(ObjectCode.UAV,), count=19
        )
    late = SHIFT + timedelta(hours=1)
    tell(
        keeper, 11, "revised", late, "Fighters rose against drones in the east", response=(Response.SCRAMBLE,)
    )
    tell(keeper, 12, "contradicted", late, "Army counts twenty-one in the same night", count=21)
    tell(keeper, 13, "resolved", late, "It was a weather balloon after all", certainty=Certainty.UNFOUNDED)
    tell(keeper, 14, "new", late, "Balloon over the capital", object=(ObjectCode.BALLOON,))


def test_each_incident_is_handed_over_once_under_what_happened_to_it(keeper: StoreKeeper, path: Path) -> None:
    filled(keeper)
    shift = handed_over(path)
    assert {item.detail.row.key: item.change for item in shift.incidents} == {
        "new": Change.NEW,
        "resolved": Change.RESOLVED,
        "contradicted": Change.CONTRADICTED,
        "revised": Change.REVISED,
    }
    assert [item.change for item in shift.incidents] == list(Change)
    for item in shift.incidents[1:]:
        assert item.steps
        assert all(step.at >= SHIFT for step in item.steps)


def test_a_quiet_shift_hands_nothing_over_and_says_so(keeper: StoreKeeper, path: Path) -> None:
    filled(keeper)
    for url in (FEED, OTHER):
        answers(keeper, url, END - timedelta(minutes=1))
    shift = handed_over(path, since=SHIFT + timedelta(hours=2))
    assert not shift.incidents
    assert replace(shift, blind=(), failing=()).nothing
    assert "Nothing changed.\n" in handover_text(replace(shift, blind=(), failing=()))
    assert shift.unseen == ""


def answers(keeper: StoreKeeper, url: str, at: datetime) -> None:
    state = keeper.feed_states()[url]
    keeper.record_state([replace(state, status=FeedStatus.OK, last_attempt=at, last_ok=at)])


def test_a_shift_in_which_no_feed_answered_is_not_handed_over_as_a_quiet_one(
    keeper: StoreKeeper, path: Path
) -> None:
    filled(keeper)
    answers(keeper, FEED, SHIFT)
    shift = replace(handed_over(path, since=SHIFT + timedelta(hours=2)), blind=(), failing=())
    assert (shift.nothing, shift.feeds, shift.answered) == (True, 2, 0)
    said = "None of the 2 feeds answered in the shift: nothing could be seen."
    for text in (handover_text(shift), handover_markdown(shift)):
        assert said in text
        assert "0 of 2 feeds answered" in text
        assert "Nothing changed" not in text
    fresh = handover_text(replace(shift, feeds=0))
    assert "; no feed was asked\n\nNo feed was asked in the shift: nothing could be seen.\n" in fresh
    document = json.loads(handover_json(shift))
    assert document["feeds"] == {"enabled": 2, "answered": 0}
    assert document["unseen"] == said


def test_how_few_feeds_answered_is_said_beside_what_changed(keeper: StoreKeeper, path: Path) -> None:
    filled(keeper)
    answers(keeper, FEED, END - timedelta(minutes=1))
    shift = replace(handed_over(path), feeds=5)
    for few in (shift, replace(shift, incidents=(), blind=(), failing=())):
        for text in (handover_text(few), handover_markdown(few)):
            assert "Only 1 of 5 feeds answered in the shift: what the others tell could not be seen." in text
            assert ("Nothing changed. " in text) is few.nothing


def test_a_state_whose_feeds_fell_silent_in_the_shift_is_newly_blind(keeper: StoreKeeper, path: Path) -> None:
    answered, failed = SHIFT + timedelta(minutes=1), END - timedelta(minutes=1)
    states = keeper.feed_states()
    keeper.record_state(
        [
            replace(states[OTHER], status=FeedStatus.OK, last_attempt=answered, last_ok=answered),
            replace(states[FEED], status=FeedStatus.OK, last_attempt=failed, last_ok=failed),
        ]
    )
    fallen = replace(
        keeper.feed_states()[OTHER],
        status=FeedStatus.FAILING,
        failures=9,
        last_attempt=failed,
        problem="does not answer",
    )
    keeper.record_state([fallen])
    shift = handed_over(path)
    assert [(state.iso2, state.now.said) for state in shift.blind] == [("LT", "0/1 answering")]
    assert [row.feed.url for row in shift.failing] == [OTHER]
    assert "Lithuania: blind, 0/1 answering" in handover_text(shift)


def test_every_form_names_every_incident_and_the_page_links_its_stories(
    keeper: StoreKeeper, path: Path
) -> None:
    filled(keeper)
    shift = handed_over(path)
    text, page, document = handover_text(shift), handover_markdown(shift), json.loads(handover_json(shift))
    for item in shift.incidents:
        key = item.detail.row.key
        assert f"[{key}]" in text
        assert f"`{key}`" in page
        assert [found["id"] for found in document[item.change]] == [key]
    inline = [child for token in MarkdownIt().parse(page) for child in token.children or ()]
    links = {str(child.attrs["href"]) for child in inline if child.type == "link_open"}
    assert {f"https://feed.example/{number}" for number in (11, 12, 13, 14)} <= links
    assert "drones [now]" in "".join(child.content for child in inline if child.type == "text")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("8h", END - timedelta(hours=8)),
        ("2d", END - timedelta(days=2)),
        ("2026-05-04", datetime.fromisoformat("2026-05-04T00:00:00+00:00")),
        ("2026-05-04T20:30Z", datetime.fromisoformat("2026-05-04T20:30:00+00:00")),
        ("looked", SHIFT),
    ],
)
def test_a_shift_begins_where_it_is_said_to(written: str, meant: datetime) -> None:
    assert beginning(written, SHIFT, END) == meant


@pytest.mark.parametrize("written", ["yesterday", "", "8", '8h" OR "', "2999-01-01", "-1h"])
def test_what_is_no_beginning_is_told(written: str) -> None:
    with pytest.raises(StartError, match=r"\. Write 8h"):
        beginning(written, SHIFT, END)


def test_before_the_first_look_a_day_is_handed_over() -> None:
    assert beginning("looked", None, END) == END - timedelta(hours=24)


def test_a_shift_that_begins_with_a_look_of_now_is_still_in_the_past() -> None:
    assert beginning("looked", END, END) < END
