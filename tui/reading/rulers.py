"""What rules a name: a preposition, a case ending, a particle: "over Poland", "Virossa", "日本に"."""

from tui.reading.matching import Mark
from tui.reading.surroundings import PLACES, PUNCTUATION, Chain, Surroundings

FROM = frozenset({"from it", "from its direction", "from it, but no craft"})
WAR = "where the war is"

_WARS = ("war ", "war,", "war.", "wojn", "krig", "войн", "війн", "guerr", "krieg", "oorlog", "savasi", "savasin", "πολεμ", "戦争",
         "戰爭", "战争", "전쟁")  # fmt: skip
_WARPLANES = ("savas uc", "savas jet", "krigsfly", "krigsfl")
"""Words for craft that begin as a word for war does."""
_EDGES = (
    "coast",
    "shore",
    "mainland",
    "border",
    "frontier",
    "side",
    "wybrzez",
    "kust",
    "kyst",
    "kuste",
    "costa",
)
WITH = frozenset({"with", "z", "ze", "med", "mit", "avec", "con", "com", "cu", "met", "с", "со", "із", "зі"})
_AGAINST = frozenset({"on", "against", "across", "na", "mot", "auf", "sur", "contra", "su"})
_CLAUSE = frozenset(
    {"that", "as", "and", "while", "when", "which", "years", "days", "who", "after", "before"}
)
_ENDINGS = {
    "fi": (("ssa", "in it"), ("sta", "from it"), ("lla", "in it")),
    "et": (("sse", "into it"), ("st", "from it"), ("s", "in it")),
    "lt": (("oje", "in it"), ("uje", "in it")),
    "tr": (("'da", "in it"), ("'de", "in it"), ("'ta", "in it"), ("'te", "in it"), ("'dan", "from it"),
           ("'den", "from it"), ("'tan", "from it"), ("'ten", "from it"), ("'ya", "into it"), ("'ye", "into it")),
}  # fmt: skip
"""Case endings that do a preposition's work."""
_PARTICLES = {
    "ja": (("上空", "over it"), ("から", "from it"), ("に", "into it"), ("で", "in it"), ("へ", "into it")),
    "ko": (("상공", "over it"), ("에서", "in it"), ("에", "into it"), ("로", "into it")),
    "zh-Hant": (("上空", "over it"),),
    "zh-Hans": (("上空", "over it"),),
}
"""Words grown onto a name that do a preposition's work."""
_SUBJECTS = {"ja": ("が", "は"), "ko": ("가 ", "이 ", "은 ", "는 ")}
_OBJECTS = {"ja": ("を",), "ko": ("를", "을")}
_PREPOSITIONS = {
    "p.over": "over it",
    "p.into": "into it",
    "p.in": "in it",
    "p.near": "near it",
    "p.toward": "near it",
    "a.near": "near it",
}
_VERB_ENDS = {
    "over": "over it", "above": "over it", "across": "over it", "through": "over it", "into": "into it", "in": "in it",
    "on": "in it", "at": "in it", "near": "near it", "to": "near it",
}  # fmt: skip
"""Terms such as "flown over" and "lands in" hold the preposition."""
_NEXT = 3
_WIDEST = 3
"""Most words between a preposition and its name."""
_CAME = frozenset({"a.enter", "a.incur", "a.violate", "a.smuggle", "a.incident"})
"""Coming in from somewhere, as a noun or a verb."""
_DIRECTIONS = (
    "direction", "direccion", "direcao", "direzione", "directia", "richting", "richtung", "riktning", "retning", "kierunk",
    "od strony", "ze strony", "стороны", "боку", "suunn", "suunal", "puses", "yonunden", "dinspre", "מכיוון", "方向", "방향",
    "κατευθυνση", "اتجاه", "سمت",
)  # fmt: skip
"""Words, in every language, for the side something comes from."""
_MOVES = frozenset({
    "a.enter", "a.incur", "a.violate", "a.send", "a.near", "a.crash", "a.smuggle", "a.strike", "a.incident",
})  # fmt: skip


def ruled(beside: Surroundings, chain: Chain, before: list[Mark]) -> str | None:
    """The cue of what rules a name; None when it stands free."""
    tail = beside.tail(chain, 12)
    if (tail.startswith(_WARS) and not tail.startswith(_WARPLANES)) or _is_attacked(beside, chain):
        return WAR
    if beside.lang == "he" and beside.text[chain.start - 1 : chain.start] == "מ":
        return "from it"
    name = beside.text[chain.last.start : chain.end]
    for ending, cue in _ENDINGS.get(beside.lang, ()):
        if name.endswith(ending):
            return "in it" if cue == "from it" and _is_found(beside, chain) else cue
    behind = beside.text[chain.end : chain.end + 3]
    for particle, cue in _PARTICLES.get(beside.lang, ()):
        if behind.startswith(particle):
            return cue
    if beside.words_before(chain)[-1:] == ["between"]:
        return "between it and another"
    return _preposition(beside, chain, before)


def _is_found(beside: Surroundings, chain: Chain) -> bool:
    """As in "Kouvolasta löytyi drooni": Finnic languages find things out of a place."""
    follow = beside.after(chain.end)[:1]
    return bool(follow) and follow[0].concept == "a.found" and beside.lang in {"fi", "et"}


def particle(beside: Surroundings, chain: Chain) -> str | None:
    """Whether a Japanese or Korean name is marked as subject or as object."""
    behind = beside.text[chain.end : chain.end + 3]
    if behind.startswith(_SUBJECTS.get(beside.lang, ("\0",))):
        return "marked as subject"
    return "marked as object" if behind.startswith(_OBJECTS.get(beside.lang, ("\0",))) else None


def _preposition(beside: Surroundings, chain: Chain, before: list[Mark]) -> str | None:
    for other in before:
        gap = beside.text[other.end : chain.start]
        between = gap.split()
        if len(between) > _WIDEST or not PUNCTUATION.isdisjoint(gap) or not _CLAUSE.isdisjoint(between):
            return None
        cue = _rules(beside, chain, other, between)
        if cue is not None or other.concept[0] in "aogz":
            return cue
    return None


def _rules(beside: Surroundings, chain: Chain, other: Mark, between: list[str]) -> str | None:
    """The cue of one mark before the name, when it rules it."""
    if other.concept == "p.from":
        return _from(beside, chain, other)
    if _is_war(beside, other, between):
        return WAR
    if other.concept == "z.border" and len(between) == 1 and between[0] in WITH:
        return "its border is shut" if _is_shut(beside, other) else "beyond the border"
    if other.concept in {"p.in", "p.over"} and _is_meeting(beside, other):
        return "met in it"
    cue = _PREPOSITIONS.get(other.concept)
    if cue is None and other.concept[0] == "a":
        cue = _VERB_ENDS.get(beside.sentence.words(other).rpartition(" ")[2])
    return "near its edge" if cue and beside.tail(chain, 18).startswith(_EDGES) else cue


def _is_shut(beside: Surroundings, border: Mark) -> bool:
    """As in "closes border with": shut against the one across."""
    return any(
        m.concept in {"a.disrupt", "a.close"} and border.start - m.end <= _NEXT
        for m in beside.before(border.start)[:2]
    )


def _is_meeting(beside: Surroundings, place: Mark) -> bool:
    """As in "at a summit in Copenhagen": where they met, not where it flew."""
    return any(m.concept == "a.consult" and place.start - m.end <= 1 for m in beside.before(place.start)[:2])


def _is_attacked(beside: Surroundings, chain: Chain) -> bool:
    """As in "during Russia's Ukraine attack": whom the attack was on."""
    if beside.is_owner_form(chain):
        return False
    last = beside.words_before(chain)[-1:]
    framed = bool(last) and (last[0].endswith("'s") or last[0] in {"during", "amid"})
    return framed and any(
        m.concept == "a.strike" and m.start - chain.end <= 1 for m in beside.after(chain.end)[:2]
    )


def _is_war(beside: Surroundings, other: Mark, between: list[str]) -> bool:
    """As in "attack on Ukraine", "war in Ukraine": what happens beside the story."""
    if other.concept == "a.strike":
        return bool(between) and between[0] in _AGAINST
    if other.concept[0] != "p":
        return False
    if between and f"{between[0]} ".startswith(_WARS) and other.concept == "p.in":
        return True  # "at war with Russia"
    if any(m.concept == "a.strike" and other.start - m.end <= 1 for m in beside.before(other.start)[:3]):
        return beside.sentence.words(other) in _AGAINST
    near = beside.text[max(beside.sentence.start, other.start - 10) : other.start]
    return any(map(near.__contains__, _WARS))


def _is_direction(beside: Surroundings, chain: Chain, origin: Mark) -> bool:
    """As in "from the direction of", "со стороны": where it was seen coming from, not who sent it."""
    words = beside.text[origin.start : chain.start]
    return any(word in words for word in _DIRECTIONS)


def _from(beside: Surroundings, chain: Chain, origin: Mark) -> str:
    """Whether it is craft or a crossing that is "from" there: officials, calls and skies shot empty are not."""
    if beside.lang == "ro" and chain.first.concept in PLACES and beside.sentence.words(origin) == "din":
        return "in it"  # the word means "from" and "in"
    earlier = beside.before(origin.start)
    told = next((m.concept for m in earlier if m.concept == "a.protest" or m.concept in _CAME), None)
    if told == "a.protest":
        return "asked of it"
    if _is_direction(beside, chain, origin):
        return "from its direction"
    if beside.lang != "en":
        return _behind_zone(beside, origin, earlier) or "from it"
    follow = beside.after(chain.end)[:1]
    if follow and follow[0].concept[0] == "z" and not beside.text[chain.end : follow[0].start].strip("' s"):
        return "from it" if follow[0].concept == "z.territory" else "from it, but no craft"
    craft = any(m.concept[0] == "o" or m.concept in _MOVES for m in earlier)
    return "from it" if craft else "from it, but no craft"


def _behind_zone(beside: Surroundings, origin: Mark, earlier: list[Mark]) -> str | None:
    """As in "airspace of", "przy granicy z": right behind a zone the word for "from" seldom means an origin."""
    zones = [m.concept for m in earlier if m.concept[0] == "z" and origin.start - m.end <= _NEXT]
    if "z.border" in zones and beside.sentence.words(origin) in WITH:
        return "beyond the border"  # Polish has one word for "with" and "from"
    return "from it, but no craft" if zones and zones[0] != "z.border" else None
