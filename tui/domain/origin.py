"""The origin of an address: the unit that politeness and secrets are counted in."""

from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


def origin_of(url: str) -> str:
    """Scheme, host and port, without secrets, path or query; an unreadable address is its own origin."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
        host = parts.hostname
    except ValueError:
        return url
    if not host:
        return url
    return f"{parts.scheme}://{host}:{port}"
