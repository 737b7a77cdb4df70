"""A store on a real file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.samples import FEED, NOON, keeper_on
from tui.domain.feed import Feed
from tui.store.database import open_reader, open_writer
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks
from tui.store.save import StoreKeeper


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "overflight.db"


@pytest.fixture
def keeper(path: Path) -> Iterator[StoreKeeper]:
    made = keeper_on(path)
    made.sync_feeds([Feed(FEED, "Example", country="PL", publisher="Example News")], NOON)
    yield made
    made.close()


@pytest.fixture
def board(keeper: StoreKeeper, path: Path) -> Iterator[StoreBoard]:
    made = StoreBoard(open_reader(path))
    yield made
    made.close()


@pytest.fixture
def marks(keeper: StoreKeeper, path: Path) -> Iterator[StoreMarks]:
    made = StoreMarks(open_writer(path))
    yield made
    made.close()
