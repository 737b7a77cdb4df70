"""Whether an act is told as done: not denied, and not merely allowed, planned or feared."""

from tui.reading.matching import Mark
from tui.reading.scene import Sentence

_BREAKS = frozenset(".;:!?,。、،")
_REACH = 32
"""How far before an act, in code points, the word that denies it may stand."""
_AFTER = 14
"""How far behind it, where the verb comes last and takes the denial at its end."""
_VERB_LAST = frozenset({"ja", "ko", "tr", "fa"})
_NO_DENIAL = (
    "-fly", " only", " solo", " nur", " seulement", " identif", " autori", " tripul", " מזוה", " ידוע",
    "明", "知", "識", "识", "經", "经", "確", "确",
)  # fmt: skip
"""Behind "no" these make a kind of thing ("no-fly", "no identificado"), not a denial."""


def is_denied(sentence: Sentence, mark: Mark) -> bool:
    """Whether a word such as "not" or "no" governs the act."""
    text = sentence.text
    for word in sentence.of("m.not"):
        if text.startswith(_NO_DENIAL, word.end):
            continue
        if mark.start <= word.start and word.end <= mark.end:
            return word.end - word.start < mark.end - mark.start
        before = text[word.end : mark.start]
        if 0 <= mark.start - word.end <= _REACH and _BREAKS.isdisjoint(before):
            return True
        behind = text[mark.end : word.start]
        if word.lang in _VERB_LAST and 0 <= word.start - mark.end <= _AFTER and _BREAKS.isdisjoint(behind):
            return True
    return False


def is_possible(sentence: Sentence, mark: Mark) -> bool:
    """Whether the act is only one that may be done: "ready to", "could", a wish, an order."""
    for word in sentence.of("r.may"):
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
