"""Values of feeds.toml that may be secret: taken from the environment, kept out of every message."""

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote_plus, unquote, unquote_plus, urlsplit

from tui.domain.feed import Feed
from tui.feeds.feed_fields import FieldError, shown

_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,60}", re.ASCII)
_QUERY_NAME = re.compile(r"[A-Za-z0-9._~\[\]-]{1,60}", re.ASCII)
_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_WHOLE_VARIABLE = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]*)", re.ASCII)
_OURS_TO_SEND = frozenset(
    {"host", "connection", "content-length", "transfer-encoding", "accept-encoding", "if-none-match"}
    | {"if-modified-since", "te", "upgrade", "proxy-authorization"}
)
_SECRET_HEADERS = re.compile(r"authorization|cookie|key|token|secret|password", re.IGNORECASE)
_LONG_ENOUGH = 6
"""A shorter secret is found in innocent addresses too."""


def value_of(key: str, written: str, env: Mapping[str, str]) -> str:
    """A value with its ${NAME}s, or as a whole env:NAME, taken from the environment."""

    def variable(name: str) -> str:
        found = env.get(name)
        if not found:
            raise FieldError(
                key,
                f"the environment has no variable {shown(name)}",
                "set it before the start, or take this out",
            )
        return found

    whole = _WHOLE_VARIABLE.fullmatch(written)
    value = variable(whole[1]) if whole else _VARIABLE.sub(lambda found: variable(found[1]), written)
    if not (value.isascii() and value.isprintable()):
        raise FieldError(key, "holds what may not be sent", "write printable ASCII on one line")
    return value


def is_plain(written: str) -> bool:
    """Whether a secret stands in the file itself."""
    return not _WHOLE_VARIABLE.fullmatch(written) and not _VARIABLE.search(written)


def header(key: str, name: str, written: str, env: Mapping[str, str]) -> tuple[str, str]:
    """A request header."""
    if not _HEADER_NAME.fullmatch(name) or name.lower() in _OURS_TO_SEND:
        raise FieldError(key, f"{shown(name)} is no header that can be set", "take it out")
    return name, value_of(key, written, env)


def param(key: str, name: str, written: str, env: Mapping[str, str]) -> tuple[str, str]:
    """A part of the address's query that is sent, and never shown or stored."""
    if not _QUERY_NAME.fullmatch(name):
        raise FieldError(key, f"{shown(name)} is no name of a query", "write it as in ?name=value")
    return name, value_of(key, written, env)


def authorization(key: str, written: Mapping[str, str], env: Mapping[str, str]) -> str:
    """The Authorization header of { user, password } or { token }."""
    if written.keys() == {"user", "password"}:
        login = ":".join(value_of(key, written[name], env) for name in ("user", "password"))
        return f"Basic {base64.b64encode(login.encode()).decode()}"
    if written.keys() == {"token"}:
        return f"Bearer {value_of(key, written['token'], env)}"
    raise FieldError(
        key, "is no login", 'write { user = "…", password = "${NAME}" } or { token = "${NAME}" }'
    )


def proxy(key: str, written: str, env: Mapping[str, str]) -> str:
    """Scheme, login, host and port of a proxy; empty for "none"."""
    if written in {"", "none"}:
        return ""
    value = value_of(key, written, env)
    try:
        parts = urlsplit(value)
        known = parts.scheme in {"http", "https"} and parts.hostname and parts.port
    except ValueError:
        known = False
    if not known or parts.path not in {"", "/"} or parts.query:
        raise FieldError(
            key,
            "is no proxy that can be used",
            'write it like "http://proxy.example:3128", or "none"; one of http or https, for SOCKS is not spoken',
        )
    return value.rstrip("/")


def login_of(address: str) -> tuple[str, str] | None:
    """User and password in an address."""
    parts = urlsplit(address)
    if parts.username is None:
        return None
    return unquote(parts.username), unquote(parts.password or "")


def secrets_stand_in(table: Mapping[str, object]) -> bool:
    """Whether a table as written holds a secret itself, not only the name of one."""
    headers, parts, login = (table.get(name) or {} for name in ("headers", "params", "auth"))
    plain = [
        *_plain(headers, lambda name: bool(_SECRET_HEADERS.search(name))),
        *_plain(parts, lambda name: bool(_SECRET_HEADERS.search(name))),
        *_plain(login, lambda name: name != "user"),
    ]
    for key in ("url", "proxy"):
        written = table.get(key)
        if isinstance(written, str) and "@" in urlsplit(written).netloc and is_plain(written):
            plain.append(key)
    return bool(plain)


def _plain(table: object, secret: Callable[[str], bool]) -> list[str]:
    pairs = table.items() if isinstance(table, dict) else ()
    return [name for name, value in pairs if secret(str(name)) and is_plain(str(value))]


def with_query(target: bytes, parts: Iterable[tuple[str, str]]) -> bytes:
    """The query of an address with these parts added, but for names that it has already."""
    there = {unquote_plus(part.partition(b"=")[0].decode("latin-1")) for part in target.split(b"&")}
    added = [f"{quote_plus(name)}={quote_plus(value)}".encode() for name, value in parts if name not in there]
    return b"&".join(filter(None, (target, *added)))


def without_secrets(target: bytes, parts: Iterable[tuple[str, str]]) -> bytes:
    """The query of an address without what holds one of the secrets."""
    secrets = [value for _, value in parts]
    kept = [
        part
        for part in target.split(b"&")
        if not any(secret in unquote_plus(part.decode("latin-1")) for secret in secrets)
    ]
    return b"&".join(kept)


def gives_away(address: str, feed: Feed) -> bool:
    """Whether an address holds one of the feed's secrets."""
    plain = unquote_plus(address)
    secrets = [
        *(value for _, value in feed.params),
        *(value.rpartition(" ")[2] for name, value in feed.headers if _SECRET_HEADERS.search(name)),
    ]
    return any(len(secret) >= _LONG_ENOUGH and secret in plain for secret in secrets)
