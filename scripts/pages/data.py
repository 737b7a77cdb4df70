"""docs/data.md: the schema of the store, and queries for other programs."""

from collections.abc import Iterator

from scripts.pages.schema import Relation, relations
from tui.store.migrations import SCHEMA_VERSION

_HEAD = f"""# The data

<!-- Made by `make docs` of the store itself; do not edit. -->

Everything that Overflight knows is one SQLite file: `overflight.db` in the data folder (`overflight doctor` says where). It may be read by any
program at any time, also while dashboards and collectors run; open it read-only, as below, and hold no read open for long. Writing to it is not
supported: the program keeps indexes and sums in step. To take data elsewhere, use `overflight export`; to copy the file, `overflight backup`.

What follows is schema {SCHEMA_VERSION} (`PRAGMA user_version`). Views keep their names and columns, and may get more; tables may change with a version of the program.
SQLite 3.38 or newer reads all of it.

* Every moment in a table is whole microseconds since 1970, UTC; in a view it is text such as `2026-03-18T14:00:00Z`.
* States are ISO 3166-1 alpha-2 codes. Codes of objects, events, zones and answers are those of `overflight query --fields`.
* A NULL is an unknown, never a zero or a none.
* In views, several values stand in one column with a space between them.

## Datasette

```sh
pip install datasette
datasette overflight.db
```

The views below are at the head of its page; columns can be filtered, counted (facets) and taken as JSON or CSV. It opens the file read-only.
Everything can be opened but
`story_words` and `story_fts`, which use a function of ours; `story_fts` can be searched all the same, as below.

## pandas

```python
import sqlite3

import pandas

connection = sqlite3.connect("file:overflight.db?mode=ro", uri=True)
incidents = pandas.read_sql(
    "SELECT * FROM incident_lines", connection, parse_dates=["first_told", "last_told"]
)
by_state = incidents.assign(state=incidents["states"].str.split()).explode("state").groupby("state").size()
weeks = pandas.read_sql("SELECT * FROM weekly_counts", connection).pivot_table(
    index="week", columns="state", values="incidents", fill_value=0
)
assert by_state.sum() >= len(incidents.dropna(subset="states"))
```

## Questions
"""

QUERIES: dict[str, str] = {
    "Incidents of the last 30 days, the latest first": """
SELECT last_told, states, certainty, line FROM incident_lines
WHERE origin <> 'baseline' AND last_told >= date('now', '-30 days') ORDER BY last_told DESC;
""",
    "Which states are said to have sent drones, and how often": """
SELECT actors, count(*) AS incidents FROM incident_lines
WHERE object = 'uav' AND origin <> 'baseline' GROUP BY actors ORDER BY incidents DESC;
""",
    "Stories of an incident with what each says": """
SELECT story_lines.published, story_lines.publisher, story_lines.title, report_facts.certainty, report_facts.number
FROM report_facts JOIN story_lines USING (story)
WHERE report_facts.incident = (SELECT incident FROM incident_lines WHERE stories > 0 ORDER BY stories DESC LIMIT 1)
ORDER BY story_lines.published;
""",
    "Where publishers differ on the number of objects": """
SELECT incident, min(number) AS least, max(number) AS most, group_concat(DISTINCT publisher) AS publishers
FROM report_facts WHERE number IS NOT NULL AND incident IS NOT NULL GROUP BY incident HAVING least < most;
""",
    "Weeks of a state": """
SELECT week, incidents FROM weekly_counts WHERE state = 'PL' ORDER BY week;
""",
    "Feeds that do not answer, the longest silent first": """
SELECT name, status, failures, last_ok, problem FROM feed_health
WHERE enabled AND status IN ('failing', 'gone') ORDER BY last_ok;
""",
    "How much of what a feed brings is kept": """
SELECT name, entries, kept, round(100.0 * kept / entries, 1) AS percent FROM feed_health
WHERE entries > 0 ORDER BY percent DESC;
""",
    "Words in stories (FTS5)": """
SELECT story_lines.title FROM story_fts JOIN entry ON entry.id = story_fts.rowid
JOIN story_lines ON story_lines.story = entry.key WHERE story_fts MATCH 'drone*';
""",
}
"""Questions with their SQL; the tests run each."""


def data_page() -> str:
    """The page as Markdown."""
    parts = [_HEAD.strip("\n"), *(f"{asked}:\n\n```sql{sql}```" for asked, sql in QUERIES.items())]
    found = relations()
    parts.append("## Views")
    for relation in (one for one in found if one.view):
        parts += _told(relation)
    parts.append("## Tables")
    for relation in (one for one in found if not one.view):
        parts += _told(relation)
    return "\n\n".join(parts) + "\n"


def _told(relation: Relation) -> Iterator[str]:
    yield f"### `{relation.name}`"
    yield f"{relation.words[:1].upper()}{relation.words[1:]}."
    refers = dict(relation.refers)
    rows = ["| column | what it holds |", "| --- | --- |"]
    if not relation.view:
        rows = ["| column | type | what it holds |", "| --- | --- | --- |"]
    for column in relation.columns:
        link = f" (→ `{refers[column.name]}`)" if column.name in refers else ""
        kind = "" if relation.view else f" {column.type} |"
        rows.append(f"| `{column.name}` |{kind} {column.words.replace('|', chr(92) + '|')}{link} |")
    yield "\n".join(rows)
