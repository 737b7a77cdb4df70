"""A batch of alerts as JSON for programs and as a line for people."""

import hashlib
import json

from tui import __version__
from tui.domain.alerts import Alert, Batch
from tui.exports.objects import incident_object

SCHEMA = "overflight-alerts/1"
"""Name and version of the document; the version rises when a member is taken away or changes its meaning."""

_SHORT = 200
_LETTER = 20
_LEFT_OUT = 5
_CALLS = str.maketrans({"@": "\uff20", "<": "\u2039", ">": "\u203a"})
"""What a chat would take for a call to somebody, or a mail for a tag."""


def alert_object(alert: Alert) -> dict[str, object]:
    """One alert with its incident, in the form that every export has."""
    return {
        "id": alert.id,
        "at": alert.at.isoformat(),
        "rule": alert.rule,
        "on": list(alert.triggers),
        "text": alert.text,
        "incident": incident_object(alert.row) if alert.row else None,
        "stories": [
            {"title": link.title, "url": link.url, "publisher": link.publisher} for link in alert.links
        ],
    }


def batch_text(batch: Batch) -> str:
    """The whole message as one line of JSON."""
    document = {
        "schema": SCHEMA,
        "overflight": __version__,
        "alerts": [alert_object(alert) for alert in batch.alerts],
        "left_out": [
            {"rule": left.rule, "count": left.count, "lines": list(left.lines)} for left in batch.left_out
        ],
    }
    return json.dumps(document, ensure_ascii=False) + "\n"


def batch_id(batch: Batch) -> str:
    """The same for the same alerts: by it a receiver knows a message that came twice."""
    return f"msg_{hashlib.sha256(repr(batch.ids).encode()).hexdigest()[:32]}"


def headline(batch: Batch) -> str:
    """What happened, at most 200 characters."""
    left_out = sum(left.count for left in batch.left_out)
    if len(batch.alerts) == 1 and not left_out:
        (alert,) = batch.alerts
        return _clipped(alert.said)
    said = f"{len(batch.alerts) + left_out} alerts"
    first = batch.alerts[0].said if batch.alerts else batch.left_out[0].lines[0]
    return _clipped(f"{said}: {first} …")


def letter(batch: Batch) -> str:
    """The whole message for a person: what happened, with the newest story of each; titles cannot call anybody."""
    lines: list[str] = []
    for alert in batch.alerts[:_LETTER]:
        lines.append(f"{alert.said} [{alert.rule}]")
        lines += [
            f"  {link.publisher}: {link.title} {link.url}".translate(_CALLS) for link in alert.links[:1]
        ]
    more = len(batch.alerts) - _LETTER
    if more > 0:
        lines.append(f"and {more} alerts more; `overflight alerts log` has them all")
    for left in batch.left_out:
        lines.append(f"{left.count} more by the rule {left.rule}:")
        lines += [f"  {line}" for line in left.lines[:_LEFT_OUT]]
    return "\n".join(lines)


def _clipped(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
