"""The word part of our grouping on a public benchmark of news titles, beside the published figures.

News-T is 11,109 titles of 152 stories, lower-cased, stop-words removed. Our grouping works on what was read out of a
story; on these titles there is nothing to read, so only the words that two titles share are left of it.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log, sqrt
from pathlib import Path

from tui.domain.incident import FiledReport, IncidentSketch
from tui.domain.reading import Report
from tui.reading.grouping.compare import TELLING, word_likeness
from tui.reading.grouping.index import Index
from tui.reading.grouping.sketching import grown
from tui.reading.grouping.traits import traits_of_report, traits_of_sketch

PUBLISHED = "MStreamF .873, MStream .850, DTM .806"
"""NMI of methods made for such titles, as the makers of the set give it."""
_COMPARED = 60
"""Groups that a title is compared with: those that share the most words with it."""


def news_titles(data: Path) -> list[tuple[str, str]]:
    """Titles with the label of their story, in the order of the set; none when it is absent."""
    file = data / "external/clustering/mstream_News-T.jsonl"
    if not file.is_file():
        return []
    with file.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [(row["textCleaned"], str(row["clusterNo"])) for row in rows]


def grouped_by_words(titles: Iterable[str]) -> list[str]:
    """A group for each title, each joining the likest one so far or founding its own."""
    index = Index()
    holding: dict[str, set[str]] = defaultdict(set)
    found = []
    for number, title in enumerate(titles):
        filed = FiledReport(str(number), 0, Report(), title, "", None, None, "", "en")
        traits = traits_of_report(filed)
        sharing = Counter(group for word in traits.words for group in holding[word] if group in index)
        near = sorted(sharing, key=lambda group: (-sharing[group], group))[:_COMPARED]
        liked = [(word_likeness(traits, index.traits(group), index.rarity), group) for group in near]
        likeness, group = max(liked, default=(0.0, ""))
        if likeness < TELLING:
            group = f"group {number}"
        sketch = index.sketch(group) if group in index else IncidentSketch(group)
        index.put(grown(sketch, traits_of_sketch(sketch), filed, traits))
        for word in traits.words:
            holding[word].add(group)
        found.append(group)
    return found


def mutual_information(found: Sequence[str], right: Sequence[str]) -> float:
    """Mutual information of two groupings by the geometric mean of their entropies, 0..1."""
    total = len(found)
    mine, theirs = Counter(found), Counter(right)
    shared = sum(
        count / total * log(count * total / (mine[one] * theirs[other]))
        for (one, other), count in Counter(zip(found, right, strict=True)).items()
    )
    scale = sqrt(_entropy(mine, total) * _entropy(theirs, total))
    return shared / scale if scale else 0.0


def _entropy(sizes: Counter[str], total: int) -> float:
    return -sum(size / total * log(size / total) for size in sizes.values())
