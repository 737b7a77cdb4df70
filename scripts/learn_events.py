"""Learn which events are told beside the main one; numbers only enter the project.

    python -m scripts.learn_events LABELLED.jsonl ...

One logistic regression for each event over the cues that may speak for it (tui/reading/data/event_points.tsv,
set by hand) and over which event is the main one; signs held, and pulled towards the points set by hand.
Plain Python, the same answer every time. Writes tui/reading/data/event_told.tsv and prints the figures with
whole incidents held out.
"""

import json
import math
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui.domain.codes import Event
from tui.domain.entry import StoryText
from tui.reading.event_cues import PARTS, cues_of
from tui.reading.events import AS_MAIN, BIAS, tables, weigh
from tui.reading.folding import fold_quick
from tui.reading.language import SAMPLE, read_language
from tui.reading.recall_gate import gate
from tui.reading.roles import RoleReader, at_home
from tui.reading.scene import lay_out

OUT = Path(__file__).parents[1] / "tui" / "reading" / "data" / "event_told.tsv"
PENALTY = 4.0
"""How hard a weight is pulled back to where it began."""
SCALE = 0.9
"""Where weights begin: this share of the points of the main event."""
SHARE = 0.25
"""An event is told when it is at least this likely; a miss costs more than a guess too many."""
EPOCHS = 300
FOLDS = 8

Cue = tuple[str, str]
Table = dict[Cue, float]


class Story:
    """A labelled story: its cues, its main event by the points, its events by the label, its incident."""

    def __init__(self, item: dict[str, Any]) -> None:
        published = datetime.fromisoformat(item["published"][:10]).replace(tzinfo=UTC)
        text = StoryText(item["id"], item["title"], item.get("summary") or "", published, item.get("lang"))
        folded = fold_quick(f"{text.title} {text.summary}")
        lang = read_language(f"{text.title} {text.summary[:SAMPLE]}", folded, text.lang, gate().languages)
        scene = lay_out(text, lang)
        roles = at_home(RoleReader(scene).read(scene.sentences), scene)
        cues: set[Cue] = {(c.name, c.part) for c in cues_of(scene.sentences, foreign=bool(roles.actor))}
        points = weigh(sorted(cues), tables().main)
        self.main = max(points, key=lambda event: points[event]) if points else None
        self.cues = [*sorted(cues), (BIAS, "head"), (f"{AS_MAIN}{self.main}", "head")]
        self.events = {Event(code) for code in item["event"]}
        self.first = Event(item["event"][0])
        self.incident = item["incident"] or item["id"]


def start(event: Event, stories: list[Story]) -> Table:
    """Where the weights of an event begin."""
    table = {(BIAS, "head"): -2.0}
    for story in stories:
        for cue in story.cues:
            worth = sum(value for code, value in tables().main.get(cue, ()) if code is event)
            if worth or cue[0].startswith(AS_MAIN):
                table[cue] = 2.0 if cue[0] == AS_MAIN + event else worth * SCALE
    return table


def learn(event: Event, stories: list[Story]) -> Table:
    """The weights of one event, by gradient with per-weight steps (Rprop)."""
    begin = start(event, stories)
    table, steps, last = dict(begin), dict.fromkeys(begin, 0.05), dict.fromkeys(begin, 0.0)
    rows = [([cue for cue in story.cues if cue in begin], event in story.events) for story in stories]
    for _ in range(EPOCHS):
        slope = {cue: _pull(cue) * (value - begin[cue]) for cue, value in table.items()}
        for cues, label in rows:
            error = 1 / (1 + math.exp(-sum(table[cue] for cue in cues))) - label
            for cue in cues:
                slope[cue] += error
        for cue, force in slope.items():
            same = force * last[cue]
            steps[cue] = min(max(steps[cue] * (1.2 if same > 0 else 0.5 if same < 0 else 1.0), 1e-6), 0.5)
            if same >= 0 and force:
                table[cue] -= math.copysign(steps[cue], force)
            last[cue] = force if same >= 0 else 0.0
            table[cue] = _held(cue, begin[cue], table[cue])
    return table


def _pull(cue: Cue) -> float:
    return PENALTY * (0.1 if cue[0] == BIAS else 0.7 if cue[0].startswith(AS_MAIN) else 1.0)


def _held(cue: Cue, begin: float, value: float) -> float:
    """What speaks for an event may not be learnt to speak against it, and the other way round."""
    if cue[0] == BIAS or cue[0].startswith(AS_MAIN):
        return value
    return max(value, 0.0) if begin > 0 else min(value, 0.0)


def told(story: Story, learnt: dict[Event, Table]) -> set[Event]:
    """The events read out of a story."""
    limit = math.log(SHARE / (1 - SHARE))
    found = {
        event for event, table in learnt.items() if sum(table.get(cue, 0.0) for cue in story.cues) > limit
    }
    return found | ({story.main} if story.main else set())


def figures(pairs: list[tuple[set[Event], set[Event]]]) -> str:
    """Micro-F1 and the share of exact sets."""
    hits = sum(len(found & right) for found, right in pairs)
    both = sum(len(found) + len(right) for found, right in pairs)
    exact = sum(found == right for found, right in pairs) / max(len(pairs), 1)
    return f"micro-F1 {2 * hits / max(both, 1):.3f}, exact set {exact:.3f}"


def cross_check(stories: list[Story]) -> str:
    """The figures when the incidents of every eighth are held out in turn."""
    incidents = sorted({story.incident for story in stories})
    fold = {incident: number % FOLDS for number, incident in enumerate(incidents)}
    pairs = []
    for number in range(FOLDS):
        seen = [story for story in stories if fold[story.incident] != number]
        learnt = {event: learn(event, seen) for event in Event}
        pairs += [(told(s, learnt), s.events) for s in stories if fold[s.incident] == number]
    return figures(pairs)


def rows_of(event: Event, table: Table) -> list[str]:
    """The lines of one event, with the bias moved so that told is above nought."""
    limit = math.log(SHARE / (1 - SHARE))
    lines = []
    for name in sorted({name for name, _ in table}):
        moved = limit if name == BIAS else 0.0
        values = [round(table.get((name, part), 0.0), 2) for part in PARTS]
        values[0] = round(values[0] - moved, 2)
        if any(values):
            lines.append("\t".join([event, name, *(f"{value:g}" for value in values)]))
    return lines


def main() -> None:
    """Learn, check, write."""
    items = [json.loads(line) for path in sys.argv[1:] for line in Path(path).read_text("utf-8").splitlines()]
    stories = [Story(item) for item in items if item.get("relevant") and item.get("event")]
    right = sum(story.main is story.first for story in stories) / max(len(stories), 1)
    print(len(stories), f"stories; main event right {right:.3f} (points set by hand)")
    print("held out:", cross_check(stories))
    learnt = {event: learn(event, stories) for event in Event}
    print("all:", figures([(told(story, learnt), story.events) for story in stories]))
    lines = [
        "# event, cue, weight in the headline's news, in what it hangs on, in the text; told when above 0"
    ]
    lines += [line for event in Event for line in rows_of(event, learnt[event])]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
