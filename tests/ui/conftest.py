"""A fault that the dashboard outlives is a fault all the same: no test of it may pass over one unasked."""

import logging
from collections.abc import Iterator

import pytest

FAULTS = logging.getLogger("tui.ui.faults")


class Heard(logging.Handler):
    """What was logged as a fault of the interface."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def faults() -> Iterator[Heard]:
    """The faults of this test, which expects some."""
    heard = Heard()
    FAULTS.addHandler(heard)
    yield heard
    FAULTS.removeHandler(heard)


@pytest.fixture(autouse=True)
def _no_fault_unasked(request: pytest.FixtureRequest) -> Iterator[None]:
    heard = Heard()
    FAULTS.addHandler(heard)
    yield
    FAULTS.removeHandler(heard)
    if "faults" not in request.fixturenames:
        assert [record.getMessage() + str(record.exc_info) for record in heard.records if _ours(record)] == []


def _ours(record: logging.LogRecord) -> bool:
    """Not a store that a test lets fail: the interface outlives that, and many tests look at how."""
    return "the store" not in record.getMessage()
