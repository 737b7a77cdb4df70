"""A view of a real store whose publishers write what hurts."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.samples import FEED, NOON, a_report, a_round, an_entry, filed, keeper_on, kept, together
from tui.cli.export import load_view
from tui.domain.codes import DatePrecision, ObjectCode, PlacePrecision
from tui.domain.feed import Feed
from tui.domain.query_tree import EVERYTHING
from tui.domain.reading import EventDate, Place, Span
from tui.exports.view import View
from tui.reading.conclude import conclude
from tui.store.database import open_reader
from tui.store.load import StoreBoard

HOSTILE = (
    '=HYPERLINK("https://evil.example";"drones over Poland")',
    "+1 drones | `rm` [click](javascript:alert(1)) <img src=x>\u2028over Poland",
    "@SUM(A1:A9) drones \U0001f6f8 & </content><link href='https://evil.example'/> ]]> over Poland",
    "-2+3 drones *over* _Poland_ # not a heading",
)
SECOND = "Poland's air force counts five drones in the night"
PLACES = (
    Place("Rzeszów", "PL", 50.04, 22.0, PlacePrecision.SETTLEMENT),
    Place("Lublin region", "PL", 51.2, 22.9, PlacePrecision.REGION),
    None,
    Place("-Poland", "PL", None, None, PlacePrecision.COUNTRY),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "overflight.db"


def fill(path: Path) -> None:
    """Four incidents, one told twice, one with two claims of the number."""
    keeper = keeper_on(path, conclude=conclude, line=lambda facts: f"{' '.join(facts.affected)} line")
    keeper.sync_feeds([Feed(FEED, "Example", country="PL", publisher="Example News")], NOON)
    reads, filings = [], []
    for number, title in enumerate([*HOSTILE, SECOND]):
        report = a_report(
            object=(ObjectCode.UAV,),
            place=PLACES[number % 4],
            count=number + 1,
            event_date=EventDate(NOON.date(), DatePrecision.DAY),
            spans=(Span("object", "uav", "title", 0, 5),),
        )
        entry = an_entry(
            number, title=title, publisher=f"-Paper {number}", published=NOON + timedelta(minutes=number)
        )
        reads.append(kept(entry, report))
        filings.append(filed(reads[-1], f"i{number % 4}"))
    keeper.save_round(a_round(*reads, filing=together(*filings), at=NOON))
    keeper.close()


@pytest.fixture
def view(path: Path) -> Iterator[View]:
    fill(path)
    source = StoreBoard(open_reader(path))
    yield load_view(source, EVERYTHING, NOON + timedelta(hours=1), 100)
    source.close()
