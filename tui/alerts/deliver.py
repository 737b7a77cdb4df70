"""A batch to its channel, whatever kind it is."""

from datetime import datetime

from tui.alerts.outside import by_apprise, by_plugin
from tui.alerts.programs import notify, run_command
from tui.alerts.webhook import post
from tui.domain.alerts import Batch, Channel, ChannelKind, Delivered
from tui.domain.feed import Settings


class Deliverer:
    """Fits `pipeline.alerting.Deliver`."""

    def __init__(self, settings: Settings) -> None:
        self._proxy = settings.proxy

    async def __call__(self, channel: Channel, batch: Batch, now: datetime) -> Delivered:
        """Tell a batch; what goes wrong is a value."""
        match channel.kind:
            case ChannelKind.WEBHOOK:
                return await post(channel, batch, now, self._proxy)
            case ChannelKind.COMMAND:
                return await run_command(channel, batch)
            case ChannelKind.DESKTOP:
                return await notify(batch)
            case ChannelKind.APPRISE:
                return await by_apprise(channel, batch, self._proxy)
            case ChannelKind.PLUGIN:
                return await by_plugin(channel, batch)
