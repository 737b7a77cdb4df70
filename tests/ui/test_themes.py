"""Colour: only in the theme file, readable everywhere, and never the only carrier of a meaning."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from textual.color import Color

import tui.ui
from tui.domain.codes import EVENT_TAG, IncidentCertainty, Severity
from tui.ui.themes import _INKS_ANSI, INKS, THEMES
from tui.ui.wording import BARS, certainty_mark

FOLDER = Path(tui.ui.__file__).parent
RGB_THEMES = [name for name, theme in THEMES.items() if not theme.ansi]
TEXT = ("ink", "muted", "faint", "new", "acc", "ok", "actor", "watch", "high", "elevated", "routine", "seen")
FACTS = (("object", "on-object"), ("event", "on-event"), ("affected", "on-affected"), ("actor", "on-actor"))


def contrast(one: str, other: str) -> float:
    def luminance(name: str) -> float:
        channels = [value / 255 for value in Color.parse(name).rgb]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colour_literals_stand_in_the_theme_file_alone() -> None:
    for path in [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.tcss")]:
        if path.name != "themes.py":
            found = re.findall(
                r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|\bansi_\w+|\brgb\(", path.read_text("utf-8")
            )
            assert not [text for text in found if text != "ansi_color"], path


@pytest.mark.parametrize("name", RGB_THEMES)
@pytest.mark.parametrize("token", TEXT)
def test_text_that_carries_meaning_is_readable_on_every_ground_it_stands_on(name: str, token: str) -> None:
    theme = THEMES[name]
    for ground in (theme.surface, theme.background):
        assert contrast(theme.variables[token], str(ground)) >= 4.5, (token, ground)


@pytest.mark.parametrize("name", RGB_THEMES)
def test_marks_and_filled_tags_are_readable(name: str) -> None:
    tokens = THEMES[name].variables
    for severity in Severity:
        assert contrast(tokens[severity], str(THEMES[name].surface)) >= 3
        assert contrast(tokens["reverse"], tokens[severity]) >= 4.5, severity
    assert contrast(tokens["reverse"], tokens["acc"]) >= 4.5
    for text, ground in FACTS:
        assert contrast(tokens[text], tokens[ground]) >= 4.5, text
    for text in ("ink", "new", "seen"):
        assert contrast(tokens[text], tokens["cursor"]) >= 4.5, text


@pytest.mark.parametrize("name", RGB_THEMES)
def test_numbers_on_a_fill_are_readable(name: str) -> None:
    tokens = THEMES[name].variables
    for ink in [ink for ink in INKS if ink.startswith(("level", "mix-", "unusual"))]:
        text, ground = re.findall(r"\$([\w-]+)", INKS[ink])
        assert contrast(tokens[text], tokens[ground]) >= 4.5, ink


@pytest.mark.parametrize("name", RGB_THEMES)
def test_fills_grow_from_the_ground_to_the_most(name: str) -> None:
    tokens, surface = THEMES[name].variables, str(THEMES[name].surface)
    fills = [contrast(tokens[f"level{level}"], surface) for level in range(1, 6)]
    assert fills == sorted(fills)
    assert min(after / before for before, after in pairwise(fills)) >= 1.25


@pytest.mark.parametrize("name", RGB_THEMES)
def test_heat_rises_from_the_quiet_land_and_every_step_can_be_seen(name: str) -> None:
    tokens, ground = THEMES[name].variables, str(THEMES[name].surface)
    steps = [contrast(tokens[token], ground) for token in ("land", *(f"heat{at}" for at in range(1, 6)))]
    assert steps == sorted(steps)
    assert steps[1] >= 3


def test_severities_differ_by_shape_and_certainties_by_their_marks() -> None:
    assert len(set(BARS.values())) == len(Severity)
    marks = ["".join(text for text, _ in certainty_mark(certainty)) for certainty in IncidentCertainty]
    assert len(set(marks)) == len(marks)
    assert all(len(tag) == 4 for tag in EVENT_TAG.values())


def test_without_colour_the_cursor_tags_and_chips_still_stand_out() -> None:
    for ink in (
        "cursor",
        "cursor-blur",
        "critical-tag",
        "alarm",
        "amber-chip",
        "app",
        "fact-object",
        "chosen",
    ):
        assert re.search(r"reverse|underline|bold", _INKS_ANSI[ink]), ink
    assert set(_INKS_ANSI) == set(INKS)


def test_new_and_seen_lines_differ_by_weight() -> None:
    assert "bold" in INKS["new"]
    assert "bold" not in INKS["seen"]


@pytest.mark.parametrize("name", RGB_THEMES)
def test_severities_are_told_apart_under_three_kinds_of_colour_blindness(name: str) -> None:
    tokens = THEMES[name].variables
    for kind in MATRICES:
        for one, other in combinations(Severity, 2):
            assert distance(seen_by(tokens[one], kind), seen_by(tokens[other], kind)) >= 14, (
                kind,
                one,
                other,
            )


# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
MATRICES = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(name: str) -> list[float]:
    channels = [value / 255 for value in Color.parse(name).rgb]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def seen_by(name: str, kind: str) -> list[float]:
    channels = linear(name)
    return [
        min(1.0, max(0.0, sum(m * c for m, c in zip(row, channels, strict=True)))) for row in MATRICES[kind]
    ]


def lab(channels: list[float]) -> tuple[float, float, float]:
    red, green, blue = channels
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883

    def f(t: float) -> float:
        return t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116

    return 116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))


def distance(one: list[float], other: list[float]) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5)
