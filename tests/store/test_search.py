"""What a person types is words, never syntax."""

import pytest

from tests.store.samples import NOON, a_report, a_round, an_entry, filed, found, kept, together
from tui.domain.codes import ObjectCode
from tui.domain.query import parse_query
from tui.domain.query_leaf import QueryProblem
from tui.domain.query_tree import Words
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper
from tui.store.search import search_stories

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
def test_no_input_is_an_error_of_the_database(keeper: StoreKeeper, board: StoreBoard, typed: str) -> None:
    keeper.save_round(a_round(kept(an_entry(1))))
    query = parse_query(typed)
    if isinstance(query, QueryProblem):
        assert 0 <= query.start < query.end
        assert "fts" not in query.said.lower()
    else:
        assert board.find_stories(query, NOON).total in {0, 1}
        assert board.find_incidents(query, NOON).total in {0, 1}


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
        ("Ratio a:b", '"a:b"'),
        ("Robert'); DROP TABLE story;-- drone", '"Robert\'); DROP TABLE story;-- drone"'),
        ("国籍不明の無人機が領空に侵入", "無人機"),
        ("国籍不明の無人機が領空に侵入", "領空侵入 OR 領空に侵入"),
        ("共軍軍機擾台", "軍機"),
        ("スパイ気球が飛来", "気球"),
        ("북한 무인기가 침범", "무인기"),
    ],
)
def test_words_are_found_as_they_are_typed(
    keeper: StoreKeeper, board: StoreBoard, title: str, typed: str
) -> None:
    keeper.save_round(a_round(kept(an_entry(1, title=title)), kept(an_entry(2, title="Fire", summary=""))))
    assert [row.title for row in found(board, typed)] == [title]


def test_every_word_must_be_there_unless_or_stands_between(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_round(kept(an_entry(1, title="Drones over Vilnius"))))
    assert found(board, "drones over vilnius")
    assert not found(board, "drones over riga")
    assert found(board, "riga OR vilnius")
    assert not found(board, "drones -vilnius")
    assert found(board, "drones -riga")


def test_a_quoted_word_is_that_word_and_no_beginning(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_round(kept(an_entry(1, title="Drones over Vilnius"))))
    assert found(board, "drone")
    assert not found(board, '"drone"')
    assert found(board, '"over vilnius"')
    assert not found(board, '"vilnius over"')


def test_the_best_fit_comes_first_then_the_newest_and_no_more_than_asked(
    keeper: StoreKeeper, board: StoreBoard
) -> None:
    said_once = kept(an_entry(1, title="A long day in Riga, with rain, a parade, speeches and a balloon"))
    said_at_once = kept(an_entry(2, title="Balloon, balloon", summary=""))
    keeper.save_round(a_round(said_at_once, said_once))
    assert [row.key for row in found(board, "balloon")] == [an_entry(2).key, an_entry(1).key]
    assert [row.key for row in found(board, "balloon", 1)] == [an_entry(2).key]
    assert board.find_stories(Words("balloon"), NOON, 1).total == 2


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("drones country:PL", 2),
        ("drones country:LT", 2),
        ("drones -country:PL", 1),
        ("drones (country:LT OR object:BLN)", 2),
        ("drones country:LT object:BLN", 2),
        ("drones country:PL object:BLN", 0),
        ("drones is:news", 3),
        ("drones country:LT publisher:example", 2),
    ],
)
def test_words_beside_facts_find_the_same_whichever_of_them_leads(
    keeper: StoreKeeper, board: StoreBoard, typed: str, wanted: int
) -> None:
    lithuanian = a_report(affected=("LT",), object=(ObjectCode.BALLOON,))
    reads = [
        kept(an_entry(1)),
        kept(an_entry(2), lithuanian),
        kept(an_entry(3, title="Drones, drones"), a_report(), lithuanian),
        kept(an_entry(4, title="A kite", summary="It was seen."), lithuanian),
    ]
    filings = [
        filed(read, *(f"i{number}-{position}" for position, _ in enumerate(read.reading.reports)))
        for number, read in enumerate(reads)
    ]
    keeper.save_round(a_round(*reads, filing=together(*filings)))
    query = parse_query(typed)
    assert not isinstance(query, QueryProblem)
    connection = keeper.writer.connection
    by_list, by_words = (search_stories(connection, query, NOON, 200, few=few) for few in (2_000, 0))
    assert by_list == by_words
    assert by_list.total == wanted


def test_a_revised_story_is_found_by_its_new_words_only(keeper: StoreKeeper, board: StoreBoard) -> None:
    keeper.save_round(a_round(kept(an_entry(1, title="Balloon seen 気球"))))
    keeper.save_round(a_round(revised=[kept(an_entry(1, title="Kite seen 凧"))], at=NOON))
    assert found(board, "kite")
    assert found(board, "凧")
    assert not found(board, "balloon")
    keeper.writer.connection.execute("INSERT INTO story_fts (story_fts, rank) VALUES ('integrity-check', 1)")
