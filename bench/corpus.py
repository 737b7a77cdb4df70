"""Made-up feeds as the web has them, with the truth about each item: many scripts, encodings, date styles, some ill-formed."""

import html
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

_INCURSIONS = (
    "Two drones entered Polish airspace near {place}, army says",
    "Fighter jets scrambled after unidentified drone violates airspace near {place}",
    "Airport of {place} closed for an hour after drone sighting",
    "Balloon crosses the border and is shot down close to {place}",
)
_NEARLY = (
    "New airline will fly from {place} twice a day from the summer",
    "Drone show lights up the harbour of {place} on its birthday",
    "Air force orders twelve training aircraft, factory in {place} hopes",
    "Helicopter brings hiker down from the hills above {place}",
    "How a small airport near {place} got its night train",
)
_PLACES = ("Lublin", "Vilnius", "Narva", "Tulcea", "Rzeszow", "Klaipeda", "Galati", "Turku")
_OPENING_SHARE, _INCURSION_SHARE = 0.06, 0.02
"""Share of the titles that the reading has to look at, as among real headlines, and of those that are kept."""

_LATIN = [
    "ka",
    "lo",
    "mi",
    "ren",
    "tas",
    "vor",
    "del",
    "sun",
    "bri",
    "ont",
    "eli",
    "gar",
    "pu",
    "wex",
    "hol",
    "ny",
]
_SYLLABLES: dict[str, list[str]] = {
    "en": _LATIN,
    "de": [*_LATIN, "ä", "ö", "ü", "ß", "sch"],
    "fr": [*_LATIN, "é", "è", "ç", "eau"],
    "es": [*_LATIN, "ñ", "á", "ó", "ción"],
    "pl": [*_LATIN, "ł", "ż", "ę", "ó", "szcz"],
    "cs": [*_LATIN, "ř", "č", "ě", "ů"],
    "tr": [*_LATIN, "ş", "ğ", "ı", "lar"],
    "ru": [
        "ка",
        "ло",
        "ми",
        "рен",
        "тас",
        "вор",
        "дел",
        "сун",
        "бри",
        "онт",
        "эли",
        "гар",
        "пу",
        "вех",
        "хол",
        "ны",
    ],
    "uk": [
        "ка",
        "ло",
        "ми",
        "рен",
        "тас",
        "вор",
        "дел",
        "сун",
        "їв",
        "онт",
        "елі",
        "гар",
        "пу",
        "вех",
        "хол",
        "ні",
    ],
    "ja": list("日本政府東京会議明日朝新聞の発表をしたと経済社会国際学校カタログテレビ"),
    "zh": list("中国政府北京会议明天早上新闻发布社会国际学校经济电视城市建设报道记者"),
    "ko": list("한국정부서울회의내일아침신문발표사회국제학교경제텔레비전도시건설보도기자"),
}
_SPACELESS = {"ja", "zh"}
_ENCODINGS: dict[str, tuple[str, ...]] = {
    "en": ("windows-1252", "iso-8859-1", "utf-16"),
    "de": ("windows-1252", "iso-8859-1"),
    "fr": ("iso-8859-1",),
    "es": ("windows-1252",),
    "pl": ("iso-8859-2",),
    "cs": ("iso-8859-2",),
    "tr": ("windows-1254",),
    "ru": ("windows-1251", "koi8-r"),
    "uk": ("windows-1251", "koi8-u"),
    "ja": ("shift_jis", "euc-jp"),
    "zh": ("gb2312", "big5"),
    "ko": ("euc-kr",),
}
_OTHER_ENCODING_SHARE, _BROKEN_SHARE, _WITHOUT_GUID_SHARE, _FUTURE_SHARE, _WIRE_SHARE = (
    0.13,
    0.064,
    0.08,
    0.01,
    0.2,
)


def _named(hours: int, name: str) -> Callable[[datetime], str]:
    def write(moment: datetime) -> str:
        local = moment.astimezone(timezone(timedelta(hours=hours)))
        return f"{local:%a, %d %b %Y %H:%M:%S} {name}"

    return write


def _in_zone(hours: int, form: str) -> Callable[[datetime], str]:
    return lambda moment: moment.astimezone(timezone(timedelta(hours=hours))).strftime(form)


_DATE_STYLES: tuple[Callable[[datetime], str], ...] = (
    format_datetime,
    lambda moment: format_datetime(moment, usegmt=True),
    lambda moment: format_datetime(moment.astimezone(timezone(timedelta(hours=-4)))),
    lambda moment: format_datetime(moment.astimezone(timezone(timedelta(hours=5, minutes=30)))),
    _named(-5, "EST"),
    _named(1, "CET"),
    _named(3, "MSK"),
    _named(9, "JST"),
    lambda moment: f"{moment:%d %b %Y %H:%M:%S} GMT",
    lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}Z",
    _in_zone(2, "%Y-%m-%dT%H:%M:%S+02:00"),
    lambda moment: f"{moment:%Y-%m-%d %H:%M:%S}",
)
_ATOM_STYLES = (9, 10)


@dataclass(frozen=True, slots=True)
class MadeFeed:
    """One feed as its server has it, and what is in it."""

    body: bytes
    content_type: str
    lang: str
    items: tuple[tuple[str, int], ...]
    """Link and true time in seconds of each item."""


@dataclass(frozen=True, slots=True)
class _Item:
    link: str
    guid: str
    title: str
    text: str
    moment: datetime
    date: str


def made_feed(number: int) -> MadeFeed:
    """The feed of that number; the same every time."""
    chance = random.Random(number)
    lang = chance.choice(sorted(_SYLLABLES))
    kind = chance.choices(("rss20", "atom", "rss10", "rss091"), (77, 19, 3, 1))[0]
    style = chance.choice(_ATOM_STYLES) if kind == "atom" else chance.randrange(len(_DATE_STYLES))
    with_guid = chance.random() >= _WITHOUT_GUID_SHARE
    items = [_item(chance, number, at, lang, style) for at in range(chance.randint(25, 50))]
    document = _WRITERS[kind](chance, lang, items, with_guid)
    encoding = chance.choice(_ENCODINGS[lang]) if chance.random() < _OTHER_ENCODING_SHARE else "utf-8"
    body = _encoded(document, encoding)
    if chance.random() < _BROKEN_SHARE:
        body = _broken(chance, body, encoding)
    truth = tuple((item.link, int(item.moment.timestamp())) for item in items)
    return MadeFeed(body, chance.choice(_TYPES[kind == "atom"]), lang, truth)


_TYPES = (
    ("application/rss+xml", "application/rss+xml", "text/xml", "application/xml"),
    ("application/atom+xml", "text/xml"),
)


def _item(chance: random.Random, number: int, at: int, lang: str, style: int) -> _Item:
    moment = NOW - timedelta(minutes=23 * at + chance.randint(0, 20), seconds=chance.randint(0, 59))
    if chance.random() < _FUTURE_SHARE:
        moment += timedelta(days=chance.randint(400, 4000))
    link = f"https://news{number}.example/{lang}/{2026}/{at}-{chance.randint(10**5, 10**6)}?a=1&b={at}"
    return _Item(
        link=link,
        guid=f"tag:news{number}.example,2026:{at}",
        title=_title(chance, lang),
        text=_markup(chance, lang, link),
        moment=moment,
        date=_DATE_STYLES[style](moment),
    )


def _title(chance: random.Random, lang: str) -> str:
    dice = chance.random()
    if dice < _OPENING_SHARE:
        told = _INCURSIONS if dice < _INCURSION_SHARE else _NEARLY
        return chance.choice(told).format(place=chance.choice(_PLACES))
    if dice > 1 - _WIRE_SHARE:
        return _words(random.Random(f"{lang}{chance.randrange(200)}"), lang, 9)
    return _words(chance, lang, chance.randint(6, 14)) + chance.choice(("", "", "", ' & "', "?", " – "))


def _words(chance: random.Random, lang: str, count: int) -> str:
    syllables = _SYLLABLES[lang]
    words = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(count)]
    return ("" if lang in _SPACELESS else " ").join(words).capitalize()


def _markup(chance: random.Random, lang: str, link: str) -> str:
    paragraphs = [f"<p>{_words(chance, lang, 45)}</p>" for _ in range(chance.randint(1, 3))]
    href = html.escape(link)
    extras = (
        f'<img src="https://img.example/{chance.randrange(10**6)}.jpg" width="640" height="360" alt="" />',
        "<script>var tracked = 1 < 2;</script>",
        '<iframe src="https://video.example/1"></iframe>',
        "<table><tr><td>1</td><td>2</td></tr></table>",
        '<img src="https://pixel.example/p.gif" width="1" height="1">',
        f'<a href="{href}">&raquo;</a>',
    )
    return "".join([*chance.sample(extras, chance.randint(0, 2)), *paragraphs])


def _packed(chance: random.Random, text: str) -> str:
    return f"<![CDATA[{text}]]>" if chance.random() < 0.6 else html.escape(text, quote=False)


def _rss20(chance: random.Random, lang: str, items: list[_Item], with_guid: bool) -> str:  # noqa: FBT001
    full = chance.random() < 0.4
    told = []
    for item in items:
        guid = f'<guid isPermaLink="false">{item.guid}</guid>' if with_guid else ""
        body = _packed(chance, item.text)
        long = f"<content:encoded>{_packed(chance, item.text)}</content:encoded>" if full else ""
        told.append(
            f"<item><title>{_packed(chance, item.title)}</title><link>{html.escape(item.link)}</link>{guid}"
            f"<pubDate>{item.date}</pubDate><dc:creator>{_words(chance, lang, 2)}</dc:creator>"
            f"<category>{_words(chance, lang, 1)}</category><description>{body}</description>{long}"
            '<media:content url="https://img.example/1.jpg" medium="image"/></item>\n'
        )
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Made up</title><link>https://news.example/</link>'
        f'<atom:link href="https://news.example/rss" rel="self" type="application/rss+xml"/><language>{lang}</language>'
        f"<description>{_words(chance, lang, 5)}</description>"
        "<image><url>https://img.example/logo.png</url><title>Logo</title><link>https://news.example/</link></image>\n"
        + "".join(told)
        + "</channel></rss>"
    )


def _rss091(chance: random.Random, lang: str, items: list[_Item], with_guid: bool) -> str:  # noqa: FBT001
    told = "".join(
        f"<item><title>{html.escape(item.title)}</title><link>{html.escape(item.link)}</link>"
        + (f"<guid>{html.escape(item.link)}</guid>" if with_guid else "")
        + f"<pubDate>{item.date}</pubDate><description>{_packed(chance, item.text)}</description></item>\n"
        for item in items
    )
    return f'<rss version="0.91"><channel><title>Made up</title><language>{lang}</language>{told}</channel></rss>'


def _rss10(chance: random.Random, lang: str, items: list[_Item], with_guid: bool) -> str:  # noqa: ARG001, FBT001
    told = "".join(
        f'<item rdf:about="{html.escape(item.link)}"><title>{html.escape(item.title)}</title>'
        f"<link>{html.escape(item.link)}</link><dc:date>{item.date}</dc:date>"
        f"<description>{_packed(chance, item.text)}</description></item>\n"
        for item in items
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/">'
        f"<title>Made up</title><dc:language>{lang}</dc:language></channel>{told}</rdf:RDF>"
    )


def _atom(chance: random.Random, lang: str, items: list[_Item], with_guid: bool) -> str:  # noqa: ARG001, FBT001
    told = "".join(
        f'<entry><title type="html">{html.escape(html.escape(item.title, quote=False), quote=False)}</title>'
        f'<link rel="alternate" type="text/html" href="{html.escape(item.link)}"/><id>{item.guid}</id>'
        f"<published>{item.date}</published><updated>{item.date}</updated>"
        f"<author><name>{_words(chance, lang, 2)}</name></author>"
        f'<summary type="html">{_packed(chance, item.text)}</summary>'
        f'<content type="html">{_packed(chance, item.text)}</content></entry>\n'
        for item in items
    )
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}"><title>Made up</title>'
        f'<link rel="self" href="https://news.example/atom"/><id>tag:news.example,2026:feed</id>{told}</feed>'
    )


_WRITERS = {"rss20": _rss20, "rss091": _rss091, "rss10": _rss10, "atom": _atom}


def _encoded(document: str, encoding: str) -> bytes:
    declared = f'<?xml version="1.0" encoding="{encoding}"?>\n{document}'
    return declared.encode(encoding, "xmlcharrefreplace")


def _broken(chance: random.Random, body: bytes, encoding: str) -> bytes:
    """Ill-formed in one of the ways of the wild, with every item still in it."""
    if encoding == "utf-16":
        return body
    kind = chance.randrange(5)
    if kind == 0:
        return body.replace(b"</title>", b" R&D</title>", 3)
    if kind == 1:
        return body.replace(b"</title>", b"\x08</title>", 3)
    if kind == 2:
        return body.replace(b"</title>", b" &nbsp;&hellip;</title>", 3)
    if kind == 3:
        return b"\n \n" + body
    return body[: body.rindex(b"</item>")] if b"</item>" in body else body[: body.rindex(b"</entry>")]
