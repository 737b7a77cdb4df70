"""The store as of an earlier moment: what was known by then, counted anew. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from tui.domain.board import Board, CountryRow, IncidentDetail, IncidentRow, Telling
from tui.domain.codes import EVENT_TAG, Origin, Severity
from tui.domain.territories import territory_name

_SLICES = 24


def board_at(
    whole: Board,
    at: datetime,
    window: timedelta | None,
    tellings: Mapping[str, tuple[Telling, ...]] = MappingProxyType({}),
) -> Board:
    """What stood on the board then, out of one that holds everything and the stories of each incident.

    An incident is there from its first sight on, as old as its stories of then. Its facts are those of now: earlier
    ones are not kept.
    """
    known = [
        _then(row, at, tellings.get(row.key, ()))
        for row in whole.incidents
        if row.origin is Origin.BASELINE or row.first_seen <= at
    ]
    news = [row for row in known if row.origin is not Origin.BASELINE]
    shown = [row for row in news if window is None or at - row.latest <= window]
    counted = [row for row in shown if not row.follow_up_only]
    before = 0
    if window is not None:
        before = sum(not row.follow_up_only and window < at - row.latest <= 2 * window for row in news)
    tags = Counter(EVENT_TAG[row.facts.event[0]] for row in counted if row.facts.event)
    return replace(
        whole,
        taken=at,
        query=replace(whole.query, window=window),
        countries=_countries(counted, at, window),
        incidents=(*shown, *(row for row in known if row.origin is Origin.BASELINE)),
        looked=None,
        total=len(counted),
        previous_total=before,
        new=0,
        tags=tuple((tag, tags[tag]) for tag in dict.fromkeys(EVENT_TAG.values()) if tags[tag]),
        coverage=(),
    )


def detail_at(detail: IncidentDetail, at: datetime) -> IncidentDetail:
    """An incident with its history, stories and sources as far as they were there."""
    stories = tuple(story for story in detail.stories if story.first_seen <= at)
    there = {story.key for story in stories}
    later = {story.key for story in detail.stories} - there
    told = [
        Telling(story.first_seen, min(story.published or story.first_seen, story.first_seen))
        for story in stories
    ]
    return replace(
        detail,
        row=_then(detail.row, at, told),
        timeline=tuple(step for step in detail.timeline if step.at <= at),
        stories=stories,
        assignments=tuple(one for one in detail.assignments if one.story not in later),
        linked=tuple(one for one in detail.linked if one.row.first_seen <= at),
        chain=replace(detail.chain, links=tuple(one for one in detail.chain.links if one.story not in later)),
    )


def _then(row: IncidentRow, at: datetime, tellings: Sequence[Telling]) -> IncidentRow:
    """Nothing is new in the past; its age is that of the last story that had come, else of the first one."""
    come = [one.told for one in tellings if one.came <= at]
    told = max(come, default=row.latest)
    if told > at:
        told = min(row.earliest, at)
    return replace(
        row,
        new=False,
        updated=False,
        last_revised=min(row.last_revised, at),
        told=told if row.origin is not Origin.BASELINE else row.told,
        stories=len(come) or row.stories,
        publishers=min(row.publishers, len(come)) if come else row.publishers,
    )


def _countries(counted: list[IncidentRow], at: datetime, window: timedelta | None) -> tuple[CountryRow, ...]:
    order = list(Severity)
    by_state: dict[str, list[IncidentRow]] = {}
    for row in counted:
        for code in row.facts.affected or ("",):
            by_state.setdefault(code, []).append(row)
    oldest = min((row.first_seen for row in counted), default=at)
    span = window or max(at - oldest, timedelta(hours=1))
    rows = []
    for code, own in by_state.items():
        recent = [0] * _SLICES
        for row in own:
            back = (at - row.first_seen) / span
            if 0 <= back < 1:
                recent[_SLICES - 1 - int(back * _SLICES)] += 1
        worst = min((row.facts.severity for row in own), key=order.index)
        name = territory_name(code) if code else "No state named"
        rows.append(CountryRow(code, name, len(own), 0, 0, worst, tuple(recent)))
    return tuple(sorted(rows, key=lambda row: (-row.incidents, row.name)))


def seen_by_slice(whole: Board, start: datetime, end: datetime, slices: int) -> tuple[int, ...]:
    """How many news incidents were first seen in each equal slice of a time."""
    counts = [0] * slices
    for row in whole.incidents:
        if row.origin is not Origin.BASELINE and start <= row.first_seen <= end and end > start:
            counts[min(slices - 1, int((row.first_seen - start) / (end - start) * slices))] += 1
    return tuple(counts)
