"""References that XML does not know, put right: a bare "&", and names of characters that only HTML has."""

import re
from html.entities import name2codepoint

_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"
_KNOWN = rb"(?:amp|lt|gt|quot|apos|#[0-9]{1,9}|#x[0-9a-fA-F]{1,8});"
_TAG_OR_REFERENCE = re.compile(rb"<[^<>]*+>|&(?!" + _KNOWN + rb")(?:([A-Za-z][A-Za-z0-9.-]*+);?)?")
_BARE = re.compile(rb"&(?!" + _KNOWN + rb")")
_OWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
"""The names that XML has itself."""


def with_known_references(data: bytes) -> bytes | None:
    """The document with no reference that XML does not know, read as feedparser reads them; None when a CDATA does not end."""
    outside, *sections = data.split(_CDATA)
    pieces = [_TAG_OR_REFERENCE.sub(_put_right, outside)]
    for section in sections:
        inside, end, outside = section.partition(_CDATA_END)
        if not end:
            return None
        pieces += (_CDATA, inside, end, _TAG_OR_REFERENCE.sub(_put_right, outside))
    return b"".join(pieces)


def _put_right(found: re.Match[bytes]) -> bytes:
    """In a tag every "&" is one; in a text a name of HTML's is its character, and feedparser ends each name with ";"."""
    written, name = found[0], found[1]
    if written.startswith(b"<"):
        return _BARE.sub(b"&amp;", written) if b"&" in written else written
    if name is None:
        return b"&amp;"
    if name in _OWN:
        return b"&%s;" % name
    code = name2codepoint.get(name.decode("ascii"))
    return b"&amp;%s;" % name if code is None else b"&#%d;" % code
