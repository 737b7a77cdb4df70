"""Which language a text is read in: what it declares, checked against script and small words."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from tui.reading.gazetteer import names_of
from tui.reading.terms import term_languages

_ALIASES = {
    "no": "nb", "nn": "nb", "zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans": "zh-Hans",
    "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "zh-hant": "zh-Hant", "iw": "he", "mo": "ro",
    "per": "fa", "farsi": "fa",
}  # fmt: skip

_SMALL_WORDS = {
    "en": (
        "a an the of and to in for on with after says as by at is from over its that new was it are has "
        "will be above against amid among another any been before behind being between but calls could "
        "did does down during fears first found had have he her his how if into just leave less like may "
        "more most near no not off one or other our out reported reports said saw seen several she should "
        "since some still than their them there these they this three through told two under until up us "
        "warns we were what when where which while who why would you your flights plane planes jets "
        "airport strike sighting sightings spotted shoots shot crash crashes crashed fell"
    ),
    "de": (
        "der die das und in den von zu mit auf ist im nach fur wegen uber ein eine dem nicht bei aus sich "
        "als am an auch bis des durch einem einen einer er es gegen hat haben ihre ihr kein keine mehr "
        "nahe oder seine sein sie sind soll um unter vom vor war warnt was werden wie wieder will wird "
        "wurde wurden zum zur zwei zwischen"
    ),
    "fr": (
        "le la les des du de et en un une dans pour sur par au apres avec est que qui son sa aux ce "
        "cette ces contre dont elle entre il ils leur leurs mais ne ont ou pas plus pres ses se selon "
        "sans sous sont vers a ete deux d l"
    ),
    "es": (
        "el la los las de del en y un una por para con sobre que su se al tras es cerca como contra desde "
        "dos entre esta este fue ha han hasta lo mas muy no o pero segun ser sin son sus unos ante"
    ),
    "pt": (
        "o a os as de do da em um uma no na por para com que ao dos das sobre apos e foi nao ate como "
        "contra dois duas entre esta este foram mais mas nas nos ou pela pelo perto se sem ser seu seus "
        "sua sao tem devido diz ainda depois aeroporto"
    ),
    "it": (
        "il lo la i gli le di del della in un una e per con su che nel sul dei alla dopo non al anche ha "
        "hanno ai agli come contro da dal dalla delle degli due era fra ma nella o piu presso sono sulla "
        "sui suo sua tra vicino verso"
    ),
    "ro": (
        "si in de la un o pe cu din a fost dupa care ale al lui este pentru prin au s-a romaniei ca catre "
        "cel cele dar dintr-o doua doi fara fi iar insa intr-o intre langa mai nu peste sa sau se spre "
        "sunt sub unei unui"
    ),
    "nl": (
        "de het een van en in op voor met na naar bij uit is niet door zijn boven te aan dat als ook over "
        "om tegen tot of werd worden wordt was die er geen heeft hebben hun maar meer nog onder tussen "
        "twee vanwege volgens weer wil ze zegt"
    ),
    "sv": (
        "och i att en ett det som pa av for med till den har om efter ar vid fran nar mot over sa de blev "
        "blir bor enligt flera ha han hon in inte inga ingen kan mellan nara nu ny nya nytt ska sig sin skulle "
        "under upp ut utan var vara vi tva ocksa"
    ),
    "nb": (
        "og i a en et det som pa av for med til den har om etter er ved fra nar mot over ikke at ble blir "
        "de flere ha han hun ifolge ingen inn kan mellom naer nye ny nytt opp sa seg skal sier sin to uten "
        "under ut vil var vaere"
    ),
    "da": (
        "og i at en et det som pa af for med til den har om efter er ved fra nar mod over ikke blev "
        "bliver de flere han hun ifolge ind ingen kan mellem naer nye ny nyt op sa sig skal siger sin to uden "
        "under ud vil var vaere"
    ),
    "fi": (
        "ja on ei se oli han etta tai kun myos ovat sen mukaan suomen jalkeen kanssa ettei eivat hanen "
        "joka jossa kaksi kuin lahella mutta nyt ole ollut olleet yli alkoi kertoo poliisi putosi tutkinta "
        "vuoksi"
    ),
    "et": (
        "ja on ei see et oli mis ning kui eesti ka aga uks kes kaks lahedal oma parast pole ule vastu voi "
        "selle"
    ),
    "lt": (
        "ir is i su kad yra del po nuo uz buvo prie lietuvos ar tai apie bei bet dar du jau jos kaip ne "
        "netoli pries sako tarp virs"
    ),
    "lv": (
        "un no uz ar ir ka par pie pec latvijas bija tas kas gan lai bet divi jau kad nav netalu pret "
        "pirms virs to vai"
    ),
    "pl": (
        "i w na z do nie sie o po ze jest od za to przez dla nad jak co ich polski a ale byl byla bylo by "
        "czy dwa dwie jego jej juz ktore ktory ma oraz pod poblizu przed przy sa tym we wedlug"
    ),
    "tr": (
        "ve bir bu da de ile icin olarak olan ne gore sonra en turkiye daha edildi ama cok dedi degil "
        "gibi iki iddia kadar karsi oldu uzerinde yakin yeni"
    ),
}
"""Function words and the commonest words of headlines, folded."""
_LATIN = {lang: frozenset(words.split()) for lang, words in _SMALL_WORDS.items()}

_LANGUAGES_OF = {
    word: tuple(lang for lang, small in _LATIN.items() if word in small)
    for word in frozenset().union(*_LATIN.values())
}
"""The languages that have each small word."""

_MARKED = {
    "pl": "ąęłńśźż", "sv": "åäö", "de": "äöüß", "fr": "éèêàçœù", "es": "ñ¿¡óíá", "pt": "ãõçáéê", "it": "àèìòù",
    "ro": "ășțâî", "nb": "åøæ", "da": "åøæ", "fi": "äö", "et": "õäöü", "lt": "ėųūįšžč", "lv": "āēīūģķļņš",
    "tr": "ışğİçöü", "nl": "ëï",
}  # fmt: skip

_UKRAINIAN = frozenset("іїєґ")
_RUSSIAN = frozenset("ыэъё")
_UKRAINIAN_WORDS = frozenset(
    [
        "та",
        "але",
        "що",
        "або",
        "чому",
        "вже",
        "коли",
        "проти",
        "аеропорт",
        "аеропорту",
        "дрони",
        "дронами",
        "польоти",
        "протесту",
        "збив",
        "збили",
        "впав",
        "впали",
    ]
)
"""Words without a letter of Ukrainian alone that Russian does not have."""
_PERSIAN = frozenset("پچژگکی")
_SIMPLIFIED = frozenset("这个们为对发们国机无战领门时军开东气飞导弹击关闭俄罗斯马与从湾区空识别龙艘舰扰轰闯")
_TRADITIONAL = frozenset("這個們為對發國機無戰領門時軍開東氣飛導彈擊關閉羅馬與從灣區識別龍艦擾轟闖臺")
_SHARED_HAN = _SIMPLIFIED & _TRADITIONAL


SAMPLE = 600
"""Code points that a language is told by: as many as tell it, and few enough to be looked at for every story."""
_MARGIN = 1
"""How far the declared language may lie behind and still be believed."""


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
    script = None if text.isascii() else _script_language(text[:SAMPLE], hint)
    if script is not None:
        return _of_cyrillic(text, folded, votes) if script == "ru" and votes is not None else script
    words = folded[:SAMPLE].replace("'", " ").split()[:80]
    if hint in _LATIN:
        small_words = _LATIN[hint]
        if sum(map(small_words.__contains__, words)) > len(words) // 6 + 1:
            return hint
    scores = _scores(text, folded, words, votes)
    most = max(scores.values())
    best = "en" if scores["en"] == most else max(scores, key=scores.__getitem__)
    if hint in scores and scores[hint] + _MARGIN >= scores[best] and (scores[hint] or scores[best] < 1):
        return hint
    return best if scores[best] >= 1 or hint is None or hint not in scores else hint


def _scores(
    text: str, folded: str, words: Sequence[str], votes: Callable[[str], Mapping[str, int]] | None
) -> dict[str, float]:
    """How much speaks for each language in Latin letters: small words, names of states, our terms, its own letters."""
    scores: dict[str, float] = dict.fromkeys(_LATIN, 0)
    for word in words:
        for lang in _LANGUAGES_OF.get(word, ()):
            scores[lang] += 1
    for lang, count in _naming(words).items():
        scores[lang] += count
    marked = frozenset() if text.isascii() else frozenset(text[:SAMPLE].lower())
    if marked:
        for lang, letters in _MARKED.items():
            scores[lang] += 0.7 * len(marked.intersection(letters))
    if votes is not None:
        for lang, count in votes(folded).items():
            if lang in scores:
                scores[lang] += count
    return scores


def _naming(words: Sequence[str]) -> dict[str, int]:
    """How many words each language has as its own name of a state or people: "Germany", "Duitsland"."""
    known, openings = _state_names(), _name_openings()
    found: dict[str, int] = {}
    for word in words:
        if word[:_SHORTEST_NAME] not in openings:
            continue
        starts = [word[:size] for size in range(_SHORTEST_NAME, min(len(word), _LONGEST_NAME) + 1)]
        for lang in set().union(*[known[start] for start in starts if start in known]):
            found[lang] = found.get(lang, 0) + 1
    return found


_SHORTEST_NAME, _LONGEST_NAME = 4, 20
"""Letters of the names of states that are looked at."""


@cache
def _state_names() -> dict[str, set[str]]:
    """The first letters of every state's name and its people's, and the languages that begin it so."""
    known: dict[str, set[str]] = {}
    for name in names_of(frozenset(_LATIN)):
        if name.kind in {"name", "adj"} and _SHORTEST_NAME <= len(name.form) <= _LONGEST_NAME:
            known.setdefault(name.form, set()).add(name.lang)
    return known


@cache
def _name_openings() -> frozenset[str]:
    """The shortest beginnings of those names: a word with none of them is not looked at further."""
    return frozenset(name[:_SHORTEST_NAME] for name in _state_names())


def _script_language(text: str, hint: str | None) -> str | None:
    """The language that a script gives away; None for Latin letters."""
    if not _OF_A_SCRIPT.search(text):
        return None
    beyond = _BEYOND_LATIN.findall(text)
    counts = dict.fromkeys(("latin", *(name for _, _, name in _SCRIPTS)), 0)
    for char in beyond:
        code = ord(char)
        for low, high, name in _SCRIPTS:
            if low <= code < high:
                counts[name] += 1
                break
    counts["latin"] = sum(map(str.isalpha, _UP_TO_LATIN.findall(text)))
    east = counts["han"] * 2 + counts["kana"] * 2 + counts["hangul"] * 2
    best = max(("cyrillic", "greek", "arabic", "hebrew"), key=lambda name: counts[name])
    if east > max(counts["latin"], counts[best]):
        return _east_asian(text, counts, hint)
    if counts[best] <= counts["latin"] or not counts[best]:
        return None
    return _of_script(best, set(text.lower()), hint)


_UP_TO_LATIN = re.compile("[\x00-\u024f]")
_BEYOND_LATIN = re.compile("[^\x00-\u024f]")

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
_OF_A_SCRIPT = re.compile("[" + "".join(f"{chr(low)}-{chr(high - 1)}" for low, high, _ in _SCRIPTS) + "]")


def _of_script(script: str, letters: set[str], hint: str | None) -> str:
    """The language of a script that one or two of ours share."""
    if script == "cyrillic":
        if _UKRAINIAN & letters:
            return "uk"
        return "uk" if hint == "uk" and not letters & _RUSSIAN else "ru"
    if script == "arabic":
        if hint == "fa" or (hint == "ar" and not letters & set("پچژگ")):
            return hint
        return "fa" if _PERSIAN & letters else "ar"
    return {"greek": "el", "hebrew": "he"}[script]


def _of_cyrillic(text: str, folded: str, votes: Callable[[str], Mapping[str, int]]) -> str:
    """Ukrainian when the words are its own and no letter is Russian alone: "аеропорт", "дрони"."""
    if _RUSSIAN.intersection(text[:SAMPLE].lower()):
        return "ru"
    known = votes(folded)
    own = len(_UKRAINIAN_WORDS.intersection(folded[:SAMPLE].split()))
    return "uk" if known.get("uk", 0) + own > known.get("ru", 0) else "ru"


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
