"""What a state's name is joined to: its airspace, its craft, an incursion named after it."""

from collections.abc import Iterator

from tui.reading.craft_cues import Craft
from tui.reading.matching import Mark
from tui.reading.rulers import FROM, WITH
from tui.reading.surroundings import PUNCTUATION, Chain, Surroundings

_SITES = ("z.military", "z.critical")
_LINES = ("z.adiz", "z.fir", "z.median")
_NO_STATES = frozenset({"z.nato", "z.intl"})
"""Skies that are no state's."""
_NAMED_AFTER = ("a.incur", "a.violate", "a.incident")
_OWNER_LAST = frozenset({"fr", "es", "pt", "it", "ro", "ar", "fa", "he"})
"""Languages that put the owner behind its thing, and never before it: "dron ruso", "طائرة روسية"."""
_BESIDE = frozenset({"a.surveil", "a.enter", "c.suspect", "a.smuggle"})
"""Words that may stand between a state and its thing: "Russian spy drone", "Ukrainian stray drone"."""
_DESCRIBING = frozenset({"suspected", "armed", "forces", "unmanned", "guards", "owned", "red"})
"""Words in -s or -ed that may stand between a state and its craft; others are verbs."""
_OWNER_FIRST = frozenset({"en", "tr", "ja", "ko", "zh-Hans", "zh-Hant", "fi", "et", "lt", "lv"})
"""Languages in which the owner never stands behind what is its own."""
_STOPS = frozenset({
    "a", "an", "the", "that", "said", "say", "claim", "had", "has", "held", "sent", "told", "saw", "as", "but", "while",
    "when", "after", "for", "on", "at", "by", "to", "with", "over", "of", "it", "its", "says", "was", "were", "is", "are",
    "be", "been", "not", "will", "would", "could", "may", "might", "can", "who", "which",
})  # fmt: skip
"""English words after which a new name begins."""
_LINKS = frozenset({
    "o", "na", "w", "z", "do", "przy", "od", "po", "za", "nad", "om", "i", "pa", "av", "for", "mot", "til", "uber", "zu",
    "auf", "mit", "von", "im", "in", "am", "an", "bei", "nach", "о", "в", "на", "с", "из", "по", "про", "з", "у", "en", "sur",
    "a", "ad", "con", "per", "su", "par", "al", "ja", "e", "y", "et", "och", "og", "und", "die", "der", "das", "den", "dem",
    "des", "ett", "eine", "ein", "att", "ze", "что", "що", "que", "che", "de", "het", "een", "op", "met", "over",
})  # fmt: skip
"""Small words of other languages; behind one of these a new name begins."""
_PARTED = {"ja": frozenset("をはがにで間"), "ko": frozenset("은는을를에")}
"""Particles after which another part of the sentence begins."""
_PERSONS = ("man", "men", "citizen", "national", "pilot", "student", "tourist", "woman", "kvinna", "mezczyzn", "obywatel",
            "medborg", "mann", "burger", "граждан", "громадян")  # fmt: skip
"""As in "Ukrainian man suspected of flying a drone": his, not his state's."""
_FLIGHTS = (
    "flight",
    "sortie",
    "patrol",
    "aggression",
    "provocation",
    "escalation",
    "jamming",
    "projectile",
    "launch",
)
_JOINT = ("joint", "together", "gemeinsam", "zusammen", "conjoint", "commun", "ensemble", "conjunt", "junto", "insieme", "congiunt",
          "samen", "gezamenlijk", "gemensam", "tillsammans", "felles", "sammen", "faelles", "wspoln", "razem", "совместн", "вместе",
          "спільн", "разом", "comun", "impreuna", "yhtei", "yhdessa", "uhis", "koos", "bendr", "kartu", "kopig", "kopa", "κοιν", "μαζι",
          "ortak", "birlikte", "مشترك", "משות")  # fmt: skip
"""Beginnings of words for joint doing."""
_GROUND_NOUNS = (
    "village", "villages", "town", "towns", "city", "cities", "region", "province", "county", "coast", "farm", "field", "island",
    "islands", "waters", "sea", "capital", "side", "land", "forest", "district", "port", "lake", "beach", "mainland", "state",
)  # fmt: skip
"""Words for ground: a preposition before "Polish village" speaks of Poland."""


def zone_cue(zone: Mark) -> str:
    """Whose it is, told finely: a border has two sides, and a base may be on another state's ground."""
    if zone.concept == "z.border":
        return "its border"
    if zone.concept == "z.airport":
        return "its airport"
    if zone.concept in _SITES:
        return "its site"
    if zone.concept in _LINES:
        return "its zone"
    return "disputed ground" if zone.concept == "z.disputed" else "its airspace"


def held(beside: Surroundings, chain: Chain) -> str | None:
    """What a longer term says that holds the name: "Eesti õhuruum", "擾台", "共機"."""
    mark = chain.first
    if mark.name is not None and mark.name.form.endswith(("機", "机", "艦", "舰")):
        return "its craft"
    for other in beside.around(mark):
        if other.concept == "z.disputed":
            return "disputed ground"
        if other.concept[0] == "z" and (other.end > mark.end or other.concept in _LINES):
            return zone_cue(other)
        if other.concept in _NAMED_AFTER and mark.start == other.start and beside.describes(chain):
            return "incursion named after its people"  # "ryska kränkningar", one term of two words
        if other.concept in {"a.enter", "a.crash", "a.strike", "a.violate"}:
            return "entered"
    return None


def thing_of(beside: Surroundings, chain: Chain, before: list[Mark], after: list[Mark]) -> Mark | None:
    """The zone, craft or incursion that belongs to the name, behind it or, in many languages, before it."""
    joined = beside.craft_in(chain)
    if joined is not None:
        return joined
    if beside.lang in _OWNER_LAST:
        return _behind(beside, chain, before)
    ahead = adjacent(beside, chain, after)
    if ahead is not None or beside.lang in _OWNER_FIRST:
        return ahead
    return _behind(beside, chain, before)


def adjacent(beside: Surroundings, chain: Chain, after: list[Mark]) -> Mark | None:
    """The next noun, when nothing but adjectives stands between."""
    if not after:
        return None
    things = {(m.start, m.end) for m in after[:4] if m.concept[0] in "oz"}
    for mark in after:
        other = _skies_of(mark, after)
        if other.concept[0] in "ap" and (other.start, other.end) in things:
            continue
        between = beside.text[chain.end : other.start]
        if len(between) > beside.close or not PUNCTUATION.isdisjoint(between) or _is_parted(beside, between):
            return None
        if _is_thing(beside, chain, other):
            there = [m for m in after[:4] if m.start == other.start]
            told = any(m.concept[0] == "a" and m.concept not in _BESIDE and m.end != other.end for m in there)
            return None if told and other.concept[0] == "o" else other
        if (
            not beside.spaced or beside.lang == "ko"
        ):  # as in "서울 상공을 침범": the airspace begins the verb's phrase
            zone = next((m for m in after if m.start == other.start and _is_zone(m)), None)
            if zone is not None:
                return zone
        if _ends_the_phrase(beside, other, between):
            inside = (
                m for m in after if m.start == other.start and m.concept[0] == "z" and beside.lang == "tr"
            )
            return next(inside, None)  # as in "hava sahasını ihlal": the skies open the word for the deed
    return None


def _skies_of(mark: Mark, after: list[Mark]) -> Mark:
    """In "airspace violated" the skies are the owner's thing, not the violation."""
    if mark.concept not in _NAMED_AFTER:
        return mark
    return next((m for m in after[:4] if m.start == mark.start and m.concept == "z.airspace"), mark)


def _is_thing(beside: Surroundings, chain: Chain, mark: Mark) -> bool:
    """Whether it is a zone, a craft or an incursion that can be a state's."""
    if mark.concept[0] == "o":
        return not beside.text[mark.end : mark.end + 16].lstrip().startswith(("response", "handling"))
    if mark.concept in _NAMED_AFTER:
        return not _is_verb(beside, mark) if beside.lang == "en" else beside.describes(chain)
    return _is_zone(mark)


def _is_zone(mark: Mark) -> bool:
    return mark.concept[0] == "z" and mark.concept not in _NO_STATES


def _ends_the_phrase(beside: Surroundings, mark: Mark, between: str) -> bool:
    """Whether behind this word another thing is told of."""
    concept = mark.concept
    if concept[0] in "pao" and concept not in _BESIDE:
        return True
    if concept == "c.claim":
        return not beside.spaced
    bare = beside.lang == "tr" or between.strip() not in {"", "and", "-"}
    return concept[0] == "g" and beside.spaced and bare


def _is_parted(beside: Surroundings, between: str) -> bool:
    """Whether the words between a name and a noun keep them apart."""
    if not beside.spaced:
        return not _PARTED.get(beside.lang, frozenset()).isdisjoint(between)
    words = between.split()
    if any(word.startswith(_PERSONS) for word in words):
        return True
    if beside.lang == "en":
        return len(words) > 4 or any(map(_ends_a_name, words))
    return len(words) > 2 or not _LINKS.isdisjoint(words)


def _is_verb(beside: Surroundings, mark: Mark) -> bool:
    """Whether an English word for an incursion is the verb: "Russia violates", not "incursions"."""
    word = beside.text[mark.start : mark.end].split()[0]
    return word.endswith(("es", "ed", "ing", "ew", "ly")) or word in {"enter", "enters", "overfly"}


def _behind(beside: Surroundings, chain: Chain, before: list[Mark]) -> Mark | None:
    """Languages that put the owner behind: "drones rusos", "przestrzeń powietrzną Polski"."""
    crafts = {(m.start, m.end) for m in before[:4] if m.concept[0] == "o"}
    for other in before:
        if other.concept[0] == "a" and (other.start, other.end) in crafts:
            continue
        between = beside.text[other.end : chain.start]
        if len(between.split()) > 1 or len(between) > beside.close // 2:
            return None
        if other.concept[0] == "z":
            return other
        if other.concept[0] == "o":
            described = beside.lang in _OWNER_LAST and PUNCTUATION.isdisjoint(between)
            return (
                other if not between.strip() or (described and _LINKS.isdisjoint(between.split())) else None
            )
        if other.concept in _NAMED_AFTER and beside.lang in _OWNER_LAST and not between.strip():
            return other
        if other.concept[0] in "pag" and other.concept != "p.from":
            return None
    return None


def owned(beside: Surroundings, craft: Craft, chain: Chain, thing: Mark, ruled: str | None) -> Iterator[str]:
    """As in "Polish airspace", "Russian drone", "Denmark drone incursions", "from Belarusian territory"."""
    form = "people" if beside.is_owner_form(chain) or beside.describes(chain) else "name"
    if thing.concept[0] == "z":
        ahead = thing.start >= chain.end  # behind a zone "de" and "da" only join
        yield ruled if ruled in FROM and ahead else zone_cue(thing)
        return
    if ruled in FROM and beside.lang != "en" and thing.start >= chain.end and not beside.describes(chain):
        yield ruled  # "iš Baltarusijos įskrido dronas"
        return
    if thing.concept[0] == "a":
        yield f"incursion named after its {form}"
        return
    follow = beside.after(thing.end)[:1]
    named = follow and follow[0].concept in _NAMED_AFTER and follow[0].start - thing.end <= 1
    if named and beside.lang == "en" and not _is_verb(beside, follow[0]):
        yield f"craft incursion named after its {form}"
        return
    if flies_along(beside, chain):
        yield "flies with another's"
        return
    if thing.start >= chain.end and craft.is_met_close(chain.start, ruled):
        yield "its craft met close"
        return
    for cue in craft.cues(thing):
        yield "craft beside its bare name" if (cue, form, beside.lang) == ("its craft", "name", "en") else cue


def flies_along(beside: Surroundings, chain: Chain) -> bool:
    """As in "during a joint flight with Chinese bombers": craft named as company fly for the same side."""
    if beside.words_before(chain)[-1:] == [] or beside.words_before(chain)[-1] not in WITH:
        return False
    near = beside.text[max(beside.sentence.start, chain.start - 40) : chain.start]
    return any(word in near for word in _JOINT)


def is_ground(beside: Surroundings, chain: Chain) -> bool:
    """Whether a preposition before the name speaks of its ground: "in Poland", "in Polish village"."""
    if not beside.is_owner_form(chain):
        return True
    return any(word.rstrip(",.").endswith(_GROUND_NOUNS) for word in beside.tail(chain, 28).split()[:2])


def is_person(beside: Surroundings, chain: Chain) -> bool:
    """As in "Ukrainian man arrested": one of its people, which is not the state."""
    return any(word.startswith(_PERSONS) for word in beside.tail(chain, 24).split()[:1])


def has_flights(beside: Surroundings, chain: Chain) -> bool:
    """As in "Chinese flights", "Russian aggression": its doing, though no craft is named."""
    if not beside.is_owner_form(chain):
        return False
    words = beside.tail(chain, 30).split()[:2]
    return any(word.startswith(_FLIGHTS) for word in words)


def _ends_a_name(word: str) -> bool:
    """Whether an English word cannot stand between a state and its craft: a verb, an article, a preposition."""
    if word in _STOPS:
        return True
    return word.endswith(("s", "ed")) and word not in _DESCRIBING and not word.endswith("'s")
