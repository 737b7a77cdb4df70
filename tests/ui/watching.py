"""A small desk in our own words: saved views, starred incidents with notes and tags, alerts, rules and channels."""

from dataclasses import replace
from datetime import timedelta

from tests.ui.fakes import NOW, FakeSource, baseline, minutes, news
from tui.domain.alerts import Alert, AlertPlan, AlertRule, Channel, ChannelKind, Trigger
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import Part
from tui.domain.views import SavedView, ViewEdit, edited
from tui.domain.watch import AlertStanding, FailingChannel

DAY = timedelta(days=1)
VIEWS = (
    SavedView("Everything", "", DAY),
    SavedView("Baltic balloons", "object:BLN country:LT,LV,EE balloons", timedelta(days=7), "sources"),
    SavedView("NATO east flank", "country:EE,LV,LT,PL,RO,FI event:VIOL,SHOT,DEBR drone", DAY, "severity"),
    SavedView("Taiwan Strait", "country:TW event:ADIZ aircraft", None),
    SavedView("★ watched incidents", "is:watched", None),
)
TOLD = (
    ("lt1", 6, "Airports closed", (Trigger.RESPONSE_ESCALATES,), "response: airport closed"),
    ("pl1", 7, "NATO east flank", (Trigger.NEW,), "new"),
    ("tw1", 8, "Taiwan Strait", (Trigger.NEW,), "new"),
    ("ee1", 29, "NATO east flank", (Trigger.CERTAINTY_UP,), "claimed → confirmed"),
    ("", 80, "blind spots", (Trigger.STATE_BLIND,), "Norway: its feeds answer no more"),
)


def asked(text: str) -> Part:
    query = parse_query(text)
    assert not isinstance(query, QueryProblem)
    return query


def saved() -> tuple[SavedView, ...]:
    views: tuple[SavedView, ...] = ()
    for view in VIEWS:
        views = edited(views, ViewEdit(None, view))
    return views


def a_desk_source() -> FakeSource:
    """The world of the fakes with everything that a person can leave in it."""
    rows = [
        replace(row, note="call the operator at nine", tags=("airport", "verify"))
        if row.key == "lt1"
        else replace(row, tags=("follow-up",))
        if row.key == "de1"
        else replace(row, watched=row.watched or row.key == "no1")
        for row in (*news(), *baseline())
    ]
    by_key = {row.key: row for row in rows}
    told = tuple(
        Alert(len(TOLD) - at, NOW - minutes(ago), rule, on, text, by_key.get(key))
        for at, (key, ago, rule, on, text) in enumerate(TOLD)
    )
    failing = (FailingChannel("broken", NOW - minutes(61), "ended with status 1"),)
    return FakeSource(incidents=tuple(rows), saved=saved(), told=told, failing=failing)


def standing() -> AlertStanding:
    """Three rules, one off; two channels, one of which fails."""
    rules = (
        AlertRule(
            "Baltic balloons",
            asked("country:EE,LT,LV object:BLN balloons"),
            (Trigger.NEW, Trigger.CERTAINTY_UP),
            ("duty",),
        ),
        AlertRule("Taiwan Strait", asked("event:ADIZ aircraft country:TW"), enabled=False),
        AlertRule("blind spots", asked(""), (Trigger.STATE_BLIND,)),
    )
    channels = (Channel("duty", ChannelKind.WEBHOOK), Channel("broken", ChannelKind.COMMAND))
    return AlertStanding(AlertPlan(rules, channels), "22:00-06:00")
