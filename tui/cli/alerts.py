"""`overflight alerts`: who is told of what, what was told, and what a rule would have told."""

import asyncio
import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta

import click

from tui.cli.alerts_text import (
    log_line,
    log_object,
    plan_lines,
    plan_object,
    rehearsal_lines,
    rehearsal_object,
)
from tui.cli.clocks import SystemClock
from tui.cli.exits import Exit
from tui.cli.wiring import StartError, chosen_feed_list, database_file, fail, open_board
from tui.domain.alerts import Alert, AlertPlan, AlertRule, Batch, Channel, Trigger
from tui.domain.board import IncidentDetail, IncidentRow
from tui.domain.codes import Origin
from tui.domain.feed import FeedList
from tui.domain.incident import IncidentFacts
from tui.domain.query_tree import All, Told
from tui.domain.rehearsal import Rehearsal, rehearse
from tui.pipeline.board_ports import BoardSource
from tui.store.alert_out import load_health, load_log, load_waiting
from tui.store.database import open_reader
from tui.store.errors import StoreError

_MOST = 5000
"""Incidents of one rehearsal."""


@click.group()
def alerts() -> None:
    """Who is told of what: rules and channels of feeds.toml, the log, a test, a rehearsal."""


@alerts.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def list_alerts(options: dict[str, str | None], *, as_json: bool) -> None:
    """Show every rule, and how every channel stands."""
    try:
        plan = chosen_feed_list(options["feeds"]).alerts
        path = database_file(options["db"])
        health, waiting = {}, {}
        if path.exists():
            reader = open_reader(path)
            try:
                health, waiting = load_health(reader), load_waiting(reader)
            finally:
                reader.close()
    except (StartError, StoreError) as problem:
        sys.exit(fail(problem))
    if as_json:
        click.echo(json.dumps(plan_object(plan, health, waiting), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(plan_lines(plan, health, waiting)))


@alerts.command()
@click.option("--json", "as_json", is_flag=True, help="A line of JSON each.")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help="The latest so many."
)
@click.pass_obj
def log(options: dict[str, str | None], *, as_json: bool, limit: int) -> None:
    """Show what was alerted and what became of it, oldest first."""
    try:
        reader = open_reader(database_file(options["db"]))
        try:
            found = load_log(reader, limit)
        finally:
            reader.close()
    except StoreError as problem:
        sys.exit(fail(problem))
    for logged in reversed(found):
        click.echo(json.dumps(log_object(logged), ensure_ascii=False) if as_json else log_line(logged))
    if not found:
        click.echo("Nothing was alerted so far.", err=True)
    sys.exit(Exit.DONE if found else Exit.NO)


@alerts.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="A line of JSON for each channel.")
@click.pass_obj
def test(options: dict[str, str | None], name: str, *, as_json: bool) -> None:
    """Send a made-up alert to the channel NAME, or to every channel of the rule NAME, now."""
    try:
        listed = chosen_feed_list(options["feeds"])
        channels = _channels_of(listed.alerts, name)
    except StartError as problem:
        sys.exit(fail(problem))
    sys.exit(asyncio.run(_try(listed, channels, name, as_json=as_json)))


def _channels_of(plan: AlertPlan, name: str) -> tuple[Channel, ...]:
    rule = next((rule for rule in plan.rules if rule.name == name), None)
    wanted = {name} if rule is None else set(rule.channels)
    found = tuple(channel for channel in plan.channels if channel.name in wanted)
    if not found:
        known = ", ".join([*(channel.name for channel in plan.channels), *(rule.name for rule in plan.rules)])
        raise StartError(
            f"No channel is named {name[:60]!r}, nor is a rule with a channel. There are: {known or 'none'}."
        )
    return found


async def _try(listed: FeedList, channels: tuple[Channel, ...], name: str, *, as_json: bool) -> int:
    from tui.alerts.deliver import Deliverer

    deliver, now = Deliverer(listed.settings), SystemClock().now()
    line = "This is a test of Overflight: nothing happened"
    row = IncidentRow(
        key="test",
        origin=Origin.REPLAY,
        facts=IncidentFacts(),
        line=line,
        first_seen=now,
        last_revised=now,
        stories=0,
        publishers=0,
        new=False,
        updated=False,
        watched=False,
        follow_up_only=False,
    )
    batch = Batch((0,), (Alert(0, now, name, (Trigger.NEW,), "test", row),))
    status = Exit.DONE
    for channel in channels:
        told = await deliver(channel, batch, now)
        if as_json:
            said = {"channel": channel.name, "told": told.ok, "said": told.said or None}
            click.echo(json.dumps(said, ensure_ascii=False))
        else:
            click.echo(f"{channel.name}: {'told' if told.ok else told.said}")
        status = status if told.ok else Exit.NO
    return status


@alerts.command("dry-run")
@click.option("--days", type=click.IntRange(1, 365), default=30, show_default=True, help="So many days back.")
@click.option("--rule", "only", help="This rule alone, switched on or off.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def dry_run(options: dict[str, str | None], *, days: int, only: str | None, as_json: bool) -> None:
    """Say how often each rule would have fired, and on what. Tells nobody."""
    now = SystemClock().now()
    try:
        rules = _rules_of(chosen_feed_list(options["feeds"]).alerts, only)
        if not rules:
            click.echo("No [[alert]] is in force in feeds.toml: nobody would have been told.", err=True)
        source = open_board(database_file(options["db"]))
        try:
            done, more = _rehearsed(source, rules, now, timedelta(days=days))
        finally:
            source.close()
    except (StartError, StoreError) as problem:
        sys.exit(fail(problem))
    if as_json:
        click.echo(json.dumps(rehearsal_object(done, days, now, more=more), ensure_ascii=False, indent=2))
        return
    if done:
        click.echo("\n".join(rehearsal_lines(done, days)))
    if more:
        click.echo(f"only the {_MOST} incidents last told were looked at", err=True)


def _rules_of(plan: AlertPlan, only: str | None) -> tuple[AlertRule, ...]:
    rules = tuple(rule for rule in plan.rules if (rule.name == only if only else rule.enabled))
    if only and not rules:
        raise StartError(f"There is no rule {only[:60]!r}. Name one of the [[alert]] tables of feeds.toml.")
    return rules


def _rehearsed(
    source: BoardSource, rules: tuple[AlertRule, ...], now: datetime, back: timedelta
) -> tuple[list[Rehearsal], bool]:
    done, more = [], False
    for rule in rules:
        asked = All((rule.query, Told("revised", back, None)))
        found = source.find_incidents(asked, now, _MOST)
        more = more or found.total > len(found.rows)
        done.append(rehearse(rule, _details(source, found.rows), now - back, now))
    return done, more


def _details(source: BoardSource, rows: tuple[IncidentRow, ...]) -> Iterator[IncidentDetail]:
    for row in rows:
        detail = source.incident(row.key)
        if detail is not None:  # merged by a person between the two reads
            yield detail
