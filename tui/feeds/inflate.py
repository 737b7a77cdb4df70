"""Bounded unpacking of a body, so that a small answer cannot fill the memory."""

import zlib

from tui.feeds.refusal import CHECK_ADDRESS, Refused

_GZIP = 31  # zlib's window size for "gzip wrapper only"
_STEP = 64 * 1024
_GZIP_MAGIC = b"\x1f\x8b"


class BodyTaker:
    """Takes raw chunks, unpacks them when they are gzip, and stops at `cap` bytes packed or unpacked."""

    def __init__(self, site: str, encoding: str, cap: int) -> None:
        self._site = site
        self._cap = cap
        self._raw = 0
        self._body = bytearray()
        name = encoding.strip().lower()
        if name in {"", "identity"}:
            self._gzip = None
        elif name in {"gzip", "x-gzip"}:
            self._gzip = zlib.decompressobj(_GZIP)
        else:
            raise Refused(f"{site} sent its feed in an encoding that was not asked for")

    def take(self, chunk: bytes) -> None:
        """Add one chunk as it came over the wire."""
        self._raw += len(chunk)
        if self._raw > self._cap:
            self._refuse_size()
        if self._gzip is None:
            self._body += chunk
        else:
            self._inflate(chunk)

    def finish(self) -> bytes:
        """The whole body; refuses one that was cut short."""
        if self._gzip is not None and not self._gzip.eof:
            raise Refused(f"{self._site} sent compressed data that were cut short")
        return bytes(self._body)

    def _inflate(self, chunk: bytes) -> None:
        rest = chunk
        while rest:
            assert self._gzip is not None  # noqa: S101 - tells mypy what `take` has asked
            if self._gzip.eof:
                if not rest.startswith(_GZIP_MAGIC):
                    return  # junk after the end is harmless, and common
                self._gzip = zlib.decompressobj(_GZIP)
            try:
                self._body += self._gzip.decompress(rest, _STEP)
            except zlib.error as error:
                raise Refused(f"{self._site} sent damaged compressed data") from error
            if len(self._body) > self._cap:
                self._refuse_size()
            rest = self._gzip.unused_data if self._gzip.eof else self._gzip.unconsumed_tail

    def _refuse_size(self) -> None:
        refuse_size(self._site, self._cap)


def refuse_size(site: str, cap: int) -> None:
    """Refuse a body over the cap."""
    shown = f"{cap / 1_000_000:.3g} MB" if cap >= 100_000 else f"{cap} bytes"
    raise Refused(
        f"{site} sent more than {shown}",
        f"raise max_size for this feed if that is right, else {CHECK_ADDRESS}",
    )
