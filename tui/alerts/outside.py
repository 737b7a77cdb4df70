"""Channels that are other people's code: Apprise and plug-ins, each told by a program of its own that can be ended."""

import json
import os
import sys

from tui.alerts.message import batch_text, headline, letter
from tui.alerts.programs import run
from tui.domain.alerts import Batch, Channel, Delivered

_SECONDS = 30.0
_TELLER = (sys.executable, "-m", "tui.alerts.teller")
_PROXIES = frozenset({"http_proxy", "https_proxy", "all_proxy", "no_proxy"})


async def by_apprise(channel: Channel, batch: Batch, proxy: str | None) -> Delivered:
    """One message for people through whatever service the address names."""
    given = {"url": channel.url, "title": headline(batch), "body": letter(batch)}
    return await run(
        (*_TELLER, "apprise"), json.dumps(given).encode(), _SECONDS, env=_environment(proxy), name="apprise"
    )


async def by_plugin(channel: Channel, batch: Batch) -> Delivered:
    """The same JSON that a webhook gets, and the channel's options, to a package of the user's."""
    given = {"plugin": channel.plugin, "options": dict(channel.options), "document": batch_text(batch)}
    return await run((*_TELLER, "plugin"), json.dumps(given).encode(), _SECONDS, name=channel.plugin)


def _environment(proxy: str | None) -> dict[str, str]:
    """Ours, where the settings alone choose a proxy."""
    ours = {name: value for name, value in os.environ.items() if name.lower() not in _PROXIES}
    return {**ours, "HTTP_PROXY": proxy, "HTTPS_PROXY": proxy} if proxy else ours
