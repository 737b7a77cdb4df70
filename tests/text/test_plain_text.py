"""Hostile text in, text that cannot act on a terminal out."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.reading.plain_text import (
    _ORDINARY,
    MAX_MARKS,
    SUMMARY_LIMIT,
    TITLE_LIMIT,
    _sanitised,
    own_text,
    plain_text,
)

_INDIC_OR_ARABIC = range(0x0600, 0x0E00)
_STACKING = range(0x0F00, 0x10A0)

nasty_pieces = st.sampled_from(
    [
        "\x1b[31m", "\x1b]0;t\x07", "\x1b]52;c;eA==\x1b\\", "\x9b31m", "\x00", "\r", "\n", "\t", "\x7f", "\x85",
        "\u202e", "\u2066", "\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\U000e0041", "\ufe0f", "\u0301",
        "\u0488", "\u20e3", "\u093c", "\u0958", "क", "می", "\ud800", "\udfff", "\ue000", "\ufdfd", "\u2028", "🇵", "🇱",
        "👨‍👩‍👧", "👍🏽", "<", ">", "&", ";", "&lt;", "&gt;", "&amp;", "&#27;", "&#x1b;", "&#155;", "&amp;#27;",
        "&amp;lt;b&amp;gt;", "<b>", "</b>", "<p>", "<br/>", "<script>", "</script>", "<style", "<!--", "-->",
        "<![CDATA[", "]]>", '<a href="', "<img src=x ", "'", '"', "=", "b", "lt", "gt", "amp", "#27", "\u1fef",
        "\u037e", " ", "…", "Drone", "[red]x[/]", "é", "e\u0301", "가", "\u1100\u1161",
    ],
)  # fmt: skip
nasty_text = st.lists(st.one_of(nasty_pieces, st.text(max_size=8)), max_size=40).map("".join)


def assert_harmless(text: str, limit: int, *, multiline: bool) -> None:
    assert len(text) <= limit
    marks = 0
    for at, character in enumerate(text):
        category = unicodedata.category(character)
        if character == "\n":
            assert multiline
            continue
        assert category not in {"Cc", "Cs", "Co", "Cn", "Me", "Zl", "Zp"}
        if category == "Cf":
            assert character in "\u200c\u200d"
            assert 0 < at < len(text) - 1
            assert ord(text[at - 1]) in _INDIC_OR_ARABIC
            assert ord(text[at + 1]) in _INDIC_OR_ARABIC
            continue
        assert not 0xFE00 <= ord(character) <= 0xFE0F
        marks = marks + 1 if category[0] == "M" else 0
        assert marks <= (6 if ord(character) in _STACKING else MAX_MARKS)
    assert unicodedata.normalize("NFC", text) == text
    assert not text.startswith((" ", "\n"))
    assert not text.endswith((" ", "\n"))
    assert not text or unicodedata.category(text[0])[0] != "M"


@settings(max_examples=600, deadline=None)
@given(text=nasty_text, limit=st.sampled_from([1, 2, 7, 40, TITLE_LIMIT]), multiline=st.booleans())
def test_whatever_comes_in_what_goes_out_is_harmless_and_settled(
    text: str, limit: int, *, multiline: bool
) -> None:
    once = plain_text(text, limit, multiline=multiline)

    assert_harmless(once, limit, multiline=multiline)
    assert plain_text(once, limit, multiline=multiline) == once


@settings(max_examples=300, deadline=None)
@given(text=st.text(), multiline=st.booleans())
def test_any_text_at_all_comes_out_harmless_and_settled(text: str, *, multiline: bool) -> None:
    once = plain_text(text, SUMMARY_LIMIT, multiline=multiline)

    assert_harmless(once, SUMMARY_LIMIT, multiline=multiline)
    assert plain_text(once, SUMMARY_LIMIT, multiline=multiline) == once


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters="<>&]")))
def test_plain_ascii_changes_only_in_its_spaces(text: str) -> None:
    assert plain_text(text, 10_000) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "5 < 6 and 7 > 3",
        'AT&T and R&D, "Q&A"',
        "Shares of Lockheed <LMT.N> rise",
        "Write to <desk@news.example>",
        "if a<b then",
        "x &copy y",
        "https://a.example/?a=1&lt=2&copy=3",
        "[red]not markup[/] [@click=app.quit]x[/]",
        "پهپاد می‌تواند حریم هوایی را نقض کند",
        "هواپیمای ناشناس در نزدیکی مرز",
        "طائرات مسيّرة تخترق المجال الجوي",
        "רחפן חדר למרחב האווירי",
        "ड्रोन ने हवाई क्षेत्र का उल्लंघन किया",
        "क्‍ष त्र",
        "มีโดรนบินเหนือสนามบิน",
        "မြန်မာ့လေပိုင်နက်",
        "Dünyanın ilk İHA’sı — «Łódź»",
        "無人機が領空を侵犯",
        "드론이 영공을 침범",
    ],
)  # fmt: skip
def test_honest_text_passes_unchanged(text: str) -> None:
    assert plain_text(text, TITLE_LIMIT) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Drone <b>over</b> Vilnius</p>", "Drone over Vilnius"),
        ("Poland&amp;#8217;s airspace", "Poland’s airspace"),
        ("Poland&#8217;s &quot;airspace&quot;&nbsp;&#150; closed", 'Poland’s "airspace" – closed'),
        ("&lt;p&gt;twice&lt;/p&gt; escaped", "twice escaped"),
        ("a<script>alert('x')</script>b", "ab"),
        ("a<STYLE type=x>p{}</STYLE >b<iframe src=x>no</iframe>c", "abc"),
        ("a<script>never closed", "a"),
        ("a<video>never closed", "anever closed"),
        ("a<!-- hidden <b> -->b<!-- open", "ab"),
        ("<![CDATA[Drone]]> over", "Drone over"),
        ("one<br>two<br/>three", "one two three"),
        ('<a href="x" title="a > b">link</a>', "link"),
        ('<img alt="5" tall" src=x>seen', "seen"),
        ('cut off <a href="https://a.example/x', "cut off"),
        ("<o:p>Word</o:p> <amp-img src=x></amp-img>", "Word"),
        ("Drone\ncloses\tairport", "Drone closes airport"),
        ("d<b>ro</b>ne", "drone"),
        ("dr\u200bo\u200dne", "drone"),
        ("soft\u00adhyphen", "softhyphen"),
        ("🇵🇱 Poland", "PL Poland"),
        ("👍🏽 👨‍👩‍👧 ❤️", "👍 👨👩👧 ❤"),
        ("A\x1b[31mB", "A\ufffd[31mB"),
        ("A&amp;#27;[31mB", "A[31mB"),
        ("A&#x9b;31mB\x9b", "A›31mB\ufffd"),
        ("a\x00b", "a\ufffdb"),
        ("\ud83d", "\ufffd"),
    ],
)  # fmt: skip
def test_markup_and_tricks_are_taken_away(html: str, text: str) -> None:
    assert plain_text(html, TITLE_LIMIT) == text


def test_a_tower_of_marks_is_cut_to_three() -> None:
    assert len(plain_text("Z" + "\u0316" * 400 + "a", TITLE_LIMIT)) == len("Za") + MAX_MARKS


@pytest.mark.parametrize("between", [" ", "  ", "\n", " \n ", "\t", "\u2003"])
def test_white_space_in_a_row_becomes_one_space_and_ends_are_trimmed(between: str) -> None:
    text = f"{between}Drone{between}over{between}Vilnius{between}"
    assert plain_text(text, 100) == "Drone over Vilnius"
    assert plain_text(f"<p>{text}</p>", 100, multiline=True) == "Drone over Vilnius"
    assert (
        plain_text(f"<p>{text}</p> \n <p>{text}</p>", 100, multiline=True)
        == "Drone over Vilnius\nDrone over Vilnius"
    )


def test_paragraphs_stay_apart_when_more_lines_are_asked_for() -> None:
    html = "<p>First\nparagraph.</p><ul><li>one</li><li>two</li></ul>last"
    assert plain_text(html, SUMMARY_LIMIT, multiline=True) == "First paragraph.\none\ntwo\nlast"
    assert plain_text("First.\r\n\r\nSecond.", SUMMARY_LIMIT, multiline=True) == "First.\nSecond."


def test_what_is_cut_says_so() -> None:
    assert plain_text("word " * 100, 20) == "word word word word…"
    assert len(plain_text("x" * 300_000, TITLE_LIMIT)) == TITLE_LIMIT


def test_joiner_without_a_word_to_join_is_dropped() -> None:
    assert plain_text("\u200cabc\u200d", 20) == "abc"


@pytest.mark.parametrize(
    "unit",
    [
        "<", "<a ", "<a '\"", "<!--", "<script>", "<style></styl", "&amp;", "&", "<b a=\"<b a='", "\u0301", "\u0301\u0316",
        "]]>", "<![CDATA[", "<video>", "&lt;", "&#", "क\u200d", "<p", "<a b=", "</", "🇵",
    ],
)  # fmt: skip
def test_a_megabyte_of_spite_is_cleaned_before_the_suite_loses_patience(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    cleaned = plain_text(text, SUMMARY_LIMIT, multiline=True)
    assert_harmless(cleaned, SUMMARY_LIMIT, multiline=True)


def test_characters_taken_as_ordinary_are_ones_that_cleaning_would_not_touch() -> None:
    ordinary = [chr(code) for code in range(0x110000) if _ORDINARY.fullmatch(chr(code))]
    assert {letter for letter in ordinary if letter.isspace()} == {" ", "\n"}

    assert len(ordinary) > 30_000
    for character in ordinary:
        assert character == "\n" or _sanitised(f"a{character}b") == f"a{character}b", hex(ord(character))
        assert unicodedata.category(character)[0] != "M"


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(alphabet=st.sampled_from("aé\u0430かカ漢가\u2014 \n'…ｱ")),
    extra=st.sampled_from(["", "\u3099", "\u11a8", "\u0301"]),
)
def test_the_short_way_and_the_long_way_give_the_same(text: str, extra: str) -> None:
    lines = [" ".join(line.split()) for line in _sanitised(text + extra).split("\n")]
    assert plain_text(text + extra, 10_000, multiline=True) == "\n".join(line for line in lines if line)


@pytest.mark.parametrize("text", ["\u0958", "\u0958\u0959 \u095a", "\ufb1d\ufb2a", "a\u0301"])
def test_what_a_person_wrote_is_never_shortened_though_composing_it_makes_it_longer(text: str) -> None:
    assert own_text(text) == unicodedata.normalize("NFC", text)
