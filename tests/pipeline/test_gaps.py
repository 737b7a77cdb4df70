from datetime import datetime, timedelta

import pytest

from tests.pipeline.fakes import NOON
from tui.domain.feed import FeedState
from tui.pipeline.gaps import observed_gap, usual_gap

HOUR = timedelta(hours=1)


def _ago(*hours: float) -> list[datetime | None]:
    return [NOON - back * HOUR for back in hours]


GAPS: list[tuple[list[datetime | None], timedelta | None]] = [
    (_ago(1, 2, 3, 4), HOUR),  # reaches four hours back: four in four hours
    (_ago(*range(1, 169), 400), HOUR),  # 168 in the last week
    (_ago(24, 200, 300), 168 * HOUR),  # one in the last week
    (_ago(240, 500, 700), 240 * HOUR),  # none in the last week: since the newest
    (_ago(90_000, 90_001, 90_002), 90 * 24 * HOUR),
    (_ago(1, 2), None),
    ([None, None, None], None),
    (_ago(-5, -6, -7), None),  # the future is not believed
    ([], None),
]


@pytest.mark.parametrize(("dates", "gap"), GAPS)
def test_a_feeds_own_dates_give_its_usual_gap(dates: list[datetime | None], gap: timedelta | None) -> None:
    assert usual_gap(dates, NOON) == gap


def test_without_dates_the_gap_is_what_was_seen_smoothed() -> None:
    state = FeedState("u", last_new=NOON - 4 * HOUR)
    assert observed_gap(state, 2, NOON) == 2 * HOUR
    assert observed_gap(state, 0, NOON) is None
    known = FeedState("u", last_new=NOON - 4 * HOUR, usual_gap=8 * HOUR)
    assert observed_gap(known, 1, NOON) == 7 * HOUR
    assert observed_gap(known, 0, NOON) == 8 * HOUR
