"""How the incidents of each state ended."""

from datetime import datetime, timedelta

from tui.domain.follow_up import OutcomeCounts, outcome_counts, unresolved_before
from tui.domain.history import Outcome
from tui.store.sqlite import sqlite3
from tui.store.values import stamp_of


def load_outcomes(
    connection: sqlite3.Connection, now: datetime, after: timedelta
) -> tuple[OutcomeCounts, ...]:
    """Over all incidents in the news; an incident over several states counts for each, follow-ups for none."""
    rows = connection.execute(
        """
        SELECT iso2, iif(ending = 'open' AND told <= ?, 'unresolved', ending) AS shown, count(*) FROM (
            SELECT iso2, coalesce(outcome, 'open') AS ending, coalesce(first_told, first_seen) AS told
            FROM incident JOIN incident_country ON incident_country.incident_id = incident.id
            WHERE origin <> 'baseline' AND stories > 0 AND NOT follow_up_only
        ) GROUP BY iso2, shown
        """,
        (stamp_of(unresolved_before(now, after)),),
    )
    return outcome_counts((iso2, Outcome(shown), number) for iso2, shown, number in rows)
