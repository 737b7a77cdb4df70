"""The words that tell one event from another, brought to one spelling across scripts."""

import itertools
import re
import unicodedata
from functools import lru_cache

from tui.domain.territories import TERRITORY_NAMES

_TEXT_LIMIT = 1200
"""Code points of a text that are looked at; a longer one adds cost, not meaning."""
_STEM = 6
"""Letters kept of a word: a crude stem that serves every inflected language alike."""
_TOKEN = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)?")
_IDEOGRAPHIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_LETTERS = str.maketrans(
    {
        # Cyrillic and Greek in a plain Latin spelling, so that МиГ-31 and MiG-31 are one word.
        **dict(zip("абвгдезийклмнопрстуфхцыэіїєґўё", "abvgdezijklmnoprstufhcyeiiegue", strict=True)),
        "ж": "zh",
        "ч": "ch",
        "ш": "sh",
        "щ": "sh",
        "ю": "yu",
        "я": "ya",
        "ь": "",
        "ъ": "",
        "ј": "j",
        **dict(zip("αβγδεζηικλμνοπρσςτυφω", "avgdeziiklmnoprsstyfo", strict=True)),
        "θ": "th",
        "ξ": "x",
        "χ": "ch",
        "ψ": "ps",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "þ": "th",
        "ð": "d",
    }
)

_COMMON = """
a about above across after again against air airbase aircraft airforce airport airports airspace alert all allied
alliance also amid an and another any are area armed army as at authorities authority aviation away back ballistic
balloon balloons base be because been before between border both briefly but by calls can citing civil claims close
closed closes closure come comes confirmed confirms could country crash crashed crashes crossed crossing days
debris defence defense demands denies despite detected did down downed downing drone drones during east eastern
enter entered entering enters envoy f for force forces foreign found fourth from fighter fighters flew flight
flights flies fly flying forced found further gave given government ground group had halted has have he her his hit
hours how if in incident incursion incursions inside intercepted into investigation is it its jet jets just land
later launched left like local made man many may military minister ministry minutes missile missiles more morning
most names near nato nearby new news night no north northern not number object objects of off official officials on
one only operations or other out over overnight part people plane planes police president prime probe probably
protest radar raised region reported reports response restricted runway said saw say says scramble scrambled
scrambles second security seen sent several shot shut sighted sighting sightings since site skies sky south
southern space spokesman spotted state statement still strike strikes suspected suspends takes target tells
territory than that the their them then there they third this three time to told took traffic troops two under
unidentified unknown unmanned until up violate violated violates violation violations was week were west western
what when where which while who will with without would year years
"""


@lru_cache(maxsize=4096)
def fold(word: str) -> str:
    """One spelling of a word: case and accents dropped, Cyrillic and Greek written in Latin letters."""
    if word.isascii():
        return word.lower()
    bare = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return bare.translate(_LETTERS)


def stem(word: str) -> str:
    """The folded word cut to its first letters; numbers stay whole."""
    folded = fold(word)
    return folded if _has_digit(folded) else folded[:_STEM]


def _has_digit(word: str) -> bool:
    """Whether a sign of a word is a digit; most words are letters throughout."""
    return not word.isalpha() and any(sign.isdigit() for sign in word)


def _common_stems() -> frozenset[str]:
    names = " ".join(TERRITORY_NAMES.values())
    return frozenset(stem(word) for word in _TOKEN.findall(f"{_COMMON} {names}"))


_COMMON_STEMS = _common_stems()


def telling_words(title: str, summary: str) -> dict[str, float]:
    """Stems with how telling their form is: names and numbers 2, plain words 1, common words left out.

    Ideographic text has no spaces: its neighbouring pairs of characters are taken instead.
    """
    found: dict[str, float] = {}
    for text in (title[:_TEXT_LIMIT], summary[:_TEXT_LIMIT]):
        for token in _TOKEN.findall(text):
            for word, weight in _told_by(token):
                if weight > found.get(word, 0.0):
                    found[word] = weight
    return found


@lru_cache(maxsize=8192)
def _told_by(token: str) -> tuple[tuple[str, float], ...]:
    """What one token tells, with its weight."""
    if _IDEOGRAPHIC.search(token):
        return tuple((first + second, 1.0) for first, second in itertools.pairwise(token))
    word = stem(token)
    if len(word) < 2 or word in _COMMON_STEMS:
        return ()
    is_name = token[0].isupper() or _has_digit(token)
    return ((word, 2.0 if is_name else 1.0),)
