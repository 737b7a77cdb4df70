"""Whether an act is told as done: not denied, and not merely allowed, planned or feared."""

from tui.reading.matching import Mark
from tui.reading.scene import Sentence

_DENIALS = frozenset({"a.deny", "e.deny"})
"""Acts whose own words hold the "not"."""
_BREAKS = frozenset(".;:!?,。、،")
_REACH = 32
"""How far before an act, in code points, the word that denies it may stand."""
_AFTER = 14
"""How far behind it, where the verb comes last and takes the denial at its end."""
_VERB_LAST = frozenset({"ja", "ko", "tr", "fa"})
_NO_DENIAL = (
    "-fly", " only", " solo", " nur", " seulement", " identif", " autori", " tripul", " clear", " permi", " flight plan", " מזוה", " ידוע",
    "明", "知", "識", "识", "經", "经", "確", "确",
)  # fmt: skip
"""Behind "no" these make a kind of thing ("no-fly", "no identificado"), not a denial."""


_JOINTS = frozenset(
    [
        "and",
        "but",
        "und",
        "aber",
        "et",
        "mais",
        "y",
        "pero",
        "ma",
        "ale",
        "и",
        "но",
        "і",
        "але",
        "och",
        "og",
        "men",
        "maar",
        "mutta",
        "kuid",
    ]
)


def _one_clause(between: str) -> bool:
    return _BREAKS.isdisjoint(between) and _JOINTS.isdisjoint(between.split())


def is_denied(sentence: Sentence, mark: Mark) -> bool:
    """Whether a word such as "not" or "no" governs the act."""
    text = sentence.text
    for word in sentence.concepts.get("m.not", ()):
        if text.startswith(_NO_DENIAL, word.end):
            continue
        inside = mark.start < word.start and word.end <= mark.end
        if inside or (word.start <= mark.start and mark.end <= word.end):
            return mark.concept not in _DENIALS
        before = text[word.end : mark.start]
        if 0 <= mark.start - word.end <= _REACH and _one_clause(before):
            return True
        behind = text[mark.end : word.start]
        if word.lang in _VERB_LAST and 0 <= word.start - mark.end <= _AFTER and _BREAKS.isdisjoint(behind):
            return True
    return False


def is_possible(sentence: Sentence, mark: Mark) -> bool:
    """Whether the act is only one that may be done: "ready to", "could", a wish, an order."""
    for word in sentence.concepts.get("r.may", ()):
        if word.start <= mark.start and mark.end <= word.end:
            return True
        between = sentence.text[word.end : mark.start]
        if 0 <= mark.start - word.end <= _REACH and _BREAKS.isdisjoint(between):
            return True
        behind = sentence.text[mark.end : word.start]
        if word.lang in _VERB_LAST and 0 <= word.start - mark.end <= _AFTER and _BREAKS.isdisjoint(behind):
            return True
    return False


def is_hypothetical(sentence: Sentence, mark: Mark) -> bool:
    """Whether a modal word governs an act: "may shoot down" is a rule, "its move to shoot down" is not."""
    before = sentence.text[max(sentence.start, mark.start - 24) : mark.start].split()
    if before[-2:-1] and before[-2] in {"move", "decision", "decided"}:
        return False
    for modal in sentence.of("m.modal"):
        between = sentence.text[modal.end : mark.start]
        if 0 <= mark.start - modal.end <= 90 and not any(c in between for c in ";:"):
            return True
    words = sentence.text[mark.start : mark.end]
    if words.startswith(("shooting ", "bringing ")) and sentence.has("a.policy"):
        return True
    return mark.lang != "en" and is_possible(sentence, mark)
