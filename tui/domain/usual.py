"""What is usual in a week, said honestly of small numbers."""

from collections.abc import Sequence
from functools import lru_cache

from tui.domain.value import dataclass

TRAILING = 26
"""Weeks before one that say what is usual in it."""

FEWEST_WEEKS = 8
"""Watched weeks below which nothing is called usual or unusual."""

_TAIL = 0.025
"""Left out at either end: 1 of 20 weeks in all."""
_PRIOR = 0.5
"""Incidents added before a rate is drawn (Jeffreys): weeks without any do not prove that there never are any."""
_FARTHEST = 10_000
"""Where the search is given up: of very many incidents the chances are too small for a float to add them up."""


@dataclass(frozen=True, slots=True)
class Usual:
    """The range in which 19 of 20 weeks are expected, ends included."""

    low: int
    high: int
    weeks: int
    """Watched weeks that it was drawn from."""

    @property
    def said(self) -> str:
        """As "0-2", or "2" when both ends are the same."""
        return f"{self.low}–{self.high}" if self.low != self.high else str(self.low)


RULE = (
    f"Usual is the range in which 19 of 20 weeks are expected, drawn from those of the {TRAILING} weeks before in which "
    "the feeds of the state were heard: by a Poisson rate that is itself uncertain (a negative binomial, its prior half "
    "an incident), and never narrower than what those weeks had. A week in which its feeds were silent is left out: it "
    f"is no zero. With fewer than {FEWEST_WEEKS} weeks heard nothing is called usual. The week under way is only ever "
    "called unusual for too many."
)
"""The rule in words, for wherever a range is shown."""


def usual_range(counts: Sequence[int]) -> Usual | None:
    """What the counts of watched, complete weeks let expect of another; None when they are too few."""
    return _range(tuple(sorted(counts)))


@lru_cache(4096)
def _range(ranked: tuple[int, ...]) -> Usual | None:
    weeks = len(ranked)
    if weeks < FEWEST_WEEKS:
        return None
    inside = int(_TAIL * weeks)
    low = min(_expected(sum(ranked), weeks, _TAIL), ranked[inside])
    high = max(_expected(sum(ranked), weeks, 1 - _TAIL), ranked[weeks - 1 - inside])
    return Usual(low, high, weeks)


def _expected(total: int, weeks: int, share: float) -> int:
    """The count at or below which that share of weeks lies: negative binomial, the Poisson of an uncertain rate."""
    shape = total + _PRIOR
    chance = (weeks / (weeks + 1)) ** shape
    reached, count = chance, 0
    while reached < share and count < _FARTHEST:
        count += 1
        chance *= (shape + count - 1) / (count * (weeks + 1))
        reached += chance
    return count


def is_unusual(count: int, usual: Usual | None, *, over: bool) -> bool:
    """Whether a week had more than usual, or as a complete one fewer."""
    return usual is not None and (count > usual.high or (over and count < usual.low))


def week_words(count: int, usual: Usual | None, heard: int, *, over: bool) -> str:
    """A week beside what is usual: "unusual: 6 this week, usual 0-2"; `over` when the week is complete."""
    when = "that week" if over else "this week"
    if usual is None:
        return (
            f"{count} {when}, too short a record to say what is usual: {heard} of {FEWEST_WEEKS} weeks heard"
        )
    said = f"{count} {when}, usual {usual.said}"
    return f"unusual: {said}" if is_unusual(count, usual, over=over) else said
