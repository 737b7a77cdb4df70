"""Which feeds speak for each state and how many of them answered lately: what makes a zero quiet or blind."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from tui.domain.coverage import ENOUGH_BEFORE, Coverage, Nearness, nearest, spoken_in
from tui.domain.feed import FeedState
from tui.domain.value import dataclass
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, moment_or_none, to_json

FRESH_INTERVALS = 3
"""A feed is fresh when it answered within so many of its intervals."""

_NONE = Coverage()


@dataclass(frozen=True, slots=True)
class LookingFeed:
    """A feed of the list that is switched on."""

    id: int
    country: str | None
    lang: str | None
    fresh: bool
    asked: bool


def is_fresh(state: FeedState, every: timedelta, now: datetime) -> bool:
    """Whether a feed answered as a feed within three of its intervals.

    A healthy feed may be polled more rarely than asked (no validators, Retry-After): its next date says so.
    """
    if state.last_ok is None:
        return False
    if not state.failures and state.next_due and state.last_attempt:
        every = max(every, state.next_due - state.last_attempt)
    return now - state.last_ok <= FRESH_INTERVALS * every


def looking_feeds(
    connection: sqlite3.Connection, now: datetime, interval: timedelta
) -> tuple[LookingFeed, ...]:
    """Every feed that is asked; `interval` is what one without its own is polled at."""
    found = []
    for number, country, lang, every, last_ok, failures, due, attempt in connection.execute(
        """
        SELECT feed.id, country, settings ->> 'lang', settings ->> 'every', last_ok, failures, next_due,
            last_attempt
        FROM feed LEFT JOIN feed_state ON feed_id = feed.id
        WHERE removed_at IS NULL AND enabled
        """,
    ):
        state = FeedState(
            url="",
            last_ok=moment_or_none(last_ok),
            failures=failures or 0,
            next_due=moment_or_none(due),
            last_attempt=moment_or_none(attempt),
        )
        own = interval if every is None else from_json(f'"{every}"', timedelta)
        found.append(LookingFeed(number, country, lang, is_fresh(state, own, now), attempt is not None))
    return tuple(found)


def load_coverage(
    connection: sqlite3.Connection, now: datetime, interval: timedelta
) -> Mapping[str, Coverage]:
    """Coverage of every state that any feed speaks for, by ISO2; the others are not in it."""
    feeds = looking_feeds(connection, now, interval)
    home = _counted(feeds, Nearness.HOME)
    language = _counted(feeds, Nearness.LANGUAGE)
    before = _told_before(connection, feeds)
    return {
        iso2: nearest(home.get(iso2, _NONE), language.get(iso2, _NONE), before.get(iso2, _NONE))
        for iso2 in {*home, *language, *before}
    }


def speakers(connection: sqlite3.Connection, feeds: tuple[LookingFeed, ...]) -> Mapping[str, frozenset[int]]:
    """Ids of the feeds that speak for each state, by ISO2."""
    ties: dict[Nearness, defaultdict[str, set[int]]] = {near: defaultdict(set) for near in Nearness}
    for near in (Nearness.HOME, Nearness.LANGUAGE):
        for feed in feeds:
            for iso2 in _states_of(feed, near):
                ties[near][iso2].add(feed.id)
    asked = {feed.id for feed in feeds}
    for number, iso2 in connection.execute(
        "SELECT feed_id, iso2 FROM feed_country WHERE reports >= ?", (ENOUGH_BEFORE,)
    ):
        if number in asked:
            ties[Nearness.BEFORE][iso2].add(number)
    states = {iso2 for tied in ties.values() for iso2 in tied}
    return {
        iso2: frozenset(next(ties[near][iso2] for near in Nearness if ties[near][iso2])) for iso2 in states
    }


def _states_of(feed: LookingFeed, near: Nearness) -> Iterator[str]:
    if near is Nearness.HOME:
        if feed.country:
            yield feed.country
    else:
        yield from spoken_in(feed.lang)


def _counted(feeds: tuple[LookingFeed, ...], near: Nearness) -> dict[str, Coverage]:
    numbers: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for feed in feeds:
        for iso2 in _states_of(feed, near):
            counts = numbers[iso2]
            counts[0] += 1
            counts[1] += feed.fresh
            counts[2] += feed.asked
    return {
        iso2: Coverage(near, count, fresh, asked=asked > 0) for iso2, (count, fresh, asked) in numbers.items()
    }


def _told_before(connection: sqlite3.Connection, feeds: tuple[LookingFeed, ...]) -> dict[str, Coverage]:
    """By what they reported: a feed counts for each state it told of often enough."""
    rows = connection.execute(
        """
        SELECT iso2, count(*), total(feed_id IN (SELECT value FROM json_each(:fresh))) FROM feed_country
        WHERE reports >= :enough AND feed_id IN (SELECT value FROM json_each(:asked)) GROUP BY iso2
        """,
        {
            "enough": ENOUGH_BEFORE,
            "asked": to_json([feed.id for feed in feeds]),
            "fresh": to_json([feed.id for feed in feeds if feed.fresh]),
        },
    )
    return {iso2: Coverage(Nearness.BEFORE, count, int(fresh)) for iso2, count, fresh in rows}
