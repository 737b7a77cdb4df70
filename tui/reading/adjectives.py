"""Which words for a state are adjectives: "Russian", not "Russia"."""

import re

_ENDINGS = ("ian", "ean", "ish", "ese", "ench", "utch", "ican", "uban", "rman", "ians", "eans", "icans")
_WORDS = frozenset({
    "greek", "thai", "swiss", "czech", "slovak", "israeli", "iraqi", "yemeni", "pakistani", "saudi", "kuwaiti", "qatari",
    "emirati", "omani", "bahraini", "azeri", "azerbaijani", "afghan", "kazakh", "uzbek", "tajik", "turkmen", "kyrgyz",
    "philippine", "filipino", "cypriot", "somali", "bangladeshi", "nepali", "houthi", "houthis", "moldovan", "libyan", "kenyan",
    "rwandan", "ugandan", "venezuelan", "guyanese", "kosovar", "burkinabe", "moroccan", "samoan", "croat", "serb", "slovene",
    "icelandic", "hezbollah", "hamas", "taliban", "idf", "irgc", "u.s.", "u.k.", "usaf", "raf", "pla", "plaaf", "us", "uk",
})  # fmt: skip
_BOTH = frozenset(
    {
        "u.s.",
        "u.k.",
        "us",
        "uk",
        "usaf",
        "raf",
        "pla",
        "plaaf",
        "hezbollah",
        "hamas",
        "taliban",
        "idf",
        "irgc",
        "houthi",
        "houthis",
    }
)
"""Names that do things themselves, and own things too."""
_SLAVIC = re.compile(
    r"(sk|ck|dzk|ск|цьк|зьк)(i|a|ie|iej|iego|iemu|im|ich|imi|ij|их|ий|ая|ое|ие|ой|ого|ому|ую|им|ими|а|е|і|их|ої|у)$"
)
_NORDIC = ("sk", "ska", "skt", "ske", "ske-")
_GERMAN = ("isch", "ische", "ischer", "ischen", "ischem", "isches")
_OTHERS = {"pl": _SLAVIC, "ru": _SLAVIC, "uk": _SLAVIC}
_SUFFIXES = {"sv": _NORDIC, "nb": _NORDIC, "da": _NORDIC, "de": _GERMAN, "nl": ("isch", "ische", "se")}


def describes(word: str, lang: str) -> bool:
    """Whether a folded word of a language is an adjective and never the state itself: "rysk", "rosyjskie"."""
    if lang == "en":
        return is_adjective(word) and word not in _BOTH
    pattern = _OTHERS.get(lang)
    return word.endswith(_SUFFIXES.get(lang, "\0")) or (
        pattern is not None and pattern.search(word) is not None
    )


def is_adjective(word: str) -> bool:
    """Whether a folded English word tells whose something is."""
    return word.endswith(_ENDINGS) or word in _WORDS
