"""Polls to store, and a conclusion and a line simple enough to check by eye."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui.domain.board import StoryRow
from tui.domain.codes import Certainty, Event, IncidentCertainty, ObjectCode, Origin, Zone
from tui.domain.entry import Entry, entry_key, text_hash
from tui.domain.feed import FeedState, FeedStatus
from tui.domain.history import TimelineEntry, TimelineKind
from tui.domain.incident import (
    Assignment,
    Conclusion,
    FiledReport,
    Filing,
    GroupReason,
    IncidentFacts,
    IncidentSketch,
    NearMiss,
)
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.reading import Reading, Reason, Report, Verdict
from tui.pipeline.keeping import RoundResult
from tui.pipeline.ports import Conclude, ReadEntry
from tui.store.database import open_writer
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
FEED = "https://feed.example/rss"


def conclude_simply(reports: Sequence[FiledReport]) -> Conclusion:
    """Union of the states, first of the rest; one timeline entry for each report."""
    facts = IncidentFacts(
        affected=tuple(dict.fromkeys(iso2 for filed in reports for iso2 in filed.report.affected)),
        actor=reports[0].report.actor,
        object=reports[0].report.object,
        event=tuple(dict.fromkeys(event for filed in reports for event in filed.report.event)),
        certainty=IncidentCertainty.CLAIMED,
        count=max((filed.report.count or 0 for filed in reports), default=0) or None,
    )
    timeline = tuple(
        TimelineEntry(
            filed.first_seen or NOON,
            TimelineKind.FIRST_REPORT,
            filed.publisher,
            f"Report {number}",
            filed.story,
        )
        for number, filed in enumerate(reports)
    )
    return Conclusion(facts, timeline)


def line_simply(facts: IncidentFacts) -> str:
    """States and events, joined."""
    return f"{'+'.join(facts.affected)} {'+'.join(facts.event)}".strip()


def found(board: StoreBoard, typed: str, limit: int = 200) -> tuple[StoryRow, ...]:
    """Stories of a query that is well formed."""
    query = parse_query(typed)
    assert not isinstance(query, QueryProblem), query
    return tuple(hit.story for hit in board.find_stories(query, NOON, limit).rows)


def a_report(**fields: object) -> Report:
    """Drones over Poland, unless told otherwise."""
    drones = Report(
        affected=("PL",),
        actor=("RU",),
        object=(ObjectCode.UAV,),
        zone=(Zone.SOVEREIGN,),
        event=(Event.VIOLATION,),
        certainty=Certainty.ALLEGED,
    )
    return replace(drones, **fields)  # type: ignore[arg-type]  # the fields are those of Report


def an_entry(number: int, *, title: str | None = None, feed: str = FEED, **fields: object) -> Entry:
    """The numbered entry of a feed."""
    told = title if title is not None else f"Drones cross the border, report {number}"
    url = f"https://feed.example/{number}"
    entry = Entry(
        key=entry_key(feed, f"guid-{number}"),
        feed_url=feed,
        identity=f"guid-{number}",
        url=url,
        title=told,
        summary="Four drones were seen.",
        hash=text_hash(told, "Four drones were seen.", url),
        published=NOON,
        published_raw="Mon, 04 May 2026 12:00:00 GMT",
        publisher="Example News",
        lang="en",
    )
    return replace(entry, **fields)  # type: ignore[arg-type]  # the fields are those of Entry


def kept(entry: Entry, *reports: Report) -> ReadEntry:
    """The entry, read as relevant."""
    why = (Reason("object", "drones", "title", 0, 6, 2.5),)
    verdict = Verdict(relevant=True, war_routine=False, score=3.0, threshold=1.0, lang="en", why=why)
    return ReadEntry(entry, Reading(verdict, reports or (a_report(),)))


def dropped(entry: Entry, *, war_routine: bool = False) -> ReadEntry:
    """The entry, read as not relevant."""
    why = (Reason("no zone", "", "title", 0, 0, -1.0),)
    verdict = Verdict(relevant=False, war_routine=war_routine, score=0.5, threshold=1.0, lang="en", why=why)
    return ReadEntry(entry, Reading(verdict))


def filed(read: ReadEntry, *incidents: str) -> Filing:
    """Each report of the entry in the incident named at its place."""
    return Filing(
        assignments=tuple(
            Assignment(
                story=read.entry.key,
                position=position,
                incident=incident,
                is_new=True,
                why=(GroupReason("state", "PL", 1.0),),
                nearest=NearMiss("other", "another night"),
            )
            for position, incident in enumerate(incidents)
        ),
        sketches=tuple(IncidentSketch(incident, affected=("PL",), stories=1) for incident in incidents),
    )


def together(*filings: Filing) -> Filing:
    """Several filings as one."""
    return Filing(
        assignments=tuple(item for filing in filings for item in filing.assignments),
        sketches=tuple(item for filing in filings for item in filing.sketches),
    )


def a_round(
    *new: ReadEntry,
    revised: Sequence[ReadEntry] = (),
    seen: Sequence[str] = (),
    filing: Filing | None = None,
    at: datetime = NOON,
    feed: str = FEED,
) -> RoundResult:
    """One good poll of the feed."""
    state = FeedState(
        url=feed,
        status=FeedStatus.OK,
        last_attempt=at,
        last_answer=at,
        last_ok=at,
        next_due=at + timedelta(minutes=15),
    )
    return RoundResult(state, at, tuple(new), tuple(revised), tuple(seen), filing)


def a_story_round(number: int, incident: str, at: datetime = NOON, *reports: Report) -> RoundResult:
    """A poll that brings one kept story of that incident."""
    read = kept(an_entry(number), *reports)
    return a_round(read, filing=filed(read, *([incident] * len(read.reading.reports))), at=at)


def keeper_on(
    path: Path,
    origin: Origin = Origin.NEWS,
    conclude: Conclude = conclude_simply,
    line: Callable[[IncidentFacts], str] = line_simply,
) -> StoreKeeper:
    """A keeper on that file."""
    return StoreKeeper(
        open_writer(path),
        conclude=conclude,
        line=line,
        origin=origin,
        reader_version="test",
    )
