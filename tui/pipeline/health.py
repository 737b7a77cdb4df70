"""How a feed stands after a poll. Pure: state and outcome in, state out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tui.domain.feed import Feed, FeedState, FeedStatus, Settings, Validators
from tui.pipeline.ports import Fetched, FetchFailed, NotModified, Parsed, ParseFailed
from tui.pipeline.rhythm import Rhythm, wait_after_answer, wait_after_failure


@dataclass(frozen=True, slots=True)
class Taken:
    """A feed came and was read."""

    fetched: Fetched
    parsed: Parsed
    body_hash: str
    new: int
    """Entries not seen before."""


@dataclass(frozen=True, slots=True)
class SameBody:
    """A body came that is the one we hold, byte for byte."""

    fetched: Fetched


_NEVER_READ = "It says that nothing has changed, but what it sent could not be read; it will be asked anew"

Outcome = Taken | SameBody | NotModified | FetchFailed | ParseFailed


@dataclass(frozen=True, slots=True)
class Terms:
    """What a transition needs to know beside state and outcome."""

    feed: Feed
    settings: Settings
    rhythm: Rhythm
    now: datetime
    jitter: float
    """In [0, 1)."""


def after(state: FeedState, outcome: Outcome, terms: Terms) -> FeedState:
    """The state of a feed after one poll."""
    state = replace(state, last_attempt=terms.now)
    match outcome:
        case Taken():
            return _after_feed(state, outcome, terms)
        case SameBody(answer):
            return _after_nothing_new(state, answer, terms)
        case NotModified() if state.body_hash is not None:
            return _after_nothing_new(state, outcome, terms)
        case NotModified() | ParseFailed():
            return _after_bad_content(state, outcome, terms)
        case FetchFailed():
            return _after_failure(state, outcome, terms)


def _after_feed(state: FeedState, taken: Taken, terms: Terms) -> FeedState:
    return replace(
        _answered(state, taken.fetched, taken.parsed.ttl, terms),
        status=FeedStatus.DAMAGED if taken.parsed.damaged else FeedStatus.OK,
        problem=taken.parsed.damaged,
        body_hash=taken.body_hash,
        last_new=terms.now if taken.new else state.last_new,
    )


def _after_nothing_new(state: FeedState, answer: Fetched | NotModified, terms: Terms) -> FeedState:
    """As before; a feed that had to be salvaged stays damaged until it is read whole."""
    damaged = state.status is FeedStatus.DAMAGED
    return replace(
        _answered(state, answer, None, terms),
        status=FeedStatus.DAMAGED if damaged else FeedStatus.OK,
        problem=state.problem if damaged else None,
    )


def _answered(
    state: FeedState, answer: Fetched | NotModified, ttl: timedelta | None, terms: Terms
) -> FeedState:
    wait = wait_after_answer(
        terms.feed,
        terms.settings,
        terms.rhythm,
        validators=answer.validators,
        max_age=answer.max_age,
        ttl=ttl,
        jitter=terms.jitter,
    )
    return replace(
        state,
        validators=answer.validators,
        last_answer=terms.now,
        last_ok=terms.now,
        next_due=terms.now + wait,
        failures=0,
        moved_to=answer.moved_to,
    )


def _after_bad_content(state: FeedState, outcome: NotModified | ParseFailed, terms: Terms) -> FeedState:
    """No feed: without validators and hash the next answer is read anew, so that no 304 can hide it."""
    reason = outcome.reason if isinstance(outcome, ParseFailed) else state.problem or _NEVER_READ
    forgotten = replace(state, validators=Validators(), body_hash=None, last_answer=terms.now)
    return _failed(forgotten, reason, terms, retry_after=None)


def _after_failure(state: FeedState, failure: FetchFailed, terms: Terms) -> FeedState:
    if failure.offline:  # our own network's doing: not counted, nothing shown
        return replace(state, next_due=terms.now + terms.rhythm.offline_first)
    if failure.status is not None:
        state = replace(state, last_answer=terms.now)
    if state.status is FeedStatus.DAMAGED:
        # The problem shown is now another one; what was damaged has to be read again to be known.
        state = replace(state, validators=Validators(), body_hash=None)
    failed = _failed(state, failure.reason, terms, retry_after=failure.retry_after)
    return replace(failed, status=FeedStatus.GONE, next_due=None) if failure.gone else failed


def _failed(state: FeedState, reason: str, terms: Terms, *, retry_after: timedelta | None) -> FeedState:
    failures = state.failures + 1
    wait = wait_after_failure(
        terms.feed,
        terms.settings,
        terms.rhythm,
        failures=failures,
        retry_after=retry_after,
        jitter=terms.jitter,
    )
    return replace(
        state,
        status=FeedStatus.FAILING,
        failures=failures,
        problem=reason,
        next_due=terms.now + wait,
    )
