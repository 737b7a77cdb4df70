"""Reads the raw bytes a terminal was sent, and tells everything that Textual itself does not need to send."""

import re
from dataclasses import dataclass

_STYLE = re.compile(rb"\x1b\[[0-9;:]*m")
_ALLOWED = tuple(
    re.compile(pattern)
    for pattern in (
        rb"\x1b\[[0-9;]*H",
        rb"\x1b\[[0-3]?[JK]",
        rb"\x1b\[\?(?:7|25|1000|1002|1003|1004|1006|1015|1016|1049|2004|2026|2048)[hl]",
        rb"\x1b\[\?(?:2026|2048)\$p",
        rb"\x1b\[[><=]\d*u",
        rb"\x1b\[\?u",
        rb"\x1b\[>4;\d*m",
        rb"\x1b\]22;[a-z-]{0,20}(?:\x07|\x1b\\)",
    )
)
_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]?|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[P^_X][^\x1b]*(?:\x1b\\)?|[ -/]*[0-~]?)"
    rb"|[\x00-\x09\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]"
    rb"|\xc2[\x80-\x9f]"
    rb"|\xe2\x80[\x8b\x8e\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xd8\x9c|\xef\xbb\xbf|\xf3\xa0[\x80-\x81][\x80-\xbf]",
)


@dataclass(frozen=True, slots=True)
class Violation:
    """Bytes that text must never bring to a terminal."""

    offset: int
    kind: str
    found: bytes


def violations(raw: bytes) -> list[Violation]:
    """Everything in the stream that is neither plain text nor a sequence Textual needs.

    Textual writes style, text, reset; a second style before the reset came out of a text.
    """
    bad: list[Violation] = []
    styled = False
    for match in _SEQUENCE.finditer(raw):
        found = match.group(0)
        if _STYLE.fullmatch(found):
            reset = found in {b"\x1b[0m", b"\x1b[m"}
            if styled and not reset:
                bad.append(Violation(match.start(), "style inside text", found))
            styled = not reset
        elif not any(pattern.fullmatch(found) for pattern in _ALLOWED):
            kind = "sequence" if found[:1] == b"\x1b" else "control" if len(found) == 1 else "hidden mark"
            bad.append(Violation(match.start(), kind, found[:40]))
    return bad
