"""An explanation in plain words, as wide as the terminal, and as JSON."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click
import msgspec

from tui.cli.columns import width_of_output
from tui.domain.outcome import State, state_of
from tui.domain.reading import Reason, Report, TextField
from tui.domain.territories import territory_name
from tui.pipeline.reread import StoredEntry
from tui.reading.explain import Explanation, SentenceSeen, Turn
from tui.reading.relevance import ROUTINE
from tui.ui.untrusted import Line, Span, wrap

_STYLES: dict[str, dict[str, Any]] = {
    "head": {"bold": True},
    "dim": {"dim": True},
    "good": {"fg": "green"},
    "bad": {"fg": "red"},
    "words": {"fg": "cyan"},
}
"""Colour repeats what the words say; it is left out where it cannot be shown."""

_OUTCOMES = {
    State.KEPT: ("KEPT", "good"),
    State.DROPPED: ("DROPPED", "bad"),
    State.WAR_ROUTINE: ("ROUTINE OF A WAR: stored, hidden", "dim"),
}
_CUES = 6
"""Cues of a state that are told; the heaviest come first, and JSON has all."""
_FACTS = ("affected", "actor", "responder", "object", "zone", "event", "response")


def explanation_text(found: Explanation, stored: StoredEntry | None = None) -> str:
    """The whole explanation, lines cut to the width of the output."""
    coloured = sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    width = width_of_output()
    return "\n".join(
        " " * indent + _drawn(line, coloured=coloured).rstrip()
        for indent, spans in _paragraphs(found, stored)
        for line in wrap(spans, width - indent)
    )


def explanation_json(found: Explanation, stored: StoredEntry | None = None) -> dict[str, Any]:
    """The same for a program; `reading` is as it is stored, positions are code points of the cleaned text."""
    document: dict[str, Any] = {
        "id": found.story.id or None,
        "outcome": str(state_of(found.verdict)),
        "stored": None
        if stored is None
        else {
            "outcome": str(state_of(stored.reading.verdict)),
            "score": stored.reading.verdict.score,
            "url": stored.entry.url,
            "feed": stored.feed.url,
        },
    }
    document.update(msgspec.to_builtins(found))
    return document


def _drawn(line: Line, *, coloured: bool) -> str:
    return "".join(
        click.style(text, **_STYLES[ink]) if coloured and ink in _STYLES else text for text, ink in line
    )


_Paragraphs = Iterator[tuple[int, Sequence[Span]]]
"""How far each is indented, and its text."""


def _paragraphs(found: Explanation, stored: StoredEntry | None) -> _Paragraphs:
    yield from _heading(found, stored)
    if not (found.story.title or found.story.summary):
        yield 0, [("Its text is no longer stored; above is what was said of it when it was read.", "")]
        return
    yield from _gate(found)
    yield from _language(found)
    yield from _sentences(found)
    yield from _states(found)
    yield from _sum(found)
    yield from _filters(found)
    for number, report in enumerate(found.reading.reports, start=1):
        yield from _report(found, report, number)
    yield from _turns(found)


def _head(title: str) -> _Paragraphs:
    yield 0, [("", "")]
    yield 0, [(title, "head")]


def _heading(found: Explanation, stored: StoredEntry | None) -> _Paragraphs:
    story, verdict = found.story, found.verdict
    yield 0, [(story.title or "(no text)", "head")]
    told = [story.id, stored.publisher if stored else "", stored.entry.url if stored else ""]
    told.append(f"published {story.published:%Y-%m-%d %H:%M}Z" if story.published else "no date")
    yield 0, [(" · ".join(part for part in told if part), "dim")]
    if stored is not None and not (story.title or story.summary):
        verdict = stored.reading.verdict
    outcome, ink = _OUTCOMES[state_of(verdict)]
    sign = "≥" if verdict.score >= verdict.threshold else "<"
    yield 0, [(outcome, ink), (f"  {verdict.score:+.2f} {sign} threshold {verdict.threshold:+.2f}", "")]
    if stored is None:
        return
    if not (story.title or story.summary):
        for why in verdict.why:
            yield 2, [(f"{why.reason} {_quoted(why.words)}", "")]
    elif state_of(stored.reading.verdict) is not state_of(verdict):
        before, _ = _OUTCOMES[state_of(stored.reading.verdict)]
        said = f"It is stored as {before} ({stored.reading.verdict.score:+.2f}), read by other rules; `overflight reread` brings it up to date."
        yield 0, [(said, "bad")]


def _gate(found: Explanation) -> _Paragraphs:
    if not found.gate:
        yield from _head("1  The gate stayed shut")
        yield (
            3,
            [
                (
                    "No flying object, no airspace and no violation is named in any language; nothing without one is kept.",
                    "",
                )
            ],
        )
        return
    yield from _head("1  The gate opened")
    for word in found.gate:
        langs = " ".join(word.langs) if len(word.langs) <= 6 else f"{len(word.langs)} languages"
        rule = f", your rule '{word.rule}'" if word.rule else ""
        yield (
            3,
            [
                (_quoted(word.words), "words"),
                (f" in the {word.field}: {', '.join(word.meanings)} ({langs}{rule})", ""),
            ],
        )


def _language(found: Explanation) -> _Paragraphs:
    yield from _head("2  Language")
    declared = f"declared {found.language.declared}" if found.language.declared else "none declared"
    yield 3, [(f"Read in {found.language.lang} ({declared}): {found.language.ground}.", "")]


def _sentences(found: Explanation) -> _Paragraphs:
    yield from _head("3  What is marked" if found.gate else "3  What would have been marked")
    field: TextField | None = None
    for sentence in found.sentences:
        if sentence.field != field:
            field = sentence.field
            yield 3, [(field, "dim")]
        yield 3, list(_marked(sentence))
        if sentence.marks:
            shown = " · ".join(dict.fromkeys(_mark_words(sentence)))
            yield 5, [(shown, "dim")]


def _marked(sentence: SentenceSeen) -> Iterator[Span]:
    """The sentence with its marked words in another ink, and between brackets for those who see none."""
    at = sentence.start
    for mark in sentence.marks:
        if mark.start < at:
            continue
        yield sentence.words[at - sentence.start : mark.start - sentence.start], ""
        yield f"[{mark.words}]", "words"
        at = mark.end
    yield sentence.words[at - sentence.start :], ""


def _mark_words(sentence: SentenceSeen) -> Iterator[str]:
    for mark in sentence.marks:
        where = f", {mark.place}" if mark.place else ""
        state = f" {mark.state}" if mark.state else ""
        rule = f", your rule '{mark.rule}'" if mark.rule else ""
        yield f"{mark.words}: {mark.meaning}{state}{where}{rule}"


def _states(found: Explanation) -> _Paragraphs:
    yield from _head("4  States")
    if not found.states:
        yield 3, [("No state is named.", "")]
    for seen in found.states:
        sure = (
            "" if seen.affected is None else f"  affected {seen.affected:+.1f}, actor {seen.actor or 0:+.1f}"
        )
        yield (
            3,
            [
                (f"{seen.state} {territory_name(seen.state)}: {', '.join(seen.roles)}", "head"),
                (f"  from {', '.join(map(_quoted, seen.words)) or 'the home of the feed'}{sure}", ""),
            ],
        )
        for cue in seen.cues[:_CUES]:
            if cue.affected or cue.actor:
                weighed = f"affected {cue.affected:+.1f}, actor {cue.actor:+.1f}"
                yield 5, [(f"{cue.cue}, in the {cue.field}: {weighed}", "dim")]


def _sum(found: Explanation) -> _Paragraphs:
    verdict = found.beyond_gate or found.verdict
    yield from _head("5  What it weighs" if found.gate else "5  What it would have weighed")
    yield 3, [(f"{found.start:+7.2f}  every story starts here", "")]
    for why in verdict.why:
        if why.weight:
            yield 3, [(f"{why.weight:+7.2f}", "good" if why.weight > 0 else "bad"), *_reason(why)]
    compared = "reaches" if verdict.score >= verdict.threshold else "falls short of"
    yield (
        3,
        [(f"{verdict.score:+7.2f}", "head"), (f"  {compared} the threshold {verdict.threshold:+.2f}", "")],
    )
    if not found.gate:
        yield 3, [("As the gate stayed shut, none of it counted.", "")]


def _reason(why: Reason) -> Iterator[Span]:
    yield f"  {why.reason}", ""
    if why.words:
        yield f"  {_quoted(why.words)}", "words"
        yield f" in the {why.field}", "dim"


def _filters(found: Explanation) -> _Paragraphs:
    """What the war filter, the user's rules and the codebook's three parts say beyond the sum."""
    verdict = found.verdict
    yield from _head("6  Filters, rules, and what is missing")
    silent = [why for why in verdict.why if not why.weight]
    war = any(why.reason.startswith(ROUTINE) for why in verdict.why)
    yield (
        3,
        [
            (
                f"War filter: {'it holds: only sides of one war, on its ground' if war else 'does not hold'}.",
                "",
            )
        ],
    )
    rules = [why for why in verdict.why if "(your rule '" in why.reason]
    if not rules:
        yield 3, [("None of your rules applies.", "")]
    for why in rules:
        yield 3, [(why.reason, ""), (f"  {_quoted(why.words)}" if why.words else "", "words")]
    for why in silent:
        if why not in rules and not why.words:
            yield 3, [(f"Missing: {why.reason}" if state_of(verdict) is State.DROPPED else why.reason, "")]


def _report(found: Explanation, report: Report, number: int) -> _Paragraphs:
    total = len(found.reading.reports)
    yield from _head(f"7  What it tells of{f', event {number} of {total}' if total > 1 else ''}")
    facts = {name: [str(code) for code in getattr(report, name)] for name in _FACTS}
    facts["certainty"] = [str(report.certainty)] if report.certainty else []
    facts["count"] = [] if report.count is None else [str(report.count)]
    facts["place"] = [report.place.name] if report.place else []
    when = report.event_date
    facts["event_date"] = [f"{when.date.isoformat()} ({when.precision})"] if when else []
    for name, values in facts.items():
        if not values:
            yield 3, [(f"{name:<11} unknown", "dim")]
        for value in values:
            words = dict.fromkeys(
                _text_of(found, span.field)[span.start : span.end]
                for span in report.spans
                if span.fact == name and (span.value == value or len(values) == 1)
            )
            yield 3, [(f"{name:<11} {value}  ", ""), (", ".join(map(_quoted, words)), "words")]


def _text_of(found: Explanation, field: TextField) -> str:
    return found.story.title if field == "title" else found.story.summary


def _turns(found: Explanation) -> _Paragraphs:
    kept = found.verdict.relevant
    number = 8 if found.reading.reports else 7
    yield from _head(f"{number}  {'What it hangs on' if kept else 'The nearest miss'}")
    if not found.gate:
        yield 3, [("A word for a flying object, an airspace or a violation, to open the gate.", "")]
    elif not found.turns:
        yield 3, [("No single feature carries it: without any one of them it would still be kept.", "")]
    together = [turn for turn in found.turns if turn.what == "together"]
    if together:
        short = found.verdict.threshold - found.verdict.score
        named = ", ".join(f"'{turn.feature}' ({turn.weight:+.2f})" for turn in together)
        yield (
            3,
            [
                (
                    f"It is {short:.2f} short. No single feature would have kept it; in the headline, {named} would.",
                    "",
                )
            ],
        )
        return
    for turn in found.turns:
        yield 3, [(_turn_words(turn, kept=kept), "")]


def _turn_words(turn: Turn, *, kept: bool) -> str:
    if turn.what == "with":
        return f"It would have been kept, had the headline told of '{turn.feature}' ({turn.weight:+.2f})."
    return (
        f"It would have been {'dropped' if kept else 'kept'} without '{turn.feature}' ({turn.weight:+.2f})."
    )


def _quoted(words: str) -> str:
    return f"“{words}”" if words else ""
