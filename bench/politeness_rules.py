"""What a well-behaved feed reader does, as checks of what a server heard; each tells how often it was kept, of how often it applied.

The rules are those of the published feed-reader behaviour tests (conditional requests with the validators as given, spacing,
no needless 200s, reaction to 429, 503, 410 and redirects), and the wishes that feeds and servers can state.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from bench.scored_server import Habit, Heard

Kept = tuple[int, int]
"""How often a rule was kept, and how often it applied."""

_HOUR = timedelta(hours=1)
_SLACK = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule."""

    name: str
    check: Callable[[Mapping[str, Habit]], Kept]
    needs_time: bool = False
    """It can only be seen over hours, so only on a simulated clock."""


def _feeds(served: Mapping[str, Habit]) -> list[Sequence[Heard]]:
    """Those that answer with feeds and validators all along."""
    return [
        served[name].heard for name in ("plain", "lively", "fresh", "asleep", "moved 302") if name in served
    ]


def _answered(heard: Sequence[Heard]) -> list[Heard]:
    return [one for one in heard if one.status in {200, 304}]


def _count(flags: Sequence[bool]) -> Kept:
    return sum(flags), len(flags)


def _conditional(served: Mapping[str, Habit]) -> Kept:
    return _count([one.conditional for heard in _feeds(served) for one in _answered(heard)[1:]])


def _both(served: Mapping[str, Habit]) -> Kept:
    asked = [one for heard in _feeds(served) for one in _answered(heard)[1:] if one.conditional]
    return _count([{"if-none-match", "if-modified-since"} <= one.headers.keys() for one in asked])


def _exactly(served: Mapping[str, Habit]) -> Kept:
    flags = []
    for heard in _feeds(served):
        for before, one in pairwise(_answered(heard)):
            if one.conditional:
                flags.append(
                    one.headers.get("if-none-match", before.etag) == before.etag
                    and one.headers.get("if-modified-since", before.modified) == before.modified
                )
    return _count(flags)


def _needless(served: Mapping[str, Habit]) -> Kept:
    return _count(
        [one.status == 304 or one.changed for heard in _feeds(served) for one in _answered(heard)[1:]]
    )


def _cleared(served: Mapping[str, Habit]) -> Kept:
    return _count([not one.conditional for one in served["forgetful"].heard[3:]])


def _named(served: Mapping[str, Habit]) -> Kept:
    agents = [one.headers.get("user-agent", "") for habit in served.values() for one in habit.heard]
    return _count(["/" in agent and "http" in agent for agent in agents])


def _packed(served: Mapping[str, Habit]) -> Kept:
    return _count([
        "gzip" in one.headers.get("accept-encoding", "") for habit in served.values() for one in habit.heard
    ])  # fmt: skip


def _bare(served: Mapping[str, Habit]) -> Kept:
    heard = [one for habit in served.values() for one in habit.heard]
    return _count([
        not {"cookie", "referer"} & one.headers.keys() and "?" not in one.path for one in heard
    ])  # fmt: skip


def _left_when_gone(served: Mapping[str, Habit]) -> Kept:
    after = max(len(served["gone"].heard) - 4, 0)
    return int(not after), 1


def _stays_at_302(served: Mapping[str, Habit]) -> Kept:
    return _count([one.path == "/feed" for one in served["moved 302"].heard[::2]])


def _follows_301(served: Mapping[str, Habit]) -> Kept:
    heard = served["moved 301"].heard
    return _count([one.path == "/new" for one in heard[len(heard) * 2 // 3 :]])


def _gaps(heard: Sequence[Heard]) -> list[timedelta]:
    return [later.at - earlier.at for earlier, later in pairwise(heard)]


def _spaced(least: timedelta, *names: str) -> Callable[[Mapping[str, Habit]], Kept]:
    def check(served: Mapping[str, Habit]) -> Kept:
        return _count([gap >= least - _SLACK for name in names for gap in _gaps(served[name].heard)])

    return check


def _spaced_after(status: int, least: timedelta, name: str) -> Callable[[Mapping[str, Habit]], Kept]:
    def check(served: Mapping[str, Habit]) -> Kept:
        pairs = pairwise(served[name].heard)
        return _count([two.at - one.at >= least - _SLACK for one, two in pairs if one.status == status])

    return check


def _spaced_when_forgetful(served: Mapping[str, Habit]) -> Kept:
    return _count([gap >= _HOUR - _SLACK for gap in _gaps(served["forgetful"].heard[2:])])


def _sleeps(served: Mapping[str, Habit]) -> Kept:
    return _count([one.at.hour >= 6 for one in served["asleep"].heard[1:]])


def _backs_off(served: Mapping[str, Habit]) -> Kept:
    """Failing for days: never sooner than a tenth below the time before, up to some hours."""
    gaps = _gaps([one for one in served["failing 500"].heard if one.status == 500])
    flags = [later >= min(earlier * 0.9, 4 * _HOUR) for earlier, later in pairwise(gaps)]
    return _count(flags)


def _off_the_hour(served: Mapping[str, Habit]) -> Kept:
    """Polls are spread: no more than a tenth of them in the first minute of an hour."""
    minutes = [one.at.minute for habit in served.values() for one in habit.heard[1:]]
    return int(sum(minute == 0 for minute in minutes) <= len(minutes) / 10), 1


RULES = (
    Rule("asks conditionally once it can", _conditional),
    Rule("gives both validators when it has both", _both),
    Rule("gives them byte for byte, the last ones", _exactly),
    Rule("causes no 200 without news", _needless),
    Rule("forgets validators that are no longer given", _cleared),
    Rule("names itself and how to reach it", _named),
    Rule("takes gzip", _packed),
    Rule("sends no cookie, referer or query of its own", _bare),
    Rule("leaves a feed that is gone", _left_when_gone),
    Rule("keeps to the old address at a 302", _stays_at_302),
    Rule("goes to the new address of a lasting 301", _follows_301, needs_time=True),
    Rule(
        "waits 15 minutes at least",
        _spaced(timedelta(minutes=15), "plain", "lively", "forgetful"),
        needs_time=True,
    ),
    Rule("waits an hour with a slow feed", _spaced(_HOUR, "plain"), needs_time=True),
    Rule("waits an hour without validators", _spaced_when_forgetful, needs_time=True),
    Rule("waits as a 429 asks (seconds)", _spaced_after(429, 2 * _HOUR, "busy 429"), needs_time=True),
    Rule("waits as a 503 asks (a date)", _spaced_after(503, 3 * _HOUR, "busy 503"), needs_time=True),
    Rule("waits as max-age asks", _spaced(4 * _HOUR, "fresh"), needs_time=True),
    Rule("waits as ttl asks", _spaced(_HOUR, "asleep"), needs_time=True),
    Rule("keeps skipHours", _sleeps, needs_time=True),
    Rule("backs off from a failing server", _backs_off, needs_time=True),
    Rule("waits an hour after a 404", _spaced_after(404, _HOUR, "refusing 404"), needs_time=True),
    Rule("does not meet all others at the full hour", _off_the_hour, needs_time=True),
)
