"""Which language a text is read in: what it declares, checked against script and small words."""

from collections.abc import Callable, Mapping
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
    text: str, folded: str, declared: str | None, votes: Callable[[str], Mapping[str, int]] | None = None
) -> str:
    """The language to read in; `text` and `folded` are the same words before and after folding.

    `votes` counts the words of our term files that each language has in a folded text.
    """
    hint = known_language(declared)
    script = None if text.isascii() else _script_language(text[:600], hint)
    if script is not None:
        return script
    words = folded[:600].replace("'", " ").split()[:80]
    if hint in _LATIN and sum(word in _LATIN[hint] for word in words) > len(words) // 6 + 1:
        return hint
    marked = set(text[:600].lower())
    known = votes(folded) if votes is not None else {}
    scores = {
        lang: sum(word in small for word in words)
        + 0.7 * len(marked & set(_MARKED.get(lang, "")))
        + known.get(lang, 0)
        for lang, small in _LATIN.items()
    }
    best = max(scores, key=lambda lang: (scores[lang], lang == "en"))
    if hint in scores and scores[hint] + 3 >= scores[best]:
        return hint
    return best if scores[best] >= 1 or hint is None or hint not in scores else hint


def _script_language(text: str, hint: str | None) -> str | None:
    """The language that a script gives away; None for Latin letters."""
    counts = dict.fromkeys(("latin", *(name for _, _, name in _SCRIPTS)), 0)
    for char in text:
        code = ord(char)
        if code < 0x250:
            counts["latin"] += char.isalpha()
            continue
        for low, high, name in _SCRIPTS:
            if low <= code < high:
                counts[name] += 1
                break
    east = counts["han"] * 2 + counts["kana"] * 2 + counts["hangul"] * 2
    best = max(("cyrillic", "greek", "arabic", "hebrew"), key=lambda name: counts[name])
    if east > max(counts["latin"], counts[best]):
        return _east_asian(text, counts, hint)
    if counts[best] <= counts["latin"] or not counts[best]:
        return None
    return _of_script(best, set(text.lower()), hint)


_SCRIPTS = (
    (0x0370, 0x0400, "greek"),
    (0x0400, 0x0530, "cyrillic"),
    (0x0590, 0x0600, "hebrew"),
    (0x0600, 0x0780, "arabic"),
    (0x1100, 0x1200, "hangul"),
    (0x3040, 0x3100, "kana"),
    (0x3400, 0xA000, "han"),
    (0xAC00, 0xD7B0, "hangul"),
    (0xFB50, 0xFF00, "arabic"),
    (0x20000, 0x32000, "han"),
)
"""First code point, one past the last, and the script."""


def _of_script(script: str, letters: set[str], hint: str | None) -> str:
    """The language of a script that one or two of ours share."""
    if script == "cyrillic":
        if _UKRAINIAN & letters:
            return "uk"
        return "uk" if hint == "uk" and not letters & set("ыэъё") else "ru"
    if script == "arabic":
        if hint == "fa" or (hint == "ar" and not letters & set("پچژگ")):
            return hint
        return "fa" if _PERSIAN & letters else "ar"
    return {"greek": "el", "hebrew": "he"}[script]


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
