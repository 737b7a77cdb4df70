"""How often a feed is asked: intervals, hints of the publisher, back-off. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tui.domain.feed import Feed, FeedState, FeedStatus, Settings, Validators

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
    longest_back_off: timedelta = 6 * _HOUR
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


def usual_interval(feed: Feed, settings: Settings, rhythm: Rhythm) -> timedelta:
    """Its own interval, else the general one, never below the floor."""
    return max(feed.every or settings.interval, rhythm.floor)


def wait_after_answer(
    feed: Feed,
    settings: Settings,
    rhythm: Rhythm,
    *,
    validators: Validators,
    max_age: timedelta | None,
    ttl: timedelta | None,
    jitter: float,
) -> timedelta:
    """How long until the next poll of a feed that answered; `jitter` is in [0, 1)."""
    wait = usual_interval(feed, settings, rhythm)
    if feed.every is None:
        if validators == Validators():
            wait = max(wait, rhythm.without_validators)
        wait = max(wait, min(ttl or wait, rhythm.longest_ttl))
    wait = max(wait, min(max_age or wait, rhythm.longest_age))
    return wait * (1 + rhythm.spread * jitter)


def wait_after_failure(
    feed: Feed,
    settings: Settings,
    rhythm: Rhythm,
    *,
    failures: int,
    retry_after: timedelta | None,
    jitter: float,
) -> timedelta:
    """Doubled with each failure in a row up to a cap, never shorter than the interval or what was asked for."""
    interval = usual_interval(feed, settings, rhythm)
    doubled = interval * (1 << min(failures - 1, 16))
    wait = max(interval, min(doubled, rhythm.longest_back_off)) * (1 + rhythm.back_off_spread * jitter)
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
