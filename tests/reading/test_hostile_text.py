"""No text makes the reading raise, take long, or change its mind."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.helpers import read
from tests.work import work
from tui.domain.entry import StoryText
from tui.domain.reading import Reason, Span
from tui.reading.gazetteer import names_of
from tui.reading.reader import read_story
from tui.reading.scene import MAX_MARKS, MAX_SENTENCE, MAX_SENTENCES, lay_out
from tui.reading.terms import ANY_LANGUAGE, all_terms, term_languages

LANGUAGES = (*term_languages(), ANY_LANGUAGE)
TERMS = st.sampled_from(all_terms()).map(lambda term: " ".join(piece.text for piece in term.pieces))
NAMES = st.sampled_from(names_of(frozenset(LANGUAGES))).map(lambda name: name.form)
ODD = st.sampled_from(
    ["\ud800", "\udfff", "\x00", "\u200d", "\u0301", "\u202e", "\ufdfa", "\U0001f680", "\u1100\u1161", "ﾄﾞ", "İ", "ß", "ﬃ",
     ". ", "\n", "; ", "? ", '"', "'", ", ", "(", ")", "-", " * ", "|", "\t", "14 Feb. 2019", "31.02.", "2月30日", "u.s.",
     "99999999999999999999", "١٢", "²", "three", "last week", "0 years ago", "9999 years ago", "on Friday", "(photo by "]
)  # fmt: skip
ANY_CHARACTER = st.characters(exclude_categories=())
WORDS = st.lists(st.one_of(TERMS, NAMES, ODD, st.text(ANY_CHARACTER, max_size=6)), max_size=80)
GLUE = st.sampled_from([" ", "", ". ", " and ", ", "])
TEXT = st.one_of(
    st.text(ANY_CHARACTER, max_size=400), st.builds(lambda words, glue: glue.join(words), WORDS, GLUE)
)


@settings(max_examples=400, deadline=None)
@given(
    title=TEXT,
    summary=TEXT,
    lang=st.sampled_from([*LANGUAGES, "xx", "zh", "", None]),
    home=st.sampled_from([None, "PL", "ZZ", ""]),
    published=st.sampled_from(
        [
            None,
            datetime(1, 1, 1, tzinfo=UTC),
            datetime(2025, 2, 28, tzinfo=UTC),
            datetime.max.replace(tzinfo=UTC),
        ]
    ),
)
def test_terms_names_and_any_characters_in_any_mix_are_read_twice_alike(
    title: str, summary: str, lang: str | None, home: str | None, published: datetime | None
) -> None:
    text = StoryText("x", title, summary, published, lang, home)
    reading = read_story(text)
    assert read_story(text) == reading
    spans: list[Reason | Span] = [
        *reading.verdict.why,
        *(span for report in reading.reports for span in report.spans),
    ]
    for span in spans:
        raw = title if span.field == "title" else summary
        assert 0 <= span.start <= span.end <= len(raw)


_READ_MANY = """
import hashlib, json, sys
from datetime import UTC, datetime
from tui.domain.entry import StoryText
from tui.reading.reader import read_story
day = datetime(2025, 9, 25, tzinfo=UTC)
told = [repr(read_story(StoryText("x", title, summary, day, lang))) for title, summary, lang in json.load(sys.stdin)]
print(hashlib.sha256("".join(told).encode()).hexdigest())
"""


def test_another_process_with_other_hashes_reads_the_same() -> None:
    terms = {lang: [term for term in all_terms() if term.lang == lang] for lang in term_languages()}
    stories = [
        ("Russian drones enter Polish and Romanian airspace near Lublin", "Moscow denied it. Two jets shot one down.", "en"),
        ("Drönare över Kastrup stängde flygplatsen", "Polisen misstänker ett främmande land.", None),
        *(
            (" ".join(part.text for term in of[at : at + 6] for part in term.pieces), "Poland. Japan, Taiwan", lang)
            for lang, of in terms.items()
            for at in range(0, len(of), 60)
        ),
    ]  # fmt: skip
    answers = {
        subprocess.run(
            [sys.executable, "-c", _READ_MANY],
            input=json.dumps(stories),
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(answers) == 1


REPEATED = [
    "drone airport closed ",
    "drone. airport closed. ",
    "Russian drone violated Polish airspace ",
    "Georgia. Jordan drone. Chad. ",
    "Poland and Russia and ",
    "drones 12 three 5,000 ",
    "drone on 14 Feb 2019 last week three years ago ",
    "drone \"'“” ",
    "jet. ",
    "u.s. ",
    "violated the ",
    "denied. drone shot down. Poland denied. ",
    "(photo by an agency) ",
    "俄罗斯无人机侵入波兰领空",
    "俄罗斯无人机侵入波兰领空。",
    "2月14日無人機3機 ",
    "והרחפן ",
    "طائرة مسيرة ",
    "ﾄﾞﾛｰﾝ",
    "ß",
    "1",
    "a",
    "\u0301",
    ".",
]


def spent(summary: str, lang: str | None) -> int:
    """The work of a reading, what is loaded once left out."""

    def reading() -> object:
        return read("Drone over Poland closes airport", summary, lang=lang)

    read("Drone over Poland closes airport", summary[:500], lang=lang)
    return work(reading)


def linear(summary: str, lang: str | None = None) -> bool:
    """Whether the text told twice takes at most a little more than twice the work."""
    return spent(summary + summary, lang) < 2.5 * spent(summary, lang) + 10_000


@pytest.mark.parametrize("words", REPEATED)
def test_work_grows_no_faster_than_a_repeated_text(words: str) -> None:
    assert linear((words * 14_000)[:14_000])


@pytest.mark.parametrize("lang", term_languages())
def test_work_grows_no_faster_than_a_text_of_all_terms_and_names_of_a_language(lang: str) -> None:
    terms = [" ".join(piece.text for piece in term.pieces) for term in all_terms() if term.lang == lang]
    names = [name.form for name in names_of(frozenset({lang}))]
    pairs = [f"{term} {name}" for term, name in zip(terms * 9, names * 9, strict=False)]
    mixed = " ".join(pairs)[:7_000] + ". " + ". ".join(pairs)[:7_000]
    assert linear(mixed, lang)


def test_a_sentence_and_a_field_hold_no_more_than_is_read() -> None:
    unbroken = lay_out(StoryText("x", "", "drone Poland " * 2_000), "en").sentences
    assert all(s.end - s.start <= MAX_SENTENCE and len(s.marks) <= MAX_MARKS for s in unbroken)
    assert "".join(s.text[s.start : s.end] for s in unbroken) == unbroken[0].text
    assert len(lay_out(StoryText("x", "", "jet. " * 5_000), "en").sentences) == MAX_SENTENCES


def test_28_kb_of_one_phrase_is_no_more_work_than_its_length_asks_for() -> None:
    phrase = "drone airport closed "
    assert spent(phrase * 1_400, "en") < 14 * 1.25 * spent(phrase * 100, "en")
