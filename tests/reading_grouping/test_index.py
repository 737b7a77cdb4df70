from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from tui.domain.codes import Event, ObjectCode
from tui.domain.incident import IncidentSketch
from tui.reading.grouping.index import Index
from tui.reading.grouping.keys import report_keys
from tui.reading.grouping.traits import traits_of_sketch

FIRST = date(2000, 1, 1)


def a_sketch(name: str, day: int, *words: str) -> IncidentSketch:
    happened = FIRST + timedelta(days=day)
    seen = datetime(happened.year, happened.month, happened.day, tzinfo=UTC)
    return IncidentSketch(
        incident=name,
        affected=("PL",),
        object=(ObjectCode.UAV,),
        event=(Event.VIOLATION,),
        first_day=happened,
        last_day=happened,
        first_published=seen,
        last_published=seen,
        words=tuple((word, 1.0) for word in words),
        stories=1,
    )


def keys_of(sketch: IncidentSketch) -> Sequence[int]:
    return report_keys(traits_of_sketch(sketch))


def test_what_is_held_is_bounded_the_oldest_leaves_first_and_a_baseline_never() -> None:
    index = Index([a_sketch("b:old", 0)], held=60)

    left = [gone.incident for number in range(70) for gone in index.put(a_sketch(f"i{number}", number))]

    assert len(index) == 60
    assert left == [f"i{number}" for number in range(11)]
    assert "b:old" in index
    assert "i10" not in index
    assert "i69" in index


def test_an_incident_put_again_is_found_once_under_its_new_days() -> None:
    index = Index([a_sketch("i1", 0)])

    index.put(a_sketch("i1", 1000))

    assert list(index.candidates(keys_of(a_sketch("", 1000)))) == ["i1"]
    assert list(index.candidates(keys_of(a_sketch("", 0)))) == []


def test_the_incidents_compared_are_bounded_and_the_latest_come_first() -> None:
    index = Index(a_sketch(f"i{number:03}", 100) for number in range(300))

    found = list(index.candidates(keys_of(a_sketch("", 100))))

    assert len(found) <= 40
    assert found[0] == "i299"


def test_a_word_of_many_incidents_is_less_rare_than_one_of_few() -> None:
    index = Index(a_sketch(f"i{number}", number, "tanker", f"name{number}") for number in range(100))

    assert index.rarity("name7") > index.rarity("tanker")
    assert 0 <= index.rarity("tanker") <= index.rarity("unseen") <= 1
