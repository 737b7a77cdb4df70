"""How a feed stands after a poll. Pure: state and outcome in, state out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from tui.domain.entry import believed
from tui.domain.feed import Feed, FeedState, FeedStatus, Settings, Validators
from tui.domain.value import dataclass
from tui.pipeline.gaps import observed_gap, usual_gap
from tui.pipeline.host_rules import rule_for
from tui.pipeline.ports import Fetched, FetchFailed, NotModified, Parsed, ParseFailed
from tui.pipeline.rhythm import Answered, Rhythm, Trouble, wait_after_answer, wait_after_failure

PARSE_VERSION = 1
"""Raised when parsing takes more or other entries out of a body: each feed is then read whole once, when it is due."""

_COUNTED_POLLS = 200
"""Beyond so many polls the counts are halved, so that the latest weigh most."""
_PASSING_4XX = {408, 425, 429}
"""Timeout, too early, too many: asking again soon may well help."""


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
    yields: bool = False
    """The feed brought incidents lately."""


def conditions(state: FeedState, rhythm: Rhythm, now: datetime) -> Validators:
    """What the next request may be made conditional on: nothing when the body is wanted whatever the server holds."""
    stale = (
        state.last_full is not None
        and now - state.last_full >= rhythm.validators_trusted
        and not rule_for(state.url).always_conditional
    )
    return Validators() if stale or state.read_by != PARSE_VERSION else state.validators


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
    dates = [entry.published for entry in taken.parsed.entries]
    state = replace(
        state,
        wishes=taken.parsed.wishes,
        usual_gap=usual_gap(dates, terms.now) or observed_gap(state, taken.new, terms.now),
        last_new=_last_new(state, dates, terms.now) if taken.new else state.last_new,
        last_full=terms.now,
    )
    return replace(
        _answered(state, taken.fetched, terms, unchanged=False),
        status=FeedStatus.DAMAGED if taken.parsed.damaged else FeedStatus.OK,
        problem=taken.parsed.damaged,
        body_hash=taken.body_hash,
        read_by=PARSE_VERSION,
    )


def _last_new(state: FeedState, dates: Iterable[datetime | None], now: datetime) -> datetime:
    """Now; of a feed never read before, whose entries are all new to us, the date of the newest."""
    if state.last_new is not None or state.last_ok is not None:
        return now
    return max((date for date in dates if date is not None and believed(date, now)), default=now)


def _after_nothing_new(state: FeedState, answer: Fetched | NotModified, terms: Terms) -> FeedState:
    """As before; a feed that had to be salvaged stays damaged until it is read whole."""
    damaged = state.status is FeedStatus.DAMAGED
    return replace(
        _answered(state, answer, terms, unchanged=True),
        status=FeedStatus.DAMAGED if damaged else FeedStatus.OK,
        problem=state.problem if damaged else None,
    )


def _answered(state: FeedState, answer: Fetched | NotModified, terms: Terms, *, unchanged: bool) -> FeedState:
    answered = Answered(
        validators=answer.validators,
        max_age=answer.max_age,
        wishes=state.wishes,
        usual_gap=state.usual_gap,
        silent_for=terms.now - state.last_new if state.last_new else timedelta(0),
        yields=terms.yields,
    )
    wait = wait_after_answer(
        terms.feed, terms.settings, terms.rhythm, answered, now=terms.now, jitter=terms.jitter
    )
    return replace(
        _counted(_moved(state, answer.moved_to, terms), answer, unchanged=unchanged),
        validators=answer.validators,
        last_answer=terms.now,
        last_ok=terms.now,
        next_due=terms.now + wait,
        failures=0,
        last_full=terms.now if isinstance(answer, Fetched) else state.last_full or terms.now,
    )


def _counted(state: FeedState, answer: Fetched | NotModified, *, unchanged: bool) -> FeedState:
    """The state with what came, and how often of late that was nothing new."""
    fade = 2 if state.polls >= _COUNTED_POLLS else 1
    return replace(
        state,
        last_status=200 if isinstance(answer, Fetched) else 304,
        last_bytes=len(answer.body) if isinstance(answer, Fetched) else state.last_bytes,
        polls=state.polls // fade + 1,
        unchanged=state.unchanged // fade + unchanged,
    )


def _moved(state: FeedState, target: str | None, terms: Terms) -> FeedState:
    """The state with its move: seen again and again over a day, it is believed, and the new address is asked."""
    if target is None:
        return replace(state, moved_to=state.address, moved_times=0, moved_since=None)
    again = target == state.moved_to and state.moved_since is not None
    times = state.moved_times + 1 if again else 1
    since = state.moved_since if again and state.moved_since else terms.now
    if times >= terms.rhythm.moves and terms.now - since >= terms.rhythm.moved_for:
        return replace(state, moved_to=target, address=target, moved_times=0, moved_since=None)
    return replace(state, moved_to=target, moved_times=times, moved_since=since)


def _after_bad_content(state: FeedState, outcome: NotModified | ParseFailed, terms: Terms) -> FeedState:
    """No feed: without validators and hash the next answer is read anew, so that no 304 can hide it."""
    unread = isinstance(outcome, ParseFailed)
    reason = outcome.reason if isinstance(outcome, ParseFailed) else state.problem or _NEVER_READ
    state = replace(state, last_status=200 if unread else 304)
    forgotten = replace(state, validators=Validators(), body_hash=None, last_answer=terms.now)
    return _failed(_back_home(forgotten), reason, terms, Trouble.NO_FEED)


def _after_failure(state: FeedState, failure: FetchFailed, terms: Terms) -> FeedState:
    if failure.offline:  # our own network's doing: not counted, nothing shown
        return replace(state, next_due=terms.now + terms.rhythm.offline_first)
    if failure.status is not None:
        state = replace(state, last_answer=terms.now, last_status=failure.status)
    if state.status is FeedStatus.DAMAGED:
        # The problem shown is now another one; what was damaged has to be read again to be known.
        state = replace(state, validators=Validators(), body_hash=None)
    moody = failure.status == 404 and rule_for(state.url).moody
    refused = (
        failure.status is not None
        and 400 <= failure.status < 500
        and failure.status not in _PASSING_4XX
        and not moody
    )
    kind = Trouble.REFUSED if refused else Trouble.PASSING
    if state.address is not None and (refused or state.failures + 1 >= terms.rhythm.moves):
        return _failed(_back_home(state), failure.reason, terms, Trouble.PASSING)
    failed = _failed(state, failure.reason, terms, kind, failure.retry_after)
    return replace(failed, status=FeedStatus.GONE, next_due=None) if failure.gone else failed


def _back_home(state: FeedState) -> FeedState:
    """A move that turns out bad is undone: the feed's own address is asked again."""
    return replace(state, address=None, moved_to=None, moved_times=0, moved_since=None)


def _failed(
    state: FeedState, reason: str, terms: Terms, kind: Trouble, retry_after: timedelta | None = None
) -> FeedState:
    failures = state.failures + 1
    wait = wait_after_failure(
        terms.feed,
        terms.settings,
        terms.rhythm,
        failures=failures,
        kind=kind,
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
