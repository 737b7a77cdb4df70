"""Learn what each cue of certainty weighs from labelled stories; numbers only enter the project.

    python scripts/learn_certainty.py LABELLED.jsonl

A softmax over the six values, pulled towards the codebook's priors and held at or above nought, so that a
cue never speaks for a value that the codebook does not name beside it. Plain Python, the same answer
every time. Rewrites the last column of tui/reading/data/certainty.tsv.
"""

import json
import math
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui.domain.codes import Certainty
from tui.domain.entry import StoryText
from tui.reading.certainty import Told, cues_of, speakers_of
from tui.reading.events import read_events
from tui.reading.folding import fold_quick
from tui.reading.language import SAMPLE, read_language
from tui.reading.objects import read_objects
from tui.reading.recall_gate import gate
from tui.reading.roles import RoleReader, at_home
from tui.reading.scene import lay_out
from tui.reading.zones import read_zones

TABLE = Path(__file__).parents[1] / "tui" / "reading" / "data" / "certainty.tsv"
PULL = 4.0
"""How hard a weight is pulled to its prior; a prior counts as four stories."""
SETTLED = frozenset({"only the denial is heard"})
"""Cues that the codebook settles by itself ("denied: the story is the denial"): their priors stand."""
EPOCHS = 150
FOLDS = 10

Key = tuple[str, Certainty]
Row = tuple[frozenset[str], Certainty, str]


def rows_of(path: Path) -> list[Row]:
    """Cues, label and incident of every story that is labelled relevant."""
    items = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [_row(item) for item in items if item.get("relevant") and item.get("certainty")]


def _row(item: dict[str, Any]) -> Row:
    said = str(item.get("published") or "")[:10]
    published = datetime.fromisoformat(said).replace(tzinfo=UTC) if said else None
    day = published.date() if published else None
    story = StoryText(item["id"], item["title"], item.get("summary") or "", published, item.get("lang"))
    text = f"{story.title} {story.summary[:SAMPLE]}"
    scene = lay_out(story, read_language(text, fold_quick(text), story.lang, gate().languages))
    roles = at_home(RoleReader(scene).read(scene.sentences), scene)
    told = Told(
        scene.sentences,
        [found.code for found in read_events(scene.sentences, foreign=bool(roles.actor))],
        [found.code for found in read_zones(scene.sentences, roles)],
        [found.code for found in read_objects(scene.sentences, scene.sentences, roles, day)],
        roles,
    )
    names = frozenset(cue.name for cue in cues_of(told, speakers_of(scene, told)))
    return names, Certainty(item["certainty"]), item.get("incident") or item["id"]


def read_priors() -> dict[Key, float]:
    """The cues, the values they may speak for, and the priors, in the order of the table."""
    lines = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    return {(line[0], Certainty(line[1])): float(line[2]) for line in lines}


def shares(names: Iterable[str], weights: dict[Key, float]) -> dict[Certainty, float]:
    """How likely each value is."""
    totals = {value: sum(weights.get((name, value), 0.0) for name in names) for value in Certainty}
    top = max(totals.values())
    powers = {value: math.exp(total - top) for value, total in totals.items()}
    whole = sum(powers.values())
    return {value: power / whole for value, power in powers.items()}


def learn(rows: list[Row], priors: dict[Key, float]) -> dict[Key, float]:
    """Weights by full-batch gradient with per-weight steps (Rprop), signs held."""
    weights = dict(priors)
    steps = dict.fromkeys(priors, 0.05)
    last = dict.fromkeys(priors, 0.0)
    for _ in range(EPOCHS):
        slope = {key: PULL * (weights[key] - prior) for key, prior in priors.items()}
        for names, label, _ in rows:
            share = shares(names, weights)
            for name in names:
                for value in Certainty:
                    if (name, value) in slope:
                        slope[name, value] += share[value] - (value is label)
        for key in priors:
            if key[0] in SETTLED:
                continue
            same = slope[key] * last[key]
            steps[key] = min(max(steps[key] * (1.2 if same > 0 else 0.5 if same < 0 else 1.0), 1e-6), 0.5)
            if same >= 0 and slope[key]:
                weights[key] -= math.copysign(steps[key], slope[key])
            last[key] = slope[key] if same >= 0 else 0.0
            if key[0] != "always":
                weights[key] = max(weights[key], 0.0)
    return weights


def right(rows: list[Row], weights: dict[Key, float]) -> int:
    """How many stories get their label."""
    found = 0
    for names, label, _ in rows:
        share = shares(names, weights)
        found += max(Certainty, key=lambda value, share=share: share[value]) is label  # type: ignore[misc]
    return found


def cross_check(rows: list[Row], priors: dict[Key, float]) -> float:
    """Share right when the incidents of every tenth are held out in turn."""
    incidents = sorted({incident for _, _, incident in rows})
    fold_of = {incident: number % FOLDS for number, incident in enumerate(incidents)}
    found = 0
    for fold in range(FOLDS):
        learnt = learn([row for row in rows if fold_of[row[2]] != fold], priors)
        found += right([row for row in rows if fold_of[row[2]] == fold], learnt)
    return found / len(rows)


def main() -> None:
    """Learn, check, write."""
    rows = [row for path in sys.argv[1:] for row in rows_of(Path(path))]
    priors = read_priors()
    learnt = learn(rows, priors)
    print(f"{len(rows)} stories: priors alone {right(rows, priors) / len(rows):.3f}")
    print(
        f"learnt on all {right(rows, learnt) / len(rows):.3f}, held out by incident {cross_check(rows, priors):.3f}"
    )
    heading = TABLE.read_text(encoding="utf-8").splitlines()[0]
    lines = [
        f"{name}\t{value}\t{prior:g}\t{learnt[name, value]:.2f}" for (name, value), prior in priors.items()
    ]
    TABLE.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
