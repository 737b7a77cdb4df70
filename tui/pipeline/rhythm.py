"""How often a feed is asked: intervals, hints of the publisher, back-off. Pure."""

from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from tui.domain.feed import Feed, FeedState, FeedStatus, Settings, Validators, Wishes
from tui.domain.value import dataclass
from tui.pipeline.host_rules import rule_for

_HOUR = timedelta(hours=1)
_DAY = timedelta(hours=24)
_CLOCK_SLACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The times that polling keeps to; the defaults are for the real world, recordings and tests pass others."""

    floor: timedelta = timedelta(minutes=5)
    """No feed is asked more often, whatever feeds.toml says."""
    without_validators: timedelta = _HOUR
    """For feeds that cannot say "nothing new" and have no interval of their own."""
    longest_age: timedelta = 5 * _HOUR
    """How much of a Cache-Control max-age is believed; some say years."""
    longest_ttl: timedelta = _HOUR
    """How much of a feed's own ttl is believed."""
    longest_skip: timedelta = _DAY
    """How much of skipHours and skipDays is believed."""
    slowest: timedelta = _HOUR
    """However little a feed brings, it is asked this often, or at its own or the general interval when that is longer."""
    silence_share: int = 8
    """A silence makes the gap between two entries look at least this part of itself."""
    longest_back_off: timedelta = 6 * _HOUR
    """For feeds that do not answer."""
    first_refusal: timedelta = _HOUR
    """For 4xx: the address is wrong or unwelcome."""
    longest_refusal: timedelta = _DAY
    """For 4xx, and for what is no feed."""
    moves: int = 3
    moved_for: timedelta = _DAY
    """A permanent redirect is believed after so many good answers over this time: portals redirect everything."""
    validators_trusted: timedelta = timedelta(days=8)
    """After so long without a body one is asked for without conditions: some servers say 304 to anything."""
    longest_retry_after: timedelta = _DAY
    spread: float = 0.05
    """Share of the interval by which polls are spread, so that nothing falls into step."""
    back_off_spread: float = 0.2
    spacing: timedelta = timedelta(seconds=1)
    """Real time between two requests to one origin."""
    hold: timedelta = timedelta(minutes=10)
    """How long an origin rests after a 429 that does not say."""
    hand_pause: timedelta = timedelta(minutes=1)
    """A person who asks for everything twice within this time asks once."""
    offline_first: timedelta = timedelta(minutes=1)
    offline_longest: timedelta = timedelta(minutes=15)
    resume_gap: timedelta | None = timedelta(minutes=2)
    """A jump of the clock by more than this is a resume from sleep; None: the clock is simulated."""
    resume_spread: timedelta = timedelta(minutes=1)
    """What was missed in sleep is caught up over this time."""
    lease: timedelta = timedelta(seconds=30)
    tick: timedelta = timedelta(seconds=1)
    """Real time between two looks at requests, lease and due feeds."""
    idle_beat: timedelta = timedelta(seconds=5)
    restart_first: timedelta = timedelta(seconds=5)
    restart_longest: timedelta = timedelta(minutes=1)


class Trouble(StrEnum):
    """What kind of failure, as far as waiting goes."""

    PASSING = "passing"
    """No answer, or a server in trouble: it may be over in minutes."""
    NO_FEED = "no_feed"
    """What came is no feed: a mistake of the publisher, or a portal in between."""
    REFUSED = "refused"
    """4xx: asking again soon changes nothing."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What speaks for when to ask again a feed that answered."""

    validators: Validators
    max_age: timedelta | None = None
    """How long the server says that its answer stays fresh."""
    wishes: Wishes = field(default_factory=Wishes)
    usual_gap: timedelta | None = None
    silent_for: timedelta = timedelta(0)
    """Since it last brought something new."""
    yields: bool = False
    """It brought incidents lately: never slowed down for bringing little else."""


def usual_interval(feed: Feed, settings: Settings, rhythm: Rhythm) -> timedelta:
    """Its own interval, else the general one, never below the floor or what its host asks for."""
    return max(feed.every or settings.interval, rhythm.floor, rule_for(feed.url).shortest)


def wait_after_answer(
    feed: Feed, settings: Settings, rhythm: Rhythm, answered: Answered, *, now: datetime, jitter: float
) -> timedelta:
    """How long until the next poll of a feed that answered; `jitter` is in [0, 1).

    The longest of what speaks for waiting. An interval of its own overrules all but the server's word.
    """
    wait = usual_interval(feed, settings, rhythm)
    if feed.every is None:
        if answered.validators == Validators():
            wait = max(wait, rhythm.without_validators)
        if not answered.yields:
            wait = max(wait, _adapted(answered, rhythm))
        wait = max(wait, min(answered.wishes.ttl or wait, rhythm.longest_ttl))
    wait = max(wait, min(answered.max_age or wait, rhythm.longest_age))
    wait *= 1 + rhythm.spread * jitter
    return wait if feed.every is not None else wait + _skipped(answered.wishes, now + wait, rhythm)


def _adapted(answered: Answered, rhythm: Rhythm) -> timedelta:
    """Twice as often as it brings something new, so that nothing waits for longer than its own usual gap."""
    gap = max(answered.usual_gap or timedelta(0), answered.silent_for / rhythm.silence_share)
    return min(gap / 2, rhythm.slowest)


def _skipped(wishes: Wishes, due: datetime, rhythm: Rhythm) -> timedelta:
    """How much later the next hour is in which the feed wants to be asked; a day at most is believed."""
    if not wishes.skip_hours and not wishes.skip_days:
        return timedelta(0)
    moment = due
    while moment.hour in wishes.skip_hours or moment.weekday() in wishes.skip_days:
        moment = moment.replace(minute=0, second=0, microsecond=0) + _HOUR
        if moment - due >= rhythm.longest_skip:
            return rhythm.longest_skip
    # Not on the stroke of the hour, where all that skip would meet.
    return (
        moment - due + (timedelta(minutes=due.minute, seconds=due.second) if moment > due else timedelta(0))
    )


def wait_after_failure(
    feed: Feed,
    settings: Settings,
    rhythm: Rhythm,
    *,
    failures: int,
    kind: Trouble,
    retry_after: timedelta | None,
    jitter: float,
) -> timedelta:
    """Doubled with each failure in a row up to a cap, never shorter than the interval or what was asked for."""
    interval = usual_interval(feed, settings, rhythm)
    first = max(interval, rhythm.first_refusal) if kind is Trouble.REFUSED else interval
    doubled = first * (1 << min(failures - 1, 16))
    longest = rhythm.longest_back_off if kind is Trouble.PASSING else rhythm.longest_refusal
    wait = max(interval, min(doubled, longest)) * (1 + rhythm.back_off_spread * jitter)
    asked = min(retry_after or timedelta(0), rhythm.longest_retry_after)
    return max(wait, asked * (1 + rhythm.spread * jitter))


def is_due(state: FeedState, now: datetime) -> bool:
    """Whether it is time, or the clock was turned back since it was asked."""
    if state.status is FeedStatus.GONE:
        return False
    if state.next_due is None or state.next_due <= now:
        return True
    return state.last_attempt is not None and state.last_attempt > now + _CLOCK_SLACK


def may_ask_by_hand(state: FeedState | None, now: datetime, rhythm: Rhythm) -> bool:
    """Whether a person may have a feed asked before its time: not twice in a moment, and never one that is gone."""
    if state is None or state.last_attempt is None:
        return True
    # An attempt in the future means that the clock was turned back: nothing to wait for.
    just_asked = now - rhythm.hand_pause < state.last_attempt <= now
    return state.status is not FeedStatus.GONE and not just_asked
