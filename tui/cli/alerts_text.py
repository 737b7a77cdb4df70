"""What `overflight alerts` prints: for a person as lines, for a script as JSON."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from tui.alerts.message import alert_object
from tui.domain.alerts import AlertPlan, AlertRule, Channel
from tui.domain.rehearsal import RULE, Rehearsal
from tui.store.alert_out import ChannelHealth, Logged


def _minutes(rule: AlertRule) -> str:
    return f"{int(rule.cooldown.total_seconds()) // 60} min"


def plan_object(
    plan: AlertPlan, health: Mapping[str, ChannelHealth], waiting: Mapping[str, int]
) -> dict[str, object]:
    """Rules and channels; no address and no secret."""
    return {
        "rules": [
            {
                "name": rule.name,
                "query": str(rule.query),
                "on": list(rule.on),
                "channels": list(rule.channels),
                "cooldown_seconds": int(rule.cooldown.total_seconds()),
                "budget": rule.budget,
                "enabled": rule.enabled,
            }
            for rule in plan.rules
        ],
        "channels": [
            {
                "name": channel.name,
                "kind": channel.kind,
                "always": channel.always,
                "signed": bool(channel.secret),
                "waiting": waiting.get(channel.name, 0),
                "failing": _health_object(health.get(channel.name)),
            }
            for channel in plan.channels
        ],
    }


def _health_object(found: ChannelHealth | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "attempts": found.attempts,
        "since": found.since.isoformat(),
        "next_try": found.next_try.isoformat(),
        "error": found.error,
    }


def plan_lines(
    plan: AlertPlan, health: Mapping[str, ChannelHealth], waiting: Mapping[str, int]
) -> Iterator[str]:
    """Rules and channels, a line each."""
    for rule in plan.rules:
        off = "" if rule.enabled else "  (disabled)"
        yield f"{rule.name}{off}: {str(rule.query) or 'every incident'}"
        to = ", ".join(rule.channels) or "the screen alone"
        yield f"    on {', '.join(rule.on)} to {to}; cooldown {_minutes(rule)}, {rule.budget} a day"
    for channel in plan.channels:
        yield f"channel {channel.name}: {_channel_said(channel, health, waiting)}"
    if not plan.rules:
        yield "no [[alert]] in feeds.toml; the comment at the head of the shipped file shows one"


def _channel_said(channel: Channel, health: Mapping[str, ChannelHealth], waiting: Mapping[str, int]) -> str:
    parts = [channel.kind.value]
    if channel.always:
        parts.append("in quiet hours too")
    if found := health.get(channel.name):
        parts.append(f"failing since {found.since:%Y-%m-%d %H:%MZ}: {found.error}")
        parts.append(f"next try {found.next_try:%H:%MZ}")
    if number := waiting.get(channel.name):
        parts.append(f"{number} waiting")
    return ", ".join(parts)


def log_object(logged: Logged) -> dict[str, object]:
    """An alert and what became of it."""
    return {
        **alert_object(logged.alert),
        "fate": logged.fate,
        "channels": [
            {
                "channel": queued.channel,
                "state": queued.state,
                "not_before": queued.not_before.isoformat(),
                "ended": queued.ended.isoformat() if queued.ended else None,
            }
            for queued in logged.queued
        ],
    }


def log_line(logged: Logged) -> str:
    """An alert in one line."""
    alert = logged.alert
    became = ", ".join(f"{queued.channel} {queued.state.replace('_', ' ')}" for queued in logged.queued)
    return f"{alert.at:%Y-%m-%d %H:%MZ}  {alert.rule}: {alert.said}  [{became or 'log'}]"


def rehearsal_object(done: Iterable[Rehearsal], days: int, now: datetime, *, more: bool) -> dict[str, Any]:
    """What every rule would have done."""
    return {
        "days": days,
        "taken": now.isoformat(),
        "rule_of_counting": RULE,
        "complete": not more,
        "rules": [
            {
                "name": one.rule.name,
                "alerts": len(one.rang),
                "over_budget": one.over_budget,
                "one_publisher_alone": one.alone,
                "within_cooldown": one.with_another,
                "told": [
                    {
                        "at": rang.at.isoformat(),
                        "incident": rang.detail.row.key,
                        "line": rang.detail.row.line,
                        "on": [change.trigger for change in rang.changes],
                        "text": "; ".join(change.text for change in rang.changes),
                    }
                    for rang in one.rang
                ],
            }
            for one in done
        ],
    }


def rehearsal_lines(done: Iterable[Rehearsal], days: int, most: int = 20) -> Iterator[str]:
    """What every rule would have done: how often, and on what of late."""
    for one in done:
        left = [
            f"{number} {words}"
            for number, words in (
                (one.over_budget, "over the budget"),
                (one.alone, "of one publisher alone left to a digest"),
                (one.with_another, "told with another in the cooldown"),
            )
            if number
        ]
        said = f"{one.rule.name}: would have fired {len(one.rang)} times in the last {days} days"
        yield "; ".join((said, *left))
        for rang in one.rang[-most:]:
            text = "; ".join(change.text for change in rang.changes)
            yield f"    {rang.at:%Y-%m-%d %H:%MZ}  {rang.detail.row.line} ({text})"
        if len(one.rang) > most:
            yield f"    and {len(one.rang) - most} before these"
    yield RULE
