"""A small world in our own words, and fakes with the surface of the real source, marks, clock and browser."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.ui.weeks import counts_of, statistics_at
from tui.domain.alerts import Alert
from tui.domain.board import (
    Board,
    BoardQuery,
    CollectorStatus,
    CountryRow,
    Facet,
    Facets,
    FeedCounts,
    Found,
    IncidentDetail,
    IncidentRow,
    Rung,
    StoryDetail,
    StoryHit,
    StoryRow,
    StoryVersion,
    Telling,
)
from tui.domain.codes import (
    EVENT_TAG,
    Certainty,
    DatePrecision,
    Event,
    IncidentCertainty,
    ObjectCode,
    Origin,
    PlacePrecision,
    Response,
    Severity,
    Zone,
)
from tui.domain.correction import Correction, Made
from tui.domain.coverage import Coverage, Nearness
from tui.domain.feed import Feed, FeedKind, FeedRow, FeedState, FeedStatus
from tui.domain.follow_up import UNRESOLVED_AFTER, OutcomeCounts, outcome_at, outcome_counts
from tui.domain.history import TimelineEntry, TimelineKind
from tui.domain.incident import (
    Assignment,
    BaselineIncident,
    GroupReason,
    IncidentFacts,
    NearMiss,
)
from tui.domain.notes import Written
from tui.domain.query_tree import Part
from tui.domain.reading import EventDate, Place, Reading, Reason, Report, Span, Verdict
from tui.domain.record import WeekCounts
from tui.domain.statistics import Statistics
from tui.domain.territories import territory_name
from tui.domain.views import SavedView, ViewCount, ViewEdit, edited
from tui.domain.watch import Desk, FailingChannel, WatchedIncident
from tui.pipeline.board_ports import StoreStamp
from tui.pipeline.gate import Gate, LinkRefused, Switched
from tui.pipeline.keeping import PollRequest

NOW = datetime(2026, 3, 18, 14, 32, tzinfo=UTC)
LOOKED = NOW - timedelta(hours=1, minutes=27)


class FakeClock:
    """Stands still until it is turned."""

    def __init__(self, at: datetime = NOW) -> None:
        self._at = at
        self._seconds = 1000.0

    def now(self) -> datetime:
        return self._at

    def monotonic(self) -> float:
        return self._seconds

    def turn(self, by: timedelta) -> None:
        self._at += by
        self._seconds += by.total_seconds()


PLACES: dict[str, tuple[float, float, PlacePrecision]] = {
    "Vilnius": (54.69, 25.28, PlacePrecision.SETTLEMENT),
    "Lublin": (51.25, 22.57, PlacePrecision.SETTLEMENT),
    "Copenhagen": (55.68, 12.57, PlacePrecision.SETTLEMENT),
    "Vaindloo": (59.82, 26.36, PlacePrecision.POINT),
    "Latgale": (56.3, 27.2, PlacePrecision.REGION),
}


def incident(
    key: str,
    line: str,
    ago: timedelta,
    *,
    cc: str = "LT",
    thing: ObjectCode = ObjectCode.UAV,
    event: Event = Event.VIOLATION,
    certainty: IncidentCertainty = IncidentCertainty.CONFIRMED,
    actor: tuple[str, ...] = (),
    response: tuple[Response, ...] = (),
    place: str = "",
    new: bool = False,
    updated: bool = False,
    watched: bool = False,
    publishers: int = 3,
    origin: Origin = Origin.NEWS,
    follow_up_only: bool = False,
    on: date | None = None,
) -> IncidentRow:
    lat, lon, how = PLACES.get(place, (None, None, PlacePrecision.SETTLEMENT))
    found = Place(place, cc, lat, lon, how) if place else None
    facts = IncidentFacts(
        affected=(cc,) if cc else (),
        actor=actor,
        object=(thing,),
        zone=(Zone.SOVEREIGN,),
        event=(event,),
        response=response,
        certainty=certainty,
        ground="the army and two publishers with their own sources",
        place=found,
        event_date=EventDate(on or (NOW - ago).date(), DatePrecision.DAY),
    )
    return IncidentRow(
        key=key,
        origin=origin,
        facts=facts,
        line=line,
        first_seen=NOW - ago,
        last_revised=NOW - ago,
        stories=publishers + 1,
        publishers=publishers,
        new=new,
        updated=updated,
        watched=watched,
        follow_up_only=follow_up_only,
    )


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


CONFIRMED, CORROBORATED = IncidentCertainty.CONFIRMED, IncidentCertainty.CORROBORATED
CLAIMED, DISPUTED, UNFOUNDED = (
    IncidentCertainty.CLAIMED,
    IncidentCertainty.DISPUTED,
    IncidentCertainty.UNFOUNDED,
)


def news() -> tuple[IncidentRow, ...]:
    """Twenty-odd incidents of every kind, the newest first."""
    balloon, jet, missile = ObjectCode.BALLOON, ObjectCode.MILITARY_AIRCRAFT, ObjectCode.MISSILE
    return (
        incident("lt1", "Smuggling balloons from Belarus shut Vilnius airport for a third night", minutes(5), thing=balloon, event=Event.AIRSPACE_CLOSURE, actor=("BY",), response=(Response.AIRPORT_CLOSED, Response.MONITORED_ONLY), place="Vilnius", new=True, publishers=11),
        incident("pl1", "Fighters shoot down a drone that crossed from the east near Lublin", minutes(6), cc="PL", event=Event.SHOOTDOWN, actor=("RU",), response=(Response.SCRAMBLE, Response.SHOOTDOWN), place="Lublin", new=True, watched=True, publishers=23),
        incident("tw1", "21 aircraft cross the median line of the strait", minutes(8), cc="TW", thing=jet, event=Event.ADIZ_ENTRY, actor=("CN",), new=True, publishers=9),
        incident("dk1", "Copenhagen halts departures after large drones are seen over the runway", minutes(14), cc="DK", event=Event.AIRSPACE_CLOSURE, certainty=CORROBORATED, place="Copenhagen", new=True, publishers=14),
        incident("ee1", "Two fighters stay four minutes in the airspace near Vaindloo", minutes(29), cc="EE", thing=jet, actor=("RU",), response=(Response.INTERCEPTION,), place="Vaindloo", new=True, watched=True, publishers=8),
        incident("ro1", "Debris of a drone is found in a village of the Danube delta", minutes(32), cc="RO", event=Event.DEBRIS_FOUND, actor=("RU",), new=True, publishers=6),
        incident("jp1", "Fighters sent up against a suspected surveillance balloon off Yonaguni", minutes(44), cc="JP", thing=balloon, event=Event.INTERCEPTION, certainty=CORROBORATED, new=True, publishers=4),
        incident("kr1", "A joint bomber patrol enters the identification zone", minutes(47), cc="KR", thing=jet, event=Event.ADIZ_ENTRY, actor=("CN", "RU"), new=True, publishers=7),
        incident("fi1", "Border guard looks into a suspected drone crossing in the south-east", minutes(56), cc="FI", certainty=CORROBORATED, new=True, publishers=3),
        incident("lv1", "An unidentified drone is tracked over Latgale", minutes(92), cc="LV", certainty=CORROBORATED, place="Latgale", publishers=3),
        incident("md1", "Air defence follows 34 drones and five missiles across the border", minutes(98), cc="MD", thing=missile, event=Event.SHOOTDOWN, certainty=CORROBORATED, updated=True, publishers=31),
        incident("md2", "An attack drone crosses Moldovan airspace for twelve minutes", minutes(126), cc="MD", certainty=CORROBORATED, publishers=5),
        incident("no1", "Oslo airport closes its airspace for a short time after a drone is seen", minutes(130), cc="NO", event=Event.AIRSPACE_CLOSURE, certainty=CLAIMED, publishers=5),
        incident("de1", "Drones over a shipyard and a naval base", minutes(151), cc="DE", certainty=CLAIMED, publishers=4),
        incident("be1", "A third night of drones above an air base", minutes(163), cc="BE", event=Event.SIGHTING, certainty=CORROBORATED, publishers=9),
        incident("il1", "Interceptors fired at a missile from the south", minutes(173), cc="IL", thing=missile, event=Event.SHOOTDOWN, certainty=CORROBORATED, publishers=12),
        incident("us1", "Two long-range bombers tracked off Alaska", minutes(175), cc="US", thing=jet, event=Event.INTERCEPTION, publishers=4),
        incident("ph1", "A helicopter shadows a patrol aircraft at three metres", minutes(184), cc="PH", thing=ObjectCode.HELICOPTER, publishers=2),
        incident("tr1", "An aerial object out of control is brought down over the Black Sea coast", minutes(189), cc="TR", thing=ObjectCode.UNIDENTIFIED, event=Event.SHOOTDOWN, certainty=CORROBORATED, publishers=3),
        incident("ca1", "A high-altitude object under watch over Yukon", minutes(196), cc="CA", thing=balloon, event=Event.INTERCEPTION, certainty=DISPUTED, publishers=2),
        incident("gr1", "Four violations in the north-east Aegean reported by the general staff", minutes(200), cc="GR", thing=jet, certainty=CLAIMED, publishers=2),
        incident("jo1", "The army intercepts a drone at the northern border", minutes(218), cc="JO", event=Event.SHOOTDOWN, certainty=CORROBORATED, updated=True, publishers=2),
        incident("nl1", "Guards fire at drones over an air base", minutes(226), cc="NL", certainty=CLAIMED, publishers=6),
        incident("pl2", "Eleven balloon-like objects recorded at the border overnight", minutes(253), cc="PL", thing=balloon, certainty=CORROBORATED, publishers=4),
        incident("pl3", "Warsaw summons the envoy over the drone of last week", minutes(290), cc="PL", event=Event.PROTEST, follow_up_only=True, publishers=5),
        incident("pl4", "A drone near Kielce was a weather probe", minutes(410), cc="PL", certainty=UNFOUNDED, publishers=2),
        incident("nn1", "Drones seen over a cable ship in open water", minutes(500), cc="", event=Event.SIGHTING, certainty=CLAIMED, publishers=1),
    )  # fmt: skip


def baseline() -> tuple[IncidentRow, ...]:
    """Known incidents of the past."""
    base, balloon = Origin.BASELINE, ObjectCode.BALLOON
    return (
        incident("b-pl", "Debris of a missile kills two at Przewodów", timedelta(days=1200), cc="PL", thing=ObjectCode.MISSILE, event=Event.CRASH, origin=base, publishers=0, on=date(2022, 11, 15)),
        incident("b-us", "Surveillance balloon shot down off South Carolina", timedelta(days=1138), cc="US", thing=balloon, event=Event.SHOOTDOWN, actor=("CN",), origin=base, publishers=0, on=date(2023, 2, 4)),
        incident("b-tw", "Remains of a balloon found on Dongyin", timedelta(days=1130), cc="TW", thing=balloon, event=Event.DEBRIS_FOUND, actor=("CN",), certainty=CLAIMED, origin=base, publishers=0, on=date(2023, 2, 16)),
    )  # fmt: skip


def countries(incidents: Sequence[IncidentRow], now: datetime = NOW) -> tuple[CountryRow, ...]:
    """Rows as the store would count them."""
    rows = []
    order = list(Severity)
    for code in dict.fromkeys(c for row in incidents for c in (row.facts.affected or ("",))):
        own = [row for row in incidents if code in (row.facts.affected or ("",))]
        fresh = [row for row in own if row.origin is not Origin.BASELINE and not row.follow_up_only]
        recent = [0] * 24
        for row in fresh:
            slot = 23 - max(0, min(23, int((now - row.first_seen).total_seconds() // 3600)))
            recent[slot] += 1
        severity = min((row.facts.severity for row in fresh), key=order.index, default=Severity.ROUTINE)
        rows.append(
            CountryRow(
                iso2=code,
                name=territory_name(code),
                incidents=len(fresh),
                new=sum(row.new for row in own),
                baseline=len(own) - sum(row.origin is not Origin.BASELINE for row in own),
                severity=severity,
                recent=tuple(recent),
                coverage=Coverage(Nearness.HOME, 4, 1 if code == "NO" else 4) if code else Coverage(),
            ),
        )
    return tuple(rows)


def story_row(  # noqa: PLR0917 -- a table
    key: str, title: str, publisher: str, lang: str, ago: int, score: float
) -> StoryRow:
    return StoryRow(
        key=key,
        title=title,
        publisher=publisher,
        feed=f"{publisher} World",
        lang=lang,
        url=f"https://news.example/{key}",
        published=NOW - minutes(ago),
        first_seen=NOW - minutes(ago) + timedelta(seconds=61),
        score=score,
        threshold=6.0,
        versions=1,
    )


STORIES = (
    story_row("s1", "Vilnius airport halts flights again over balloons", "Baltic Wire", "en", 14, 9.2),
    story_row("s2", "Šešiasdešimt balionų, keturi nusileido", "Vilniaus Diena", "lt", 19, 9.0),
    story_row("s3", "リトアニアの空港、気球で再び閉鎖", "Asahi Example", "ja", 26, 8.8),
    story_row("s4", "Аэропорт Вильнюса снова закрыт", "Nevskoe Vremya", "ru", 41, 8.4),
    story_row("s5", "Flughafen Vilnius erneut gesperrt", "Ostsee-Kurier", "de", 58, 8.1),
    story_row("s6", "Lentokenttä suljettiin pallojen takia", "Itärannikko", "fi", 62, 7.7),
)

SUMMARY = (
    "Vilnius airport suspended flights late on Tuesday for the third night in a row after about 60 balloons used to "
    "smuggle cigarettes drifted in from Belarus, Lithuanian officials said.\n"
    "Radar first picked up the objects over the district of Šalčininkai shortly before 23:00 local time. The operator "
    "halted departures and arrivals and diverted six flights to Riga and Kaunas.\n"
    "A spokesman said that four of them came down on our territory; the rest crossed and left. No aircraft were "
    "scrambled.\n"
    "Airspace was reopened at 03:40. Minsk has rejected earlier complaints."
)


EARLIER = StoryVersion(
    NOW - minutes(12),
    "Vilnius airport halts flights over drones",
    SUMMARY.replace("about 60 balloons", "about 40 balloons"),
    None,
    NOW - minutes(6),
)


def span(fact: str, value: str, words: str, text: str = SUMMARY) -> Span:
    start = text.index(words)
    return Span(fact, value, "summary", start, start + len(words))


def reason(name: str, words: str, weight: float, text: str = SUMMARY) -> Reason:
    if not words:
        return Reason(name, "", "summary", 0, 0, weight)
    start = text.index(words)
    return Reason(name, words, "summary", start, start + len(words), weight)


READING = Reading(
    Verdict(
        relevant=True,
        war_routine=False,
        score=9.2,
        threshold=6.0,
        lang="en",
        why=(
            reason("object_and_zone", "balloons", 3.4),
            reason("closure_verb", "suspended flights", 2.2),
            reason("affected_state", "Lithuanian officials", 1.4),
            reason("official_source", "A spokesman said", 1.2),
            reason("sport_words", "the rest crossed", -0.4),
            reason("no_official_of_the_actor", "", 0.0),
        ),
    ),
    (
        Report(
            affected=("LT",),
            actor=("BY",),
            object=(ObjectCode.BALLOON,),
            zone=(Zone.SOVEREIGN, Zone.AIRPORT),
            event=(Event.AIRSPACE_CLOSURE, Event.VIOLATION),
            response=(Response.AIRPORT_CLOSED,),
            certainty=Certainty.CONFIRMED,
            count=60,
            place=Place("Vilnius", "LT", 54.6, 25.3, PlacePrecision.SETTLEMENT),
            event_date=EventDate(date(2026, 3, 17), DatePrecision.DAY),
            spans=(
                span("object", "balloon", "balloons"),
                span("event", "airspace_closure", "suspended flights"),
                span("affected", "LT", "Lithuanian"),
                span("actor", "BY", "Belarus"),
                span("count", "60", "about 60"),
                span("event_date", "2026-03-17", "late on Tuesday"),
                span("place", "Vilnius", "Vilnius"),
                span("response", "airport_closed", "halted departures and arrivals"),
                span("certainty", "confirmed", "officials said"),
            ),
        ),
    ),
)


def timeline() -> tuple[TimelineEntry, ...]:
    at = NOW - minutes(94)
    return (
        TimelineEntry(
            at, TimelineKind.FIRST_REPORT, "Baltic Wire", "First report: objects on radar over Šalčininkai"
        ),
        TimelineEntry(
            at + minutes(8),
            TimelineKind.NEW_PUBLISHER,
            "Vilniaus Diena",
            "The operator confirms the suspension",
        ),
        TimelineEntry(at + minutes(23), TimelineKind.EVENT, "rule", "Event violation → airspace closure"),
        TimelineEntry(
            at + minutes(42), TimelineKind.COUNT, "Ostsee-Kurier", "Count: 60 objects, four landed"
        ),
        TimelineEntry(
            at + minutes(66), TimelineKind.CERTAINTY, "rule", "Certainty claimed → confirmed (two officials)"
        ),
        TimelineEntry(
            at + minutes(80),
            TimelineKind.NEW_PUBLISHER,
            "Nevskoe Vremya",
            "Airspace open again, 18 flights affected",
        ),
    )


ASSIGNMENTS = (
    Assignment(
        story="s1",
        position=0,
        incident="lt1",
        is_new=False,
        why=(
            GroupReason("same_state", "Lithuania", 2.0),
            GroupReason("same_object", "balloon", 1.5),
            GroupReason("day", "18 Mar, within a day", 1.2),
        ),
        nearest=NearMiss("pl2", "another state, four hours earlier"),
    ),
)


def feeds() -> tuple[FeedRow, ...]:
    ok, day = FeedStatus.OK, minutes(24 * 60)
    # Name, state, how it stands, problem, usual gap, age of the last new entry, stories kept in 30 days.
    table = (
        ("Baltic Wire", "LT", ok, None, minutes(40), minutes(12), 31),
        ("Vilniaus Diena", "LT", ok, None, minutes(55), minutes(70), 9),
        ("Asahi Example", "JP", ok, None, minutes(30), 9 * day, 2),
        (
            "Nevskoe Vremya",
            "RU",
            FeedStatus.DAMAGED,
            "not well formed, salvaged: line 812",
            minutes(90),
            minutes(200),
            4,
        ),
        (
            "Ministry of Example",
            "DK",
            FeedStatus.FAILING,
            "503 from the server; asked again in 15 minutes",
            minutes(600),
            3 * day,
            1,
        ),
        (
            "Old Gazette",
            "GB",
            FeedStatus.GONE,
            "410: gone for good; check the address by hand",
            None,
            None,
            0,
        ),
        ("Itärannikko", "FI", FeedStatus.NEVER, None, None, None, 0),
        ("Border Guard of Example", "EE", ok, None, 6 * day, 4 * day, 3),
        ("Weekly Observer", "PL", ok, None, None, None, 0),
        ("Island Courier", "TW", FeedStatus.DISABLED, None, minutes(45), 2 * day, 0),
    )
    return tuple(
        FeedRow(
            Feed(url=f"https://feeds.example/{at}.xml", name=name, country=country, lang="en", publisher=name, kind=FeedKind.NATIONAL, enabled=status is not FeedStatus.DISABLED),
            FeedState(
                url=f"https://feeds.example/{at}.xml",
                status=status,
                last_answer=None if status is FeedStatus.NEVER else NOW - minutes(at + 1),
                last_ok=NOW - minutes(at + 1) if status is ok else NOW - minutes(300) if new else None,
                last_new=NOW - new if new else None,
                usual_gap=gap,
                next_due=NOW + minutes(at + 3),
                failures=4 if status is FeedStatus.FAILING else 0,
                problem=problem,
                last_status={ok: 304, FeedStatus.FAILING: 503, FeedStatus.GONE: 410}.get(status),
                last_bytes=48_210 if status is ok else None,
                polls=80 if new else 0,
                unchanged=61 if new else 0,
            ),
            entries=180 + at,
            kept=lately * 3,
            lately=lately,
        )
        for at, (name, country, status, problem, gap, new, lately) in enumerate(table)
    )  # fmt: skip


HEALTHY = CollectorStatus(
    pid=4711,
    host="desk",
    heartbeat=NOW - timedelta(seconds=4),
    state="idle",
    last_poll=NOW - timedelta(seconds=12),
    next_poll=NOW + timedelta(seconds=41),
    feeds=FeedCounts(ok=42, damaged=2, failing=1, waiting=0),
)
OFFLINE = replace(
    HEALTHY,
    state="offline",
    last_poll=NOW - minutes(112),
    next_poll=NOW + timedelta(seconds=37),
)
STARTING = replace(
    HEALTHY,
    state="polling",
    last_poll=None,
    next_poll=None,
    round_done=26,
    round_total=150,
    feeds=FeedCounts(waiting=150),
)


@dataclass
class FakeSource:
    """The reading side of a store, held in memory; `incidents` and `status` may be changed while it is read."""

    incidents: tuple[IncidentRow, ...] = field(default_factory=lambda: (*news(), *baseline()))
    status: CollectorStatus = HEALTHY
    looked: datetime | None = LOOKED
    stories: int = 12431
    broken: str | None = None
    rung: tuple[Rung, ...] = ()
    """Alerts, latest first."""
    saved: tuple[SavedView, ...] = ()
    """Views."""
    told: tuple[Alert, ...] = ()
    """Alerts of the last day, latest first."""
    failing: tuple[FailingChannel, ...] = ()
    details: dict[str, StoryDetail] = field(default_factory=dict)
    timelines: dict[str, tuple[TimelineEntry, ...]] = field(default_factory=dict)
    """Of incidents whose history is another than everybody's."""
    told_at: dict[str, tuple[Telling, ...]] = field(default_factory=dict)
    """When the stories of an incident came, where that matters."""
    asked: list[BoardQuery] = field(default_factory=list)
    """What boards were asked for."""
    generation: int = 1
    beat: int = 1
    reads: int = 0
    threads: set[str] = field(default_factory=set)

    def change(self, *incidents: IncidentRow) -> None:
        """Other incidents, as a stored poll would bring them."""
        self.incidents = incidents
        self.generation += 1

    def ring(self, *texts: str) -> None:
        """Alerts are raised, as the process that fetches would."""
        for text in texts:
            self.rung = (Rung(len(self.rung) + 1, NOW, "watch", "i1", text), *self.rung)
        self.generation += 1

    def say(self, status: CollectorStatus) -> None:
        self.status = status
        self.beat += 1

    def board_as_read(self, query: BoardQuery, now: datetime) -> Iterator[Board]:
        """In two parts, as a large store gives it."""
        whole = self.board(query, now)
        yield replace(whole, countries=(), coverage=(), counted=False)
        yield whole

    def _ask(self) -> None:
        self.threads.add(threading.current_thread().name)
        if self.broken:
            raise OSError(self.broken)

    def stamp(self) -> StoreStamp:
        self._ask()
        return StoreStamp(self.generation, self.beat)

    def board(self, query: BoardQuery, now: datetime) -> Board:
        self._ask()
        self.reads += 1
        self.asked.append(query)
        window = query.window
        shown = tuple(
            row
            for row in self.incidents
            if row.origin is Origin.BASELINE or window is None or now - row.last_revised <= window
        )
        counted = [row for row in shown if row.origin is not Origin.BASELINE and not row.follow_up_only]
        tags: dict[str, int] = {}
        for tag in dict.fromkeys(EVENT_TAG.values()):
            count = sum(EVENT_TAG[row.facts.event[0]] == tag for row in counted)
            if count:
                tags[tag] = count
        rows = countries(shown, now)
        return Board(
            generation=self.generation,
            taken=now,
            query=query,
            countries=rows,
            coverage=tuple((row.iso2, row.coverage) for row in countries(self.incidents) if row.iso2)
            if now >= NOW
            else (("NO", Coverage(Nearness.HOME, 4, 4)),),
            incidents=shown,
            looked=self.looked,
            rung=self.rung,
            alerts=len(self.rung),
            total=len(counted),
            previous_total=19 if counted else 0,
            new=sum(row.new for row in counted),
            tags=tuple(tags.items()),
            stories=self.stories,
            entries=self.stories * 7,
            views=self.saved,
        )

    def collector(self, now: datetime) -> CollectorStatus:
        self._ask()
        return self.status

    def incident(self, key: str) -> IncidentDetail | None:
        self._ask()
        row = next((row for row in self.incidents if row.key == key), None)
        if row is None:
            return None
        if row.origin is Origin.BASELINE:
            known = BaselineIncident(
                key=key,
                facts=row.facts,
                description="Known from several official statements; told here as a fact, not as news.",
                outcome="confirmed by the state concerned",
                basis="official statements",
                certain=False,
                uncertain=("count", "place"),
            )
            return IncidentDetail(row, (), (), (), known)
        return IncidentDetail(row, self.timelines.get(key, timeline()), STORIES, ASSIGNMENTS)

    def outcomes(self, now: datetime) -> tuple[OutcomeCounts, ...]:
        self._ask()
        shown = (
            row for row in self.incidents if row.origin is not Origin.BASELINE and not row.follow_up_only
        )
        return outcome_counts(
            (iso2, outcome_at(row.facts.outcome, row.earliest, now, UNRESOLVED_AFTER), 1)
            for row in shown
            for iso2 in row.facts.affected or ("",)
        )

    def story(self, key: str) -> StoryDetail | None:
        self._ask()
        if key in self.details:
            return self.details[key]
        row = next((row for row in STORIES if row.key == key), None)
        if row is None:
            return None
        return StoryDetail(
            row=row,
            summary=SUMMARY,
            reading=READING,
            incidents=("lt1",),
            assignments=ASSIGNMENTS,
            versions=(EARLIER,),
            siblings=tuple(other for other in STORIES if other.key != key),
        )

    def find_incidents(self, query: Part, now: datetime, limit: int) -> Found[IncidentRow]:
        """Those whose line holds every bare word of the query, case aside; the fields are the store's to test."""
        self._ask()
        words = [word.casefold() for word in str(query).split() if ":" not in word]
        rows = tuple(row for row in self.incidents if all(word in row.line.casefold() for word in words))
        return Found(rows[:limit], len(rows))

    def find_stories(self, query: Part, now: datetime, limit: int) -> Found[StoryHit]:
        """As above, by headline."""
        self._ask()
        words = [word.casefold() for word in str(query).split() if ":" not in word]
        rows = tuple(row for row in STORIES if all(word in row.title.casefold() for word in words))
        hits = tuple(StoryHit(row, SUMMARY, ("LT",), Severity.HIGH) for row in rows[:limit])
        return Found(hits, len(rows))

    def facets(self, query: Part, now: datetime) -> Facets:
        self._ask()
        total = self.find_incidents(query, now, 0).total
        return Facets(total, (Facet("country", "LT", total), Facet("object", "balloon", 1)) if total else ())

    def feeds(self, now: datetime) -> tuple[FeedRow, ...]:
        self._ask()
        return feeds()

    def statistics(self, now: datetime, weeks: int) -> Statistics:
        self._ask()
        return statistics_at(now, weeks)

    def tellings(self) -> dict[str, tuple[Telling, ...]]:
        self._ask()
        return self.told_at

    def this_week(self, now: datetime) -> WeekCounts:
        self._ask()
        return counts_of(now, 1)

    def views(self) -> tuple[SavedView, ...]:
        self._ask()
        return self.saved

    def desk(self, now: datetime) -> Desk:
        """Views count by the words of their query; something happened to what is new or updated."""
        self._ask()
        found = {view.name: self._lines_with(view.text) for view in self.saved}
        return Desk(
            taken=now,
            views=tuple(
                ViewCount(view, len(found[view.name]), sum(row.new for row in found[view.name]))
                for view in self.saved
            ),
            watched=tuple(
                WatchedIncident(row, self.looked, timeline()[-2:] if row.new or row.updated else ())
                for row in self.incidents
                if row.watched
            ),
            log=self.told,
            failing=self.failing,
        )

    def _lines_with(self, text: str) -> list[IncidentRow]:
        words = [word.casefold() for word in text.split() if ":" not in word]
        return [
            row
            for row in self.incidents
            if row.origin is not Origin.BASELINE and all(word in row.line.casefold() for word in words)
        ]

    def close(self) -> None:
        pass


@dataclass
class FakeMarks:
    """The writing side; changes the source as the store would."""

    source: FakeSource
    said: list[tuple[str, object]] = field(default_factory=list)
    requests: list[PollRequest] = field(default_factory=list)

    def _replace(self, keys: Sequence[str], **changes: Any) -> None:
        self.source.incidents = tuple(
            replace(row, **changes) if row.key in keys else row for row in self.source.incidents
        )
        self.source.generation += 1

    def mark_seen(self, keys: Sequence[str], at: datetime) -> None:
        self.said.append(("seen", tuple(keys)))
        self._replace(keys, new=False, updated=False)

    def mark_unseen(self, keys: Sequence[str]) -> None:
        self.said.append(("unseen", tuple(keys)))
        self._replace(keys, new=True)

    def set_watched(self, key: str, *, watched: bool, at: datetime) -> None:
        self.said.append(("watched", (key, watched)))
        self._replace([key], watched=watched)

    def set_note(self, key: str, text: str, at: datetime, instead_of: str | None = None) -> Written:
        self.said.append(("note", (key, text)))
        self._replace([key], note=text)
        return Written.DONE

    def set_tags(
        self, key: str, tags: Sequence[str], at: datetime, instead_of: Sequence[str] | None = None
    ) -> Written:
        self.said.append(("tags", (key, tuple(tags))))
        self._replace([key], tags=tuple(tags))
        return Written.DONE

    def edit_view(self, edit: ViewEdit, at: datetime) -> tuple[SavedView, ...]:
        self.source.saved = edited(self.source.saved, edit)
        self.source.generation += 1
        self.said.append(("view", edit.said))
        return self.source.saved

    def set_looked(self, at: datetime) -> None:
        self.said.append(("looked", at))
        self.source.looked = at

    def correct(self, correction: Correction, at: datetime, note: str = "") -> Made:
        self.said.append(("correct", correction))
        return Made(len(self.said), at, correction, note)

    def undo_correction(self, number: int, at: datetime) -> Made:
        _, correction = self.said[number - 1]
        assert isinstance(correction, Correction)
        self.said.append(("undo", number))
        return Made(number, at, correction, undone_at=at)

    def request(self, request: PollRequest, at: datetime) -> None:
        self.requests.append(request)

    def ask_full_text(self, key: str, at: datetime) -> None:
        self.said.append(("full text", key))

    def remember(self, name: str, value: str) -> None:
        self.said.append((name, value))

    def recall(self, name: str) -> str | None:
        return None

    def close(self) -> None:
        pass


@dataclass
class FakeOutside:
    """Remembers what it was asked."""

    asked: list[tuple[object, ...]] = field(default_factory=list)

    def _done(self, *asked: object) -> Switched:
        self.asked.append(asked)
        return Switched(done=True, said=f"done: {asked[0]}")

    def copy(self, text: str) -> str:
        self.asked.append(("copy", text))
        return "xclip"

    def edit(self, url: str) -> Switched:
        return self._done("edit", url)

    def add(self, url: str) -> Switched:
        return self._done("add", url)

    def export(self, what: tuple[str, ...] | Part, form: str) -> Switched:
        return self._done("export", what, form)

    def export_feeds(self) -> Switched:
        return self._done("export_feeds")


@dataclass
class FakeBrowser:
    """Opens nothing; refuses what is no web link."""

    opened: list[str] = field(default_factory=list)

    def open(self, url: str) -> LinkRefused | None:
        if not url.startswith(("http://", "https://")):
            return LinkRefused("only http and https links are opened")
        self.opened.append(url)
        return None


@dataclass
class FakeCollecting:
    """A collector that can be made to die."""

    runs: bool = False
    starts: int = 0
    stays_up: bool = True

    def start(self) -> None:
        self.starts += 1
        self.runs = self.stays_up

    def alive(self) -> bool:
        return self.runs

    @property
    def pid(self) -> int | None:
        return 12 if self.runs else None

    def last_words(self) -> str:
        return "feeds.toml, line 3: not TOML"

    def stop(self) -> None:
        self.runs = False


def gate(source: FakeSource | None = None, **changes: Any) -> Gate:
    """A gate of fakes."""
    held = source or FakeSource()
    made = Gate(source=held, marks=FakeMarks(held), collecting=None, browser=FakeBrowser())
    return replace(made, **changes)
