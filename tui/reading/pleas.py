"""What a state says of what flew: "it never left our side", "it was blown off course", "not ours"; whose claim it denies."""

from tui.reading.matching import Mark
from tui.reading.scene import Sentence
from tui.reading.surroundings import Chain, Surroundings

_PLEAS = (("c.elsewhere", "says it was elsewhere"), ("a.excuse", "makes an excuse"), ("a.deny", "says no"))
"""What is said, from the plainest sign that it was the speaker's own to the weakest."""
_CLAIMS = frozenset({"c.claim", "a.accuse", "a.protest"})
_INVENTED = ("invent", "fabricat", "stage", "made up", "zmysl", "sfabryk", "pahitta", "oppfunn", "opfund", "erfund", "invente",
             "inventa", "verzon", "выдума", "вигада", "捏造", "조작", "날조", "uydur", "ساخت", "اختلق")  # fmt: skip
"""Beginnings of words for making a story up: said of the state that told it."""
_RESPONDS = ("回应", "回應", "hits back")
"""An answer, which may be a denial or not."""
_LOST = ("downing", "shooting", "shootdown", "shoot-down", "downed", "shot-down", "abattage", "destruction", "derribo", "abate",
         "abbattimento", "abschuss", "nedskjut", "nedskyt", "nedskyd", "zestrzelen", "сбит", "збит", "уничтож", "doborir",
         "neerhalen", "numus", "allatulist", "击落", "擊落", "撃墜", "격추", "dusur", "اسقاط", "إسقاط")  # fmt: skip
"""Beginnings of the nouns for a shooting down: what a protest is about."""
_AFTER = frozenset(
    {
        "after",
        "nach",
        "efter",
        "po",
        "apres",
        "tras",
        "dopo",
        "apos",
        "dupa",
        "na",
        "после",
        "після",
        "as",
        "while",
    }
)
_NEXT = 24
_FOR = 14
_SERVING = frozenset(
    {"for", "fur", "dla", "para", "pour", "per", "voor", "за", "для", "на", "na", "pentru", "icin"}
)


def reflexive_breach(sentence: Sentence, deed: Mark) -> bool:
    """As in "the violation of its own airspace": what is done to one's own skies another did."""
    own = sentence.concepts.get("c.elsewhere", ())
    return deed.concept in _BREACHES and any(_touch(deed, mark) for mark in own)


def is_breached(sentence: Sentence, own: Mark) -> bool:
    """Whether the words for a state's own skies are the object of a breach, no plea that it stayed in them."""
    if own.concept != "c.elsewhere":
        return False
    return any(_touch(deed, own) for concept in _BREACHES for deed in sentence.concepts.get(concept, ()))


_BREACHES = ("a.violate", "a.enter", "a.incur")


def _touch(one: Mark, other: Mark) -> bool:
    return one.start <= other.end + 1 and other.start <= one.end + 1


def plea(beside: Surroundings, chain: Chain) -> str | None:
    """What a single speaker goes on to say for itself; None when its sentence has no such words behind its name."""
    if len(chain.states) > 1:
        return None
    for concept, cue in _PLEAS:
        for mark in beside.sentence.concepts.get(concept, ()):
            if (
                mark.start >= chain.end
                and not is_breached(beside.sentence, mark)
                and not beside.sentence.words(mark).startswith((*_INVENTED, *_RESPONDS))
            ):
                return cue
    return None


def claimant(beside: Surroundings, chain: Chain, before: list[Mark], after: list[Mark]) -> bool:
    """As in "rejects Estonian claim", "says Warsaw invented the breach": the one whose word is denied."""
    if after and after[0].concept == "a.deny" and after[0].start - chain.end <= 1:
        return beside.sentence.words(after[0]).startswith(_INVENTED)
    denied = any(m.concept == "a.deny" and chain.start - m.end <= _NEXT for m in before)
    if not denied:
        return False
    follows = after[:2] if beside.lang == "en" else [*after[:1], *before[:1]]
    return any(
        m.concept in _CLAIMS and min(abs(m.start - chain.end), abs(chain.start - m.end)) <= _NEXT
        for m in follows
    )


def mourns(beside: Surroundings, protest: Mark) -> bool:
    """As in "condemns the downing of": a protest at a shooting down is made by the one whose craft it was."""
    for mark in beside.sentence.concepts.get("a.down", ()):
        between = beside.text[protest.end : mark.start].split()
        if 0 <= mark.start - protest.end <= _NEXT and beside.sentence.words(mark).startswith(_LOST):
            return _AFTER.isdisjoint(between)
    return False


def spied_for(beside: Surroundings, chain: Chain, before: list[Mark]) -> bool:
    """As in "spying for China": the one served is the one who sent it."""
    served = beside.words_before(chain)[-1:]
    near = before and before[0].concept == "a.surveil" and chain.start - before[0].end <= _FOR
    return bool(near and served and served[0] in _SERVING)
