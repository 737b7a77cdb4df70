"""A webhook: one POST of JSON, signed as standardwebhooks.com has it, since libraries of every language verify that."""

import asyncio
import base64
import binascii
import hashlib
import hmac
import ssl
from datetime import datetime, timedelta

import httpx

from tui.alerts.message import batch_id, batch_text
from tui.domain.alerts import Batch, Channel, Delivered

_DEADLINE = 15.0
_LONGEST_REST = timedelta(hours=1)
_PREFIX = "whsec_"


def signature(secret: str, message: str, sent: int, body: bytes) -> str:
    """The value of webhook-signature: HMAC-SHA256 over id, timestamp and body."""
    key = hmac.new(_key(secret), f"{message}.{sent}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(key.digest()).decode()}"


def _key(secret: str) -> bytes:
    """The bytes of a secret: as base64 after whsec_, else as it is written."""
    if secret.startswith(_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            pass
    return secret.encode()


async def post(channel: Channel, batch: Batch, now: datetime, proxy: str | None) -> Delivered:
    """Send a batch; anything but a 2xx is a failure, and nobody is followed elsewhere."""
    body = batch_text(batch).encode()
    message, sent = batch_id(batch), int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Overflight",
        "webhook-id": message,
        "webhook-timestamp": str(sent),
    }
    if channel.secret:
        headers["webhook-signature"] = signature(channel.secret, message, sent, body)
    try:
        async with (
            asyncio.timeout(_DEADLINE),
            httpx.AsyncClient(
                follow_redirects=False, trust_env=False, timeout=_DEADLINE, proxy=proxy or None
            ) as client,
            client.stream("POST", channel.url, content=body, headers=headers) as answer,
        ):
            # Whatever it says beyond its status is not read.
            status, rest = answer.status_code, answer.headers.get("retry-after", "")
    except TimeoutError:
        return Delivered(ok=False, said=f"no answer within {_DEADLINE:g} s")
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as problem:
        # The text of the exception may hold the address, and that a secret.
        return Delivered(ok=False, said=f"cannot be reached ({type(problem).__name__})")
    if 200 <= status < 300:
        return Delivered(ok=True)
    return Delivered(ok=False, said=f"answered with status {status}", retry_after=_rest(rest))


def _rest(written: str) -> timedelta | None:
    if not (written.isascii() and written.isdigit()):
        return None
    return min(timedelta(seconds=int(written[:6])), _LONGEST_REST)
