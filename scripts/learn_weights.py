"""Learn the weights of the named features from labelled stories; numbers only enter the project.

    python scripts/learn_weights.py LABELLED.jsonl[.gz] ...

Logistic regression with signs held: what speaks for a story may not weigh against it, and the other way
round. Plain Python, the same answer every time. Writes tui/reading/data/weights.tsv.
"""

import gzip
import json
import math
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui.domain.entry import StoryText
from tui.reading import relevance
from tui.reading.folding import fold_quick
from tui.reading.language import read_language
from tui.reading.matching import gate
from tui.reading.roles import RoleReader
from tui.reading.scene import lay_out

OUT = Path(__file__).parents[1] / "tui" / "reading" / "data" / "weights.tsv"
AGAINST = {
    "drone trade", "sport", "leisure balloon", "money", "runway", "cyber", "on the ground", "at sea",
    "airline trouble", "airspace ban", "entertainment", "space", "ufo", "weather", "crime", "arms trade",
    "display or drill", "history", "accident", "counter-terror strike", "no-fly zone asked for", "drill", "nuclear talks",
}  # fmt: skip
FREE = {
    "another state's craft", "craft between two states",
    *(f"{kind} and a state at war" for kind in ("balloon", "drone", "warplane", "helicopter", "missile", "aircraft", "object", "airspace")),
    *(f"another state's {kind}" for kind in ("missile", "aircraft", "object", "airspace")),
    "hit or fell in a state", "sent by a state", "near a state", "incident",
    "strike", "strike, but a state at peace", "only the owner named", "civil aircraft", "plane", "rocket", "space object", "missile", "warplane",
    "helicopter", "no-fly zone", "military site", "critical site", "rule or plan", "debris", "shelter", "jamming",
    "suspicion", "airport", "drone", "balloon", "came down", "shot down", "found", "claim or denial",
    "over or near a place", "incursion",
}  # fmt: skip
PENALTY = 0.6
EPOCHS = 400

Row = tuple[list[tuple[str, str]], bool, float]


def rows_of(path: Path) -> list[Row]:
    """Features, label and weight of every story that the gate lets in and the war filter leaves."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
    found = (row_of(json.loads(line)) for line in text.splitlines())
    return [row for row in found if row is not None]


def row_of(item: dict[str, Any]) -> Row | None:
    """One labelled story; None when it is unlabelled, dropped by the gate, or routine of a war."""
    if item.get("relevant") is None:
        return None
    day = str(item.get("published") or item.get("date") or "")[:10]
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    story = StoryText(item["id"], item["title"], item.get("summary") or "", published, item.get("lang"))
    folded = fold_quick(f"{story.title} {story.summary}")
    if not gate().opens(folded):
        return None
    scene = lay_out(
        story, read_language(f"{story.title} {story.summary[:600]}", folded, story.lang, gate().languages)
    )
    roles = RoleReader(scene).read(scene.sentences)
    if relevance.routine(scene, roles):
        return None
    features = [(f.name, str(f.sentence.field)) for f in relevance.features_of(scene, roles)]
    return features, bool(item["relevant"]), 1.0


def sigmoid(x: float) -> float:
    """1 / (1 + e^-x), safe for large x."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def learn(rows: list[Row]) -> dict[tuple[str, str], float]:
    """Weights by full-batch gradient with per-weight steps (Rprop), signs held."""
    names = sorted({name for features, _, _ in rows for name in features})
    index = {name: number for number, name in enumerate(names)}
    data = [([index[f] for f in features], label, weight) for features, label, weight in rows]
    size = len(names)
    values, steps, last = [0.0] * (size + 1), [0.05] * (size + 1), [0.0] * (size + 1)
    for _ in range(EPOCHS):
        slope = [PENALTY * value for value in values]
        slope[size] = 0.0
        for features, label, weight in data:
            total = values[size] + sum(values[number] for number in features)
            error = (sigmoid(total) - label) * weight
            slope[size] += error
            for number in features:
                slope[number] += error
        for number in range(size + 1):
            same = slope[number] * last[number]
            steps[number] *= 1.2 if same > 0 else 0.5 if same < 0 else 1.0
            steps[number] = min(max(steps[number], 1e-6), 0.5)
            if same >= 0 and slope[number]:
                values[number] -= math.copysign(steps[number], slope[number])
            last[number] = slope[number] if same >= 0 else 0.0
            if number < size:
                name = names[number][0]
                if name in AGAINST:
                    values[number] = min(values[number], 0.0)
                elif name not in FREE:
                    values[number] = max(values[number], 0.0)
    learnt = {name: values[number] for name, number in index.items()}
    learnt["bias", "title"] = values[size]
    return learnt


def cross_check(rows: list[Row], limit: float) -> str:
    """Precision and recall when every fifth story is held out in turn."""
    tp = fp = fn = 0
    for fold in range(5):
        learnt = learn([row for number, row in enumerate(rows) if number % 5 != fold])
        for features, label, _ in (row for number, row in enumerate(rows) if number % 5 == fold):
            kept = learnt["bias", "title"] + sum(learnt.get(f, 0.0) for f in features) >= limit
            tp, fp, fn = tp + (kept and label), fp + (kept and not label), fn + (not kept and label)
    return f"held out: precision {tp / max(tp + fp, 1):.3f}, recall {tp / max(tp + fn, 1):.3f} of what the gate lets in"


def main() -> None:
    """Learn, check, write."""
    limit = 0.0
    rows = [row for path in sys.argv[1:] for row in rows_of(Path(path))]
    print(len(rows), "stories,", sum(label for _, label, _ in rows), "relevant")
    print(cross_check(rows, limit))
    learnt = learn(rows)
    names = sorted({name for name, _ in learnt} - {"bias"})
    lines = [
        "# feature\tweight in a title\tweight in a summary; learnt by scripts/learn_weights.py, signs held"
    ]
    lines += [
        f"{name}\t{learnt.get((name, 'title'), 0.0):.2f}\t{learnt.get((name, 'summary'), 0.0):.2f}"
        for name in names
    ]
    lines += [f"bias\t{learnt['bias', 'title']:.2f}\t0", f"threshold\t{limit}\t{limit}"]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
