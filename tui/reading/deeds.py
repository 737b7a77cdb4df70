"""What a state does, says, or has done to it: "Romania scrambles", "blames Moscow", "…, Tokyo says"."""

import re
from collections.abc import Iterator

from tui.reading.craft_cues import Craft
from tui.reading.matching import Mark
from tui.reading.pleas import plea, reflexive_breach
from tui.reading.rulers import particle
from tui.reading.speech import ENVOYS, says
from tui.reading.surroundings import PUNCTUATION, Chain, Surroundings

_BY = {
    "en": "by", "de": "von", "sv": "av", "nb": "av", "da": "af", "pl": "przez", "fr": "par", "es": "por", "pt": "por",
    "it": "da", "nl": "door", "el": "απο",
}  # fmt: skip
"""The word before the one that did it, where a language has one."""
_CONJUNCTIONS = frozenset({
    "after", "before", "as", "while", "when", "amid", "and", "following", "since", "over", "that", "but", "until", "who",
})  # fmt: skip
"""Words behind which another clause begins."""
_OWN_DEEDS = frozenset({"does a.down", "does a.exercise"})
_TWO = 2
_SPEECH = 48
"""So far behind a speaker, in code points, it may say "it"."""
_OWNER = 4
"""So far behind a name, in code points, its thing stands."""
_TOLD = (
    "warn",
    "urge",
    "tell",
    "told",
    "ask",
    "threat",
    "ostrzeg",
    "varna",
    "advar",
    "waarsch",
    "предупре",
    "попереди",
)
_VERBS = frozenset({
    "a.accuse", "a.protest", "a.warn", "a.enter", "a.violate", "a.incur", "a.strike", "a.crash", "a.surveil",
    "a.apology", "a.consult", "a.send", "a.intercept", "a.down",
})  # fmt: skip
"""Verbs whose object tells its part."""
_CROSSINGS = frozenset({"a.incur", "a.violate", "a.enter", "a.incident"})
_STRAIGHT = frozenset(
    {
        "",
        "the",
        "a",
        "an",
        "against",
        "across",
        "on",
        "in",
        "with",
        "to",
        "into",
        "of",
        "from",
        "at",
        "aupres",
        "bei",
        "beim",
        "hos",
        "ante",
        "presso",
        "bij",
        "wobec",
        "przeciw",
        "przeciwko",
        "u",
        "перед",
    }
)
"""What may stand between a verb and its object."""


def is_envoy(beside: Surroundings, chain: Chain, after: list[Mark]) -> bool:
    """As in "summons Russian envoy", "ambasadora Rosji", "Russian protest note"."""
    limit = 26
    for other in after:
        if other.concept[0] == "a" and other.concept != "a.protest":
            limit = min(limit, other.start - chain.end)
            break
    tail = beside.tail(chain, limit)
    for number, word in enumerate(tail.split()[: 3 if beside.lang == "en" else 1]):
        if word.startswith(ENVOYS):
            return True
        if number == 0 and word.endswith(("s", "ed")):
            break
    if beside.spaced and beside.lang != "en":
        last = beside.words_before(chain)[-1:]
        if last and (last[0].startswith(ENVOYS) or last[0] == "d'affaires"):
            return True
    return tail.startswith("protest note") and chain.start > beside.sentence.start


def deeds(
    beside: Surroundings, craft: Craft, chain: Chain, before: list[Mark], after: list[Mark]
) -> Iterator[str]:
    """The cues of a name that stands free."""
    if " behind " in beside.text[chain.end : chain.end + 24]:
        yield "said to be behind it"
    marked = particle(beside, chain)
    if marked is not None:
        yield marked
    opens = not beside.text[beside.sentence.start : chain.start].strip()
    if opens and len(chain.marks) == 1 and beside.text.startswith(":", chain.end):
        yield "speaks, with a colon"
    speaks = says(beside.text, chain.end, beside.sentence)
    pleads = plea(beside, chain) if opens or speaks else None
    if pleads is not None:
        yield pleads
    if _closes(beside, chain):
        yield "says, at the end"
    elif speaks:
        yield "says"
        yield from _says_it_did(beside, craft, chain, after)
    else:
        done = list(_subject(beside, craft, chain, after))
        yield from done
        if not _OWN_DEEDS.isdisjoint(done):
            return  # as in "condemned the U.S. move to shoot down", "answers with Belarus drills": the deed is met, not the state
    yield from addressee(beside, chain, before)


_IT = re.compile(r"\b(?:says|said|say|claims|claimed|confirms|confirmed) (?:that )?(?:it|they) ")


def _says_it_did(beside: Surroundings, craft: Craft, chain: Chain, after: list[Mark]) -> Iterator[str]:
    """As in "Iran says it shot down a drone": the speaker is the one that did it."""
    told = _IT.search(beside.text, chain.end, min(chain.end + _SPEECH, beside.sentence.end))
    if told is None:
        return
    said = told.end()
    for other in after:
        if other.start < said or other.concept[0] != "a":
            continue
        between = beside.text[said : other.start]
        if len(between.split()) <= _TWO and PUNCTUATION.isdisjoint(between):
            yield craft.did(other, between)
        return


def _closes(beside: Surroundings, chain: Chain) -> bool:
    """As in "..., Tokyo says", "...: Pentagon", "... - China": who tells it, put last."""
    if beside.sentence.end - chain.end > 16 or chain.start - beside.sentence.start < 4:
        return False
    if beside.text[max(0, chain.start - 2) : chain.start] in {": ", "- "}:
        return True
    return says(beside.text, chain.end, beside.sentence)


def _shuts_anothers(beside: Surroundings, chain: Chain, after: list[Mark]) -> bool:
    """As in "Trump declares Venezuelan airspace closed": an order about skies not its own."""
    if len(after) < _TWO or after[0].concept[0] != "g" or after[0].name is None or chain.last.name is None:
        return False
    closes = any(m.concept == "a.close" and 0 <= m.start - after[0].end <= _OWNER for m in after[1:3])
    between = beside.text[chain.end : after[0].start].split()
    return closes and len(between) == 1 and after[0].name.iso2 != chain.last.name.iso2


def _subject(beside: Surroundings, craft: Craft, chain: Chain, after: list[Mark]) -> Iterator[str]:
    """As in "Romania scrambles", "China sends", "Moscow denies"."""
    if _shuts_anothers(beside, chain, after):
        yield "shuts another's skies"
        return
    last = 0
    for other in after:
        between = beside.text[chain.end : other.start]
        words = between.split()
        if len(words) > 3 or not PUNCTUATION.isdisjoint(between) or not _CONJUNCTIONS.isdisjoint(words):
            return
        if other.concept[0] in "og" or (last and other.start >= last and other.concept != "a.warn"):
            return
        if reflexive_breach(beside.sentence, other):
            last = other.end
        elif other.concept[0] == "a" or other.concept == "c.suspect":
            cue = craft.did(other, between)
            yield cue.replace("does ", "its ") if not words and beside.describes(chain) else cue
            last = other.end


def addressee(beside: Surroundings, chain: Chain, before: list[Mark]) -> Iterator[str]:
    """As in "blames Moscow", "protests to Beijing", "warns Minsk", "shot down by Syria"."""
    words = beside.words_before(chain)
    if words and words[-1] == _BY.get(beside.lang):
        hit = any(m.concept in {"a.down", "a.intercept", "a.escort"} for m in before[:2])
        crossed = any(m.concept in _CROSSINGS for m in before)
        yield "shot by it" if hit else "incursion by it" if crossed else "by it"
        return
    if words and words[-1].startswith(_TOLD):
        yield "is warned or asked"
        return
    for other in before:
        gap = beside.text[other.end : chain.start]
        if len(gap.split()) > 3 or not PUNCTUATION.isdisjoint(gap):
            return
        if other.concept in _VERBS:
            if _STRAIGHT.issuperset(gap.split()[:1]):
                yield f"object of {other.concept}"
            return
        if other.concept[0] in "og":
            return
