"""What some hosts ask of feed readers beyond the usual, as data. Pure."""

from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from tui.domain.value import dataclass

_NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class HostRule:
    """What one host, with its subdomains, wants."""

    host: str
    rest: timedelta = _NONE
    """Between two requests to it, whichever of its feeds they are for."""
    shortest: timedelta = _NONE
    """No feed of it is asked more often, whatever feeds.toml says."""
    always_conditional: bool = False
    """It objects to a request without validators by who has them: none is ever made to see whether a 304 is true."""
    moody: bool = False
    """Its 404s pass: no reason to stay away for hours."""
    why: str = ""


HOST_RULES = (
    HostRule("reddit.com", rest=timedelta(minutes=1), why="more than one request a minute gets 429s"),
    HostRule("openrss.org", shortest=timedelta(hours=1), why="it asks readers for no more than that"),
    HostRule(
        "rachelbythebay.com",
        shortest=timedelta(hours=1),
        always_conditional=True,
        why="its rules are published, and it bans who fetches whole what has not changed",
    ),
    HostRule("api.gdeltproject.org", rest=timedelta(seconds=5), why="it wants five seconds between two"),
    HostRule("youtube.com", moody=True, why="it answers 404 for feeds that are there an hour later"),
)
_USUAL = HostRule("")


@lru_cache(maxsize=10_000)
def rule_for(url: str) -> HostRule:
    """The rule for the host of an address; one that asks for nothing when there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return _USUAL
    return next((rule for rule in HOST_RULES if host == rule.host or host.endswith(f".{rule.host}")), _USUAL)
