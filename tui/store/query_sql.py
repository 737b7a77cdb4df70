"""A query as a condition on incidents or on stories; what a person typed only ever travels as a parameter."""

# ruff: noqa: S608 - our own words; whatever was typed is a parameter

from dataclasses import field
from datetime import datetime, timedelta
from typing import TypeGuard

from tui.domain.codes import Severity
from tui.domain.query_fields import folded
from tui.domain.query_tree import (
    All,
    AnyOf,
    Between,
    Days,
    Is,
    Leaf,
    Named,
    Not,
    OneOf,
    Part,
    Told,
    Weeks,
    Words,
)
from tui.domain.value import dataclass
from tui.domain.weeks import WEEK
from tui.store.functions import spaced
from tui.store.incident_rows import IS_NEW, IS_UPDATED, SEVERITY_RANK
from tui.store.statistics_schema import ANSWER, FIRST_TOLD, HOUR
from tui.store.values import plain, stamp_of

_NEVER, _ALWAYS = "0", "1"

_NAMES_OF_STORIES = {
    "publisher": "story.publisher IN (SELECT publisher FROM (SELECT DISTINCT publisher FROM story) WHERE holds(publisher, {0}))",
    "feed": (
        "story.id IN (SELECT told.id FROM story told JOIN entry ON entry.id = told.id"
        " WHERE feed_id IN (SELECT id FROM feed WHERE holds(name, {0}) OR holds(url, {0})))"
    ),
    "lang": "substr(story.lang || '-', 1, length({0}) + 1) = {0} || '-' COLLATE NOCASE",
}
_NAMES_OF_INCIDENTS = {
    "place": "incident.id IN (SELECT incident_id FROM incident_fact WHERE field = 'place' AND holds(value, {0}))",
    "tag": "incident.id IN (SELECT incident_id FROM incident_tag WHERE folded = ltrim({0}, '#'))",
    "note": "incident.id IN (SELECT incident_id FROM incident_note WHERE holds(text, {0}))",
}
_NEVER_TOLD = "(incident.origin = 'baseline' AND ifnull(incident.told, 0) = 0)"
"""What came with the program and no feed has told of since: when it was stored says nothing of it."""


def _since_known(stamp: str) -> str:
    """The stamp; of what was never in the news, one before any moment that can be written."""
    return f"iif({_NEVER_TOLD}, -9000000000000000000, {stamp})"


_NUMBERS = {
    "publishers": "incident.publishers",
    "stories": "incident.stories",
    "count": "json_extract(incident.facts, '$.count')",
    "hour": f"iif({_NEVER_TOLD}, NULL, {HOUR})",
    "answer": ANSWER,
    "age": f"(({{now}} - {_since_known(FIRST_TOLD)}) / 86400000000)",
}
_COLUMNS = {
    "certainty": "incident.certainty",
    "outcome": "coalesce(incident.outcome, 'open')",
    "main_object": "incident.object",
    "main_event": "incident.event",
}
"""Fields of one value, which are columns."""
_STATES = {
    "baseline": "incident.origin = 'baseline'",
    "news": "incident.origin <> 'baseline'",
    "followup": "incident.follow_up_only = 1",
    "disputed": (
        "(incident.certainty = 'disputed'"
        " OR incident.id IN (SELECT incident_id FROM incident_fact WHERE field = 'disputed'))"
    ),
    "watched": "incident.id IN (SELECT incident_id FROM incident_mark WHERE watched_at IS NOT NULL)",
    "noted": "incident.id IN (SELECT incident_id FROM incident_note)",
    "tagged": "incident.id IN (SELECT incident_id FROM incident_tag)",
}
_MARKED = "incident.id IN (SELECT id FROM incident LEFT JOIN incident_mark ON incident_id = id WHERE {0})"
_BY_MARK = {
    "new": _MARKED.format(IS_NEW),
    "updated": _MARKED.format(IS_UPDATED),
    "seen": _MARKED.format(f"NOT {IS_NEW}"),
}


@dataclass(slots=True)
class Condition:
    """An SQL condition and its parameters; `names` lacks `looked`, which the caller adds."""

    sql: str = _ALWAYS
    names: dict[str, object] = field(default_factory=dict)


def on_incidents(query: Part, now: datetime) -> Condition:
    """A condition on rows of `incident`."""
    return _Writer(now, of_stories=False).condition(query)


def on_stories(query: Part, now: datetime, *, led: bool = False) -> Condition:
    """A condition on rows of `story`; facts side by side are those of one incident that a story is in.

    `led`: something else leads to few stories, of which each is looked at; else the facts lead to them.
    """
    return _Writer(now, of_stories=True, led=led).condition(query)


def match_of(words: Words) -> str | None:
    """The FTS5 expression; None when there is no letter in it that could be found."""
    pieces = [
        piece
        for piece in spaced(plain(words.text)).replace('"', " ").replace("\ufffd", " ").split()
        if any(letter.isalnum() for letter in piece)
    ]
    if not pieces:
        return None
    return f'"{" ".join(pieces)}"' + ("" if words.phrase else "*")


_FACTS = (OneOf, Named, Between, Days, Weeks, Told, Is)


def _of_incidents(part: Part) -> TypeGuard[OneOf | Named | Between | Days | Weeks | Told | Is]:
    """Whether it asks for a fact of an incident."""
    return isinstance(part, _FACTS) and not (isinstance(part, Named) and part.field in _NAMES_OF_STORIES)


def of_incidents_alone(part: Part) -> bool:
    """Whether it asks for facts of incidents, and for nothing that a story has of its own."""
    if isinstance(part, Not):
        return of_incidents_alone(part.part)
    if isinstance(part, All | AnyOf):
        return bool(part.parts) and all(map(of_incidents_alone, part.parts))
    return _of_incidents(part)


class _Writer:
    """Writes one condition; collects its parameters."""

    def __init__(self, now: datetime, *, of_stories: bool, led: bool = False) -> None:
        self._now = now
        self._of_stories = of_stories
        self._led = led
        self._names: dict[str, object] = {}

    def condition(self, query: Part) -> Condition:
        return Condition(self._part(query), self._names)

    def _part(self, part: Part) -> str:
        if isinstance(part, Not):
            return f"NOT ifnull({self._part(part.part)}, 0)"
        if isinstance(part, All):
            return self._all(part.parts)
        if isinstance(part, AnyOf):
            return self._joined(part.parts, " OR ", _NEVER)
        return self._leaf(part)

    def _all(self, parts: tuple[Part, ...]) -> str:
        """Of stories, all facts that stand side by side are asked of one incident: who asks for two means one event."""
        facts = [part for part in parts if self._of_stories and _of_incidents(part)]
        if len(facts) < 2:
            return self._joined(parts, " AND ", _ALWAYS)
        together = self._on_incident(" AND ".join(self._of_incident(fact) for fact in facts))
        others = [part for part in parts if part not in facts]
        return f"({' AND '.join([together, *map(self._part, others)])})"

    def _joined(self, parts: tuple[Part, ...], between: str, empty: str) -> str:
        return f"({between.join(map(self._part, parts))})" if parts else empty

    def _leaf(self, leaf: Leaf) -> str:
        if isinstance(leaf, Words):
            return self._words(leaf)
        if isinstance(leaf, Named) and leaf.field in _NAMES_OF_STORIES:
            return self._on_story(self._named(leaf, _NAMES_OF_STORIES[leaf.field]))
        return self._on_incident(self._of_incident(leaf))

    def _on_story(self, condition: str) -> str:
        """A condition on stories, for the incidents they are in."""
        if self._of_stories:
            return condition
        # A hidden story is in no incident.
        return (
            "incident.id IN (SELECT incident_id FROM report"
            f" WHERE incident_id IS NOT NULL AND story_id IN (SELECT story.id FROM story WHERE {condition}))"
        )

    def _on_incident(self, condition: str) -> str:
        """A condition on incidents, for the stories in them."""
        if not self._of_stories:
            return condition
        if self._led:
            return (
                # One inside the other: as a join, the list of the inner condition is gone through for every story.
                "EXISTS (SELECT 1 FROM report WHERE report.story_id = story.id AND EXISTS"
                f" (SELECT 1 FROM incident WHERE incident.id = report.incident_id AND {condition}))"
            )
        return (
            "story.id IN (SELECT report.story_id FROM incident JOIN report ON report.incident_id = incident.id"
            f" WHERE {condition})"
        )

    def _words(self, words: Words) -> str:
        """In a story; an incident is also known by the line it is shown by."""
        match = match_of(words)
        if match is None:
            return _NEVER
        name = self._name(match)
        hits = f"SELECT rowid FROM story_fts WHERE story_fts MATCH {name}"
        if self._of_stories:
            return f"story.id IN ({hits})"
        return (
            f"incident.id IN (SELECT incident_id FROM report WHERE story_id IN ({hits})"
            f" UNION SELECT rowid FROM incident_fts WHERE incident_fts MATCH {name})"
        )

    def _named(self, named: Named, condition: str) -> str:
        return (
            "(" + " OR ".join(condition.format(self._name(plain(folded(text)))) for text in named.texts) + ")"
        )

    def _of_incident(self, leaf: OneOf | Named | Between | Days | Weeks | Told | Is) -> str:
        if isinstance(leaf, OneOf):
            return self._codes(leaf)
        if isinstance(leaf, Named):
            return self._named(leaf, _NAMES_OF_INCIDENTS[leaf.field])
        if isinstance(leaf, Is):
            return "(" + " OR ".join(_STATES.get(state) or _BY_MARK[state] for state in leaf.states) + ")"
        return self._measured(leaf)

    def _measured(self, leaf: Between | Days | Weeks | Told) -> str:
        if isinstance(leaf, Between):
            number = _NUMBERS[leaf.field]
            if leaf.field == "age":
                number = number.format(now=self._name(stamp_of(self._now)))
            return self._within(number, leaf.least, leaf.most)
        if isinstance(leaf, Days):
            first, last = (day.isoformat() if day else None for day in (leaf.first, leaf.last))
            return self._within("incident.event_date", first, last)
        if isinstance(leaf, Weeks):
            return self._weeks(leaf)
        moment = self._name(stamp_of(leaf.moment(self._now)))
        if leaf.field == "revised":
            return f"(incident.last_revised >= {moment} AND NOT {_NEVER_TOLD})"
        if leaf.field == "first":
            return f"(incident.first_seen >= {moment} AND NOT {_NEVER_TOLD})"
        sign = ">=" if leaf.field == "since" else "<"
        told = "coalesce(nullif(incident.told, 0), incident.last_revised)"
        return f"{_since_known(told)} {sign} {moment}"

    def _codes(self, leaf: OneOf) -> str:
        told = [code for code in leaf.codes if code]
        if leaf.field == "severity":
            ranks = ", ".join(self._name(SEVERITY_RANK[Severity(code)]) for code in told)
            return f"incident.severity IN ({ranks})"
        values = ", ".join(map(self._name, told))
        if leaf.field in _COLUMNS:
            column = _COLUMNS[leaf.field]
            return f"({column} IN ({values}){f' OR {column} IS NULL' * ('' in leaf.codes)})"
        rows = f"SELECT incident_id FROM incident_fact WHERE field = {self._name(leaf.field)}"
        conditions = [f"incident.id IN ({rows} AND value IN ({values}))"] if told else []
        if "" in leaf.codes:
            conditions.append(f"incident.id NOT IN ({rows})")
        return f"({' OR '.join(conditions)})"

    def _weeks(self, leaf: Weeks) -> str:
        if leaf.first is None and leaf.last is None:
            return "incident.counted IS NULL"
        first = leaf.first.isoformat() if leaf.first else None
        last = (leaf.last + WEEK - timedelta(days=1)).isoformat() if leaf.last else None
        return self._within("incident.counted", first, last)

    def _within(self, column: str, least: object | None, most: object | None) -> str:
        bounds = [
            f"{column} {sign} {self._name(bound)}"
            for sign, bound in ((">=", least), ("<=", most))
            if bound is not None
        ]
        return f"({' AND '.join(bounds)})" if bounds else _ALWAYS

    def _name(self, value: object) -> str:
        name = f"query_{len(self._names)}"
        self._names[name] = value
        return f":{name}"
