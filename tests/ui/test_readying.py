"""What is loaded ahead of the first opening of a screen, and styles that are parsed once."""

import sys
from pathlib import Path

import pytest

import tui.ui
from tests.ui.driving import running
from tests.ui.fakes import FakeClock, gate
from tui.ui.app import OverflightApp
from tui.ui.kept_styles import KeptStyles
from tui.ui.readying import QUIET, Readying

STYLES = Path(tui.ui.__file__).parent / "styles"


class Hand:
    """A clock turned by hand."""

    at = 0.0

    def monotonic(self) -> float:
        """Seconds."""
        return self.at


def colours(theme: str = "night-watch") -> dict[str, str]:
    """What the styles name."""
    return OverflightApp(gate(), FakeClock(), theme=theme).get_css_variables()


def app_styles() -> KeptStyles:
    """Those of the first screen."""
    kept = KeptStyles(variables=colours())
    kept.read_all([STYLES / "app.tcss", STYLES / "monitor.tcss"])
    return kept


def test_nothing_is_loaded_while_somebody_is_at_it() -> None:
    hand, styles = Hand(), app_styles()
    readying = Readying(styles, hand.monotonic)
    sources = len(styles.source)
    for _ in range(100):
        hand.at += QUIET * 0.9
        readying.touched()
        assert readying.step()
    assert len(styles.source) == sources


def test_after_the_last_step_the_screens_opened_most_are_there_with_their_styles() -> None:
    hand, styles = Hand(), app_styles()
    readying = Readying(styles, hand.monotonic)
    hand.at += QUIET
    steps = 0
    while readying.step():
        steps += 1
        assert steps < 100
    for name in ("incident", "story", "country", "search", "filter", "health", "statistics", "help"):
        assert f"tui.ui.screens.{name}" in sys.modules
        assert styles.has_source(str(STYLES.resolve() / f"{name}.tcss"))
    assert not readying.step(), "there is an end to it"


def test_styles_that_were_parsed_stay_parsed_until_the_colours_change() -> None:
    styles = app_styles()
    before = [id(rule) for rule in styles.rules]
    styles.read(STYLES / "health.tcss")
    styles.reparse()
    assert [id(rule) for rule in styles.rules][: len(before)] == before
    assert len(styles.rules) > len(before)
    kept = list(styles.rules)  # so that no number is given twice
    styles.set_variables(colours("paper"))
    styles.reparse()
    assert not {id(rule) for rule in styles.rules} & {id(rule) for rule in kept}


@pytest.mark.parametrize(
    ("size", "classes"),
    [((80, 24), {"-narrow", "-short"}), ((120, 40), {"-normal", "-tall"}), ((200, 60), {"-wide", "-tall"})],
)
async def test_a_screen_has_the_classes_of_its_size_and_takes_others_with_another(
    size: tuple[int, int], classes: set[str]
) -> None:
    async with running(size=size) as driven:
        screen = driven.app.screen
        assert classes <= screen.classes
        await driven.pilot.resize_terminal(120, 24)
        await driven.until(lambda: {"-normal", "-short"} <= screen.classes, "other classes")
        assert not screen.classes & {"-narrow", "-wide", "-tall"}
