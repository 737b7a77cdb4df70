"""Some simulated days against the server that scores feed readers: every rule is kept."""

from pathlib import Path

from bench.politeness import our_week, scores


async def test_days_of_polling_keep_every_rule_of_the_scoring_server(tmp_path: Path) -> None:
    kept = scores(await our_week(3, tmp_path), all_rules=True)
    assert not [name for name, (times, of) in kept.items() if not of]
    assert not {name: share for name, share in kept.items() if share[0] < share[1]}
