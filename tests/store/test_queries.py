"""A query finds the incidents that it asks for, and no others; checked against a reading of the tree in Python."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.store.samples import FEED, NOON, a_report, a_round, an_entry, filed, keeper_on, kept
from tui.domain.codes import DatePrecision, Event, ObjectCode, PlacePrecision, Response, Zone
from tui.domain.feed import Feed
from tui.domain.incident import IncidentFacts
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import EVERYTHING, OneOf
from tui.domain.reading import EventDate, Place, Report
from tui.reading.conclude import conclude
from tui.store.database import open_reader
from tui.store.functions import install
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks
from tui.store.migrations import APPLICATION_ID, steps
from tui.store.save import StoreKeeper
from tui.store.sqlite import sqlite3
from tui.store.values import to_json

RZESZOW = Place("Rzeszów", "PL", 50.0, 22.0, PlacePrecision.SETTLEMENT)
REPORTS = {
    "pl": a_report(count=19, place=RZESZOW, event_date=EventDate(date(2026, 5, 3), DatePrecision.DAY)),
    "lt": a_report(affected=("LT",), actor=("BY",), object=(ObjectCode.BALLOON,), zone=(Zone.AIRPORT,)),
    "jp": a_report(
        affected=("JP",),
        actor=("CN", "RU"),
        object=(ObjectCode.MILITARY_AIRCRAFT,),
        event=(Event.ADIZ_ENTRY,),
        response=(Response.SCRAMBLE,),
        event_date=EventDate(date(2026, 4, 2), DatePrecision.DAY),
    ),
    "sea": a_report(
        affected=(), actor=(), object=(), event=(Event.SHOOTDOWN,), response=(Response.SHOOTDOWN,)
    ),
}
TITLES = {
    "pl": "Nineteen drones over Rzeszów",
    "lt": "Smuggling balloons close an airport",
    "jp": "Bombers near Okinawa",
    "sea": "Drone shot down at sea",
}

SECOND = "Prime minister calls the allies after a night of alarms"


@pytest.fixture
def keeper(path: Path) -> Iterator[StoreKeeper]:
    """Concludes as the program does, so that every field is filled."""
    made = keeper_on(path, conclude=conclude, line=line_of)
    made.sync_feeds([Feed(FEED, "Example", country="PL", publisher="Example News")], NOON)
    yield made
    made.close()


@pytest.fixture
def four(keeper: StoreKeeper) -> None:
    for number, (name, report) in enumerate(REPORTS.items()):
        _save(keeper, number, name, report)
    _save(keeper, 9, "pl", REPORTS["pl"], title=SECOND, publisher="Second Voice", lang="zh-Hant")


LINES = {"PL": "Drones over Poland", "LT": "Balloons over Lithuania", "JP": "Bombers near Japan"}


def line_of(facts: IncidentFacts) -> str:
    return LINES.get(facts.affected[0], "") if facts.affected else "At sea"


def _save(keeper: StoreKeeper, number: int, name: str, report: Report, **fields: object) -> None:
    entry = an_entry(number, **{"title": TITLES[name], "summary": "", **fields})  # type: ignore[arg-type]  # fields of Entry
    read = kept(entry, report)
    lang = str(fields.get("lang", "en"))
    read = replace(read, reading=replace(read.reading, verdict=replace(read.reading.verdict, lang=lang)))
    keeper.save_round(a_round(read, filing=filed(read, name), at=NOON - timedelta(hours=10 - number)))


def incidents(board: StoreBoard, typed: str) -> set[str]:
    query = parse_query(typed)
    assert not isinstance(query, QueryProblem), query.pointed(typed)
    found = board.find_incidents(query, NOON)
    assert found.total == len(found.rows)
    return {row.key for row in found.rows}


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("", "pl lt jp sea"),
        ("country:PL", "pl"),
        ("country:Poland,lithuania", "pl lt"),
        ("country:none", "sea"),
        ("-country:none", "pl lt jp"),
        ("actor:RU", "pl jp"),
        ("actor:none,BY", "lt sea"),
        ("object:DRN", "pl"),
        ("object:BLN,JET", "lt jp"),
        ("object:none", "sea"),
        ("event:ADIZ", "jp"),
        ("event:violation -country:PL", "lt"),
        ("zone:airport", "lt"),
        ("response:scramble OR response:shootdown", "jp sea"),
        ("response:none", "pl lt"),
        ("certainty:claimed", "lt jp sea"),
        ("certainty:corroborated", "pl"),
        ("certainty:confirmed", ""),
        ("severity:critical", "sea"),
        ("severity:high,critical", "pl lt sea"),
        ("place:rzeszow", "pl"),
        ("place:RZESZÓW", "pl"),
        ("date:2026-05", "pl"),
        ("date:2026-04-01..2026-05-02", "jp"),
        ("date:<2026-05", "jp"),
        ("date:>=2026-05-03", "pl"),
        ("publishers:>=2", "pl"),
        ("publishers:1", "lt jp sea"),
        ("stories:>1", "pl"),
        ("count:>=10", "pl"),
        ("count:<19", ""),
        ("publisher:second", "pl"),
        ("publisher:example", "pl lt jp sea"),
        ("feed:feed.example", "pl lt jp sea"),
        ("lang:zh", "pl"),
        ("lang:z", ""),
        ("since:8h30m", None),
        ("balloons", "lt"),
        ("drone", "pl sea"),
        ("poland", "pl"),
        ("lithuan", "lt"),
        ('"drone"', "sea"),
        ("drone -sea", "pl"),
        ("(balloons OR bombers) actor:CN", "jp"),
        ("-(balloons OR bombers)", "pl sea"),
        ("is:new", "pl lt jp sea"),
        ("is:seen", ""),
        ("is:watched", ""),
        ("is:followup", ""),
        ("is:news", "pl lt jp sea"),
        ("is:baseline,disputed", ""),
        ("NOT NOT country:PL", "pl"),
    ],
)
def test_a_query_finds_what_it_asks_for(board: StoreBoard, typed: str, keys: str | None) -> None:
    if keys is None:
        assert isinstance(parse_query(typed), QueryProblem)
    else:
        assert incidents(board, typed) == set(keys.split())


@pytest.mark.usefixtures("four")
def test_marks_are_asked_for(board: StoreBoard, marks: StoreMarks) -> None:
    marks.mark_seen(["lt"], NOON)
    marks.set_watched("jp", watched=True, at=NOON)
    assert incidents(board, "is:new") == {"pl", "jp", "sea"}
    assert incidents(board, "is:seen") == {"lt"}
    assert incidents(board, "is:watched") == {"jp"}
    assert incidents(board, "is:watched,seen") == {"jp", "lt"}


@pytest.mark.usefixtures("four")
def test_the_same_query_on_stories_finds_the_stories_of_those_incidents(board: StoreBoard) -> None:
    def titles(typed: str) -> list[str]:
        query = parse_query(typed)
        assert not isinstance(query, QueryProblem)
        return sorted(hit.story.title for hit in board.find_stories(query, NOON).rows)

    assert titles("country:PL") == [TITLES["pl"], SECOND]
    assert titles("country:PL publisher:second") == [SECOND]
    assert titles("drone severity:critical") == [TITLES["sea"]]
    assert titles("lang:zh bombers") == []


@pytest.mark.usefixtures("four")
def test_facts_side_by_side_are_asked_of_one_incident_of_a_story(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    read = kept(an_entry(20, title="Poland and Lithuania count their night"), REPORTS["pl"], REPORTS["lt"])
    keeper.save_round(a_round(read, filing=filed(read, "pl", "lt")))

    def found(typed: str) -> bool:
        query = parse_query(typed)
        assert not isinstance(query, QueryProblem)
        hits = board.find_stories(query, NOON).rows
        return any(hit.story.title == read.entry.title for hit in hits)

    for words in ("", "night "):
        assert found(f"{words}country:PL object:DRN")
        assert found(f"{words}country:LT object:BLN")
        assert not found(f"{words}country:LT object:DRN")
        assert found(f"{words}country:LT OR {words}object:DRN")
        assert not found(f"{words}country:LT -object:DRN")


@pytest.mark.usefixtures("four")
def test_facts_as_rows_follow_the_facts(keeper: StoreKeeper, board: StoreBoard) -> None:
    assert incidents(board, "country:SE") == set()
    swedish = kept(an_entry(1, title="Balloons over Gotland"), a_report(affected=("SE",)))
    keeper.save_round(a_round(revised=[swedish], filing=filed(swedish, "lt"), at=NOON))
    assert incidents(board, "country:SE") == {"lt"}
    assert incidents(board, "country:LT") == set()
    connection = keeper.writer.connection
    rows = set(connection.execute("SELECT incident_id, field, value FROM incident_fact"))
    connection.execute("UPDATE incident SET facts = facts || ' '")
    assert set(connection.execute("SELECT incident_id, field, value FROM incident_fact")) == rows


@pytest.mark.usefixtures("four")
def test_what_is_typed_never_becomes_sql(board: StoreBoard) -> None:
    for typed in (
        'place:"\'; DROP TABLE incident; --"',
        'publisher:"\')--"',
        '"\') OR 1=1 --"',
        "place:%",
        "lang:%",
    ):
        assert incidents(board, typed) == set()
    assert incidents(board, "") == set(REPORTS)


def test_what_was_stored_before_there_were_queries_is_found_too(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    before = sqlite3.connect(path, isolation_level=None)
    install(before)
    steps().apply(Database(before), stop_before="facts_as_rows")
    before.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    before.execute("PRAGMA user_version = 3")
    before.execute("INSERT INTO feed (url, name, settings) VALUES ('https://feed.example/rss', 'a', '{}')")
    before.execute(
        "INSERT INTO entry (id, key, feed_id, identity, hash, url, published_raw, zone_assumed, first_seen, last_seen,"
        " state, score, threshold, lang, reader_version, why)"
        " VALUES (1, 'e', 1, 'e', 'h', '', '', 0, 1, 1, 'kept', 1, 1, 'ja', 'v', '[]')"
    )
    before.execute(
        "INSERT INTO story (id, hidden, title, summary, publisher, lang, url, first_seen, effective, wording_since,"
        " versions, score, threshold, reader_version, reading)"
        " VALUES (1, 0, '国籍不明の無人機', '', 'p', 'ja', '', 1, 1, 1, 1, 1, 1, 'v', '{}')"
    )
    facts = to_json(IncidentFacts(affected=("JP",), actor=("CN",), place=RZESZOW))
    before.execute(
        "INSERT INTO incident (id, key, origin, first_seen, last_revised, stories, certainty, line, facts)"
        " VALUES (1, 'i', 'news', 1, 1, 1, 'claimed', 'Drone over Japan', ?)",
        (facts,),
    )
    before.execute(
        "INSERT INTO report (story_id, position, incident_id, filed_at, is_new, facts, why) VALUES (1, 0, 1, 1, 1, '{}', '[]')"
    )
    before.close()

    keeper_on(path).close()
    board = StoreBoard(open_reader(path))
    for typed in ("country:JP", "actor:CN", "place:rzesz", "無人機", "japan", "lang:ja publisher:p"):
        assert incidents(board, typed) == {"i"}, typed
    board.close()


@pytest.mark.usefixtures("four")
def test_facets_count_the_incidents_of_the_query_and_each_leads_to_as_many(board: StoreBoard) -> None:
    facets = board.facets(EVERYTHING, NOON)
    assert facets.incidents == 4
    counted = {(facet.field, facet.value): facet.incidents for facet in facets.facets}
    assert counted["country", "PL"] == 1
    assert counted["actor", "RU"] == 2
    assert counted["certainty", "claimed"] == 3
    for (field, value), number in counted.items():
        assert len(incidents(board, f"{field}:{value}")) == number, (field, value)
    assert board.facets(OneOf("actor", ("RU",), ("RU",)), NOON).incidents == 2
