"""A baseline incident that news had been filed under, when the news turns out to be none."""

from datetime import timedelta
from pathlib import Path

from tests.reread.conftest import WRITING
from tests.store.samples import NOON, a_round, an_entry, filed, keeper_on, kept
from tui.domain.board import BoardQuery
from tui.domain.codes import Event, IncidentCertainty, ObjectCode
from tui.domain.entry import StoryText
from tui.domain.incident import BaselineIncident, IncidentFacts
from tui.domain.reading import Reading, Verdict
from tui.pipeline.reread import Task, reread
from tui.reading.grouping import Grouper
from tui.reading.line import incident_line
from tui.store.baseline import import_baseline
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.reread import StoreShelf

KNOWN = BaselineIncident(
    key="b:pl-drones",
    facts=IncidentFacts(
        affected=("PL",),
        object=(ObjectCode.UAV,),
        event=(Event.CRASH,),
        certainty=IncidentCertainty.CONFIRMED,
    ),
    description="A drone came down.",
    outcome="closed",
    basis="a report",
    certain=True,
)


def drop(text: StoryText) -> Reading:
    return Reading(
        Verdict(relevant=False, war_routine=False, score=-1.0, threshold=0.0, lang=text.lang or "und")
    )


def test_it_is_baseline_again_with_what_was_known_of_it(tmp_path: Path) -> None:
    path = tmp_path / "overflight.db"
    keeper = keeper_on(path)
    import_baseline(keeper.writer, [KNOWN], [], incident_line, NOON - timedelta(days=9))
    news = kept(an_entry(1))
    keeper.save_round(a_round(news, filing=filed(news, KNOWN.key)))
    keeper.close()
    source = StoreBoard(open_reader(path))
    (row,) = source.board(BoardQuery(window=None), NOON).incidents
    assert (row.origin, row.stories, row.facts.certainty) == ("news", 1, IncidentCertainty.CLAIMED)
    writer = open_writer(path)
    summary = reread(StoreShelf(writer, WRITING), Task(drop, "new", {}), Grouper, lambda _: None)
    writer.close()
    assert summary.left.number == 1
    detail = source.incident(KNOWN.key)
    source.close()
    assert detail is not None
    assert (detail.row.origin, detail.row.stories) == ("baseline", 0)
    assert detail.row.facts == KNOWN.facts
    assert not detail.stories
    assert not detail.timeline
