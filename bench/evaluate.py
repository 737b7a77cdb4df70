"""`make eval`: how well we read and group, on the labelled sets, beside two baselines in the same run.

The baselines are a plain lexicon, and sentence embeddings with logistic regression when the evaluation extra is
installed; the second is judged out of fold, our own weights were learnt on these very sets. Prints to the terminal only; no external text is stored. Exit 2 when the sets are not there.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.scoring import datasets
from bench.scoring.arrivals import grouped, groups, in_order, labelled, shuffle_agreement
from bench.scoring.clusters import b_cubed, merged_pairs
from bench.scoring.contest import Contest
from bench.scoring.datasets import Item
from bench.scoring.embedding import EmbeddingPeer, installed
from bench.scoring.fields import FieldScore, field_scores
from bench.scoring.own_reading import OwnReading
from bench.scoring.plain_lexicon import PlainLexicon
from bench.scoring.public_news import PUBLISHED, grouped_by_words, mutual_information, news_titles
from bench.scoring.roundups import roundups, tally
from bench.scoring.worst import Worst, worst_groupings, worst_relevance
from tui.reading.reader import read_story
from tui.reading.selftest.labels import Tally, relevance

SHUFFLES = 20


@dataclass(slots=True)
class Row:
    """One line of the table: ours, and the baselines' where they have an answer."""

    measure: str
    set: str
    ours: str
    plain: str = ""
    embedding: str = ""


@dataclass(slots=True)
class Outcome:
    """Everything one run found."""

    rows: list[Row] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)
    worst: list[Worst] = field(default_factory=list)

    def add(self, measure: str, on: str, ours: str, plain: str = "", embedding: str = "") -> None:
        """Add a line."""
        self.rows.append(Row(measure, on, ours, plain, embedding))


@dataclass(frozen=True, slots=True)
class Sets:
    """The labelled sets."""

    gold: list[Item]
    real: list[Item]
    hard: list[Item]
    random: list[Item]
    confusable: list[list[str]]
    news: list[tuple[str, str]]
    """Titles of a public set with the label of their story; empty when it is absent."""

    @classmethod
    def load(cls, data: Path) -> "Sets":
        """Read all of them."""
        return cls(
            datasets.gold(data),
            datasets.real_positives(data),
            datasets.hard_negatives(data),
            datasets.random_headlines(data),
            datasets.confusable(data),
            news_titles(data),
        )


def evaluate(sets: Sets, contest: Contest) -> Outcome:
    """Relevance, false alarms, fields, grouping, in that order."""
    outcome = Outcome()
    _relevance(sets, contest, outcome)
    _false_alarms(sets, contest, outcome)
    _fields(sets, contest, outcome)
    _roundups(outcome)
    _grouping(sets, contest.ours, outcome)
    _public_news(sets, outcome)
    return outcome


def _relevance(sets: Sets, contest: Contest, outcome: Outcome) -> None:
    ours, plain, peer = contest.ours, contest.plain, contest.embedding
    real = [*sets.real, *sets.hard]
    parts: list[tuple[str, list[Item]]] = [
        ("gold all", sets.gold),
        ("gold not English", [item for item in sets.gold if item.text.lang != "en"]),
        ("real all", real),
    ]
    langs = sorted({item.text.lang or "" for item in sets.real})
    parts += [(f"real {lang}", [item for item in real if item.text.lang == lang]) for lang in langs]
    for name, items in parts:
        mine = relevance((ours.relevant(item.text), item.relevant) for item in items)
        theirs = relevance((plain.relevant(item.text), item.relevant) for item in items)
        learnt = _three(relevance((peer.relevant(item), item.relevant) for item in items)) if peer else ""
        outcome.add("relevance P / R / F1", f"{name} ({len(items)})", _three(mine), _three(theirs), learnt)
    for name, items in (("gold", sets.gold), ("real", real)):
        outcome.worst += worst_relevance(name, items, ours)


def _false_alarms(sets: Sets, contest: Contest, outcome: Outcome) -> None:
    ours, plain, peer = contest.ours, contest.plain, contest.embedding
    negatives = [item for item in sets.random if not item.relevant]
    wrong = [item for item in negatives if ours.relevant(item.text)]
    plainly = sum(plain.relevant(item.text) for item in negatives)
    learnt = sum(peer.relevant(item) for item in negatives) if peer else 0
    outcome.false_alarms = [f"{item.text.lang}  {item.text.title}" for item in wrong]
    per = 10_000 / len(negatives)
    outcome.add(
        "kept of random headlines, in 10,000",
        f"random ({len(negatives)})",
        f"{len(wrong) * per:.1f} ({len(wrong)})",
        f"{plainly * per:.1f} ({plainly})",
        f"{learnt * per:.1f} ({learnt})" if peer else "",
    )
    found = [item for item in sets.random if item.relevant]
    outcome.add(
        "recall",
        f"random, relevant ({len(found)})",
        f"{sum(ours.relevant(item.text) for item in found)}/{len(found)}",
        f"{sum(plain.relevant(item.text) for item in found)}/{len(found)}",
        f"{sum(peer.relevant(item) for item in found)}/{len(found)}" if peer else "",
    )


def _fields(sets: Sets, contest: Contest, outcome: Outcome) -> None:
    scores: list[FieldScore] = []
    positives = [item for item in sets.gold if item.relevant]
    scores += field_scores("gold", positives, contest)
    scores += field_scores("real", sets.real, contest)
    for score in scores:
        outcome.add(score.measure, score.on, score.ours, score.plain, score.embedding)
        outcome.worst += score.worst


def _roundups(outcome: Outcome) -> None:
    read = [(one, read_story(one.text).reports) for one in roundups()]
    events = sum(len(one.reports) for one, _ in read)
    outcome.add("reports of round-ups P / R / F1", f"seeds ({events} in {len(read)})", _three(tally(read)))


def _grouping(sets: Sets, ours: OwnReading, outcome: Outcome) -> None:
    gold = in_order([item for item in sets.gold if item.relevant and item.incident])
    real = in_order([item for item in sets.real if item.incident])
    for name, items, reports_of in (
        ("gold, own reading", gold, ours.reports),
        ("gold, labels given", gold, labelled),
        ("real, own reading", real, ours.reports),
        ("real, labels given", real, labelled),
    ):
        right = {item.text.id: item.incident for item in items}
        began = time.process_time()
        assignments = grouped(items, reports_of)
        speed = len(items) / (time.process_time() - began)
        found = groups(assignments, items)
        if len(assignments) < len(items):
            kept = b_cubed({story: one.incident for story, one in assignments.items()}, right)
            text = f"{kept.precision:.3f} / {kept.recall:.3f} / {kept.f1:.3f}"
            outcome.add("the same, of the stories kept", f"{name} ({len(assignments)})", text)
        score = b_cubed(found, right)
        text = f"{score.precision:.3f} / {score.recall:.3f} / {score.f1:.3f}"
        outcome.add("grouping B-cubed P / R / F1", f"{name} ({len(items)})", text)
        if items is gold:
            merged = merged_pairs(found, right, sets.confusable)
            outcome.add(
                "look-alike pairs merged", name, f"{merged.share:.1%} ({len(merged.wrong)}/{merged.pairs})"
            )
        outcome.add("stories grouped a second", name, f"{speed:,.0f}")
        outcome.worst += worst_groupings(name, items, assignments, right)
    for name, items, reports_of in (
        ("gold, own reading", gold, ours.reports),
        ("gold, labels given", gold, labelled),
    ):
        lowest = shuffle_agreement(items, reports_of, SHUFFLES)
        outcome.add(f"lowest B-cubed F1 between {SHUFFLES} orders", name, f"{lowest:.3f}")


def _public_news(sets: Sets, outcome: Outcome) -> None:
    """Our grouping compares facts; of a bare title only its words are left, for which it is not made."""
    if not sets.news:
        return
    found = grouped_by_words(title for title, _ in sets.news)
    score = mutual_information(found, [story for _, story in sets.news])
    ours = (
        f"{score:.3f} ({len(set(found)):,} groups for {len({story for _, story in sets.news})}; words alone)"
    )
    outcome.add("NMI News-T titles", f"public ({len(sets.news):,})", ours, f"published: {PUBLISHED}")


def _three(tally: Tally) -> str:
    return " / ".join(_ratio(value) for value in (tally.precision, tally.recall, tally.f1))


def _ratio(value: float | None) -> str:
    return "  –  " if value is None else f"{value:.3f}"


def _print_table(rows: Sequence[Row]) -> None:
    heads = Row("measure", "set", "ours", "plain lexicon", "embedding, out of fold")
    names = ("measure", "set", "ours", "plain", "embedding")
    widths = [max(len(getattr(row, name)) for row in [heads, *rows]) for name in names]
    for row in [heads, *rows]:
        cells = tuple(getattr(row, name) for name in names)
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())


def _print_errors(worst: Sequence[Worst]) -> None:
    for kind in worst:
        print(f"\n{kind.kind}: {kind.total}")
        for line in kind.lines:
            print(f"  {line}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it; 2 when the labelled sets are missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="the ten worst errors of each kind")
    parser.add_argument("--json", action="store_true", help="the table as JSON")
    chosen = parser.parse_args(arguments)
    try:
        data = datasets.shared_folder()
    except datasets.MissingDataError as missing:
        print(missing, file=sys.stderr)
        return 2
    sets = Sets.load(data)
    peer = EmbeddingPeer([*sets.gold, *sets.real, *sets.hard, *sets.random]) if installed() else None
    outcome = evaluate(sets, Contest(OwnReading(read_story), PlainLexicon(data), peer))
    if chosen.json:
        print(json.dumps([asdict(row) for row in outcome.rows]))
        return 0
    _print_table(outcome.rows)
    if peer is None:
        print(
            "\nThe embedding baseline is not installed: `make eval-extra` installs it (some 6 GB), then run again."
        )
    print("\nKept of the random headlines though labelled otherwise (read before calling them wrong):")
    for title in outcome.false_alarms:
        print(f"  {title}")
    if chosen.errors:
        _print_errors(outcome.worst)
    return 0


if __name__ == "__main__":
    sys.exit(main())
