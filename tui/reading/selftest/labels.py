"""How well sets of labels were found: micro precision and recall, exact sets, single labels."""

from collections import Counter
from collections.abc import Iterable

from tui.domain.value import dataclass

Pair = tuple[frozenset[str], frozenset[str]]
"""Labels found and right labels of one item."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Right hits, false hits and misses; None where nothing can be said of a ratio."""

    hits: int
    false: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Hits of all that was found."""
        found = self.hits + self.false
        return self.hits / found if found else None

    @property
    def recall(self) -> float | None:
        """Hits of all that is right."""
        right = self.hits + self.missed
        return self.hits / right if right else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two."""
        total = 2 * self.hits + self.false + self.missed
        return 2 * self.hits / total if total else None


def micro(pairs: Iterable[Pair]) -> Tally:
    """Hits, false hits and misses over all labels of all items."""
    hits = false = missed = 0
    for found, right in pairs:
        hits += len(found & right)
        false += len(found - right)
        missed += len(right - found)
    return Tally(hits, false, missed)


def exact(pairs: Iterable[Pair]) -> float | None:
    """Share of the items whose labels were found exactly; None without items."""
    marks = [found == right for found, right in pairs]
    return sum(marks) / len(marks) if marks else None


def relevance(marks: Iterable[tuple[bool, bool]]) -> Tally:
    """Found and right relevance of each item."""
    return micro((_as_set(found), _as_set(right)) for found, right in marks)


def _as_set(relevant: bool) -> frozenset[str]:  # noqa: FBT001 - the one thing it turns
    return frozenset({"relevant"}) if relevant else frozenset()


def confusion(pairs: Iterable[Pair]) -> Counter[tuple[str, str]]:
    """How often each right label was read as each other; an empty string is a label too many or too few."""
    counts: Counter[tuple[str, str]] = Counter()
    for found, right in pairs:
        missed, false = sorted(right - found), sorted(found - right)
        for at in range(max(len(missed), len(false))):
            counts[missed[at] if at < len(missed) else "", false[at] if at < len(false) else ""] += 1
    return counts
