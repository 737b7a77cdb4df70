"""Which language a text is read in: what it declares, checked against script and small words."""

from collections.abc import Mapping
from functools import cache

from tui.reading.terms import term_languages

_ALIASES = {
    "no": "nb", "nn": "nb", "zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans": "zh-Hans",
    "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "zh-hant": "zh-Hant", "iw": "he", "mo": "ro",
    "per": "fa", "farsi": "fa",
}  # fmt: skip

_SMALL_WORDS = {
    "en": "a an the of and to in for on with after says as by at is from over its that new was it are has will be",
    "de": "der die das und in den von zu mit auf ist im nach fur wegen uber ein eine dem nicht bei aus sich als",
    "fr": "le la les des du de et en un une dans pour sur par au apres avec est que qui son sa aux d'un",
    "es": "el la los las de del en y un una por para con sobre que su se al tras es",
    "pt": "o a os as de do da em um uma no na por para com que ao dos das sobre apos e foi nao",
    "it": "il lo la i gli le di del della in un una e per con su che nel sul dei alla dopo non al",
    "ro": "si in de la un o pe cu din a fost dupa care ale al lui este pentru prin au s-a romaniei",
    "nl": "de het een van en in op voor met na naar bij uit is niet door zijn boven te aan dat",
    "sv": "och i att en ett det som pa av for med till den har om efter ar vid fran nar mot over sa",
    "nb": "og i a en et det som pa av for med til den har om etter er ved fra nar mot over ikke",
    "da": "og i at en et det som pa af for med til den har om efter er ved fra nar mod over ikke",
    "fi": "ja on ei se oli han etta tai kun myos ovat sen mukaan suomen jalkeen kanssa",
    "et": "ja on ei see et oli mis ning kui eesti ka aga uks kes",
    "lt": "ir is i su kad yra del po nuo uz buvo prie lietuvos ar tai apie",
    "lv": "un no uz ar ir ka par pie pec latvijas bija tas kas gan lai",
    "pl": "i w na z do nie sie o po ze jest od za to przez dla nad jak co ich polski",
    "tr": "ve bir bu da de ile icin olarak olan ne gore sonra en turkiye daha edildi",
}
_LATIN = {lang: frozenset(words.split()) for lang, words in _SMALL_WORDS.items()}

_MARKED = {
    "pl": "ąęłńśźż", "sv": "åäö", "de": "äöüß", "fr": "éèêàçœù", "es": "ñ¿¡óíá", "pt": "ãõçáéê", "it": "àèìòù",
    "ro": "ășțâî", "nb": "åøæ", "da": "åøæ", "fi": "äö", "et": "õäöü", "lt": "ėųūįšžč", "lv": "āēīūģķļņš",
    "tr": "ışğİçöü", "nl": "ëï",
}  # fmt: skip

_UKRAINIAN = frozenset("іїєґ")
_PERSIAN = frozenset("پچژگکی")
_SIMPLIFIED = frozenset("这个们为对发们国机无战领门时军开东气飞导弹击关闭俄罗斯马与从湾区空识别龙艘舰扰轰闯")
_TRADITIONAL = frozenset("這個們為對發國機無戰領門時軍開東氣飛導彈擊關閉羅馬與從灣區識別龍艦擾轟闖臺")
_SHARED_HAN = _SIMPLIFIED & _TRADITIONAL


def known_language(tag: str | None) -> str | None:
    """Our tag for a declared one; None when we have no term file for it."""
    if not tag:
        return None
    lowered = tag.strip().replace("_", "-").lower()
    if lowered in _ALIASES:
        return _ALIASES[lowered]
    base = lowered.split("-", 1)[0]
    if base == "zh":
        return "zh-Hant" if "hant" in lowered else "zh-Hans"
    base = _ALIASES.get(base, base)
    return base if base in _languages() else None


@cache
def _languages() -> frozenset[str]:
    return frozenset(term_languages())


def read_language(
    text: str, folded: str, declared: str | None, votes: Mapping[str, int] | None = None
) -> str:
    """The language to read in; `text` and `folded` are the same words before and after folding.

    `votes` counts the words of our term files that each language has in the text.
    """
    hint = known_language(declared)
    script = None if text.isascii() else _script_language(text[:600], hint)
    if script is not None:
        return script
    words = folded[:600].replace("'", " ").split()[:80]
    if hint in _LATIN and sum(word in _LATIN[hint] for word in words) > len(words) // 6 + 1:
        return hint
    marked = set(text[:600].lower())
    scores = {
        lang: sum(word in small for word in words)
        + 0.7 * len(marked & set(_MARKED.get(lang, "")))
        + (votes or {}).get(lang, 0)
        for lang, small in _LATIN.items()
    }
    best = max(scores, key=lambda lang: (scores[lang], lang == "en"))
    if hint in scores and scores[hint] + 3 >= scores[best]:
        return hint
    return best if scores[best] >= 1 or hint is None or hint not in scores else hint


def _script_language(text: str, hint: str | None) -> str | None:
    """The language that a script gives away; None for Latin letters."""
    counts = {
        "kana": 0,
        "han": 0,
        "hangul": 0,
        "cyrillic": 0,
        "greek": 0,
        "arabic": 0,
        "hebrew": 0,
        "latin": 0,
    }
    for char in text:
        code = ord(char)
        if code < 0x250:
            counts["latin"] += char.isalpha()
        elif 0x370 <= code < 0x400:
            counts["greek"] += 1
        elif 0x400 <= code < 0x530:
            counts["cyrillic"] += 1
        elif 0x590 <= code < 0x600:
            counts["hebrew"] += 1
        elif 0x600 <= code < 0x780 or 0xFB50 <= code < 0xFF00:
            counts["arabic"] += 1
        elif 0x3040 <= code < 0x3100:
            counts["kana"] += 1
        elif 0xAC00 <= code < 0xD7B0 or 0x1100 <= code < 0x1200:
            counts["hangul"] += 1
        elif 0x3400 <= code < 0xA000 or code >= 0x20000:
            counts["han"] += 1
    east = counts["han"] * 2 + counts["kana"] * 2 + counts["hangul"] * 2
    best = max(("cyrillic", "greek", "arabic", "hebrew"), key=lambda name: counts[name])
    if east > max(counts["latin"], counts[best]):
        return _east_asian(text, counts, hint)
    if counts[best] <= counts["latin"] or not counts[best]:
        return None
    if best == "cyrillic":
        if _UKRAINIAN & set(text.lower()):
            return "uk"
        return (
            hint if hint in {"ru", "uk"} and not (hint == "uk" and set(text.lower()) & set("ыэъё")) else "ru"
        )
    if best == "arabic":
        if hint in {"ar", "fa"} and not (hint == "ar" and set("پچژگ") & set(text)):
            return hint
        return "fa" if _PERSIAN & set(text) else "ar"
    return {"greek": "el", "hebrew": "he"}[best]


def _east_asian(text: str, counts: dict[str, int], hint: str | None) -> str:
    if counts["hangul"] > counts["han"] * 0.3:
        return "ko"
    if counts["kana"] > counts["han"] * 0.15:
        return "ja"
    if hint == "ja" and counts["kana"]:
        return "ja"
    chars = set(text)
    simplified = len(chars & (_SIMPLIFIED - _SHARED_HAN))
    traditional = len(chars & (_TRADITIONAL - _SHARED_HAN))
    if simplified == traditional:
        return hint if hint in {"zh-Hans", "zh-Hant", "ja"} else "zh-Hans"
    return "zh-Hans" if simplified > traditional else "zh-Hant"
