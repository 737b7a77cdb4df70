"""How many objects: a number before one, never sorties, feet, people or days."""

from collections.abc import Sequence
from functools import cache
from importlib import resources

from tui.domain.codes import ObjectCode
from tui.domain.reading import Span
from tui.reading.matching import Mark
from tui.reading.scene import Scene, Sentence
from tui.reading.terms import SUBSTRING_LANGUAGES

MAX_COUNT = 5000
_COUNTED = ("o.balloon", "o.uav", "o.loiter", "o.mil", "o.heli", "o.missile", "o.cruise", "o.ballistic", "o.rocket",
            "o.civil", "o.light", "o.unid", "o.plane", "o.object")  # fmt: skip
_TIMES = frozenset({"times", "occasions", "sightings"})
_MEASURE_WORDS = (
    "feet foot ft metres meters km kilometres kilometers miles minutes minute hours hour seconds days day years year "
    "people passengers flights sorties percent nations countries months weeks times km/h knots a.m p.m tonne tonnes "
    "civilians dead killed wounded ships vessels airports nights others million billion cases troops"
)
_MEASURES = frozenset(_MEASURE_WORDS.split())
_MEASURE_STEMS = ("milion", "miliard", "million", "milliard", "miljon", "miljard", "millones", "milhoes", "dollar", "dolar",
                  "euro", "metr", "stop", "procent", "prozent", "mln", "mld", "tys", "kilomet", "minut", "sekund")  # fmt: skip
_LINKS = frozenset({"of", "and", "with", "by", "to", "at", "in", "on", "as", "for", "over", "from", "that", "than", "after",
                    "during", "through", "between", "who", "which", "while", "when", "about", "against"})  # fmt: skip
_RATES = (" a day", " a week", " a month", " a year", " per ", " every ", " each ", " daily")
_UNKNOWN_KIND = ("o.unid", "o.object", "o.space", "o.debris")
_PLANES = ("o.mil", "o.plane", "o.civil", "o.light")
_MISSILES = ("o.missile", "o.cruise", "o.ballistic", "o.rocket")
_KINDS = (
    ({ObjectCode.BALLOON}, ("o.balloon",)),
    ({ObjectCode.UAV, ObjectCode.LOITERING_MUNITION}, ("o.uav", "o.loiter")),
    ({ObjectCode.HELICOPTER}, ("o.heli",)),
    ({ObjectCode.MILITARY_AIRCRAFT, ObjectCode.CIVIL_AIRCRAFT, ObjectCode.LIGHT_AIRCRAFT}, _PLANES),
    (
        {
            ObjectCode.MISSILE, ObjectCode.CRUISE_MISSILE, ObjectCode.BALLISTIC_MISSILE, ObjectCode.ROCKET,
        },
        _MISSILES,
    ),
    ({ObjectCode.UNIDENTIFIED, ObjectCode.SPACE_OBJECT}, _UNKNOWN_KIND),
)  # fmt: skip
_EAST_UNITS = "架枚個个只機机顆颗機대발기개機"
_EAST_DIGITS = {
    "一": 1,
    "二": 2,
    "兩": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}


@cache
def number_words(lang: str) -> dict[str, int]:
    """Folded number words of a language."""
    text = (resources.files("tui.reading") / "data" / "numbers.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        name, _, words = line.partition("\t")
        if name == lang:
            return {
                form: value for value, forms in enumerate(words.split(), start=1) for form in forms.split("|")
            }
    return {}


def read_count(
    scene: Scene, sentences: Sequence[Sentence], objects_told: Sequence[ObjectCode] = ()
) -> tuple[int | None, Span | None]:
    """The first count of the main object and its words; None when unknown ("dozens" is unknown).

    `objects_told` are the report's objects, main first: a count of anything else is not its count.
    """
    read = _before_east if scene.lang in SUBSTRING_LANGUAGES else _before
    counted = _same_kind(objects_told[0]) if objects_told else _COUNTED
    for sentence in sentences:
        objects = sentence.of(*counted)
        for mark in objects:
            found = read(sentence, mark, scene.lang)
            if found is not None:
                value, start, end = found
                start, end = scene.folded(sentence.field).span(start, end)
                return value, Span("count", str(value), sentence.field, start, end)
        if objects and sentence.has("a.enter", "a.violate", "a.incur"):
            found = _times(sentence, scene.lang)
            if found is not None:
                value, start, end = found
                start, end = scene.folded(sentence.field).span(start, end)
                return value, Span("count", str(value), sentence.field, start, end)
    return None, None


def _same_kind(main: ObjectCode) -> tuple[str, ...]:
    """The concepts whose count is one of the main object."""
    for codes, concepts in _KINDS:
        if main in codes:
            return concepts
    return _COUNTED


def _words_before(sentence: Sentence, stop: int, most: int) -> list[tuple[str, int, int]]:
    """Up to `most` words that end before `stop`, nearest first, none across a comma or full stop."""
    words: list[tuple[str, int, int]] = []
    at = stop
    while len(words) < most:
        while at > sentence.start and sentence.text[at - 1] == " ":
            at -= 1
        end = at
        while at > sentence.start and not sentence.text[at - 1].isspace() and end - at < 40:
            at -= 1
        word = sentence.text[at:end]
        if not word or word[-1] in ",;:.!?)":
            break
        words.append((word.strip("\"'("), at, end))
    return words


def _before(sentence: Sentence, mark: Mark, lang: str) -> tuple[int, int, int] | None:
    values = number_words(lang)
    if _is_rate(sentence, mark):
        return None
    names = [m for m in sentence.family("g") if m.end <= mark.start]
    for word, start, end in _words_before(sentence, mark.start, 4):
        if word in _MEASURES or word.startswith(_MEASURE_STEMS) or word in _LINKS:
            return None
        named = any(m.start <= start < m.end for m in names)
        if lang == "en" and not named and _is_plural_noun(word) and word not in values:
            return None
        value = _value(word, values)
        if value is not None:
            one = value == 1 and not word.isdigit() and lang != "en"
            return None if one else (value, start, end)
    return None


def _is_plural_noun(word: str) -> bool:
    """As "states" in "two states as a balloon drifts": the number counts it, not what comes after."""
    return word.endswith("s") and not word.endswith(("ous", "'s", "ss", "s'")) and word not in {"us", "less"}


def _is_rate(sentence: Sentence, mark: Mark) -> bool:
    """As in "balloons a day", "planes over the years"."""
    after = sentence.text[mark.end : mark.end + 60]
    return after.startswith(_RATES) or "over the years" in after


def _value(word: str, values: dict[str, int]) -> int | None:
    plain = word.replace(",", "") if word[:1].isdigit() else word
    if plain.isascii() and plain.isdigit() and len(plain) <= 4:
        number = int(plain)
        return number if 0 < number <= MAX_COUNT and not 1900 <= number <= 2100 else None
    return values.get(word)


def _times(sentence: Sentence, lang: str) -> tuple[int, int, int] | None:
    """As in "at least three times"."""
    values = number_words(lang)
    words = sentence.text[sentence.start : sentence.end].split(" ")
    at = sentence.start
    last: tuple[str, int, int] | None = None
    for word in words:
        plain = word.strip(",.;:\"'()")
        if plain in _TIMES and last is not None:
            value = _value(last[0], values)
            if value is not None:
                return value, last[1], last[2]
        last = (plain, at, at + len(word)) if plain else last
        at += len(word) + 1
    return None


def _before_east(sentence: Sentence, mark: Mark, _lang: str) -> tuple[int, int, int] | None:
    """Digits or a numeral shortly before or, in Japanese and Korean, after the object."""
    for low, high in (
        (max(sentence.start, mark.start - 8), mark.start),
        (mark.end, min(sentence.end, mark.end + 5)),
    ):
        text = sentence.text[low:high]
        for at, char in enumerate(text):
            if not (char.isascii() and char.isdigit()) and char not in _EAST_DIGITS:
                continue
            if at and text[at - 1].isdigit():
                continue
            end = at
            while end < len(text) and text[end].isascii() and text[end].isdigit():
                end += 1
            end = max(end, at + 1)
            after = sentence.text[low + end : low + end + 2]
            if not after or after[:1] not in _EAST_UNITS or after == "架次":
                continue
            digits = text[at:end]
            value = int(digits) if digits.isascii() and digits.isdigit() else _EAST_DIGITS.get(digits, 0)
            if 0 < value <= MAX_COUNT:
                return value, low + at, low + end
    return None
