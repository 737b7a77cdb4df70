"""What a search found: stories in two lines each with the words lit, and the facts they have in common."""

from collections.abc import Container, Sequence
from datetime import datetime
from itertools import groupby

from tui.domain.board import Facet, Facets, StoryHit
from tui.domain.codes import EVENT_TAG, OBJECT_TAG, Event, IncidentCertainty, ObjectCode
from tui.domain.query_tree import Part
from tui.domain.query_words import asks_for, places_of
from tui.domain.territories import territory_name
from tui.ui.untrusted import Line, Span, cells, fit
from tui.ui.virtual_list import Row
from tui.ui.wording import BARS, age, certainty_mark, words

_FIRST_VALUES = 8
"""Values of a field that are listed at first."""
_BEFORE = 24
"""Letters of a snippet before the first word that is lit."""


def hit_rows(hits: Sequence[StoryHit]) -> list[Row[StoryHit]]:
    """Two lines for each: the headline, which can be chosen, and a piece of the summary."""
    rows: list[Row[StoryHit]] = []
    for hit in hits:
        rows.append(Row(hit.story.key, hit))
        if hit.summary:
            rows.append(Row(None, hit))
    return rows


def draw_hit(row: Row[StoryHit], width: int, now: datetime, lit: Sequence[str]) -> Line:
    """Severity, age, states, publisher, headline; below it the summary from about its first lit word."""
    hit = row.item
    if hit is None:
        return ()
    story = hit.story
    if row.key is None:
        return ((" " * 4, "ink"), *with_lit(snippet(hit.summary, lit), lit, "muted", "lit"))
    states = " ".join(hit.affected[:2]) or "··"
    return (
        (f"{BARS[hit.severity]} ", str(hit.severity)),
        (fit(age(now - (story.published or story.first_seen)), 5), "muted"),
        (fit(states, 5 if len(hit.affected) > 1 else 2) + " ", "strong"),
        (fit(story.publisher or story.feed, min(14, max(6, width // 6))).rstrip() + " ", "acc"),
        *with_lit(story.title or "(no headline)", lit, "strong", "lit-strong"),
    )


def snippet(summary: str, lit: Sequence[str]) -> str:
    """The summary from a little before the first word that is lit."""
    flat = " ".join(summary.split())
    places = places_of(lit, flat)
    if not places or places[0][0] <= _BEFORE:
        return flat
    start = flat.rfind(" ", 0, places[0][0] - _BEFORE) + 1
    return f"… {flat[start:]}"


def with_lit(text: str, lit: Sequence[str], ink: str, lit_ink: str) -> list[Span]:
    """The text as spans, the words that were asked for in another ink."""
    spans: list[Span] = []
    at = 0
    for start, end in places_of(lit, text):
        spans += [(text[at:start], ink), (text[start:end], lit_ink)]
        at = end
    return [*spans, (text[at:], ink)]


def facet_rows(facets: Facets, whole: Container[str] = ()) -> list[Row[Facet]]:
    """The values of each field under its name, the most frequent ones unless all are asked for, and how many more."""
    rows: list[Row[Facet]] = []
    for field, group in groupby(facets.facets, lambda facet: facet.field):
        values = list(group)
        shown = values if field in whole else values[:_FIRST_VALUES]
        rows.append(Row(None, None, ((f"{field} ", "faint"),)))
        rows += [Row(f"{field}:{facet.value}", facet) for facet in shown]
        if len(values) > _FIRST_VALUES:
            # A facet without a value stands for those that are not listed.
            rows.append(Row(f"{field}:", Facet(field, "", len(values) - len(shown))))
    return rows


def draw_facet(row: Row[Facet], width: int, query: Part) -> Line:
    """A box, the value in words, and how many incidents have it."""
    facet = row.item
    if facet is None:
        return ()
    if not facet.value:
        more = f"… {facet.incidents} more" if facet.incidents else "… fewer"
        return (("  ", "ink"), (more, "key"))
    asked = asks_for(query, facet.field, facet.value)
    number = f"{facet.incidents:,}"
    name = _named(facet)
    room = width - 3 - len(number) - 1
    padding = max(0, room - cells(name))
    return (
        ("▣ " if asked else "□ ", "key" if asked else "faint"),
        *((fit(text, room).rstrip() if cells(name) > room else text, ink) for text, ink in name),
        (" " * padding, "ink"),
        (f" {number} ", "muted"),
    )


def _named(facet: Facet) -> tuple[Span, ...]:
    value = facet.value
    if facet.field in {"country", "actor"}:
        return ((f"{value} ", "strong"), (territory_name(value), "ink"))
    if facet.field == "object":
        return ((f"{OBJECT_TAG[ObjectCode(value)]} ", "muted"), (words(value), "ink"))
    if facet.field == "event":
        return ((f"{EVENT_TAG[Event(value)]} ", "muted"), (words(value), "ink"))
    return (*certainty_mark(IncidentCertainty(value)), (f" {value}", "ink"))
