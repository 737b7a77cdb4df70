"""Which English words for a state are adjectives: "Russian", not "Russia"."""

_ENDINGS = ("ian", "ean", "ish", "ese", "ench", "utch", "ican", "uban", "rman", "ians", "eans", "icans")
_WORDS = frozenset({
    "greek", "thai", "swiss", "czech", "slovak", "israeli", "iraqi", "yemeni", "pakistani", "saudi", "kuwaiti", "qatari",
    "emirati", "omani", "bahraini", "azeri", "azerbaijani", "afghan", "kazakh", "uzbek", "tajik", "turkmen", "kyrgyz",
    "philippine", "filipino", "cypriot", "somali", "bangladeshi", "nepali", "houthi", "houthis", "moldovan", "libyan", "kenyan",
    "rwandan", "ugandan", "venezuelan", "guyanese", "kosovar", "burkinabe", "moroccan", "samoan", "croat", "serb", "slovene",
    "icelandic", "hezbollah", "hamas", "taliban", "idf", "irgc", "u.s.", "u.k.", "usaf", "raf", "pla", "plaaf",
})  # fmt: skip


def is_adjective(word: str) -> bool:
    """Whether a folded English word tells whose something is."""
    return word.endswith(_ENDINGS) or word in _WORDS
