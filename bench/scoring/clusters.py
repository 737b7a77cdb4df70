"""How alike two groupings of the same items are: B-cubed, and pairs that should have stayed apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Grouping = Mapping[str, str]
"""Item to the name of its group."""


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean, 0..1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean; 0 when both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(found: Grouping, right: Grouping) -> Score:
    """Mean over the items that both groupings hold of how much of their group is shared."""
    items = [item for item in right if item in found]
    if not items:
        return Score(0.0, 0.0)
    found_size = Counter(found[item] for item in items)
    right_size = Counter(right[item] for item in items)
    both = Counter((found[item], right[item]) for item in items)
    precision = sum(both[found[item], right[item]] / found_size[found[item]] for item in items)
    recall = sum(both[found[item], right[item]] / right_size[right[item]] for item in items)
    return Score(precision / len(items), recall / len(items))


@dataclass(frozen=True, slots=True)
class Merged:
    """Pairs of look-alike groups, and those that were merged."""

    pairs: int
    wrong: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float:
        """Merged pairs of all pairs, 0..1."""
        return len(self.wrong) / self.pairs if self.pairs else 0.0


def merged_pairs(found: Grouping, right: Grouping, sets: Iterable[Sequence[str]]) -> Merged:
    """Of each set of right groups that must stay apart: the pairs that share a found group."""
    found_of: dict[str, set[str]] = defaultdict(set)
    for item, group in right.items():
        if item in found:
            found_of[group].add(found[item])
    apart = {
        (min(first, second), max(first, second))
        for names in sets
        for first in names
        for second in names
        if first < second and first in found_of and second in found_of
    }
    wrong = sorted(pair for pair in apart if found_of[pair[0]] & found_of[pair[1]])
    return Merged(len(apart), tuple(wrong))
