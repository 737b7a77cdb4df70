import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.helpers import read
from tests.work import work
from tui.domain.entry import StoryText
from tui.domain.reading import Reason, Span
from tui.reading.matching import matcher
from tui.reading.plain_text import plain_text
from tui.reading.reader import THRESHOLD, read_story
from tui.reading.wire import BadLine, read_line, read_lines

WORDS = st.sampled_from(
    ["drone", "Poland", "airspace", "Russian", "closed", "airport", "on Friday", "2019", "無人機", "領空", "U.S.", "over",
     "shot down", "?", ".", "\u0301", "\u200d", "Feb. 14", "three", "дрон", "مسيرة", "denies", "its airspace"]
)  # fmt: skip
TEXT = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(TEXT, TEXT, st.sampled_from(["en", "zh", "xx", None, "ar"]), st.sampled_from([None, "PL", "ZZ"]))
def test_any_text_is_read_twice_alike_with_spans_inside_it(
    title: str, summary: str, lang: str | None, home: str | None
) -> None:
    text = StoryText("x", title, summary, datetime(2025, 1, 1, tzinfo=UTC), lang, home)
    reading = read_story(text)
    assert read_story(text) == reading
    spans: list[Reason | Span] = [
        *reading.verdict.why,
        *(span for report in reading.reports for span in report.spans),
    ]
    for span in spans:
        raw = title if span.field == "title" else summary
        assert 0 <= span.start <= span.end <= len(raw)


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\ud800 drone over Poland", "drone" * 10_000, "." * 5_000, "無" * 20_000]
)
def test_odd_texts_are_read_without_a_surprise(text: str) -> None:
    assert read_story(StoryText("x", text, text)).verdict.threshold == THRESHOLD


def test_an_undated_story_is_read() -> None:
    reading = read_story(StoryText("x", "Russian drone enters Polish airspace on Friday"))
    assert reading.verdict.relevant
    assert reading.reports[0].event_date is None


def test_the_work_grows_no_faster_than_the_text() -> None:
    phrase = "drone airport closed "
    small, large = phrase * 100, phrase * 1_400
    found = matcher("en").find
    assert len(found(large)) <= len(found(small)) * 14 * 1.1

    read(small, small)
    assert work(lambda: read(large, large)) < 20 * work(lambda: read(small, small))


def test_a_line_is_answered_with_every_field_of_the_interface() -> None:
    line = {
        "id": "a1", "title": "Russian drone &amp; decoys enter <b>Polish</b> airspace", "summary": "<p>Near Lublin.</p>",
        "published": "2025-09-10", "lang": "en", "feed_country": "PL", "publisher": "x", "unknown": 1,
    }  # fmt: skip
    answer = json.loads(read_line(json.dumps(line).encode(), 1))
    assert list(answer) == [
        "id", "relevant", "war_routine", "score", "threshold", "lang", "affected", "actor", "responder", "object", "zone",
        "event", "response", "certainty", "count", "place", "event_date", "reports", "why",
    ]  # fmt: skip
    assert answer["relevant"] is True
    assert answer["affected"] == ["PL"]
    assert answer["actor"] == ["RU"]
    assert answer["place"]["name"] == "Lublin"
    assert answer["reports"][0]["object"] == answer["object"]
    cleaned = "Russian drone & decoys enter Polish airspace"
    for why in answer["why"]:
        if why["field"] == "title" and why["words"]:
            assert cleaned[why["start"] : why["end"]] == why["words"]


def test_a_dropped_line_has_empty_lists_and_nulls() -> None:
    answer = json.loads(read_line(b'{"id":"a","title":"Cake"}', 1))
    assert answer["relevant"] is False
    assert (answer["affected"], answer["reports"], answer["certainty"], answer["place"]) == (
        [],
        [],
        None,
        None,
    )


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b'{"id":"a"}',
        b'{"id":1,"title":"x"}',
        b'{"id":"a","title":"x","published":"soon"}',
        b"\xff\xfe",
        b"null",
    ],
)
def test_a_bad_line_is_an_error_that_names_its_number(line: bytes) -> None:
    with pytest.raises(BadLine, match="line 7") as caught:
        read_line(line, 7)
    assert caught.value.number == 7
    assert caught.value.reason


class Pipe(io.RawIOBase):
    """Takes writes and remembers how much had been flushed when each line was asked for."""

    def __init__(self) -> None:
        self.written = bytearray()
        self.flushed = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]  # all that a test needs
        self.written += data
        return len(data)

    def flush(self) -> None:
        self.flushed = len(self.written)


def test_each_answer_is_flushed_before_the_next_line_is_waited_for() -> None:
    out = Pipe()
    seen: list[int] = []

    class Source(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            seen.append(out.flushed)
            return super().readline(size)

    lines = b'{"id":"a","title":"one"}\n\n{"id":"b","title":"two"}\n'
    read_lines(Source(lines), out)  # type: ignore[arg-type]  # a stream that counts
    assert out.written.count(b"\n") == 2
    assert seen[1] > 0
    assert seen[-1] == len(out.written)


def test_letters_of_another_script_that_look_alike_are_left_as_they_are_and_hide_a_word() -> None:
    plain = "Russian drones violate Polish airspace"
    alike = plain.replace("drones", "dr\u043enes").replace("airspace", "\u0430irspace")
    title = plain_text(alike, 300)
    assert title == alike
    assert (
        read_story(StoryText("x", plain, "", None, "en")).verdict.score
        > read_story(StoryText("x", title, "", None, "en")).verdict.score
    )
