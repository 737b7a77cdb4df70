import os
from pathlib import Path

import pytest

from bench import evaluate
from bench.scoring import datasets
from bench.scoring.datasets import Item
from bench.scoring.plain_lexicon import PlainLexicon
from tui.domain.entry import StoryText

SHARED = Path(os.environ.get("OVERFLIGHT_SHARED", Path(__file__).parents[2].parent / "shared"))
needs_shared = pytest.mark.skipif(
    not (SHARED / "data").is_dir(), reason="the labelled sets are absent: set OVERFLIGHT_SHARED"
)


def test_missing_sets_end_it_with_two_and_say_what_to_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OVERFLIGHT_SHARED", str(tmp_path))

    assert evaluate.main([]) == 2
    assert "OVERFLIGHT_SHARED" in capsys.readouterr().err


@needs_shared
def test_the_plain_lexicon_keeps_a_plain_violation_and_names_the_first_state() -> None:
    plain = PlainLexicon(SHARED / "data")
    kept = StoryText("a", "Poland says Russian drones violated its airspace")
    other = StoryText("b", "Balloon festival opens in Spain")

    assert plain.relevant(kept)
    assert plain.affected(kept) == {"PL"}
    assert plain.objects(kept) == {"uav"}
    assert not plain.relevant(other)


@needs_shared
def test_the_sets_load_with_their_labels() -> None:
    data = datasets.shared_folder()
    gold: list[Item] = datasets.gold(data)
    real = datasets.real_positives(data)

    assert sum(item.relevant for item in gold) > 300
    assert all(item.text.published for item in gold)
    assert {code for item in real for code in item.object} & {"drone", "aircraft"}
    assert any(not item.attribution for item in real)
