"""`overflight stats`: what is counted over the last weeks, each number with the query that lists what it counts."""

import json
import re
import sys
from datetime import UTC, date, datetime
from unicodedata import east_asian_width

import click

from tui.cli.clocks import SystemClock
from tui.cli.exits import Exit
from tui.cli.wiring import StartError, chosen_feed_list, database_file, fail, open_board
from tui.domain.statistics import Statistics
from tui.domain.tables import Cell, Table, TableRow
from tui.domain.weeks import WEEK, monday_of, week_name, week_of
from tui.store.errors import StoreError

MOST_WEEKS = 520
_SPAN = re.compile(r"(\d{1,4})([wd])")
_TABLES = ("week", "actor", "object", "hour", "answer", "outcome")


class SinceError(ValueError):
    """A beginning that is none; says what may be written."""


def weeks_since(written: str, now: datetime) -> int:
    """How many ISO weeks to count, the one under way included: from a span, a day or a week."""
    span = _SPAN.fullmatch(written.strip().lower())
    if span:
        days = int(span[1]) * (7 if span[2] == "w" else 1)
        weeks = -(-days // 7)
    else:
        weeks = (monday_of(now.date()) - monday_of(_day(written))) // WEEK + 1
    if not 1 <= weeks <= MOST_WEEKS:
        raise SinceError(f"{written[:20]!r} is no beginning within the last {MOST_WEEKS} weeks")
    return weeks


def _day(written: str) -> date:
    try:
        return week_of(written) if "W" in written.upper() else date.fromisoformat(written)
    except ValueError:
        raise SinceError(
            f"{written[:20]!r} is no beginning; write 12w, 90d, 2026-01-05 or 2026-W02"
        ) from None


def _cell_object(cell: Cell) -> dict[str, object]:
    return {
        "count": cell.count,
        "known": cell.known,
        "unusual": cell.unusual,
        "words": cell.words,
        "query": str(cell.query),
    }


def table_object(by: str, table: Table) -> dict[str, object]:
    """A table as JSON; a count that is not known is told with `known`: false."""
    return {
        "by": by,
        "name": table.name,
        "columns": list(table.columns),
        "rows": [
            {
                "key": row.key or None,
                "name": row.name,
                "cells": [_cell_object(cell) for cell in row.cells],
                "total": _cell_object(row.total),
                "words": row.words,
            }
            for row in table.rows
        ],
        "total": _cell_object(table.total),
        "words": table.words,
        "rule": table.rule,
    }


def statistics_json(found: Statistics, by: tuple[str, ...], now: datetime) -> str:
    """One JSON document; times in ISO 8601 UTC."""
    document = {
        "taken": now.astimezone(UTC).isoformat(),
        "weeks": [week_name(week) for week in found.weeks],
        "undated": _cell_object(found.undated),
        "tables": [table_object(name, table) for name, table in found.tables if name in by],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _number(cell: Cell) -> str:
    """A count; with ! when unusual, a dot for a zero that was watched, a ? for one that was not."""
    if not cell.count:
        return "·" if cell.known else "?"
    return f"{cell.count}{'!' if cell.unusual else ''}"


def table_text(by: str, table: Table) -> str:
    """A table in columns divided by a tab's worth of spaces, its words and its rule."""
    columns = (
        [column.partition("-")[2] or column for column in table.columns] if by == "week" else table.columns
    )
    head = ["", *(column or "··" for column in columns), "sum", ""]
    rows = [[row.name, *map(_number, row.cells), str(row.total.count), _row_words(row)] for row in table.rows]
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    lines = [f"{table.name}: {table.total.count}" + (f" · {table.words}" if table.words else "")]
    lines += ["  ".join(_aligned(row, widths)).rstrip() for row in (head, *rows)]
    return "\n".join([*lines, "", table.rule])


def _row_words(row: TableRow) -> str:
    current = row.cells[-1].words if row.cells else ""
    return " · ".join(words for words in (current if row.cells[-1].unusual else "", row.words) if words)


def _aligned(row: list[str], widths: list[int]) -> list[str]:
    first, *numbers = row
    *counts, last = numbers
    return [
        first + " " * (widths[0] - _width(first)),
        *(" " * (width - _width(count)) + count for count, width in zip(counts, widths[1:-1], strict=True)),
        last,
    ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


@click.command()
@click.option(
    "--since",
    default="12w",
    show_default=True,
    help="First week: 12w, 90d, 2026-01-05 or 2026-W02.",
    metavar="WHEN",
)
@click.option(
    "--by",
    "tables",
    type=click.Choice(_TABLES),
    multiple=True,
    help="Only this table; may be given more than once.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document, each number with its query.")
@click.pass_obj
def stats(options: dict[str, str | None], since: str, tables: tuple[str, ...], *, as_json: bool) -> None:
    """Count the incidents in the news: by week, actor, object, hour, answer and outcome.

    A number followed by ! is unusual for its state and week; a dot is a zero that was watched for, a ? one
    that nobody watched for. Each number in the JSON has the query that lists what it counts.
    """
    now = SystemClock().now()
    try:
        weeks = weeks_since(since, now)
        settings = chosen_feed_list(options["feeds"]).settings
        source = open_board(database_file(options["db"]), settings)
        try:
            found = source.statistics(now, weeks)
        finally:
            source.close()
    except (SinceError, StartError, StoreError, OSError) as problem:
        sys.exit(fail(problem))
    wanted = tables or _TABLES
    if as_json:
        click.echo(statistics_json(found, wanted, now))
    else:
        click.echo("\n\n".join(table_text(name, table) for name, table in found.tables if name in wanted))
        if found.undated.count:
            click.echo(f"\n{found.undated.count} of no week that is told: {found.undated.query}")
    sys.exit(Exit.DONE if found.by_week.total.count else Exit.NO)
