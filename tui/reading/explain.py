"""The whole chain of a reading, step by step: what opened the gate, what was seen, what weighed, what was missing."""

from collections.abc import Iterator, Sequence
from functools import cache

from tui.domain.entry import StoryText
from tui.domain.reading import Reading, Reason, TextField, Verdict
from tui.domain.rules import Rules
from tui.domain.value import dataclass
from tui.reading.concept_words import meaning
from tui.reading.features import lone_features
from tui.reading.folding import fold
from tui.reading.language import SAMPLE, known_language, read_language
from tui.reading.matching import Mark, Matcher, OwnMark, matcher_of, spot_of
from tui.reading.reader import read_story
from tui.reading.recall_gate import gate
from tui.reading.relevance import judge, weights
from tui.reading.role_evidence import StateSeen, states_seen
from tui.reading.roles import RoleReader
from tui.reading.scene import MAX_SUMMARY, MAX_TITLE, Scene, Sentence, lay_out
from tui.reading.terms import Term, all_terms, longest_piece, may_open, parse_term
from tui.reading.user_rules import is_forced, user_rules

_NEAREST = 5
"""Ways told in which a verdict would have turned."""


@dataclass(frozen=True, slots=True)
class GateWord:
    """Words without which nothing is kept, where they stand, and the terms they are an instance of."""

    field: TextField
    start: int
    end: int
    words: str
    meanings: tuple[str, ...]
    langs: tuple[str, ...]
    """Languages that have such a term; `mul` is all of them."""
    rule: str = ""
    """The user's rule that the term is of, if any."""


@dataclass(frozen=True, slots=True)
class LanguageSeen:
    """What it is read in, and why that."""

    lang: str
    declared: str | None
    ground: str


@dataclass(frozen=True, slots=True)
class MarkSeen:
    """A concept, name or place marked in a sentence; positions count in the field."""

    start: int
    end: int
    words: str
    concept: str
    meaning: str
    lang: str
    state: str = ""
    """ISO 3166-1 alpha-2 of the state that a name stands for."""
    place: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class SentenceSeen:
    """One sentence as it was cut, with its marks in order."""

    field: TextField
    start: int
    end: int
    words: str
    marks: tuple[MarkSeen, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that would have turned the verdict."""

    what: str
    """`with`: had it been told in the title; `without`: had it not been told; `together`: with the others so named."""
    feature: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every step from a text to its reading."""

    story: StoryText
    gate: tuple[GateWord, ...]
    """Empty: nothing opened it, and nothing further was looked at."""
    language: LanguageSeen
    sentences: tuple[SentenceSeen, ...]
    states: tuple[StateSeen, ...]
    start: float
    """What the sum starts from."""
    reading: Reading
    beyond_gate: Verdict | None
    """What would have been said had the gate been open; None when it was."""
    turns: tuple[Turn, ...]
    """What was nearest to turning the verdict, the smallest step first."""

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return self.reading.verdict


def explain(text: StoryText, rules: Rules | None = None) -> Explanation:
    """The chain of one story; its verdict and facts are those of `read_story`."""
    reading = read_story(text, rules)
    words = tuple(_gate_words(text, rules))
    language = _language(text, reading.verdict, opened=bool(words))
    own = user_rules(rules) if rules else None
    scene = lay_out(text, language.lang, own.marks if own else None)
    roles = RoleReader(scene).read(scene.sentences)
    beyond = None if words else judge(scene, roles, own.reasons(scene, roles) if own else ())
    return Explanation(
        story=text,
        gate=words,
        language=language,
        sentences=tuple(_sentence(scene, sentence) for sentence in scene.sentences),
        states=states_seen(scene, roles),
        start=weights()["bias"][0],
        reading=reading,
        beyond_gate=beyond,
        turns=tuple(_turns(beyond or reading.verdict, opened=bool(words))),
    )


def _gate_words(text: StoryText, rules: Rules | None) -> Iterator[GateWord]:
    """What opens the gate, grouped by the words it stands on."""
    fields: tuple[tuple[TextField, str], ...] = (
        ("title", text.title[:MAX_TITLE]),
        ("summary", text.summary[:MAX_SUMMARY]),
    )
    for where, raw in fields:
        folded = fold(raw)
        found: dict[tuple[int, int], list[tuple[Term, str]]] = {}
        for terms, matcher in (_shipped(), _of_rules(rules or Rules())):
            for mark in matcher.find(folded.text) if matcher else ():
                found.setdefault((mark.start, mark.end), []).append(terms[int(mark.concept)])
        for (start, end), told in sorted(found.items()):
            first, last = folded.span(start, end)
            yield GateWord(
                field=where,
                start=first,
                end=last,
                words=raw[first:last],
                meanings=tuple(dict.fromkeys(meaning(term.concept) for term, _ in told)),
                langs=tuple(dict.fromkeys(term.lang for term, _ in told)),
                rule=next((rule for _, rule in told if rule), ""),
            )


_Numbered = tuple[list[tuple[Term, str]], Matcher | None]
"""Terms with the user's rule they are of, and a matcher whose concepts are their numbers."""


@cache
def _shipped() -> _Numbered:
    return _numbered([(term, "") for term in all_terms() if may_open(term.concept)])


def _of_rules(rules: Rules) -> _Numbered:
    return _numbered(
        [
            (parse_term(rule.concept, rule.lang, source), rule.name)
            for rule in rules.terms
            if may_open(rule.concept)
            for source in rule.terms
        ]
    )


def _numbered(terms: list[tuple[Term, str]]) -> _Numbered:
    """As the gate does, only the longest part of a term is looked for."""
    anchors = [
        Term(str(number), term.lang, term.source, (longest_piece(term),))
        for number, (term, _) in enumerate(terms)
    ]
    return terms, matcher_of(anchors) if anchors else None


def _language(text: StoryText, verdict: Verdict, *, opened: bool) -> LanguageSeen:
    sample = f"{text.title[:MAX_TITLE]} {text.summary[:SAMPLE]}"
    lang = verdict.lang if opened else read_language(sample, fold(sample).text, text.lang, gate().languages)
    declared = known_language(text.lang)
    if text.lang is None:
        ground = "no language was declared; its script and small words tell"
    elif declared is None:
        ground = "no terms are known for the language declared; its script and small words tell"
    elif declared == lang:
        ground = "as declared, and nothing in the text speaks against it"
    else:
        ground = "its script and small words tell otherwise than declared"
    return LanguageSeen(lang, text.lang, ground)


def _sentence(scene: Scene, sentence: Sentence) -> SentenceSeen:
    folded = scene.folded(sentence.field)
    start, end = folded.span(sentence.start, sentence.end)
    raw = scene.story.title if sentence.field == "title" else scene.story.summary
    marks = sorted(sentence.marks, key=lambda mark: (mark.start, -mark.end))
    return SentenceSeen(
        sentence.field, start, end, raw[start:end], tuple(_mark(scene, sentence, mark) for mark in marks)
    )


def _mark(scene: Scene, sentence: Sentence, mark: Mark) -> MarkSeen:
    start, end = scene.folded(sentence.field).span(mark.start, mark.end)
    raw = scene.story.title if sentence.field == "title" else scene.story.summary
    spot = spot_of(mark)
    return MarkSeen(
        start=start,
        end=end,
        words=raw[start:end],
        concept=mark.concept,
        meaning=meaning(mark.concept),
        lang=mark.lang,
        state=mark.name.iso2 if mark.name is not None else "",
        place=spot.name if spot is not None else "",
        rule=mark.rule if isinstance(mark, OwnMark) else "",
    )


def _turns(verdict: Verdict, *, opened: bool) -> Iterator[Turn]:
    """Single features that would have turned the verdict, the smallest first."""
    forced = [why for why in verdict.why if is_forced(why)]
    if forced:  # whatever else the story told, the verdict would be the same
        yield from (Turn("without", why.reason, why.weight) for why in forced)
        return
    gap = verdict.threshold - verdict.score
    told = {why.reason for why in verdict.why if why.weight}
    if verdict.relevant:
        needed = [
            Turn("without", why.reason, why.weight)
            for why in _by_size(verdict)
            if why.weight > 0 and verdict.score - why.weight < verdict.threshold
        ]
        yield from needed[:_NEAREST]
        return
    held = [
        Turn("without", why.reason, why.weight)
        for why in _by_size(verdict)
        if why.weight < 0 and -why.weight >= gap
    ]
    missing = [
        Turn("with", name, title)
        for name, (title, _) in sorted(weights().items(), key=lambda item: (item[1][0], item[0]))
        if title > 0 and title >= gap and name not in told and name in lone_features()
    ]
    if not opened:
        return
    single = sorted((*held, *missing), key=lambda turn: abs(turn.weight))[:_NEAREST]
    yield from single or _together(gap, told)


def _together(gap: float, told: set[str]) -> Iterator[Turn]:
    """The fewest features that would have kept a story which no single one would."""
    absent = sorted(
        ((title, name) for name, (title, _) in weights().items() if name in lone_features() - told),
        reverse=True,
    )
    for title, name in absent:
        if gap <= 0 or title <= 0:
            return
        yield Turn("together", name, title)
        gap -= title


def _by_size(verdict: Verdict) -> Sequence[Reason]:
    return sorted(verdict.why, key=lambda why: abs(why.weight))
