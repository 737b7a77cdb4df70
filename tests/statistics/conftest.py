"""The store of the tests of the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.samples import FEED, NOON, keeper_on
from tui.domain.feed import Feed
from tui.reading.conclude import conclude
from tui.store.database import open_reader
from tui.store.load import StoreBoard
from tui.store.save import StoreKeeper


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "overflight.db"


@pytest.fixture
def keeper(path: Path) -> Iterator[StoreKeeper]:
    made = keeper_on(path, conclude=conclude)
    made.sync_feeds([Feed(FEED, "Example", country="PL", publisher="Example News")], NOON)
    yield made
    made.close()


@pytest.fixture
def board(keeper: StoreKeeper, path: Path) -> Iterator[StoreBoard]:
    del keeper
    made = StoreBoard(open_reader(path))
    yield made
    made.close()
