"""The founding story, fetched, read, grouped and stored: what stands on the board of a reader."""

from datetime import UTC, datetime
from pathlib import Path

from tests.replay.collecting import HandClock, collecting, look_at
from tests.servers.loopback import LoopbackServer
from tui.domain.codes import Event, ObjectCode
from tui.domain.feed import Feed, FeedList, Settings
from tui.pipeline.collector import collect_once

FOUNDING = Path(__file__).parents[2] / "seeds" / "founding.xml"
NOON = datetime(2023, 2, 17, 13, tzinfo=UTC)


async def test_the_founding_story_stands_on_the_board_under_three_states(tmp_path: Path) -> None:
    path = tmp_path / "founding.db"
    with LoopbackServer() as server:
        server.put("/founding.xml", FOUNDING.read_bytes(), etag='"1"')
        feed = Feed(
            server.url("/founding.xml"), "Founding", lang="en", publisher="Overflight", allow_private=True
        )
        async with collecting(FeedList((feed,), Settings(), "test"), HandClock(NOON), path) as equipment:
            collected = await collect_once(equipment, everything=True)
    assert collected.summary.kept == 1
    seen = look_at(path, NOON)
    (story,) = seen.stories

    assert {row.iso2 for row in seen.board.countries if row.incidents} == {"JP", "TW", "US"}
    assert len(story.reading.reports) >= 8
    facts = [incident.row.facts for incident in seen.incidents]
    taiwans = [fact for fact in facts if fact.affected == ("TW",)]
    assert any(ObjectCode.BALLOON in fact.object for fact in taiwans)
    assert any(ObjectCode.UAV in fact.object for fact in taiwans)
    assert any({ObjectCode.LIGHT_AIRCRAFT, ObjectCode.CIVIL_AIRCRAFT} & set(fact.object) for fact in taiwans)
    assert len(taiwans) >= 3, "the balloon, the aircraft and the drones are three events"
    assert any(fact.affected == ("US",) and Event.SHOOTDOWN in fact.event for fact in facts)
    assert any(fact.affected[:1] == ("JP",) and (fact.count or 0) >= 3 for fact in facts)
