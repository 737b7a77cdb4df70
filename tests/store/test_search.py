"""What a person types is words, never syntax."""

import pytest

from tests.store.samples import NOON, a_round, an_entry, kept
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper

AWKWARD = (
    "",
    " ",
    "\t\n",
    '"',
    '""',
    '"""',
    "'",
    "O'Hare",
    "C++",
    "GPS-jamming",
    "a:b",
    "title:drone",
    "drone*",
    "*",
    "^drone",
    "(",
    ")",
    "(drone",
    "drone)",
    "drone AND",
    "AND",
    "OR",
    "NOT",
    "NOT drone",
    "NEAR",
    "NEAR(drone border, 2)",
    "drone NEAR",
    "+drone",
    "-drone",
    "drone -border",
    "{title}: drone",
    "- title: drone",
    "drone;",
    "; DROP TABLE story; --",
    "%",
    "_",
    "\\",
    "/",
    "50 %",
    "a,b",
    "🛩",
    "é̀",
    "无人机",
    "\x00",
    "drone\x00border",
    "\ud800",
    "\u202edrone",
    "x" * 100_000,
    "drone " * 20_000,
    '"drone" "' * 500,
)


@pytest.mark.parametrize("typed", AWKWARD)
def test_no_input_is_an_error(keeper: StoreKeeper, board: StoreBoard, typed: str) -> None:
    keeper.save_round(a_round(kept(an_entry(1))))
    assert isinstance(board.search(typed), tuple)


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Drones close O'Hare", "O'Hare"),
        ("Drones close O'Hare", "o'hare drones"),
        ("Drones close O'Hare", "dron"),
        ("GPS-jamming near Gdańsk", "gdansk gps-jamming"),
        ("GPS-jamming near Gdańsk", '"GPS" jam'),
        ("C++ drone", "C++ drone"),
        ("NOT a drone", "not"),
        ("无人机 在边境", "无人机"),
        ("Ratio a:b", "a:b"),
    ],
)
def test_words_are_found_as_they_are_typed(
    keeper: StoreKeeper, board: StoreBoard, title: str, typed: str
) -> None:
    keeper.save_round(a_round(kept(an_entry(1, title=title)), kept(an_entry(2, title="Fire", summary=""))))
    assert [row.title for row in board.search(typed)] == [title]


def test_every_word_must_be_there(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_round(kept(an_entry(1, title="Drones over Vilnius"))))
    assert board.search("drones over vilnius")
    assert not board.search("drones over riga")
    assert not board.search("drones OR riga")


def test_the_newest_come_first_and_no_more_than_asked(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_round(*(kept(an_entry(number)) for number in range(5))))
    assert [row.key for row in board.search("drones", limit=2)] == [an_entry(4).key, an_entry(3).key]


def test_a_revised_story_is_found_by_its_new_words_only(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_round(kept(an_entry(1, title="Balloon seen"))))
    keeper.save_round(a_round(revised=[kept(an_entry(1, title="Kite seen"))], at=NOON))
    assert board.search("kite")
    assert not board.search("balloon")
    keeper.writer.connection.execute("INSERT INTO story_fts (story_fts) VALUES ('integrity-check')")
