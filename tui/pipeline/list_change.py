"""A list of feeds that changes while the program runs: the port to it, and what a change means for the feeds. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from tui.domain.feed import Feed, FeedList, FeedState, FeedStatus, Validators
from tui.domain.value import dataclass
from tui.pipeline.rhythm import Rhythm, usual_interval

_HOW_ASKED = ("headers", "params", "proxy", "ca_file", "allow_private", "max_size")
_HOW_PARSED = ("kind", "page")


@dataclass(frozen=True, slots=True)
class ListTrouble:
    """The list of feeds as it is now cannot be used."""

    said: str
    """File, line, what is wrong, what to do."""


class ListWatch(Protocol):
    """The list of feeds, which a person may change at any time."""

    def changed(self) -> bool:
        """Whether it is another than was last read; a moment's work, to be asked about once a second."""
        ...

    def load(self) -> FeedList | ListTrouble:
        """Read it anew; may take a while, so not on the event loop."""
        ...


@dataclass(frozen=True, slots=True)
class ListChange:
    """How many feeds came, went and changed."""

    added: int
    removed: int
    changed: int

    def __str__(self) -> str:
        return f"{self.added} feeds added, {self.removed} removed, {self.changed} changed"


def same_work(before: FeedList, after: FeedList) -> bool:
    """Whether the lists ask for the same: comments and the order of keys are nobody's business."""
    return _asked(before) == _asked(after)


def _asked(listed: FeedList) -> tuple[object, ...]:
    return listed.feeds, listed.settings, listed.rules, listed.alerts


def change_of(before: FeedList, after: FeedList) -> ListChange:
    """The difference, by address."""
    old, new = ({feed.url: feed for feed in listed.feeds} for listed in (before, after))
    both = old.keys() & new.keys()
    return ListChange(
        len(new.keys() - old.keys()), len(old.keys() - new.keys()), sum(old[url] != new[url] for url in both)
    )


def moved_states(
    before: FeedList, after: FeedList, states: Mapping[str, FeedState], rhythm: Rhythm, now: datetime
) -> tuple[FeedState, ...]:
    """States of feeds that the change concerns, as they are to be from now on.

    One that is now asked in another way is asked soon; one that is now parsed in another way is read whole; one with
    a shorter interval does not wait for the end of the longer. A feed that is gone stays gone.
    """
    was = {feed.url: (feed, usual_interval(feed, before.settings, rhythm)) for feed in before.feeds}
    found: list[FeedState] = []
    for feed in after.feeds:
        state = states.get(feed.url)
        if feed.url not in was or state is None or state.status is FeedStatus.GONE or state.next_due is None:
            continue
        old, interval = was[feed.url]
        soon = max(now, (state.last_attempt or now) + rhythm.hand_pause)
        shorter = usual_interval(feed, after.settings, rhythm)
        moved = state
        if _differs(old, feed, (*_HOW_ASKED, *_HOW_PARSED)):
            moved = replace(state, next_due=min(state.next_due, soon))
        elif shorter < interval and not state.failures and state.last_attempt is not None:
            moved = replace(state, next_due=min(state.next_due, max(soon, state.last_attempt + shorter)))
        if _differs(old, feed, _HOW_PARSED):
            moved = replace(moved, validators=Validators(), body_hash=None)
        if moved != state:
            found.append(moved)
    return tuple(found)


def _differs(one: Feed, other: Feed, names: Iterable[str]) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)
