"""The map on the screens: what it shows, what keys and clicks do, and what it costs to recolour."""

from dataclasses import replace

import pytest

from tests.ui.driving import Driven, cell_of, running
from tests.ui.fakes import NOW, FakeSource, countries, incident, minutes, news
from tui.domain.board import Board
from tui.domain.codes import Event, PlacePrecision, Severity
from tui.ui.screens.country import Country
from tui.ui.screens.monitor import Monitor
from tui.ui.screens.world import WorldScreen
from tui.ui.world.drawing import Drawing, Marks
from tui.ui.world.labels import EXACT, ROUGH, labels, overlay
from tui.ui.world.outlines import world
from tui.ui.world.paint import STEPS, Layer, Paint, paint_of, spot_of
from tui.ui.world.raster import raster
from tui.ui.world.view import REGIONS, fitted
from tui.ui.world.widget import WorldMap


def board(*rows: object) -> Board:
    from tui.domain.board import BoardQuery, IncidentRow

    kept = tuple(row for row in rows if isinstance(row, IncidentRow)) or news()
    return Board(1, NOW, BoardQuery(), countries(kept), kept, total=len(kept))


def monitor(driven: Driven) -> Monitor:
    screen = driven.app.screen
    assert isinstance(screen, Monitor)
    return screen


async def on_the_map(driven: Driven) -> WorldScreen:
    await driven.press("M")
    await driven.sees("monitor › map", "legend")
    screen = driven.app.screen
    assert isinstance(screen, WorldScreen)
    await driven.until(lambda: screen.map.has_focus, "the map has the keys")
    return screen


# What is painted.


def test_a_country_has_the_colour_of_its_worst_event_and_a_quiet_one_none() -> None:
    paint = paint_of(board(), Layer.WORST)
    steps = STEPS[Layer.WORST]
    assert steps[paint.steps["PL"]].name == Severity.CRITICAL
    assert steps[paint.steps["DK"]].name == Severity.HIGH
    assert steps[paint.steps["TW"]].name == Severity.ROUTINE
    assert "SE" not in paint.steps


def test_counts_and_ages_have_steps_of_their_own() -> None:
    rows = [incident(f"p{at}", "x", minutes(at + 90), cc="PL") for at in range(12)]
    paint = paint_of(board(*rows, incident("l", "x", minutes(5), cc="LT")), Layer.COUNT)
    assert STEPS[Layer.COUNT][paint.steps["PL"]].name == "10–29"
    assert STEPS[Layer.COUNT][paint.steps["LT"]].name == "1"
    paint = paint_of(board(*rows, incident("l", "x", minutes(5), cc="LT")), Layer.NEWEST)
    assert STEPS[Layer.NEWEST][paint.steps["PL"]].name == "within 6 h"
    assert STEPS[Layer.NEWEST][paint.steps["LT"]].name == "within the hour"


def test_only_what_is_known_finer_than_the_country_is_a_point() -> None:
    row = incident("a", "x", minutes(1), place="Vilnius")
    exact = spot_of(row)
    assert exact
    assert exact.exact
    place = row.facts.place
    assert place

    def at(precision: PlacePrecision) -> object:
        return spot_of(replace(row, facts=replace(row.facts, place=replace(place, precision=precision))))

    assert at(PlacePrecision.COUNTRY) is None
    rough = at(PlacePrecision.REGION)
    assert rough == replace(exact, exact=False)
    assert spot_of(incident("b", "x", minutes(1), place="Somewhere")) is None


def test_a_region_is_marked_otherwise_than_a_place_and_only_when_near() -> None:
    rows = (
        incident("a", "x", minutes(1), place="Vilnius", event=Event.SIGHTING),
        incident("b", "x", minutes(1), cc="LV", place="Latgale", event=Event.SIGHTING),
    )
    paint = paint_of(board(*rows), Layer.WORST)
    near = raster(fitted(REGIONS["Baltic"], (160, 120)), 80, 30)
    marks = {letter for letter, _ in overlay(near, paint, counts=False).values()}
    assert {EXACT, ROUGH} <= marks
    far = raster(fitted(REGIONS["world"], (160, 120)), 80, 30)
    assert not {EXACT, ROUGH} & {letter for letter, _ in overlay(far, paint, counts=False).values()}


def test_labels_that_would_collide_are_one_that_counts_for_all() -> None:
    far = raster(fitted(REGIONS["world"], (170, 48)), 85, 12)
    paint = paint_of(board(), Layer.WORST, "LT")
    found = labels(far, paint, counts=False)
    assert sum(label.new for label in found) == 9
    assert next(label for label in found if label.chosen).text.startswith("◆LT+")
    taken = [(label.row, label.column + at) for label in found for at in range(len(label.text))]
    assert len(taken) == len(set(taken))


def test_no_label_is_cut_by_the_edge() -> None:
    seen = raster(fitted(REGIONS["East Asia"], (40, 32)), 20, 8)
    paint = Paint(new={"JP": 1, "TW": 2, "KR": 1, "CN": 1, "RU": 1}, incidents={"JP": 1})
    for label in labels(seen, paint, counts=True):
        assert 0 <= label.column <= 20 - len(label.text)


def test_without_colours_weight_tells_the_steps_and_without_braille_letters_do() -> None:
    seen = raster(fitted(REGIONS["Europe"], (160, 120)), 80, 30)
    paint = Paint(steps={"PL": 4, "DE": 2})
    dense = Drawing(seen, paint, {}, Marks.DENSITY)
    lettered = Drawing(seen, paint, {}, Marks.LETTERS)
    dots = {}
    for code in ("PL", "DE", "FR"):
        outline = world().find(code)
        assert outline
        row, column = seen.cell_of(outline.latitude, outline.longitude) or (0, 0)
        text = "".join(part for part, _ in dense.line(row))
        dots[code] = (ord(text[column]) - 0x2800).bit_count()
        letters = "".join(part for part, _ in lettered.line(row))
        assert letters.isascii()
        assert letters[column] == {"PL": "#", "DE": "=", "FR": "."}[code]
    assert dots["PL"] > dots["DE"] > dots["FR"] > 0


def test_every_step_of_a_layer_looks_different_without_colour() -> None:
    for steps in STEPS.values():
        assert len({step.letter for step in steps}) == len(steps)
        assert len({(step.dots, step.ink in {"critical", "heat5"}) for step in steps}) == len(steps)


# The monitor.


@pytest.mark.parametrize(("size", "shown"), [((80, 24), False), ((120, 40), True), ((200, 60), True)])
async def test_m_brings_the_map_and_takes_it_away(size: tuple[int, int], *, shown: bool) -> None:
    async with running(size=size) as driven:
        assert ("³map" in driven.text) is shown
        await driven.press("m")
        await driven.settled()
        assert ("³map" in driven.text) is not shown
        await driven.press("m")
        await driven.settled()
        assert ("³map" in driven.text) is shown


@pytest.mark.parametrize(("size", "least"), [((80, 24), 12), ((200, 60), 35)])
async def test_the_list_keeps_its_rows_beside_the_map(size: tuple[int, int], least: int) -> None:
    rows = tuple(
        replace(row, key=f"{row.key}-{at}", new=row.new and not at) for at in range(3) for row in news()
    )
    async with running(FakeSource(incidents=rows), size=size) as driven:
        await driven.sees("²incidents")
        screen = monitor(driven)
        seen = screen.incidents.rows[: screen.incidents.room]
        assert sum(row.key is not None for row in seen) >= least


async def test_the_map_follows_the_cursor_once_it_rests() -> None:
    async with running() as driven:
        await driven.sees("◆LT")
        await driven.press("j", "j")
        await driven.sees("◆TW+1")
        assert "◆LT" not in driven.text


async def test_a_click_on_a_country_narrows_the_list_and_another_opens_it() -> None:
    async with running() as driven:
        screen = monitor(driven)
        await driven.sees("●TW+1")
        row = next(at for at, line in enumerate(driven.lines) if "●TW+1" in line)
        column = cell_of(driven.lines[row], "●TW+1")
        await driven.pilot.click(offset=(column, row))
        await driven.until(lambda: screen.country == "TW", "narrowed")
        await driven.sees("◆TW+1", "monitor › Taiwan")
        await driven.pilot.click(offset=(column + 1, row))
        await driven.until(lambda: isinstance(driven.app.screen, Country), "opened")


async def test_a_click_on_land_finds_the_country_and_one_at_sea_nothing() -> None:
    async with running() as driven:
        screen = monitor(driven)
        await driven.sees("³map")
        cells = screen.map.raster
        brazil, ocean = cells.cell_of(-10.0, -52.0), cells.cell_of(-30.0, -20.0)
        assert brazil
        assert ocean
        assert screen.map.country_at(*brazil) == "BR"
        assert screen.map.country_at(*ocean) == ""
        left, top = screen.map.content_region.offset
        await driven.pilot.click(offset=(left + brazil[1], top + brazil[0]))
        await driven.sees("Brazil: no incident")
        assert screen.country is None


async def test_three_gives_the_map_the_keys_and_help_tells_them() -> None:
    async with running() as driven:
        screen = monitor(driven)
        await driven.press("3")
        await driven.until(lambda: screen.map.has_focus, "focus")
        await driven.sees(", . region")
        before = screen.incidents.key
        await driven.press("full_stop")
        await driven.sees("· Europe")
        await driven.press("j", "G")
        assert screen.incidents.key == before
        await driven.press("question_mark")
        await driven.sees("next region", "what the colours say", "help · monitor")
        await driven.press("escape", "3")
        await driven.no_longer_sees("²incidents")
        await driven.press("escape")
        await driven.sees("²incidents")


async def test_one_brings_the_countries_back_where_the_map_had_taken_their_room() -> None:
    async with running(size=(80, 24)) as driven:
        await driven.press("m")
        await driven.sees("³map")
        await driven.press("1")
        await driven.sees("¹countries")
        assert "³map" not in driven.text
        assert monitor(driven).countries.has_focus


async def test_a_wide_monitor_shows_the_region_with_most_news_beside_the_world() -> None:
    async with running(size=(200, 60)) as driven:
        await driven.sees("Europe most news")
    east = tuple(incident(f"t{at}", "x", minutes(at), cc="TW", new=True) for at in range(9))
    async with running(FakeSource(incidents=east), size=(200, 60)) as driven:
        await driven.sees("East Asia most news")


async def test_new_colours_make_no_new_raster_and_redraw_only_rows_that_changed() -> None:
    async with running() as driven:
        screen = monitor(driven)
        await driven.sees("◆LT")
        drawn, paint = dict(screen.map._drawn), screen.map.paint
        before, waiting = raster.cache_info().misses, set(screen.map._dirty_regions)
        screen.map.show_paint(replace(paint, steps={**paint.steps, "ZA": 4}))
        dirty = {region.y for region in screen.map._dirty_regions - waiting}
        changed = {row for row, line in drawn.items() if screen.map._line(row) != line}
        assert dirty == changed
        assert 0 < len(changed) < len(drawn) / 2
        assert raster.cache_info().misses == before


# The full screen.


async def test_keys_choose_countries_and_enter_opens_the_one_chosen() -> None:
    async with running() as driven:
        screen = await on_the_map(driven)
        await driven.sees("◆ Lithuania", "1 incident 24h")
        await driven.press("J")
        await driven.until(lambda: screen.place not in {"LT", ""}, "the next")
        await driven.press("K")
        await driven.sees("◆ Lithuania")
        await driven.press("n")
        await driven.until(lambda: screen.place != "LT", "the next with news")
        assert screen.map.paint.new[screen.place]
        chosen = screen.place
        await driven.press("enter")
        await driven.until(lambda: isinstance(driven.app.screen, Country), "opened")
        assert isinstance(driven.app.screen, Country)
        assert driven.app.screen.country == chosen
        await driven.press("escape")
        await driven.until(lambda: driven.app.screen is screen, "back")


async def test_the_map_pans_zooms_and_goes_through_regions() -> None:
    async with running() as driven:
        screen = await on_the_map(driven)
        start = screen.map.view
        await driven.press(*["plus"] * 5)
        await driven.sees("· moved")
        assert screen.map.view.scale < start.scale
        near = screen.map.view
        await driven.press("l")
        assert screen.map.view.longitude > near.longitude
        await driven.press("h", "k")
        assert screen.map.view.latitude > near.latitude
        await driven.press("c")
        await driven.sees("· Lithuania")
        await driven.press("full_stop")
        await driven.sees("· world")
        await driven.press("comma")
        await driven.sees(f"· {list(REGIONS)[-1]}")


async def test_the_map_goes_no_farther_over_the_poles_than_there_is_land() -> None:
    async with running() as driven:
        screen = await on_the_map(driven)
        await driven.press(*["plus"] * 6, *"kkkkkkkk")
        await driven.settled()
        latitude, _ = screen.map.raster.place_of(0, 0)
        assert 80 < latitude <= 84
        await driven.press(*["minus"] * 9)
        await driven.settled()
        assert screen.map.raster.cell_of(70.0, 30.0)
        assert screen.map.raster.cell_of(-50.0, -70.0)


async def test_what_the_colours_say_can_be_changed_and_the_legend_says_it() -> None:
    async with running() as driven:
        screen = await on_the_map(driven)
        await driven.sees("worst event", "critical")
        await driven.press("L")
        await driven.sees("10–29")
        assert screen.map.paint.layer is Layer.COUNT
        await driven.press("L")
        await driven.sees("within the hour")
        await driven.press("L")
        await driven.sees("critical")


async def test_a_country_chosen_out_of_sight_is_brought_into_it() -> None:
    async with running() as driven:
        screen = await on_the_map(driven)
        screen.map.show_area("Oceania")
        await driven.sees("· Oceania")
        screen.map.pick("PL")
        await driven.until(lambda: screen.place == "PL", "chosen")
        outline = world().find("PL")
        assert outline
        assert screen.map.raster.cell_of(outline.latitude, outline.longitude)


async def test_the_palette_reaches_what_the_map_can_do() -> None:
    async with running() as driven:
        await on_the_map(driven)
        await driven.press("ctrl+p")
        await driven.press(*"nextregion")
        await driven.sees("Next region")
        await driven.press("enter")
        await driven.sees("· Europe")


async def test_with_ascii_alone_the_map_has_letters_and_the_legend_tells_them() -> None:
    async with running() as driven:
        driven.app.ascii_only = True
        screen = await on_the_map(driven)
        await driven.sees("# critical", "- routine", ". quiet")
        for row in range(screen.map.size.height):
            text = "".join(part for part, _ in screen.map._line(row))
            assert not any("\u2800" <= letter <= "\u28ff" for letter in text)


# The other screens.


async def test_a_country_has_its_map_and_a_click_goes_to_its_neighbour() -> None:
    async with running() as driven:
        await driven.press("1", "j", "enter")
        await driven.sees("Poland · incidents", "· Poland", "◆PL+1")
        screen = driven.app.screen
        assert isinstance(screen, Country)
        screen.map.post_message(WorldMap.Picked(screen.map, "LT"))
        await driven.sees("Lithuania · incidents", "· Lithuania")


async def test_an_incident_says_how_exactly_its_place_is_known() -> None:
    async with running(size=(200, 60)) as driven:
        await driven.press("enter")
        await driven.sees("where · Vilnius · settlement")
        await driven.press("J", "J")
        await driven.sees("where · only the country is known")
