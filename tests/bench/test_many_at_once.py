"""The short form of `python -m bench.many_at_once`: twenty processes on one database for some seconds."""

from pathlib import Path

import pytest

from bench.crowd import LOCKED
from bench.many_at_once import SLOTS, report, run

pytestmark = [pytest.mark.xdist_group("e2e"), pytest.mark.timeout(180)]

SECONDS = 10


def test_twenty_processes_share_one_database_without_a_lock_error_and_another_takes_over(
    tmp_path: Path,
) -> None:
    outcome = run(tmp_path, SECONDS, feeds=6, kill_every=4)
    said = report(outcome, SECONDS)
    assert len(SLOTS) == outcome.told.most_running == 20, said
    assert outcome.fetching.killed >= 1, said
    assert outcome.good, said
    assert outcome.stories >= 6, said


@pytest.mark.parametrize(
    "said",
    [
        b"overflight: Another process is busy writing the database: /x. Try again in a moment.",
        b"sqlite3.OperationalError: database is locked",
        b"sqlite3.OperationalError: database table is locked: story",
    ],
)
def test_a_lock_error_is_known_by_our_words_and_by_those_of_sqlite(said: bytes) -> None:
    assert LOCKED.search(said)
