"""Learn what each cue beside a state's name weighs for its role; numbers only enter the project.

    python scripts/learn_roles.py GOLD.jsonl POSITIVE.jsonl

Two logistic regressions over the states named in relevant stories, one for affected, one for actor. Plain
Python, the same answer every time. Prints micro-F1 with every fifth incident held out, then writes
tui/reading/data/role_weights.tsv.
"""

import json
import math
import sys
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui.domain.entry import StoryText
from tui.reading.folding import fold_quick
from tui.reading.language import SAMPLE, read_language
from tui.reading.recall_gate import gate
from tui.reading.roles import settle
from tui.reading.scene import lay_out
from tui.reading.standings import Standings, standings_of

OUT = Path(__file__).parents[1] / "tui" / "reading" / "data" / "role_weights.tsv"
PENALTY = 0.7
EPOCHS = 300
RARE = 2
"""A cue seen beside fewer states than this is not weighed."""

Feature = tuple[str, bool]
Table = dict[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Story:
    """The states of one story with their cues, and the right roles; None where they are not labelled."""

    found: Standings
    right: tuple[frozenset[str] | None, frozenset[str] | None]
    fold: int


def story_of(item: dict[str, Any]) -> Story | None:
    """One labelled story; None when it is not relevant or its roles are not certain."""
    if not item.get("relevant") or item.get("attribution_certain") is False:
        return None
    day = str(item.get("published") or item.get("date") or "")[:10]
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    text = StoryText(item["id"], item["title"], item.get("summary") or "", published, item.get("lang"))
    folded = fold_quick(f"{text.title} {text.summary[:SAMPLE]}")
    lang = read_language(f"{text.title} {text.summary[:SAMPLE]}", folded, text.lang, gate().languages)
    scene = lay_out(text, lang)
    implicit = item.get("implicit") or {}
    real = "affected_named" in item
    right = tuple(
        None if name in implicit else frozenset(item[f"{name}_named" if real else name])
        for name in ("affected", "actor")
    )
    group = str(item.get("incident") or item.get("event") or item["id"])
    return Story(standings_of(scene, scene.sentences), (right[0], right[1]), zlib.crc32(group.encode()) % 5)


def learn(stories: list[Story], role: int) -> dict[Feature, float]:
    """Weights of one role by full-batch gradient with per-weight steps (Rprop)."""
    rows: list[tuple[list[Feature], bool]] = []
    for story in stories:
        right = story.right[role]
        if right is not None:
            rows += [(sorted(s.cues), iso2 in right) for iso2, s in story.found.of.items()]
    seen: dict[Feature, int] = {}
    for features, _ in rows:
        for feature in features:
            seen[feature] = seen.get(feature, 0) + 1
    names = sorted(feature for feature, times in seen.items() if times >= RARE)
    index = {name: number for number, name in enumerate(names)}
    data = [([index[f] for f in features if f in index], label) for features, label in rows]
    size = len(names)
    values, steps, last = [0.0] * (size + 1), [0.05] * (size + 1), [0.0] * (size + 1)
    for _ in range(EPOCHS):
        slope = [PENALTY * value for value in values]
        slope[size] = 0.0
        for features_of, label in data:
            total = values[size] + sum(values[number] for number in features_of)
            error = 1 / (1 + math.exp(-total)) - label
            slope[size] += error
            for number in features_of:
                slope[number] += error
        for number in range(size + 1):
            same = slope[number] * last[number]
            steps[number] = min(
                max(steps[number] * (1.2 if same > 0 else 0.5 if same < 0 else 1.0), 1e-6), 0.5
            )
            if same >= 0 and slope[number]:
                values[number] -= math.copysign(steps[number], slope[number])
            last[number] = slope[number] if same >= 0 else 0.0
    return {**{name: values[number] for name, number in index.items()}, ("bias", True): values[size]}


def table_of(stories: list[Story]) -> Table:
    """Both roles' weights, side by side."""
    roles = [learn(stories, role) for role in (0, 1)]
    names = sorted({name for role in roles for name, _ in role})
    return {
        name: tuple(round(role.get((name, title), 0.0), 2) for role in roles for title in (True, False))
        for name in names
    }


def scores(stories: list[Story], table: Table) -> list[list[int]]:
    """Hits, false hits, misses, exact sets and stories for each role, by one table."""
    counts = [[0] * 5, [0] * 5]
    for story in stories:
        roles = settle(story.found, guess=True, table=table)
        for role, states in enumerate((roles.affected, roles.actor)):
            right = story.right[role]
            if right is None:
                continue
            own = frozenset(states)
            for n, add in enumerate((len(own & right), len(own - right), len(right - own), own == right, 1)):
                counts[role][n] += add
    return counts


def told(counts: list[list[int]]) -> str:
    """Micro-F1 and exact sets of both roles in one line."""
    return ", ".join(
        f"{name} F1 {2 * h / max(2 * h + f + m, 1):.3f} exact {e / max(n, 1):.3f}"
        for name, (h, f, m, e, n) in zip(("affected", "actor"), counts, strict=True)
    )


def main() -> None:
    """Learn, check on incidents held out, write."""
    sets = []
    for path in sys.argv[1:]:
        items = map(json.loads, Path(path).read_text(encoding="utf-8").splitlines())
        sets.append([story for story in map(story_of, items) if story is not None])
    stories = [story for one in sets for story in one]
    tables = [table_of([s for s in stories if s.fold != fold]) for fold in range(5)]
    table = table_of(stories)
    for path, one in zip(sys.argv[1:], sets, strict=True):
        held = [scores([s for s in one if s.fold == fold], tables[fold]) for fold in range(5)]
        total = [[sum(h[role][n] for h in held) for n in range(5)] for role in (0, 1)]
        print(Path(path).stem, "held out:", told(total), "| learnt on:", told(scores(one, table)))
    lines = [
        "# cue\taffected, in a title\tin a summary\tactor, in a title\tin a summary; learnt by scripts/learn_roles.py"
    ]
    lines += ["\t".join([name, *(f"{value:.2f}" for value in values)]) for name, values in table.items()]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
