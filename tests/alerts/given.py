"""A store with alerts, a clock that is turned by hand, and messages for the channels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tests.store.samples import FEED, NOON, a_report, a_round, an_entry, filed, keeper_on, kept
from tui.domain.alerts import (
    Alert,
    AlertPlan,
    AlertRule,
    AlertTime,
    Batch,
    Channel,
    ChannelKind,
    StoryLink,
    Trigger,
)
from tui.domain.board import IncidentRow
from tui.domain.codes import Origin
from tui.domain.feed import Feed
from tui.domain.incident import IncidentFacts
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import Part
from tui.store.alert_out import Logged, load_log
from tui.store.alerts import StoreAlerts
from tui.store.database import open_reader, open_writer

HOOK = Channel("hook", ChannelKind.WEBHOOK, "http://127.0.0.1:9/hook")
DAY = timedelta(days=1)


def asked(text: str) -> Part:
    query = parse_query(text)
    assert not isinstance(query, QueryProblem)
    return query


def a_rule(query: str = "", *on: Trigger, **fields: object) -> AlertRule:
    return AlertRule("rule", asked(query), on or (Trigger.NEW,), ("hook",), **fields)  # type: ignore[arg-type]  # fields of AlertRule


def moment(at: datetime, *, quiet: bool = False) -> AlertTime:
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return AlertTime(at, midnight, midnight + DAY, quiet)


def an_alert(number: int = 1, line: str = "PL violation", title: str = "Drones seen") -> Alert:
    row = IncidentRow(
        key=f"i{number}",
        origin=Origin.NEWS,
        facts=IncidentFacts(affected=("PL",)),
        line=line,
        first_seen=NOON,
        last_revised=NOON,
        stories=1,
        publishers=1,
        new=True,
        updated=False,
        watched=False,
        follow_up_only=False,
    )
    return Alert(
        number, NOON, "rule", (Trigger.NEW,), "new", row, (StoryLink(title, "https://a.example", "A"),)
    )


def a_batch(*alerts: Alert) -> Batch:
    told = alerts or (an_alert(),)
    return Batch(tuple(alert.id for alert in told), told)


@dataclass
class Desk:
    """A store that is filled and looked at, time going on by hand."""

    path: Path
    plan: AlertPlan
    at: datetime = NOON

    def __post_init__(self) -> None:
        keeper = keeper_on(self.path)
        feeds = [Feed(FEED, "Example", country="PL", publisher="Example News")]
        feeds += [Feed(f"{FEED}/{name}", name, publisher=name) for name in ("b", "c")]
        keeper.sync_feeds(feeds, NOON)
        keeper.close()
        self._number = 0

    def tell(self, incident: str, publisher: str = "Example News", **report: object) -> None:
        """A story of that incident comes in."""
        self._number += 1
        keeper = keeper_on(self.path)
        read = kept(an_entry(self._number, publisher=publisher, published=self.at), a_report(**report))
        keeper.save_round(a_round(read, filing=filed(read, incident), at=self.at))
        keeper.close()

    def poll(self) -> None:
        """The feed of Poland answers, and has nothing new."""
        keeper = keeper_on(self.path)
        keeper.save_round(a_round(at=self.at))
        keeper.close()

    def look_at_states(self) -> int:
        """Look what happened to states, by a process of its own."""
        book = StoreAlerts(open_writer(self.path))
        try:
            return book.look_at_states(self.plan, moment(self.at))
        finally:
            book.close()

    def look(self, *, may_begin: bool = True) -> int:
        """Evaluate, by a process of its own."""
        book = StoreAlerts(open_writer(self.path))
        try:
            return book.evaluate(self.plan, moment(self.at), may_begin=may_begin)
        finally:
            book.close()

    def due(self, *, quiet: bool = False) -> Batch:
        """What the hook has to tell now."""
        book = StoreAlerts(open_writer(self.path))
        try:
            found = book.due(self.plan.channels, moment(self.at, quiet=quiet))
            return found[0][1] if found else Batch(())
        finally:
            book.close()

    def sent(self, batch: Batch) -> None:
        """The hook told it."""
        book = StoreAlerts(open_writer(self.path))
        book.sent("hook", batch, self.at)
        book.close()

    def log(self) -> tuple[Logged, ...]:
        """Everything that was alerted, oldest first."""
        reader = open_reader(self.path)
        try:
            return load_log(reader, 1000)[::-1]
        finally:
            reader.close()

    def incidents(self) -> list[IncidentRow]:
        """What was alerted, as it was then, oldest first."""
        return [logged.alert.row for logged in self.log() if logged.alert.row is not None]

    def later(self, **span: float) -> None:
        """Time goes on."""
        self.at += timedelta(**span)


def a_plan(*rules: AlertRule, channels: Iterable[Channel] = (HOOK,)) -> AlertPlan:
    return AlertPlan(rules, tuple(channels))
