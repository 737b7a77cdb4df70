"""Numbers beside an object in Chinese, Japanese and Korean: digits or numerals with a counter."""

from tui.reading.matching import Mark
from tui.reading.scene import Sentence

MAX_COUNT = 5000
"""A larger number counts something else than craft."""
_UNITS = {
    "o.balloon": "顆颗個个개枚只隻具機기", "o.missile": "枚顆颗發发발기本", "o.cruise": "枚顆颗發发발기本",
    "o.ballistic": "枚顆颗發发발기本", "o.rocket": "枚發发발기本",
}  # fmt: skip
_CRAFT_UNITS = "架機机대기台"
_OTHER_UNITS = "架個个件기개顆颗대"
_FLIGHTS = ("架次", "機次", "机次", "次", "回")
"""Behind a number these count flights, not craft."""
_DIGITS = {
    "〇": 0, "零": 0, "一": 1, "壹": 1, "二": 2, "兩": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "한": 1, "두": 2, "세": 3, "네": 4,
}  # fmt: skip
_KOREAN = {"다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}
_SCALES = {"十": 10, "百": 100, "千": 1000, "萬": 10_000, "万": 10_000, "백": 100, "천": 1000, "만": 10_000}
_NUMERALS = frozenset({*_DIGITS, *_SCALES})
_STOPS = frozenset("、，,；;。:：(（)） ")
_VAGUE = (
    "數十",
    "数十",
    "數百",
    "数百",
    "數架",
    "数架",
    "多架",
    "複数",
    "多數",
    "수십",
    "수백",
    "여러",
    "若干",
    "大批",
    "多枚",
    "多顆",
)
_SOME = "數数幾几"
"""Before a numeral these leave the number open."""
_BESIDE = 8


def before_east(sentence: Sentence, mark: Mark, _lang: str) -> tuple[int, int, int] | None:
    """The number nearest before an object, or behind it as Japanese and Korean have it; 0 when left unknown."""
    units = _UNITS.get(mark.concept, _CRAFT_UNITS if mark.concept[:2] == "o." else "")
    units = units if mark.concept not in {"o.unid", "o.object", "o.space", "o.debris"} else _OTHER_UNITS
    low = max(sentence.start, mark.start - _BESIDE)
    ahead = sentence.text[low : mark.start]
    for at in range(len(ahead) - 1, -1, -1):
        if ahead[at] in _STOPS and ahead[at] != " ":
            break
        found = _number(sentence, low + at, units)
        if found is not None:
            return found
    return _behind(sentence, mark, units)


def _behind(sentence: Sentence, mark: Mark, units: str) -> tuple[int, int, int] | None:
    """As in "氣球1顆" and "무인기 5대"."""
    high = min(sentence.end, mark.end + _BESIDE)
    for at in range(mark.end, high):
        if sentence.text[at] in _STOPS and sentence.text[at] != " ":
            return None
        found = _number(sentence, at, units)
        if found is not None:
            return found
        if any(m.start == at and m.concept[0] == "o" for m in sentence.marks):
            return None
    return None


def _number(sentence: Sentence, end_or_start: int, units: str) -> tuple[int, int, int] | None:
    """The number that starts or ends at a place, when a counter that fits stands behind it."""
    text = sentence.text
    at = end_or_start
    for vague in _VAGUE:
        if text.startswith(vague, at):
            return 0, at, at + len(vague)
    if not _is_numeral(text, at):
        return None
    start, end = _numeral(sentence, at)
    counter = text[end : end + 3].lstrip("多余餘 ")
    if not counter or counter[0] not in units or counter.startswith(_FLIGHTS):
        return None
    if start and text[start - 1] in _SOME:
        return 0, start - 1, end
    value = numeral_value(text[start:end])
    return (value, start, end) if 0 < value <= MAX_COUNT else None


def _numeral(sentence: Sentence, at: int) -> tuple[int, int]:
    """Start and end of the numeral that stands at a place."""
    text = sentence.text
    for word in _KOREAN:
        if text.startswith(word, at):
            return at, at + len(word)
    start = at
    while start > sentence.start and _is_numeral(text, start - 1) and at - start < 8:
        start -= 1
    end = at + 1
    while end < sentence.end and _is_numeral(text, end) and end - start < 10:
        end += 1
    return start, end


def _is_numeral(text: str, at: int) -> bool:
    return text[at].isdecimal() or text[at] in _NUMERALS or any(text.startswith(word, at) for word in _KOREAN)


def numeral_value(words: str) -> int:
    """Digits of any script, or numerals: "12", "十二", "兩百", "다섯"."""
    if words.isdecimal():
        return int(words)
    if words == "元":
        return 1
    if words in _KOREAN:
        return _KOREAN[words]
    total, part = 0, 0
    for char in words:
        if char.isdecimal():
            part = part * 10 + int(char)
        elif char in _DIGITS:
            part = _DIGITS[char]
        elif char in _SCALES:
            total, part = total + max(part, 1) * _SCALES[char], 0
        else:
            return 0
    return total + part
