"""The rhythm asks half as often as every 15 minutes and sees everything within an interval."""

from datetime import timedelta
from pathlib import Path

from bench.requests_a_day import poll_a_day, publishers


async def test_a_day_of_mixed_feeds_takes_half_the_requests_and_nothing_is_missed(tmp_path: Path) -> None:
    made = publishers(24)
    await poll_a_day(made, tmp_path)
    assert sum(publisher.requests for publisher in made) <= 24 * 96 / 2
    assert sum(len(publisher.delays) for publisher in made) > 200
    assert not any(publisher.lost for publisher in made)
    assert not any(publisher.late for publisher in made)
    assert max(max(publisher.delays, default=timedelta(0)) for publisher in made) <= timedelta(minutes=64)
