"""Dashboards, collectors and commands on one database: the short form of `bench/many_at_once.py`."""

import pytest

from bench.many_at_once import TROUBLE, run


@pytest.mark.timeout(400)
def test_seven_processes_at_once_meet_no_lock_and_leave_a_whole_store() -> None:
    tally = run(seconds=20.0, processes=7, feeds=4)
    assert tally.trouble == []
    assert {"dashboard", "collect", "tail", "export"} <= set(tally.commands)


@pytest.mark.parametrize(
    "said",
    [
        "overflight: The database is locked",
        "Another process is busy writing the database: o.db. Try again in a moment.",
        "Traceback (most recent call last):",
    ],
)
def test_what_is_looked_for_would_be_found(said: str) -> None:
    assert TROUBLE.search(f"first words {said} and more")
