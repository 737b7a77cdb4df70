import io
import os
from pathlib import Path

from tui.reading.awaited_lines import lines_and_pauses


def test_a_pipe_that_falls_silent_is_told_as_a_pause_once_before_it_is_waited_for() -> None:
    ours, theirs = os.pipe()
    with os.fdopen(ours, "rb") as stdin, os.fdopen(theirs, "wb", buffering=0) as writer:
        lines = lines_and_pauses(stdin)
        writer.write(b"one\ntwo\n")
        assert [next(lines), next(lines), next(lines)] == [b"one", b"two", None]
        writer.write(b"three\nfo")
        assert next(lines) == b"three"
        writer.write(b"ur")
        writer.close()
        assert list(lines) == [b"four"]


def test_what_was_buffered_before_we_came_is_not_lost() -> None:
    ours, theirs = os.pipe()
    with os.fdopen(ours, "rb") as stdin, os.fdopen(theirs, "wb", buffering=0) as writer:
        writer.write(b"one\ntwo\nthree\n")
        assert stdin.readline() == b"one\n"
        writer.close()
        assert [line for line in lines_and_pauses(stdin) if line is not None] == [b"two", b"three"]


def test_a_file_has_no_pauses(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    long = b"x" * 200_000
    path.write_bytes(b"a\n\n" + long + b"\nlast")
    with path.open("rb") as stdin:
        assert list(lines_and_pauses(stdin)) == [b"a", b"", long, b"last"]


def test_what_is_no_real_file_is_read_to_its_end() -> None:
    assert list(lines_and_pauses(io.BytesIO(b"a\nb"))) == [b"a\n", b"b"]
    assert list(lines_and_pauses(io.BufferedReader(io.BytesIO(b"a\nb")))) == [b"a\n", b"b"]
