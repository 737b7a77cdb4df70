from dataclasses import replace
from datetime import timedelta

import pytest

from tests.pipeline.fakes import NOON
from tui.domain.feed import FeedState, FeedStatus
from tui.domain.standing import Standing, standing, standing_said

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


def test_the_standing_is_said_in_words_with_its_reason() -> None:
    state = FeedState("u", FeedStatus.OK, last_ok=NOON, last_new=NOON - 3 * DAY, usual_gap=7 * DAY)
    quiet = "quiet by habit: about one entry in 7 days, the last 3 days ago"
    assert standing_said(state, NOON) == quiet
    silent = replace(state, usual_gap=HOUR)
    assert standing_said(silent, NOON) == (
        "silent, though it answers: about one entry in 1 hour, the last 3 days ago"
    )
    failing = replace(state, status=FeedStatus.FAILING, failures=4, last_ok=NOON - 5 * HOUR)
    assert standing_said(failing, NOON) == "failing, 4 times in a row: the last good answer 5 hours ago"
    assert (
        standing_said(replace(failing, failures=1, last_ok=None), NOON)
        == "failing, once: never a good answer"
    )
    assert standing_said(replace(state, status=FeedStatus.GONE), NOON).startswith("gone for good (410)")
    assert standing_said(FeedState("u"), NOON) == "not asked yet"
    assert standing_said(replace(state, status=FeedStatus.DISABLED), NOON) == "switched off"
    assert (
        standing_said(FeedState("u", FeedStatus.OK, last_ok=NOON), NOON)
        == "answers, and has brought nothing yet"
    )
