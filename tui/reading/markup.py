"""HTML to text in one linear pass, leaving alone text that merely holds a "<" or an "&"."""

import re
from html import unescape
from html.entities import html5

_BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ],
)
_SPACES = frozenset(["td", "th", "option"])
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "applet",
        "area",
        "audio",
        "b",
        "base",
        "basefont",
        "bdi",
        "bdo",
        "big",
        "body",
        "button",
        "canvas",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "data",
        "datalist",
        "del",
        "dfn",
        "em",
        "embed",
        "font",
        "frame",
        "frameset",
        "head",
        "html",
        "i",
        "iframe",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "link",
        "map",
        "mark",
        "marquee",
        "meta",
        "meter",
        "nobr",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "optgroup",
        "output",
        "param",
        "picture",
        "progress",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "script",
        "select",
        "slot",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "sup",
        "svg",
        "template",
        "textarea",
        "time",
        "title",
        "track",
        "tt",
        "u",
        "var",
        "video",
        "wbr",
    ],
)
_DROPPED = frozenset(
    [
        "audio",
        "canvas",
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    ],
)
_ELEMENTS = _BREAKS | _SPACES | _INLINE
_SWALLOWS_THE_REST = frozenset({"script", "style", "iframe"})
_CLOSING = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII) for name in _DROPPED}

# Each attempt starts at a "<" and ends before the next one, so the whole scan is linear.
_OPENED = (
    r"<(?:(?P<comment>!--)|!\[CDATA\[|[!?][^<>]*+>"
    r"|(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:._@-]*+)"
    r"(?P<rest>(?=[\s/>])(?:(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+>|[^<>]*+>)|\s[^<>=]*+=[^<>]*+\Z))"
)
_TOKEN = re.compile(_OPENED)
"""What begins with one letter is found many times as fast as what begins with one of two."""
_TOKEN_OR_END = re.compile(rf"{_OPENED}|\]\]>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,10}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
_LINE_SPACE = "\n\r\t\f"


def unescape_entities(text: str) -> str:
    """Resolve one layer of character references; a bare "&" stays, with or without letters behind it."""
    return _ENTITY.sub(_resolve, text) if "&" in text else text


def strip_tags(text: str) -> str:
    """Drop tags, comments, scripts and the like; block elements become newlines. Spaces in a row are left to the caller."""
    ends = "]]>" in text
    if "<" not in text and not ends:
        return text
    search = (_TOKEN_OR_END if ends else _TOKEN).search
    pieces: list[str] = []
    unclosed: set[str] = set()
    blocks = False
    start = at = 0
    while (token := search(text, at)) is not None:
        at = token.end()
        comment, close, written, rest = token.groups()
        name = written.lower() if written else ""
        if name and name not in _ELEMENTS and not _is_tag(name, close, rest):
            continue
        pieces.append(text[start : token.start()])
        start = at
        if comment:
            end = text.find("-->", at)
            start = at = len(text) if end < 0 else end + 3
        elif name in _BREAKS:
            blocks = True
            pieces.append("\x00")
        elif name in _SPACES:
            pieces.append(" ")
        elif name in _DROPPED and not close and not rest.endswith("/>"):
            closing = None if name in unclosed else _CLOSING[name].search(text, at)
            if closing is not None:
                start = at = closing.start()
            elif name in _SWALLOWS_THE_REST:
                start = at = len(text)
            else:
                unclosed.add(name)
    pieces.append(text[start:])
    joined = "".join(pieces)
    # With block elements the source's own line ends are white space, without them they are all there is.
    return _in_a_row(joined).replace("\x00", "\n") if blocks else joined


def _in_a_row(text: str) -> str:
    """White space as spaces; four quick looks, where a regular expression would stop at every word."""
    for space in _LINE_SPACE:
        text = text.replace(space, " ")
    return text


def _is_tag(name: str, close: str, rest: str) -> bool:
    """Whether "<name…>" is markup though HTML knows no such element: a stock ticker or an address is not."""
    return "@" not in name and (bool(close) or ":" in name or "=" in rest or rest.endswith("/>"))


def _resolve(entity: re.Match[str]) -> str:
    written = entity[0]
    if written[1] == "#":
        return unescape(written)
    return html5.get(written[1:], written)
