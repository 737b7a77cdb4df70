"""The step that keeps the day on which an incident counts, and the words of SQL that statistics and queries share."""

FIRST_TOLD = "coalesce(nullif(incident.first_told, 0), incident.first_seen)"
"""Stamp of the first report."""

HOUR = f"({FIRST_TOLD} / 3600000000 % 24)"
"""Hour, UTC, of the first report."""

_AT_FIRST = "(SELECT min(at) FROM timeline WHERE incident_id = incident.id AND kind = '{}')"
ANSWER = f"(max(0, {_AT_FIRST.format('response')} - {_AT_FIRST.format('first_report')}) / 60000000)"
"""Whole minutes from the first report to the first that tells what was done; NULL: no answer is told."""

_DAY_TOLD = "date(coalesce(nullif(first_told, 0), first_seen) / 1000000, 'unixepoch')"
_PRECISION = "iif(json_valid(facts), facts ->> '$.event_date.precision', NULL)"
_COUNTED = f"""
    CASE
        WHEN event_date IS NULL THEN {_DAY_TOLD}
        WHEN {_PRECISION} IN ('day', 'week') THEN min(event_date, {_DAY_TOLD})
        WHEN {_PRECISION} = 'month' THEN iif(substr(event_date, 1, 7) = substr({_DAY_TOLD}, 1, 7), {_DAY_TOLD}, NULL)
        WHEN {_PRECISION} = 'year' THEN iif(substr(event_date, 1, 4) = substr({_DAY_TOLD}, 1, 4), {_DAY_TOLD}, NULL)
    END
"""

COUNTED_WEEKS = (
    # The day it happened on, never later than its first report; that of the first report when no day is told;
    # NULL when it is only told to be of another month or year.
    f"ALTER TABLE incident ADD COLUMN counted TEXT GENERATED ALWAYS AS ({_COUNTED}) VIRTUAL",
    """
    CREATE INDEX incident_counted ON incident (counted, follow_up_only)
        WHERE origin <> 'baseline' AND stories > 0
    """,
)
"""Statements in the order they are run; never edited once released."""
