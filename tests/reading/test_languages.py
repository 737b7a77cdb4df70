"""Sentences of every language, one file each, that a speaker can correct without touching code."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.domain.entry import StoryText
from tui.domain.reading import Reading
from tui.reading.reader import read_story
from tui.reading.terms import all_terms, term_languages

FOLDER = Path(__file__).parent / "languages"


def rows(kept: str) -> list[tuple[str, str, str, str]]:
    """Language, day, title and what must be read of every sentence that is kept ("1") or dropped ("0")."""
    found = []
    for path in sorted(FOLDER.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(kept):
                _, day, title, *wanted = line.split("\t")
                found.append((path.stem, day, title, wanted[0] if wanted else ""))
    return found


KEPT = rows("1")
DROPPED = rows("0")


def read(title: str, day: str, lang: str | None) -> Reading:
    published = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return read_story(StoryText("story", title, "", published, lang))


@pytest.mark.parametrize("kind", [KEPT, DROPPED], ids=["kept", "dropped"])
def test_every_language_but_english_has_four_sentences_of_each_kind(
    kind: list[tuple[str, str, str, str]],
) -> None:
    others = set(term_languages()) - {"en"}
    assert {lang for lang in others if sum(row[0] == lang for row in kind) >= 4} == others


@pytest.mark.parametrize(("lang", "day", "title"), [row[:3] for row in KEPT])
@pytest.mark.parametrize("declared", ["right", "none", "wrong"])
def test_an_incident_is_kept_whatever_language_its_feed_declares(
    lang: str, day: str, title: str, declared: str
) -> None:
    tag = {"right": lang, "none": None, "wrong": "en"}[declared]
    assert read(title, day, tag).verdict.relevant


@pytest.mark.parametrize(("lang", "day", "title"), [row[:3] for row in DROPPED])
def test_a_look_alike_of_the_language_is_dropped(lang: str, day: str, title: str) -> None:
    assert not read(title, day, lang).verdict.relevant


@pytest.mark.parametrize(("lang", "day", "title", "wanted"), [row for row in KEPT if row[3]])
def test_what_an_incident_says_is_read_in_its_language(lang: str, day: str, title: str, wanted: str) -> None:
    report = read(title, day, lang).reports[0]
    for pair in wanted.split():
        name, _, values = pair.partition("=")
        found = [str(value) for value in getattr(report, name)]
        if name == "event":
            assert found[:1] == [values], name
        else:
            assert sorted(found) == sorted(values.split(",")), name


def test_every_language_has_terms_for_the_concepts_that_weigh_most() -> None:
    concepts = {
        lang: {term.concept for term in all_terms() if term.lang == lang} for lang in term_languages()
    }
    needed = {
        "o.uav", "o.balloon", "o.mil", "o.unid", "o.heli", "o.missile", "o.civil", "o.debris",
        "z.airspace", "z.our", "z.adiz", "z.airport", "z.military", "z.critical", "z.border", "z.intl", "z.nofly",
        "a.violate", "a.incur", "a.enter", "a.near", "a.seen", "a.incident", "a.scramble", "a.intercept", "a.down",
        "a.crash", "a.found", "a.close", "a.disrupt", "a.protest", "a.deny", "a.consult", "a.policy", "a.warn",
        "c.suspect", "c.unfounded", "x.nobreach", "m.modal", "p.over", "p.near",
        "n.sport", "n.hotair", "n.drone", "n.ground", "n.sea", "n.cyber", "n.crime", "n.arms", "n.airline",
        "n.exercise", "n.crashcivil", "n.media", "n.space", "n.weather", "n.test",
    }  # fmt: skip
    assert {lang: sorted(needed - found) for lang, found in concepts.items() if needed - found} == {}
