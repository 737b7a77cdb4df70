from datetime import timedelta

import pytest

from tests.pipeline.fakes import NOON
from tui.domain.feed import FeedState, FeedStatus
from tui.domain.standing import Standing, standing

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

CASES = [
    (FeedStatus.OK, HOUR / 4, 10 * HOUR, Standing.LIVELY),
    (FeedStatus.OK, HOUR / 4, 25 * HOUR, Standing.SILENT),
    (FeedStatus.OK, 8 * HOUR, 60 * HOUR, Standing.LIVELY),
    (FeedStatus.OK, 8 * HOUR, 65 * HOUR, Standing.SILENT),
    (FeedStatus.OK, 7 * DAY, 50 * DAY, Standing.QUIET),
    (FeedStatus.DAMAGED, 7 * DAY, 57 * DAY, Standing.SILENT),
    (FeedStatus.OK, None, 6 * DAY, Standing.LIVELY),
    (FeedStatus.OK, None, 8 * DAY, Standing.SILENT),
    (FeedStatus.OK, HOUR, None, Standing.UNKNOWN),
    (FeedStatus.FAILING, HOUR, 50 * DAY, Standing.FAILING),
    (FeedStatus.GONE, HOUR, HOUR, Standing.FAILING),
]


@pytest.mark.parametrize(("status", "gap", "silence", "wanted"), CASES)
def test_silence_is_judged_by_the_feeds_own_habit(
    status: FeedStatus, gap: timedelta | None, silence: timedelta | None, wanted: Standing
) -> None:
    last_new = None if silence is None else NOON - silence
    state = FeedState("u", status, last_ok=NOON, last_new=last_new, usual_gap=gap)
    assert standing(state, NOON) is wanted
    assert standing(FeedState("u"), NOON) is Standing.UNKNOWN
