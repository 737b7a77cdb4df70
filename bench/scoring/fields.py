"""How well each field of the relevant stories was read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.scoring.contest import Contest
from bench.scoring.datasets import Item, coarse
from bench.scoring.embedding import EmbeddingPeer
from bench.scoring.plain_lexicon import PlainLexicon
from bench.scoring.worst import Worst, worst_labels
from tui.domain.reading import Report
from tui.reading.grouping.traits import place_names
from tui.reading.selftest.labels import Pair, exact, micro

Labels = frozenset[str]


@dataclass(frozen=True, slots=True)
class FieldScore:
    """One line of the table."""

    measure: str
    on: str
    ours: str
    plain: str
    embedding: str = ""
    worst: tuple[Worst, ...] = ()


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    right: Callable[[Item], Labels]
    found: Callable[[Report], Labels]
    plain: Callable[[PlainLexicon, Item], Labels] | None = None


def _union(reports: Sequence[Report], found: Callable[[Report], Labels]) -> Labels:
    return frozenset(label for report in reports for label in found(report))


def field_scores(name: str, items: Sequence[Item], contest: Contest) -> list[FieldScore]:
    """Micro scores over the union of a story's reports; single labels from the main report."""
    ours, plain = contest.ours, contest.plain
    scores = []
    for one in _FIELDS:
        scored = [item for item in items if _scorable(item, one.name, name)]
        if not any(one.right(item) for item in scored):
            continue
        fold = coarse if (one.name, name) == ("object", "real") else frozenset
        pairs: list[Pair] = [
            (fold(_union(ours.reports(item), one.found)), one.right(item)) for item in scored
        ]
        baseline = one.plain
        plainly: list[Pair] = (
            [(fold(baseline(plain, item)), one.right(item)) for item in scored] if baseline else []
        )
        on = f"{name} ({len(scored)})"
        worst = worst_labels(f"{one.name}, {name}", scored, pairs)
        scores.append(
            FieldScore(f"{one.name} P / R / micro-F1", on, _three(pairs), _three(plainly), worst=(worst,)),
        )
        scores.append(FieldScore(f"{one.name} exact set", on, _share(pairs), _share(plainly)))
    if name == "gold":
        scores += _single_labels(items, contest)
    return scores


def _scorable(item: Item, name: str, on: str) -> bool:
    if name in item.implicit:
        return False
    return on == "gold" or name == "object" or item.attribution


def _single_labels(items: Sequence[Item], contest: Contest) -> list[FieldScore]:
    ours, peer = contest.ours, contest.embedding
    scores = []
    for one in _SINGLE:
        scored = [item for item in items if one.right(item)]
        pairs = [(one.found(ours.main(item)), one.right(item)) for item in scored]
        worst = worst_labels(f"{one.name}, gold", scored, pairs)
        learnt = _share(_peer_pairs(peer, scored, one.right)) if peer else ""
        on = f"gold ({len(scored)})"
        scores.append(FieldScore(f"{one.name} right", on, _share(pairs), "", learnt, (worst,)))
    named = [item for item in items if item.place]
    marks = [bool(_place_parts(ours.main(item)) & place_names(item.place)) for item in named]
    right = sum(marks) / len(marks) if marks else 0.0
    scores.append(FieldScore("place shares a name", f"gold ({len(named)})", f"{right:.3f}", ""))
    return scores


def _peer_pairs(peer: EmbeddingPeer, items: Sequence[Item], right: Callable[[Item], Labels]) -> list[Pair]:
    """Single labels as the embedding baseline gives them."""
    found = peer.labels(items, lambda item: next(iter(right(item))))
    return [(_one(found[item.text.id]), right(item)) for item in items]


def _place_parts(report: Report) -> Labels:
    return place_names(report.place.name) if report.place else frozenset()


def _three(pairs: Sequence[Pair]) -> str:
    if not pairs:
        return ""
    tally = micro(pairs)
    return " / ".join(
        "  –  " if value is None else f"{value:.3f}" for value in (tally.precision, tally.recall, tally.f1)
    )


def _share(pairs: Sequence[Pair]) -> str:
    share = exact(pairs)
    return "" if share is None else f"{share:.3f}"


def _one(code: object) -> Labels:
    return frozenset({str(code)}) if code else frozenset()


_FIELDS = (
    _Field(
        "affected",
        lambda item: item.affected,
        lambda report: frozenset(report.affected),
        lambda plain, item: plain.affected(item.text),
    ),
    _Field("actor", lambda item: item.actor, lambda report: frozenset(report.actor)),
    _Field(
        "object",
        lambda item: item.object,
        lambda report: frozenset(map(str, report.object)),
        lambda plain, item: plain.objects(item.text),
    ),
    _Field("zone", lambda item: item.zone, lambda report: frozenset(map(str, report.zone))),
    _Field("event", lambda item: frozenset(item.event), lambda report: frozenset(map(str, report.event))),
)
_SINGLE = (
    _Field(
        "main event",
        lambda item: _one(item.main_event),
        lambda report: _one(report.event[0] if report.event else ""),
    ),
    _Field("certainty", lambda item: _one(item.certainty), lambda report: _one(report.certainty or "")),
)
