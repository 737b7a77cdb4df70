"""What the reading says of sources reaches the screen's data: counts by publisher, and the chain."""

from dataclasses import replace
from pathlib import Path

from tests.store.samples import NOON, a_round, an_entry, filed, kept, line_simply
from tui.domain.board import BoardQuery
from tui.domain.codes import Origin
from tui.domain.feed import Feed
from tui.reading.conclude import conclude
from tui.reading.sources import chain_of
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper

TOLD = (
    ("Gazette", "Drones over the port", "Police closed the harbour at nine."),
    ("Courier", "Port shut after alarm", "HELSINKI (Reuters) - The harbour was shut."),
    ("Reuters", "Harbour shut in drone alarm", "Nobody was hurt."),
    ("Reuters UK", "What is known of the drones", "Ships waited outside."),
)


def test_an_incident_is_told_by_houses_and_keeps_who_copied_whom(path: Path) -> None:
    keeper = StoreKeeper(
        open_writer(path), conclude=conclude, line=line_simply, origin=Origin.NEWS, reader_version="test"
    )
    for number, (publisher, title, summary) in enumerate(TOLD):
        feed = f"https://feed.example/{number}"
        keeper.sync_feeds([Feed(feed, publisher)], NOON)
        entry = an_entry(number, title=title, feed=feed, summary=summary, publisher=publisher)
        read = kept(replace(entry, hash=str(number)))
        keeper.save_round(a_round(read, filing=filed(read, "i"), feed=feed))
    board = StoreBoard(open_reader(path), chain_of=chain_of)

    detail = board.incident("i")

    assert detail is not None
    assert (detail.row.stories, detail.row.publishers) == (4, 2)
    assert {link.publisher: link.copy_of for link in detail.chain.links} == {
        "Gazette": None,
        "Courier": "Reuters",
        "Reuters": None,
        "Reuters UK": None,
    }
    assert [row.publishers for row in board.board(BoardQuery(), NOON).incidents] == [2]
    board.close()
    keeper.close()
