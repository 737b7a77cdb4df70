"""Bounded unpacking of a body, so that a small answer cannot fill the memory."""

import zlib

from tui.feeds.refusal import CHECK_ADDRESS, Refused

_GZIP = 31  # zlib's window size for "gzip wrapper only"
_STEP = 64 * 1024
_GZIP_MAGIC = b"\x1f\x8b"
_ENOUGH_TO_TELL = 16
_OTHER_KINDS = (
    (0, b"\x89PNG\r\n", "a picture"),
    (0, b"\xff\xd8\xff", "a picture"),
    (0, b"GIF8", "a picture"),
    (8, b"WEBP", "a picture"),
    (4, b"ftyp", "a film or a sound"),
    (0, b"\x1aE\xdf\xa3", "a film or a sound"),
    (0, b"OggS", "a film or a sound"),
    (0, b"ID3", "a film or a sound"),
    (8, b"WAVE", "a film or a sound"),
    (0, b"%PDF-", "a PDF"),
    (0, b"PK\x03\x04", "a zip archive"),
    (0, b"7z\xbc\xaf", "an archive"),
    (0, b"Rar!\x1a", "an archive"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90\x00", "a program"),
)
"""Place, bytes there, and what they show."""


class BodyTaker:
    """Takes raw chunks, unpacks them when they are gzip, and stops at `cap` bytes packed or unpacked."""

    def __init__(self, site: str, encoding: str, cap: int) -> None:
        self._site = site
        self._cap = cap
        self._raw = 0
        self._body = bytearray()
        self._looked = False
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
        if not self._looked and len(self._body) >= _ENOUGH_TO_TELL:
            self._looked = True
            refuse_other_kinds(self._site, bytes(self._body[:_ENOUGH_TO_TELL]))

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


def refuse_other_kinds(site: str, beginning: bytes) -> None:
    """Refuse what its first bytes show to be no feed, before the rest of it comes."""
    for at, mark, what in _OTHER_KINDS:
        if beginning.startswith(mark, at):
            raise Refused(f"{site} sent {what}, not a feed", CHECK_ADDRESS)


def refuse_size(site: str, cap: int) -> None:
    """Refuse a body over the cap."""
    shown = f"{cap / 1_000_000:.3g} MB" if cap >= 100_000 else f"{cap} bytes"
    raise Refused(
        f"{site} sent more than {shown}",
        f"raise max_size for this feed if that is right, else {CHECK_ADDRESS}",
    )
