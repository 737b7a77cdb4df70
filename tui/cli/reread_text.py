"""What a rereading did, in words and as JSON."""

from collections.abc import Iterator
from typing import Any

from tui.cli.columns import width_of_output
from tui.domain.value import dataclass
from tui.pipeline.reread import Reread, Some, Summary
from tui.store.reread import Amount
from tui.ui.untrusted import clip, safe


@dataclass(frozen=True, slots=True)
class Told:
    """Everything there is to say of one run."""

    summary: Summary
    amount: Amount
    version: str
    dry_run: bool
    show: int
    """Headlines of each kind."""


def _kinds(summary: Summary) -> tuple[tuple[str, str, Some], ...]:
    """Key, words and stories of each kind of change."""
    return (
        ("enters", "enter: kept now, dropped before", summary.entered),
        ("leaves", "leave: dropped now, kept before", summary.left),
        ("to_war_routine", "become routine of a war, hidden", summary.to_routine),
        ("from_war_routine", "are no routine of a war any more", summary.from_routine),
        ("changes", "change in what is read out of them", summary.changed),
    )


def _most_first(summary: Summary) -> list[tuple[str, int]]:
    return sorted(summary.by_field.items(), key=lambda item: (-item[1], item[0]))


def summary_text(told: Told) -> str:
    """A few lines, then the headlines of each kind."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Told) -> Iterator[str]:
    summary, amount = told.summary, told.amount
    width = width_of_output()
    head = "Would read" if told.dry_run else "Read"
    yield f"{head} {summary.read:,} of {amount.waiting + amount.done + amount.textless:,} entries anew."
    if amount.done:
        yield f"{amount.done:,} were read by this reader and these rules already (--all reads them too)."
    if amount.textless:
        yield f"{amount.textless:,} were dropped so long ago that their text is gone: they stay as they are."
    for _, words, stories in _kinds(summary):
        if not stories.number:
            continue
        yield ""
        yield f"{stories.number:,} {words}"
        if stories is summary.changed:
            yield "  by field: " + ", ".join(f"{name} {number:,}" for name, number in _most_first(summary))
        for one in stories.first[: told.show]:
            yield from _story_lines(one, width)
        if stories.number > told.show:
            yield f"  … and {stories.number - told.show:,} more (--show N)"
    if not any(stories.number for _, _, stories in _kinds(summary)):
        yield "Nothing changes."
    elif told.dry_run:
        yield ""
        yield "Nothing was written; without --dry-run it is."


def _story_lines(one: Reread, width: int) -> Iterator[str]:
    entry = one.stored.entry
    day = f"{(entry.published or one.stored.first_seen):%Y-%m-%d}"
    yield clip(f"  {day}  {entry.title}", width)
    yield clip(f"      {entry.key}  {one.stored.publisher}  {_score(one)}", width)
    for name, (was, now) in one.fields().items():
        yield clip(f"      {name}: {was or '(nothing)'} → {now or '(nothing)'}", width)


def _score(one: Reread) -> str:
    was, now = one.stored.reading.verdict, one.reading.verdict
    return safe(f"{was.score:+.2f} → {now.score:+.2f} (threshold {now.threshold:+.2f})")


def summary_json(told: Told) -> dict[str, Any]:
    """The same for a program; counts are whole, lists as long as asked for."""
    summary = told.summary
    return {
        "reader": told.version,
        "dry_run": told.dry_run,
        "finished": not summary.stopped,
        "read": summary.read,
        "read_before": told.amount.done,
        "without_text": told.amount.textless,
        "counts": {key: stories.number for key, _, stories in _kinds(summary)},
        "fields": dict(_most_first(summary)),
        **{key: [_story(one) for one in stories.first[: told.show]] for key, _, stories in _kinds(summary)},
    }


def _story(one: Reread) -> dict[str, Any]:
    entry = one.stored.entry
    return {
        "id": entry.key,
        "title": entry.title,
        "url": entry.url,
        "feed": entry.feed_url,
        "published": entry.published.isoformat() if entry.published else None,
        "score": {"before": one.stored.reading.verdict.score, "after": one.reading.verdict.score},
        "fields": {name: {"before": was, "after": now} for name, (was, now) in one.fields().items()},
    }
