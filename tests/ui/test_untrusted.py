"""The one door out: whatever a feed sent, only harmless text of a known width is drawn."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tui.ui.themes import INKS, THEMES, Inks
from tui.ui.untrusted import Guard, cells, clip, content, draw, fit, ruled, safe, wrap

NASTY = (
    "\x1b[31mred\x1b[0m",
    "\x1b]0;PWNED\x07",
    "\x1b]52;c;cHduZWQ=\x1b\\",
    "\x9b31mC1",
    "a\x00b\x08c\x0bd\x7fe",
    "left\u202eright\u202c",
    "\u2066isolate\u2069",
    "zero\u200bwidth\ufeff",
    "tag\U000e0041\U000e007f",
    "line\u2028one\u2029two\r\nthree\ttab",
    "\ud800 lone",
    "soft\u00adhyphen",
)


@pytest.mark.parametrize("text", NASTY)
def test_no_control_turn_or_hidden_mark_passes_the_door(text: str) -> None:
    kinds = {unicodedata.category(letter) for letter in safe(text)}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_letters_of_every_script_pass_unchanged() -> None:
    for text in (
        "Vilnius",
        "Šalčininkai",
        "領空侵犯",
        "нарушение",
        "παραβίαση",
        "غارة جوية",
        "می‌شود",
        "क्षेत्र",
        "▲ ● …",
    ):
        assert safe(text) == text


def test_markup_is_text() -> None:
    text = "[@click=app.quit]Jets[/] [bold red on] [link=https://e.example]x[/link] [/nope]"
    assert content(((text, "ink"),)).plain == text
    assert (
        "".join(segment.text for segment in draw(((text, "ink"),), 80, Inks("night-watch"), Style())).rstrip()
        == text
    )


@given(st.text(max_size=80), st.integers(0, 60))
@settings(max_examples=400, deadline=None)
def test_fitted_text_has_exactly_the_width_asked_for(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert cell_len(clip(text, width)) <= max(width, 0)


@given(st.text(max_size=120), st.integers(2, 40))
@settings(max_examples=300, deadline=None)
def test_wrapped_lines_fit_and_lose_no_letter(text: str, width: int) -> None:
    lines = wrap([(text, "ink")], width)
    assert all(cells(line) <= width for line in lines)
    kept = "".join(part for line in lines for part, _ in line)
    assert kept.replace(" ", "") == safe(text).replace(" ", "")


@given(st.text(max_size=120), st.integers(1, 60))
@settings(max_examples=300, deadline=None)
def test_a_drawn_line_has_exactly_the_width_of_its_pane(text: str, width: int) -> None:
    strip = draw(((text, "ink"), (text, "new")), width, Inks("night-watch"), Style())
    assert strip.cell_length == width
    assert sum(cell_len(segment.text) for segment in strip) == width


def test_wide_letters_break_anywhere_but_before_closing_marks() -> None:
    lines = wrap([("気球がまた空港を閉鎖した、と国防省。", "ink")], 10)
    texts = ["".join(text for text, _ in line) for line in lines]
    assert texts[0] == "気球がまた"
    assert not any(text.startswith(("、", "。")) for text in texts)


def test_a_word_longer_than_the_line_is_broken_not_lost() -> None:
    lines = wrap([("Donaudampfschifffahrtsgesellschaft", "ink")], 10)
    assert [cells(line) for line in lines] == [10, 10, 10, 4]


def test_a_cut_line_ends_with_an_ellipsis() -> None:
    assert draw((("abcdefghij", "ink"),), 5, Inks("paper"), Style()).text == "abcd…"


def test_a_separator_is_ruled_to_the_end() -> None:
    assert "".join(text for text, _ in ruled((("──", "edge"), (" seen ", "faint")), 12)) == "── seen ────"


def test_the_last_guard_replaces_what_slipped_by() -> None:
    segments = [Segment("fine", Style()), Segment("\x1b[2Jbad\x07", Style(bold=True))]
    guarded = Guard().apply(segments, Color.parse("#000000"))
    assert "".join(segment.text for segment in guarded) == "fine\ufffd[2Jbad\ufffd"
    assert guarded[1].style == Style(bold=True)


def test_the_guard_leaves_clean_lines_untouched() -> None:
    segments = [Segment("▲ 領空", Style())]
    assert Guard().apply(segments, Color.parse("#000000")) is segments


@pytest.mark.parametrize("theme", list(THEMES))
def test_every_ink_exists_in_every_theme(theme: str) -> None:
    for ink in INKS:
        assert isinstance(Inks(theme)[ink], Style)
