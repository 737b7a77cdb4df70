"""How many objects: a number before one, never sorties, feet, people or days."""

from collections.abc import Sequence
from functools import cache

from tui.domain.codes import ObjectCode
from tui.domain.reading import Span
from tui.reading.calendar_words import calendar
from tui.reading.counts_east import MAX_COUNT, before_east
from tui.reading.data_file import data_text
from tui.reading.folding import fold_quick
from tui.reading.matching import Mark
from tui.reading.scene import Scene, Sentence
from tui.reading.terms import SUBSTRING_LANGUAGES

_COUNTED = ("o.balloon", "o.uav", "o.loiter", "o.mil", "o.heli", "o.missile", "o.cruise", "o.ballistic", "o.rocket",
            "o.civil", "o.light", "o.unid", "o.plane", "o.object")  # fmt: skip
_TIMES = frozenset({"times", "occasions", "sightings"})
_MEASURE_WORDS = (
    "feet foot ft metres meters km kilometres kilometers miles minutes minute hours hour seconds days day years year "
    "people passengers flights sorties percent nations countries months weeks times km/h knots a.m p.m tonne tonnes "
    "max ft. ships kg tons ton drills exercises attacks sightings incidents incursions violations reports "
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
_MODELS = (
    "boeing airbus mig su tu il an f shahed shaheds geran orlan type j y mq rq ch tb wing loong cessna gulfstream a b c ka "
    "mi kh yak mirage jas sukhoi tupolev ilyushin antonov hermes heron bayraktar ми миг су ту ил ан ка як шахед шахеды герань "
    "орлан міг"
)
_BEFORE_A_NAME = frozenset(
    {*_MODELS.split(), "aged", "age", "article", "articles", "flight", "section", "chapter", "route", "no", "number", "phase",
     "level", "resolution", "runway", "block", "artikel", "art", "articulo", "artykul", "статья", "стаття", "nr"}
)  # fmt: skip
"""Behind one of these a number is part of a name: "MiG 31", "Article 4"."""
_OR = frozenset(
    {"to", "or", "bis", "oder", "till", "til", "eller", "a", "ou", "o", "do", "lub", "albo", "или", "до", "або", "чи", "kuni",
     "voi", "tai", "arba", "iki", "lidz", "vai", "ile", "veya", "או", "عد", "او", "الي", "تا", "يا", "tot", "of", "au", "sau",
     "ή", "η", "εωσ", "ate", "hasta", "-"}
)  # fmt: skip
_AND = frozenset(
    {"and", "und", "och", "og", "en", "et", "y", "e", "si", "i", "и", "та", "і", "ja", "un", "ir", "και", "ve", "و"}
)  # fmt: skip
_BETWEEN = frozenset(
    {"between", "zwischen", "mellan", "mellom", "mellem", "tussen", "entre", "tra", "fra", "intre", "miedzy", "между", "між",
     "starp", "tarp", "μεταξυ", "בין", "بين", "ميان", "from", "vahemikus"}
)  # fmt: skip
_UNKNOWN = 0
"""What a word such as "dozens" counts."""
_ONE_OR_MANY = frozenset({"aircraft", "uav", "uas", "craft", "debris", "spacecraft"})


@cache
def _numbers() -> dict[str, dict[str, int]]:
    text = data_text("data/numbers.tsv")
    words: dict[str, dict[str, int]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            lang, value, forms = line.split("\t")
            for form in fold_quick(forms).split("|"):
                words.setdefault(lang, {}).setdefault(form, int(value) if value != "?" else _UNKNOWN)
    return words


@cache
def number_words(lang: str) -> dict[str, int]:
    """Folded number words of a language."""
    return {form: value for form, value in _numbers().get(lang, {}).items() if value}


@cache
def _vague_words(lang: str) -> frozenset[str]:
    """Folded words for a number that is not told: "dozens", "several"."""
    return frozenset(form for form, value in _numbers().get(lang, {}).items() if not value)


def read_count(
    scene: Scene, sentences: Sequence[Sentence], objects_told: Sequence[ObjectCode] = ()
) -> tuple[int | None, Span | None]:
    """The first count of the main object and its words; None when unknown, with the words that leave it so.

    `objects_told` are the report's objects, main first: a count of anything else is not its count.
    """
    counted = _same_kind(objects_told[0]) if objects_told else _COUNTED
    vague: Span | None = None
    for sentence in sentences:
        objects = [mark for mark in sentence.of(*counted) if not _went_up(sentence, mark)]
        found = _first(sentence, objects, scene.lang)
        if found is not None and found[0]:
            return found[0], _span(scene, sentence, found)
        if found is not None and vague is None:
            vague = _span(scene, sentence, found)
        if objects and sentence.has("a.enter", "a.violate", "a.incur"):
            times = _times(sentence, scene.lang)
            if times is not None:
                return times[0], _span(scene, sentence, times)
    return None, vague


def _span(scene: Scene, sentence: Sentence, found: tuple[int, int, int]) -> Span:
    value, start, end = found
    start, end = scene.folded(sentence.field).span(start, end)
    return Span("count", str(value) if value else "unknown", sentence.field, start, end)


def _first(sentence: Sentence, objects: Sequence[Mark], lang: str) -> tuple[int, int, int] | None:
    """The first number before one of these objects; else the first word that leaves it unknown."""
    read = before_east if lang in SUBSTRING_LANGUAGES else _before
    found = [one for one in (read(sentence, mark, lang) for mark in objects) if one is not None]
    return next((one for one in found if one[0]), found[0] if found else None)


def _went_up(sentence: Sentence, mark: Mark) -> bool:
    """As in "scrambled two F-16 jets": craft of the side that answers are not those that came."""
    if mark.concept not in {"o.mil", "o.plane", "o.heli"}:
        return False
    for verb in sentence.of("a.scramble"):
        low, high = (verb.end, mark.start) if verb.end <= mark.start else (mark.end, verb.start)
        between = sentence.text[low:high]
        if len(between) <= _CLOSE and not any(c in between for c in ",;:"):
            return True
    return False


_CLOSE = 26


def _same_kind(main: ObjectCode) -> tuple[str, ...]:
    """The concepts whose count is one of the main object."""
    for codes, concepts in _KINDS:
        if main in codes:
            return concepts
    return _COUNTED


_LONGEST = 40
"""Code points of a word that are looked at."""


def _words_before(sentence: Sentence, stop: int, most: int) -> list[tuple[str, int, int]]:
    """Up to `most` words that end before `stop`, nearest first, none across a comma or full stop."""
    words: list[tuple[str, int, int]] = []
    text, at = sentence.text, stop
    while len(words) < most:
        while at > sentence.start and text[at - 1] == " ":
            at -= 1
        end = at
        near = text[max(sentence.start, end - _LONGEST) : end]
        if not near or near[-1].isspace() or near[-1] in ",;:.!?)":
            break
        word = near.split()[-1]
        at = end - len(word)
        words.append((word.strip("\"'("), at, end))
    return words


def _before(sentence: Sentence, mark: Mark, lang: str) -> tuple[int, int, int] | None:
    if lang == "ar" and sentence.words(mark).endswith(_DUAL):
        return 2, mark.start, mark.end
    if not _is_rate(sentence, mark) and not _is_sorties(sentence, mark):
        return _nearest(sentence, mark, lang)
    return None


_DUAL = ("تان", "تين")
"""Arabic says "two" by the ending of the noun."""


def _nearest(sentence: Sentence, mark: Mark, lang: str) -> tuple[int, int, int] | None:
    """The number in the last words before an object; 0 when they leave it unknown."""
    values, vague = number_words(lang), _vague_words(lang)
    names = [m for m in sentence.family("g") if m.end <= mark.start]
    words = _words_before(sentence, mark.start, 8)
    for at, (word, start, end) in enumerate(words[:4]):
        if word in vague:
            return _UNKNOWN, start, end
        value = _value(word, values)
        if value is not None:
            return _counted(sentence, mark, words[at:], value, lang)
        if word == "of" and words[at + 1 : at + 2] and words[at + 1][0] in vague:
            continue
        measure = word in _MEASURES or word.startswith(_MEASURE_STEMS) or word in calendar(lang)
        if measure or word in _LINKS:
            return None
        named = any(m.start <= start < m.end for m in names)
        if lang == "en" and not named and _is_plural_noun(word):
            return None
    return None


def _counted(
    sentence: Sentence, mark: Mark, words: Sequence[tuple[str, int, int]], value: int, lang: str
) -> tuple[int, int, int] | None:
    """The number that the nearest of these words ends, the lower end of a range; None when it counts no craft."""
    word, start, end = words[0]
    before = [one for one, _, _ in words[1:]]
    if (before and before[0] in _BEFORE_A_NAME) or (value == 1 and not word.isdigit() and lang != "en"):
        return None
    if lang == "en" and value > 1 and _is_singular(sentence.words(mark)):
        return None
    values = number_words(lang)
    low = _value(before[1], values) if len(before) > 1 else None
    between = len(before) > 1 and before[0] in _AND and not _BETWEEN.isdisjoint(before[2:4])
    if low is not None and low < value and (before[0] in _OR or between):
        return low, words[2][1], end
    near = _value(before[0], values) if before else None
    if near is not None and not before[0][0].isdigit() and not word[0].isdigit():
        if value in {100, 1000} and near < 100:
            return near * value, words[1][1], end
        if value < 10 <= near and near % 10 == 0:
            return near + value, words[1][1], end
    return value, start, end


def _is_singular(words: str) -> bool:
    """As in "three drone incursions", where no craft are counted."""
    last = words.rsplit(maxsplit=1)[-1]
    return not last.endswith("s") and last not in _ONE_OR_MANY and last.isalpha()


def _is_plural_noun(word: str) -> bool:
    """As "states" in "two states as a balloon drifts": the number counts it, not what comes after."""
    return word.endswith("s") and not word.endswith(("ous", "'s", "ss", "s'")) and word not in {"us", "less"}


def _is_rate(sentence: Sentence, mark: Mark) -> bool:
    """As in "balloons a day", "planes over the years"."""
    after = sentence.text[mark.end : mark.end + 60]
    return after.startswith(_RATES) or "over the years" in after


def _is_sorties(sentence: Sentence, mark: Mark) -> bool:
    """As in "45 aircraft sorties": flights are counted, not craft."""
    return any(0 <= sorties.start - mark.end <= 2 for sorties in sentence.of("x.sorties"))


def _value(word: str, values: dict[str, int]) -> int | None:
    """A number in words or in digits of any script; the lower end of "10-15"."""
    if word[:1].isdecimal():
        low, dash, high = word.partition("-")
        if dash and not high.isdecimal():
            return None
        whole, *groups = low.replace("٬", ",").replace(".", ",").split(",")
        if any(len(group) != 3 for group in groups) or not all(map(str.isdecimal, (whole, *groups))):
            return None
        number = int("".join((whole, *groups))) if len(whole) <= 4 else 0
        return number if 0 < number <= MAX_COUNT and not 1900 <= number <= 2100 else None
    tens, dash, ones = word.partition("-")
    if dash and values.get(tens, 0) in _TENS and values.get(ones, 10) < 10:
        return values[tens] + values[ones]
    return values.get(word)


_TENS = frozenset(range(20, 100, 10))


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
