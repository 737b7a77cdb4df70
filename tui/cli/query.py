"""`overflight query`: incidents or stories of a query, for a person or a script, while anything else runs."""

import json
import re
import sys
from datetime import datetime
from typing import Any

import click

from tui.cli.asked import asked_in
from tui.cli.board_text import incident_table
from tui.cli.clocks import SystemClock
from tui.cli.exits import Exit
from tui.cli.said import visible
from tui.cli.wiring import StartError, database_file, fail, open_board
from tui.domain.board import Found, IncidentRow, StoryHit
from tui.domain.query import parse_query
from tui.domain.query_fields import FIELDS
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import Part
from tui.exports.objects import incident_object
from tui.pipeline.board_ports import BoardSource
from tui.store.errors import StoreError

_LOWER_OR = re.compile(r"(?:^| )or(?: |$)")
_LONGEST_SHOWN = 500
"""Characters of a query that are worth showing again."""


def fields_text() -> str:
    """What can be asked for, a field a line, with its values."""
    rows = [
        (
            f"{field.name}:",
            field.help + (f" (or {', '.join(field.aliases)}:)" if field.aliases else ""),
            field.example,
        )
        for field in FIELDS
    ]
    values = [f"  {field.name}: {', '.join(field.values)}" for field in FIELDS if field.values]
    return "\n".join(
        [
            *(f"{name:<12} {meaning:<48} {example}".rstrip() for name, meaning, example in rows),
            "",
            "Values:",
            *values,
            "",
            "Words are beginnings of words, accents and case aside; quoted ones are found as they are. Side by side",
            "is AND; OR or | is weaker; - or NOT is not; brackets group; commas in a value are or. States are codes",
            "or names; `none` is what nobody told; numbers and dates take >=3, <3, 3..5, and 2026-03 is a month.",
        ]
    )


def story_object(hit: StoryHit) -> dict[str, object]:
    """A story as JSON; times in ISO 8601 UTC."""
    row = hit.story
    return {
        "id": row.key,
        "title": row.title,
        "summary": hit.summary,
        "affected": list(hit.affected),
        "publisher": row.publisher,
        "feed": row.feed,
        "lang": row.lang,
        "url": row.url,
        "published": row.published.isoformat() if row.published else None,
        "first_seen": row.first_seen.isoformat(),
        "score": row.score,
        "threshold": row.threshold,
        "versions": row.versions,
    }


def _stories_text(found: Found[StoryHit]) -> str:
    return "\n".join(
        f"{row.published or row.first_seen:%Y-%m-%d %H:%MZ}  {row.lang:<7}  {row.publisher}  {row.title}"
        for row in (hit.story for hit in found.rows)
    )


def _document(query: Part, now: datetime, found: Found[Any], **rows: object) -> str:
    head = {"query": str(query), "taken": now.isoformat(), "total": found.total, "counted": found.counted}
    return json.dumps({**head, **rows}, ensure_ascii=False, indent=2)


def _say(query: Part, found: Found[IncidentRow] | Found[StoryHit], text: str, what: str) -> None:
    if text:
        click.echo(text)
    shown = len(found.rows)
    total = f"{found.total}" if found.counted else f"more than {found.total}"
    noun = {"stories": "story", "incidents": "incident"}[what] if found.total == 1 else what
    number = f"{total} {noun}" if shown == found.total else f"{shown} of {total} {noun}"
    click.echo(visible(f"{number} of {query}") if str(query) else f"{number} in all", err=True)
    if not found.total and _LOWER_OR.search(str(query)):
        click.echo("to find either, write OR in capitals", err=True)


def understood(words: tuple[str, ...]) -> Part:
    """The query that the words of a command line are; raises StartError that points at what is wrong."""
    option = next((word for word in words if word.startswith("--")), None)
    if option is not None:
        raise StartError(
            f"There is no option {option}; `overflight query --help` lists them. As a word of the query, put it in quotes."
        )
    text = " ".join(words)
    asked = parse_query(text)
    if isinstance(asked, QueryProblem):
        told = asked.pointed(text) if len(text) <= _LONGEST_SHOWN else f"{asked.said}; {asked.hint}"
        raise StartError(f"this is no query\n{told}\nAll fields: overflight query --fields")
    return asked


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="[QUERY]")
@click.option("--stories", is_flag=True, help="The stories instead of the incidents.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help="At most so many rows."
)
@click.option("--view", help="Inside this saved view.")
@click.option("--fields", is_flag=True, help="List what can be asked for.")
@click.pass_obj
def query(
    options: dict[str, str | None],
    words: tuple[str, ...],
    *,
    stories: bool,
    as_json: bool,
    limit: int,
    view: str | None,
    fields: bool,
) -> None:
    """Find incidents, or stories, by words and by facts; everything when nothing is asked for."""
    if fields:
        click.echo(fields_text())
        return
    try:
        asked = understood(words)
        source = open_board(database_file(options["db"]))
        try:
            asked = asked_in(source, asked, view)
            total = (_print_stories if stories else _print_incidents)(source, asked, limit, as_json=as_json)
        finally:
            source.close()
    except (StartError, StoreError, OSError) as problem:
        sys.exit(fail(problem))
    sys.exit(Exit.DONE if total else Exit.NO)


def _print_stories(source: BoardSource, asked: Part, limit: int, *, as_json: bool) -> int:
    now = SystemClock().now()
    found = source.find_stories(asked, now, limit)
    if as_json:
        click.echo(_document(asked, now, found, stories=[story_object(hit) for hit in found.rows]))
    else:
        _say(asked, found, _stories_text(found), "stories")
    return found.total


def _print_incidents(source: BoardSource, asked: Part, limit: int, *, as_json: bool) -> int:
    now = SystemClock().now()
    found = source.find_incidents(asked, now, limit)
    if as_json:
        click.echo(_document(asked, now, found, incidents=[incident_object(row) for row in found.rows]))
    else:
        _say(asked, found, incident_table(found.rows, now, ids=True) if found.rows else "", "incidents")
    return found.total
