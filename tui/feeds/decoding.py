"""Bytes of a feed to text: which encoding, from a list of those allowed, and what had to be mended."""

import codecs
import re

from tui.domain.value import dataclass

_ALIASES = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 us-ascii ascii ansi-x3.4-1968",
    "utf-16": "utf-16 utf16 utf-16le utf-16be ucs-2 iso-10646-ucs-2 unicode",
    "cp1252": "windows-1252 cp1252 cp-1252 win-1252 iso-8859-1 iso8859-1 latin1 latin-1 l1",
    "iso8859-2": "iso-8859-2 iso8859-2 latin2 latin-2",
    "iso8859-3": "iso-8859-3",
    "iso8859-4": "iso-8859-4",
    "iso8859-5": "iso-8859-5",
    "iso8859-6": "iso-8859-6",
    "iso8859-7": "iso-8859-7",
    "iso8859-8": "iso-8859-8 iso-8859-8-i",
    "cp1254": "iso-8859-9 windows-1254 cp1254",
    "iso8859-10": "iso-8859-10",
    "iso8859-13": "iso-8859-13",
    "iso8859-14": "iso-8859-14",
    "iso8859-15": "iso-8859-15 latin9 latin-9",
    "iso8859-16": "iso-8859-16",
    "cp1250": "windows-1250 cp1250",
    "cp1251": "windows-1251 cp1251 cp-1251 win-1251",
    "cp1253": "windows-1253 cp1253",
    "cp1255": "windows-1255 cp1255",
    "cp1256": "windows-1256 cp1256",
    "cp1257": "windows-1257 cp1257",
    "cp1258": "windows-1258 cp1258",
    "cp874": "windows-874 tis-620 iso-8859-11",
    "koi8-r": "koi8-r koi8r",
    "koi8-u": "koi8-u",
    "cp932": "shift-jis sjis x-sjis windows-31j ms-kanji cp932",
    "euc-jp": "euc-jp x-euc-jp",
    "gb18030": "gb2312 gbk gb18030 x-gbk cp936",
    "big5hkscs": "big5 big5-hkscs",
    "cp949": "euc-kr ks-c-5601-1987 cp949 korean",
}
_CODECS = {alias: codec for codec, aliases in _ALIASES.items() for alias in aliases.split()}

_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,300}?encoding\s*=\s*[\"']([^\"'>]{0,60})[\"']")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_UTF16_WITHOUT_BOM = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
# Western text has its accents one or two at a time.
_HIGH_RUN = re.compile(rb"[\x80-\xff]{5}")
# Hexadecimal D800 to DFFF, decimal 55296 to 57343.
_SURROGATE = re.compile(
    r"&#(?:[xX]0{0,8}([dD][89abABcdefCDEF][0-9a-fA-F]{2})|0{0,8}(55[3-9]\d\d|5529[6-9]|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
)
_CONTROLS = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})
_ILLEGAL_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a body."""

    text: str
    """Without byte order mark and without characters that XML forbids."""
    mended: str | None = None
    """What was wrong with the bytes, when something was."""


@dataclass(frozen=True, slots=True)
class EncodingRefused:
    """The body names an encoding that is not read."""

    name: str


def decode(body: bytes, content_type: str) -> Decoded | EncodingRefused:
    """Text by byte order mark, else UTF-8 when valid, else the server's word, else the document's own.

    Valid UTF-8 is never something else by chance; servers are wrong about it daily.
    """
    if body.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return EncodingRefused("utf-32")
    marked = _by_mark(body)
    if marked is not None:
        return _without_illegal(marked, None)
    declared = _DECLARATION.match(body)
    own_name = declared[1].decode("ascii", "replace").strip() if declared else ""
    if own_name and _codec(own_name) is None:
        return EncodingRefused(own_name)
    text = _strictly(body, "utf-8")
    if text is not None:
        return Decoded(text) if _is_legal(body) else _without_illegal(text, None)
    charset = _CHARSET.search(content_type[:500])
    for codec in (_codec(charset[1]) if charset else None, _codec(own_name)):
        text = _strictly(body, codec) if codec and codec != "utf-16" else None
        if text is not None:
            return _without_illegal(text, None)
    return _guessed(body)


def _by_mark(body: bytes) -> str | None:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body.decode("utf-16", "replace")
    codec = _UTF16_WITHOUT_BOM.get(body[:2])
    if codec:
        return body.decode(codec, "replace")
    if body.startswith(codecs.BOM_UTF8):
        return body[len(codecs.BOM_UTF8) :].decode("utf-8", "replace")
    return None


def _codec(name: str) -> str | None:
    return _CODECS.get(name.lower().replace("_", "-"))


def _strictly(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeDecodeError:
        return None


def _guessed(body: bytes) -> Decoded:
    """Not valid in any encoding it claims: UTF-8 with damage, or a Western code page."""
    text = body.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    sound = sum(not run.isascii() and len(run) for run in text.split("\ufffd"))
    if sound > lost or _HIGH_RUN.search(body):
        return _without_illegal(text, "holds bytes that are no UTF-8")
    return _without_illegal(
        body.decode("cp1252", "replace"), "is not in the encoding it names, read as windows-1252"
    )


def _is_legal(body: bytes) -> bool:
    """Whether UTF-8 without a mark has nothing that `_without_illegal` takes away; many times as fast."""
    return (
        len(body.translate(None, _CONTROLS)) == len(body)
        and b"\xef\xbf" not in body
        and b"\xef\xbb" not in body
    )


def _without_illegal(text: str, mended: str | None) -> Decoded:
    clean = _ILLEGAL_IN_XML.sub("\ufffd", text) if _ILLEGAL_IN_XML.search(text) else text
    if clean is not text:
        mended = mended or "holds control characters that XML forbids"
    return Decoded(clean.removeprefix("\ufeff"), mended)


def without_surrogate_references(text: str) -> str:
    """The text with two references to the halves of one character joined, and a lone one made U+FFFD.

    Programs that write UTF-16 units as references are common; no XML parser takes them.
    """
    halves = _SURROGATE.sub(lambda found: chr(int(found[1], 16) if found[1] else int(found[2])), text)
    if halves == text:
        return text
    return halves.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
