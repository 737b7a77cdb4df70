import io
import json
from typing import Any

import pytest

from tui.domain.codes import Event, ObjectCode
from tui.domain.entry import StoryText
from tui.domain.reading import Reading, Report, Verdict
from tui.reading.group_wire import group_lines
from tui.reading.wire import BadLine


def dropped(text: StoryText) -> Reading:
    """A reading that keeps nothing, so that only what a line gives can decide."""
    return Reading(Verdict(relevant=False, war_routine=False, score=0, threshold=1, lang=text.lang or "en"))


def keeps_two(text: StoryText) -> Reading:
    """A reading that finds two events in every story."""
    verdict = Verdict(relevant=True, war_routine=False, score=2, threshold=1, lang="en")
    reports = [
        Report(affected=(state,), object=(ObjectCode.UAV,), event=(Event.VIOLATION,))
        for state in ("PL", "RO")
    ]
    return Reading(verdict, tuple(reports))


def a_line(story: str, **fields: Any) -> str:
    given = {"id": story, "title": "Alarm", "summary": "", "published": "2025-09-10", **fields}
    return json.dumps(given) + "\n"


DRONE = {"affected": ["PL"], "actor": ["RU"], "object": ["uav"], "event": ["violation"]}


def answers(lines: list[str], read: Any = dropped) -> list[dict[str, Any]]:
    out = io.BytesIO()
    group_lines(io.BytesIO("".join(lines).encode()), out, read)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_one_line_comes_out_for_each_line_in_in_the_same_order() -> None:
    found = answers([a_line("b", **DRONE), a_line("a", **DRONE), a_line("c")])

    assert [answer["id"] for answer in found] == ["b", "a", "c"]
    assert [sorted(answer) for answer in found] == [["id", "incident", "incidents", "nearest", "why"]] * 3


def test_given_facts_replace_our_own_reading_and_make_a_story_relevant() -> None:
    first, second = answers([a_line("a", **DRONE), a_line("b", **DRONE)])

    assert first["incident"] is not None
    assert first["incident"] == second["incident"]
    assert {why["reason"] for why in second["why"]} >= {"affected", "object"}


def test_a_story_that_is_not_relevant_has_no_incident() -> None:
    [plain] = answers([a_line("a")])
    [denied] = answers([a_line("a", **DRONE, relevant=False)])

    assert plain["incident"] is None
    assert plain["incidents"] == []
    assert plain["nearest"] is None
    assert denied["incident"] is None


def test_each_report_of_a_story_has_its_incident_and_the_main_one_leads() -> None:
    [found] = answers([a_line("a")], keeps_two)

    assert len(set(found["incidents"])) == 2
    assert found["incident"] == found["incidents"][0]


def test_given_reports_replace_all_of_ours() -> None:
    [found] = answers([a_line("a", reports=[DRONE])], keeps_two)

    assert len(found["incidents"]) == 1


def test_a_place_may_be_a_plain_string_and_a_date_a_plain_date() -> None:
    near = a_line("a", **DRONE, place="Rezekne", event_date="2025-09-09")
    same = a_line(
        "b",
        **DRONE,
        place={"name": "Rezekne", "country": "LV", "lat": 56.5, "lon": 27.3, "precision": "settlement"},
        event_date={"date": "2025-09-09", "precision": "day"},
    )

    first, second = answers([near, same])

    assert first["incident"] == second["incident"]
    assert "place" in {why["reason"] for why in second["why"]}


def test_coarse_and_unknown_object_words_of_labelled_sets_are_understood() -> None:
    coarse = {**DRONE, "object": ["drone"]}

    first, second = answers([a_line("a", **DRONE), a_line("b", **coarse)])

    assert first["incident"] == second["incident"]


def test_stories_of_one_batch_are_assigned_together_whatever_their_order() -> None:
    lines = [a_line("a", **DRONE, batch=1), a_line("b", **{**DRONE, "event": ["denial"]}, batch=1)]

    one = {answer["id"]: answer["incident"] for answer in answers(lines)}
    other = {answer["id"]: answer["incident"] for answer in answers(lines[::-1])}

    assert one == other


def test_two_lines_with_one_id_in_one_batch_have_their_own_answers() -> None:
    other = {"affected": ["JP"], "actor": ["KP"], "object": ["ballistic_missile"], "event": ["violation"]}

    twice = answers([a_line("a", **DRONE, batch=1), a_line("a", **other, batch=1), a_line("a", batch=1)])

    assert [len(answer["incidents"]) for answer in twice] == [1, 1, 0]
    assert twice[0]["incident"] != twice[1]["incident"]


class Watched(io.BytesIO):
    """Counts the lines that had been handed on."""

    handed_on = 0

    def flush(self) -> None:
        self.handed_on = self.getvalue().count(b"\n")


class Asked(io.BytesIO):
    """Notes how much had been handed on when each line was asked for."""

    def __init__(self, lines: list[str], out: Watched) -> None:
        super().__init__("".join(lines).encode())
        self.out = out
        self.seen: list[int] = []

    def readline(self, size: int | None = -1, /) -> bytes:
        self.seen.append(self.out.handed_on)
        return super().readline(size)


def test_a_story_alone_is_answered_before_the_next_is_asked_for_and_a_batch_when_it_ends() -> None:
    out = Watched()
    lines = [a_line("a"), a_line("b"), a_line("c", batch=1), a_line("d", batch=1), a_line("e", batch=2)]
    asked = Asked(lines, out)

    group_lines(asked, out, dropped)

    assert asked.seen == [0, 1, 2, 2, 2, 4]
    assert out.handed_on == 5


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"title": "no id"}',
        '{"id": 7, "title": "a number"}',
        '{"id": "a", "title": "t", "published": "yesterday"}',
        '{"id": "a", "title": "t", "event": ["landing"]}',
        '{"id": "a", "title": "t", "affected": "PL"}',
    ],
)
def test_a_bad_line_stops_with_its_number_after_what_came_before_is_written(line: str) -> None:
    out = io.BytesIO()

    with pytest.raises(BadLine, match="line 2") as caught:
        group_lines(io.BytesIO((a_line("a", batch=1) + line + "\n").encode()), out, dropped)

    assert caught.value.number == 2
    assert json.loads(out.getvalue())["id"] == "a"


def test_null_and_missing_fields_are_nothing_said() -> None:
    [found] = answers(['{"id": "a", "title": "t", "summary": null, "published": null, "lang": null}\n'])

    assert found["incident"] is None


def test_our_own_reading_and_the_door_for_hostile_text_are_used_when_nothing_is_given() -> None:
    out = io.BytesIO()
    line = a_line("a", title="Three <b>Russian</b> fighter jets violated Estonian airspace", lang="en")

    group_lines(io.BytesIO(line.encode()), out)

    assert json.loads(out.getvalue())["incident"] is not None
