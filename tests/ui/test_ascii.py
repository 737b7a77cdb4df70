"""`--ascii`: every sign of ours has a twin of one cell, and no screen shows another."""

import unicodedata
from dataclasses import replace
from datetime import datetime

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from tests.ui.driving import Driven, running
from tests.ui.fakes import FakeSource
from tests.ui.test_actions import SCREENS, WAY
from tui.domain.board import Found as FoundRows
from tui.domain.board import IncidentDetail, StoryDetail, StoryHit
from tui.domain.feed import FeedRow
from tui.domain.query_tree import Part
from tui.ui.actions import ACTIONS
from tui.ui.glyphs import TWINS, AsciiSigns, ascii_twin, spelled


def plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return folded or "foreign words"


class AsciiSource(FakeSource):
    """All that publishers write is ASCII, so that whatever is not is ours."""

    def incident(self, key: str) -> IncidentDetail | None:
        detail = super().incident(key)
        if detail is None:
            return None
        stories = tuple(
            replace(row, title=plain(row.title), publisher=plain(row.publisher)) for row in detail.stories
        )
        return replace(detail, stories=stories)

    def story(self, key: str) -> StoryDetail | None:
        detail = super().story(key)
        if detail is None:
            return None
        siblings = tuple(
            replace(row, title=plain(row.title), publisher=plain(row.publisher)) for row in detail.siblings
        )
        return replace(detail, siblings=siblings)

    def find_stories(self, query: Part, now: datetime, limit: int) -> FoundRows[StoryHit]:
        found = super().find_stories(query, now, limit)
        return replace(
            found,
            rows=tuple(
                replace(
                    hit,
                    story=replace(
                        hit.story, title=plain(hit.story.title), publisher=plain(hit.story.publisher)
                    ),
                )
                for hit in found.rows
            ),
        )

    def feeds(self, now: datetime) -> tuple[FeedRow, ...]:
        rows = super().feeds(now)
        return tuple(replace(row, feed=replace(row.feed, name=plain(row.feed.name))) for row in rows)


def foreign(driven: Driven) -> set[str]:
    return {sign for sign in driven.text if not sign.isascii()}


def test_every_twin_is_one_sign_of_one_cell() -> None:
    for sign, twin in TWINS.items():
        assert len(sign) == len(twin) == 1
        assert cell_len(sign) == cell_len(twin) == 1, sign
        assert twin.isascii()
        assert twin.isprintable()


def test_what_has_to_be_told_apart_has_different_twins() -> None:
    for group in ("▊▌▎▏", "○◊▲►+✈?", "✓!✗…–◌", "●↻★"):
        assert len({ascii_twin(sign) for sign in group}) == len(group), group


@pytest.mark.parametrize(("mark", "twin"), [("●●●", "3/3"), ("●●○", "2/3"), ("●○○", "1/3"), ("◌◌◌", "?/3")])
def test_certainty_is_a_fraction_even_when_its_row_is_drawn_in_two_inks(mark: str, twin: str) -> None:
    bold = Style(bold=True)
    drawn = AsciiSigns().apply([Segment(f"x {mark[:2]}", bold), Segment(f"{mark[2:]} y")], Color(0, 0, 0))
    assert "".join(segment.text for segment in drawn) == f"x {twin} y"
    assert drawn[0].style == bold


def test_letters_lose_their_accents_and_other_scripts_stand_as_published() -> None:
    assert ascii_twin("Šalčininkai, Łódź, Türkiye, Ørsted") == "Salcininkai, Lodz, Turkiye, Orsted"
    for text in ("Аэропорт Вильнюса", "リトアニアの空港", "Ａ"):
        assert ascii_twin(text) == text
        assert len(ascii_twin(text)) == len(text)


def test_braille_is_as_dense_as_its_dots() -> None:
    assert ascii_twin("\u2800⣿⡀") == " #."


def test_every_key_can_be_spelled() -> None:
    assert spelled("⏎") == "enter"
    assert all(spelled(action.shown).isascii() for action in ACTIONS)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("context", [*SCREENS])
async def test_every_screen_is_ascii(context: str, size: tuple[int, int]) -> None:
    async with running(AsciiSource(), size=size, ascii_only=True) as driven:
        for step in WAY[context]:
            await driven.press(step)
            await driven.settled()
        await driven.until(lambda: isinstance(driven.app.screen, SCREENS[context]), f"on {context}")
        await driven.settled()
        assert foreign(driven) == set()
        await driven.press("question_mark")
        await driven.sees(f"help - {context}")
        assert foreign(driven) == set()


async def test_boxes_toasts_and_the_palette_are_ascii() -> None:
    async with running(AsciiSource(), ascii_only=True) as driven:
        for keys, words in (
            (("f",), "press a chip"),
            (("escape", "exclamation_mark"), "esc closes"),
            (("escape", "y"), "citation copied"),
            (("ctrl+p",), "Search for commands"),
        ):
            await driven.press(*keys)
            await driven.sees(words)
            assert foreign(driven) == set(), keys


async def test_the_rows_say_by_letter_what_they_said_by_sign() -> None:
    async with running(AsciiSource(), size=(80, 24), ascii_only=True) as driven:
        await driven.sees("o CLSD", "d SHOT", "A ADIZ", "3/3", "2/3", "enter open")
