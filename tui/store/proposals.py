"""Two incidents that a story fits as well: proposed to a person, never merged by themselves."""

from collections.abc import Sequence
from datetime import datetime

from tui.domain.board import OpenProposal
from tui.domain.constraints import Constraints
from tui.domain.incident import Assignment, GroupReason
from tui.store.sqlite import sqlite3
from tui.store.values import from_json, plain, stamp_of, to_json

SHOWN_AT_MOST = 5


def note_proposal(
    connection: sqlite3.Connection, assignment: Assignment, constraints: Constraints, at: datetime
) -> None:
    """Store what an assignment proposes; the first reason for a pair stays."""
    proposal = assignment.proposal
    if proposal is None or constraints.keeps_apart(assignment.incident, proposal.incident):
        return
    one, other = sorted(plain(constraints.shown(key)) for key in (assignment.incident, proposal.incident))
    connection.execute(
        """
        INSERT INTO merge_proposal (incident, other, story, why, at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (incident, other) DO NOTHING
        """,
        (one, other, plain(assignment.story), to_json(proposal.why), stamp_of(at)),
    )


def open_proposals(
    connection: sqlite3.Connection, key: str, constraints: Constraints
) -> tuple[OpenProposal, ...]:
    """What an incident may be the same as, the latest proposal first; only what still has stories."""
    found: dict[str, OpenProposal] = {}
    for home in constraints.homes(key):
        rows = connection.execute(
            """
            SELECT iif(incident = ?1, other, incident), story, why FROM merge_proposal
            WHERE settled_at IS NULL AND (incident = ?1 OR other = ?1) ORDER BY id DESC
            """,
            (plain(home),),
        )
        for named, story, why in rows.fetchall():
            other = constraints.shown(named)
            if other not in found and not constraints.keeps_apart(key, other):
                row = connection.execute(
                    "SELECT line FROM incident WHERE key = ? AND stories > 0", (plain(other),)
                ).fetchone()
                if row is not None:
                    found[other] = OpenProposal(other, row[0], story, from_json(why, tuple[GroupReason, ...]))
    return tuple(found.values())[:SHOWN_AT_MOST]


def settle_proposals(
    connection: sqlite3.Connection, pairs: Sequence[tuple[str, str]], at: datetime | None
) -> None:
    """A person decided on these pairs; None: took the decision back."""
    for pair in pairs:
        one, other = sorted(map(plain, pair))
        connection.execute(
            "UPDATE merge_proposal SET settled_at = ? WHERE incident = ? AND other = ?",
            (None if at is None else stamp_of(at), one, other),
        )
