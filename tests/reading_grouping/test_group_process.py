import json
import queue
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tui.reading.scene import MAX_SUMMARY, MAX_TITLE
from tui.reading.wire import read_line

PATIENCE = 10
DRONE = {"affected": ["PL"], "actor": ["RU"], "object": ["uav"], "event": ["violation"]}


def a_line(story: str, **fields: Any) -> bytes:
    given = {"id": story, "title": "Alarm", "summary": "", "published": "2025-09-10", **fields}
    return json.dumps(given).encode() + b"\n"


def once(lines: list[bytes]) -> list[dict[str, Any]]:
    """What the command answers when everything is written at once."""
    command = [sys.executable, "-m", "tui", "group"]
    done = subprocess.run(command, input=b"".join(lines), capture_output=True, timeout=60, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


class Conversation:
    """The command at work: write to it, and read with a limit of time."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def write(self, written: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(written)
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._lines.get(timeout=PATIENCE))
        return found

    def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._listener.join(PATIENCE)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)


@contextmanager
def group() -> Iterator[Conversation]:
    command = [sys.executable, "-m", "tui", "group"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        talk = Conversation(process)
        # The first answer is waited for longer: the program starts.
        talk.write(a_line("start"))
        assert json.loads(talk._lines.get(timeout=60))["id"] == "start"
        try:
            yield talk
        finally:
            talk.end()
            process.wait(PATIENCE)


def test_a_checker_that_writes_one_line_of_a_batch_and_reads_one_is_answered() -> None:
    with group() as talk:
        found = []
        for number in range(3):
            talk.write(a_line(f"s{number}", **DRONE, batch="one"))
            found.append(talk.answer())

    assert [answer["id"] for answer in found] == ["s0", "s1", "s2"]
    assert len({answer["incident"] for answer in found}) == 1
    assert found[0]["incident"] is not None


def test_half_a_line_is_not_answered_for_and_does_not_part_a_batch() -> None:
    first, second = a_line("a", **{**DRONE, "event": ["denial"]}, batch=1), a_line("b", **DRONE, batch=1)
    with group() as talk:
        talk.write(first + second[:20])
        talk.write(second[20:])
        one, other = talk.answer(), talk.answer()

    assert [one["id"], other["id"]] == ["a", "b"]
    assert once([first, second]) == [one, other]


def test_a_batch_written_at_once_is_answered_alike_in_any_order() -> None:
    events = ["denial", "violation", "shootdown", "protest"]
    lines = [
        a_line(f"s{n}", **{**DRONE, "event": [events[n % 4]], "affected": [["PL", "RO"][n % 2]]}, batch="b")
        for n in range(24)
    ]
    mixed = random.Random(7).sample(lines, len(lines))

    straight = {answer["id"]: answer["incident"] for answer in once(lines)}

    assert {answer["id"]: answer["incident"] for answer in once(mixed)} == straight
    assert len(straight) == 24


def test_a_fact_deep_in_a_long_summary_is_read_alike_by_both_commands() -> None:
    padding = "The weather was mild and the roads were dry. " * 300
    line = a_line(
        "deep",
        title="Morning news " + "x" * 400,
        summary=padding + "A Russian drone violated Polish airspace near Lublin and was shot down.",
        lang="en",
    )
    assert MAX_TITLE > 400
    assert 4_000 < len(padding) < MAX_SUMMARY

    assert json.loads(read_line(line, 1))["relevant"]
    [answer] = once([line])
    assert answer["incident"] is not None
