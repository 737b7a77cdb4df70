"""The world that the map is made of: whose land is whose, projection, cells, and what a click hits."""

import pytest

from tui.ui.world.outlines import ROWS, Box, world
from tui.ui.world.raster import ACROSS, DOWN, raster
from tui.ui.world.view import REGIONS, View, around, fitted

CITIES = {
    "LT": (54.7, 25.3),
    "EE": (58.6, 25.5),
    "PL": (52.2, 21.0),
    "TW": (24.0, 121.0),
    "XK": (42.6, 21.0),
    "IL": (31.3, 34.8),
    "PS": (32.2, 35.2),
    "US": (39.0, -98.0),
    "NZ": (-43.5, 171.5),
    "GF": (4.0, -53.0),
    "RU": (54.7, 21.5),
}


@pytest.mark.parametrize("code", CITIES)
def test_a_place_inland_is_its_countrys(code: str) -> None:
    assert world().at(*CITIES[code]) == code


@pytest.mark.parametrize(
    ("what", "place", "code"),
    [
        ("Crimea is Ukraine", (45.2, 34.2), "UA"),
        ("the Golan is Syria", (33.0, 35.8), "SY"),
        ("Western Sahara is no part of Morocco", (23.0, -15.0), "EH"),
        ("the north of Cyprus is Cyprus", (35.3, 33.6), "CY"),
        ("the land of Hargeisa is Somalia", (9.6, 44.1), "SO"),
        ("Kosovo is named", (42.6, 21.0), "XK"),
        ("Taiwan is named", (25.0, 121.4), "TW"),
        ("the Taman peninsula stays Russia", (45.1, 37.3), "RU"),
    ],
)
def test_borders_follow_the_policy(what: str, place: tuple[float, float], code: str) -> None:
    assert world().at(*place) == code, what


def test_the_sea_is_nobodys_and_so_is_everything_beyond_the_map() -> None:
    assert world().at(0, -30) == ""
    assert world().at(-80, 0) == ""
    assert not any(world().row(ROWS))


def test_every_row_goes_once_round_the_world() -> None:
    assert {len(world().row(number)) for number in range(ROWS)} == {3600}


def test_labels_stand_in_their_countries_and_boxes_hold_them() -> None:
    for outline in world().outlines.values():
        box = outline.box
        assert box.south <= outline.latitude <= box.north, outline.code
        assert world().at(outline.latitude, outline.longitude) == outline.code


@pytest.mark.parametrize("name", REGIONS)
@pytest.mark.parametrize("size", [(18, 8), (85, 12), (150, 52)])
def test_a_region_fits_whatever_the_size(name: str, size: tuple[int, int]) -> None:
    if name == "world":
        return
    box = REGIONS[name]
    seen = raster(fitted(box, (size[0] * ACROSS, size[1] * DOWN)), *size)
    for latitude in (box.south + 1, box.north - 1):
        assert seen.cell_of(latitude, (box.west + box.east) / 2), (name, latitude)
    for longitude in (box.west + 1, box.east - 1):
        assert seen.cell_of((box.south + box.north) / 2, longitude), (name, longitude)


def test_a_cell_and_its_place_find_each_other() -> None:
    for name in ("world", "Europe", "Taiwan Strait"):
        seen = raster(fitted(REGIONS[name], (160, 80)), 80, 20)
        for row, column in ((0, 0), (19, 79), (10, 40), (3, 70)):
            latitude, longitude = seen.place_of(row, column)
            if latitude < 84:
                assert seen.cell_of(latitude, longitude) == (row, column), name


def test_a_view_across_the_antimeridian_sees_both_sides() -> None:
    seen = raster(View(66.0, 180.0, 0.3), 60, 20)
    codes = {world().code(number) for line in seen.owners for cell in line for number in cell}
    assert {"RU", "US"} <= codes


def test_what_a_cell_is_drawn_for_is_what_stands_there() -> None:
    seen = raster(fitted(REGIONS["Europe"], (240, 160)), 120, 40)
    for code in ("EE", "PL", "XK", "RU"):
        cell = seen.cell_of(*CITIES[code])
        assert cell
        assert world().code(seen.owners_at(*cell)[0]) == code


def test_a_click_beside_an_island_still_finds_it_and_one_far_at_sea_finds_nothing() -> None:
    seen = raster(fitted(REGIONS["world"], (170, 48)), 85, 12)
    row, column = seen.cell_of(35.9, 14.4) or (0, 0)
    malta = world().numbers["MT"]
    assert malta in seen.owners[row][column]
    empty = seen.cell_of(-30.0, -20.0)
    assert empty
    assert seen.owners_at(*empty) == ()


def test_a_state_too_small_for_a_dot_still_gets_one() -> None:
    seen = raster(fitted(REGIONS["world"], (170, 48)), 85, 12)
    there = {number for line in seen.owners for cell in line for number in cell}
    for code in ("LB", "KW", "QA", "SG", "EE", "XK", "IL", "PS", "CY", "MD"):
        assert world().numbers[code] in there, code


def test_the_world_is_shown_once() -> None:
    wide = raster(View(14.0, 11.0, 3.6), 120, 12)
    australia = world().numbers["AU"]
    columns = [column for line in wide.owners for column, cell in enumerate(line) if australia in cell]
    assert max(columns) - min(columns) < 12


def test_a_raster_is_made_once_for_a_view_and_a_size() -> None:
    view = fitted(REGIONS["Europe"], (100, 60))
    assert raster(view, 50, 15) is raster(fitted(REGIONS["Europe"], (100, 60)), 50, 15)
    assert raster(view, 51, 15) is not raster(view, 50, 15)


def test_the_view_stays_on_the_globe() -> None:
    view = View(50.0, 170.0, 0.5)
    assert -180 <= view.panned(100, 0).longitude < 180
    assert view.panned(0, 10_000).latitude <= 84
    assert view.zoomed(0.0001).scale >= 0.04
    assert view.zoomed(10_000).scale <= 3.6


def test_a_small_state_is_shown_with_its_neighbours() -> None:
    box = around(Box(49.4, 5.7, 50.2, 6.5))
    assert box.north - box.south >= 5
