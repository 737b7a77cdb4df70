"""A box over a screen: its own keys stand in the key bar, it answers to the help key, and the clock goes on behind it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.ui.driving import Driven, running
from tests.ui.fakes import FakeOutside, FakeSource, gate, incident, minutes, news
from tests.ui.watching import a_desk_source
from tui.domain.board import Found, IncidentRow
from tui.domain.codes import PlacePrecision
from tui.domain.feed import FeedState
from tui.domain.incident import IncidentFacts
from tui.domain.query_tree import Part
from tui.domain.reading import Place
from tui.domain.standing import standing_said
from tui.pipeline.gate import Switched
from tui.ui.panes.map import known_to
from tui.ui.screens.dialogue import Dialogue
from tui.ui.screens.watch import Watch


def key_bar(driven: Driven) -> str:
    return driven.lines[-1]


BOXES = {
    "note": (("c",), ("⏎ keep it", "esc leave it", "F1 help")),
    "what is wrong": (("exclamation_mark",), ("esc close", "? help")),
    "filter": (("f",), ("⏎ apply", "t window", "? help")),
    "views": (("v",), ("⏎ show", "? help")),
    "help": (("question_mark",), ("c codes", "esc close")),
}


@pytest.mark.parametrize("name", BOXES)
async def test_the_key_bar_has_the_keys_of_the_box_and_then_those_of_the_screen_again(name: str) -> None:
    keys, words = BOXES[name]
    async with running(size=(120, 40)) as driven:
        await driven.sees("Smuggling balloons", "n next new")
        before = key_bar(driven)
        await driven.press(*keys)
        await driven.until(lambda: all(word in key_bar(driven) for word in words), f"the keys of {name}")
        assert "next new" not in key_bar(driven)
        assert "palette" not in key_bar(driven)
        await driven.press("escape")
        await driven.until(lambda: key_bar(driven) == before, "the keys of the screen")


@pytest.mark.parametrize(
    ("box", "key", "said"),
    [
        ("exclamation_mark", "question_mark", "keys here: "),
        ("c", "f1", "keys here: ⏎ keep it · esc leave it"),
        ("f", "question_mark", "keys here: ⏎ apply"),
    ],
)
async def test_the_help_key_of_a_box_says_its_keys(box: str, key: str, said: str) -> None:
    async with running(size=(120, 40)) as driven:
        await driven.press(box)
        await driven.until(lambda: isinstance(driven.app.screen, Dialogue), "the box")
        await driven.press(key)
        await driven.sees(said)


async def test_the_clock_goes_on_behind_a_box() -> None:
    async with running() as driven:
        await driven.press("c")
        await driven.sees("14:32Z", "a note of yours")
        driven.clock.turn(timedelta(minutes=3))
        driven.app._tick()
        await driven.sees("14:35Z", "a note of yours")


async def test_opening_an_incident_is_no_step_to_undo() -> None:
    source = FakeSource(incidents=tuple(row for row in news() if not row.updated))
    async with running(source) as driven:
        await driven.press("w")
        await driven.until(lambda: ("watched", ("lt1", True)) in driven.marks.said, "watched")
        await driven.press("enter")
        await driven.until(lambda: ("seen", ("lt1",)) in driven.marks.said, "opened, and so seen")
        await driven.press("u")
        await driven.until(lambda: ("watched", ("lt1", False)) in driven.marks.said, "the star undone")
        assert ("unseen", ("lt1",)) not in driven.marks.said


async def test_the_filter_counts_what_the_numbers_over_the_lists_count() -> None:
    source, asked = FakeSource(), list[Part]()
    answer = source.find_incidents

    def find_incidents(query: Part, now: datetime, limit: int) -> Found[IncidentRow]:
        asked.append(query)
        return answer(query, now, limit)

    source.find_incidents = find_incidents  # type: ignore[method-assign]  # a source that remembers
    async with running(source, size=(120, 40)) as driven:
        await driven.press("f", "d")
        await driven.until(lambda: len(asked) > 1, "counted")
        assert str(asked[-1]) == "object:DRN is:news -is:followup revised:24h"
        await driven.sees("incidents of 24h match")


async def test_a_view_that_is_moved_moves_and_the_list_stays() -> None:
    async with running(a_desk_source()) as driven:
        await driven.press("W")
        await driven.sees("Baltic balloons")
        screen = driven.app.screen
        assert isinstance(screen, Watch)
        first = screen.views.key
        await driven.press("J")
        await driven.until(lambda: screen.views.keys[1] == first, "moved on the screen")
        await driven.settled()
        assert (screen.views.key, screen.views.top) == (first, 0)


async def test_an_address_that_is_refused_stands_in_the_box_with_the_reason() -> None:
    class Refusing(FakeOutside):
        def add(self, url: str) -> Switched:
            self.asked.append(("add", url))
            return Switched(done=False, said=f"{url}: no http or https address")

    outside = Refusing()
    async with running(through=gate(outside=outside)) as driven:
        await driven.press("H")
        await driven.sees("410: gone for good")
        await driven.press("plus", *"nnn", "enter")
        await driven.sees("add a feed", "nnn: no http or https address")
        await driven.press("x", "enter")
        await driven.until(lambda: ("add", "nnnx") in outside.asked, "asked again with what was mended")


def test_a_feed_that_could_not_be_reached_was_asked() -> None:
    now = incident("x", "x", minutes(0)).first_seen
    asked = FeedState("https://a.example/rss", last_attempt=now - timedelta(minutes=7))
    assert standing_said(FeedState("https://a.example/rss"), now) == "not asked yet"
    assert standing_said(asked, now).startswith("asked 7 minutes ago, and no server was reached")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (None, "only the country is known"),
        (Place("Poland", "PL", 52.0, 19.0, PlacePrecision.COUNTRY), "only the country is known"),
        (Place("Lublin", "PL", 51.2, 22.6, PlacePrecision.SETTLEMENT), "Lublin · settlement"),
        (Place("Latgale", "LV", 56.3, 27.2, PlacePrecision.REGION), "Latgale · region, no point is known"),
        (
            Place("Upper Village", "PL", None, None, PlacePrecision.SETTLEMENT),
            "Upper Village · settlement, not on the map: where it lies is not known",
        ),
    ],
)
def test_the_map_says_how_exactly_the_place_is_known(place: Place | None, said: str) -> None:
    row = incident("x", "x", minutes(0), cc="PL")
    assert known_to(replace(row, facts=replace(row.facts, place=place))) == said
    nowhere = replace(row, facts=IncidentFacts())
    assert known_to(nowhere) == "no place is known"
