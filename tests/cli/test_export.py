"""`overflight export`, `import` and `tail`, as scripts use them."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.test_refusals import environment, run
from tests.store.samples import NOON, a_story_round, keeper_on
from tui.cli.outfile import OutFileError, write_whole

PATIENCE = 30.0


@pytest.fixture
def home(tmp_path: Path) -> Path:
    keeper = keeper_on(tmp_path / "overflight.db")
    for number in range(3):
        keeper.save_round(a_story_round(number, f"i{number}", NOON + timedelta(minutes=number)))
    keeper.close()
    return tmp_path


@pytest.mark.parametrize(
    "form", ["json", "csv", "geojson", "atom", "jsonfeed", "markdown", "stix", "evidence"]
)
def test_every_form_is_written_whole_and_says_nothing_else(home: Path, form: str) -> None:
    done = run(home, "export", "country:PL", "--format", form, "--output", str(home / "out"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert b"i0" in (home / "out").read_bytes() or form in {"csv", "evidence"}
    assert sorted(file.name for file in home.iterdir() if file.name.startswith(".")) == []


def test_what_a_limit_leaves_out_is_said(home: Path) -> None:
    done = run(home, "export", "--limit", "2")
    assert len(json.loads(done.stdout)["incidents"]) == 2
    assert "the first 2 of 3" in done.stderr


def test_a_file_is_replaced_at_once_and_a_link_a_folder_and_a_pipe_are_refused(home: Path) -> None:
    ordinary, link, pipe = home / "ordinary", home / "link", home / "pipe"
    ordinary.write_text("before")
    ordinary.chmod(0o640)
    (home / "letter").write_text("dear")
    link.symlink_to(home / "letter")
    os.mkfifo(pipe)
    assert run(home, "export", "-o", str(ordinary)).returncode == 0
    assert json.loads(ordinary.read_text())["total"] == 3
    assert ordinary.stat().st_mode & 0o777 == 0o640
    for path, said in ((link, "not followed"), (pipe, "no ordinary file"), (home, "no ordinary file")):
        refused = run(home, "export", "-o", str(path))
        assert refused.returncode == 2
        assert said in refused.stderr
    assert (home / "letter").read_text() == "dear"


def test_a_file_of_that_name_is_replaced_by_a_whole_one_or_stays_as_it_was(home: Path) -> None:
    out = home / "again.json"
    assert run(home, "once", "--no-fetch").returncode == 0
    for query, total in (("is:news", 3), ("is:baseline", 80)):
        assert run(home, "export", query, "-o", str(out)).returncode == 0
        assert json.loads(out.read_text())["total"] == total
    before = out.read_bytes()
    refused = subprocess.run(
        [sys.executable, "-m", "tui", "export", "-o", str(out)],
        # Python would leave byte code cut at the limit beside the modules.
        env=environment(home, PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
    )
    assert refused.returncode == 2
    assert f"{out}. What stood there is as it was" in refused.stderr
    assert out.read_bytes() == before
    assert not [file for file in home.iterdir() if file.name.startswith(f".{out.name}")]
    for command in ("export", "handover"):
        assert "is replaced at once when the new one is whole" in " ".join(
            run(home, command, "--help").stdout.split()
        )


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    write_whole(out, b"before")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(OutFileError, match="cannot be written"):
            write_whole(out, b"x" * 200_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert out.read_bytes() == b"before"
    assert [file.name for file in tmp_path.iterdir()] == ["out.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--watch"], "--output"),
        (["--format", "archive", "country:PL"], "takes no query"),
        (["country:Polnd"], "did you mean PL"),
        (["--format", "pdf"], "pdf"),
    ],
)
def test_what_cannot_be_exported_is_told(home: Path, arguments: list[str], said: str) -> None:
    refused = run(home, "export", *arguments)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert said in refused.stderr


def test_an_archive_restores_an_empty_store_to_the_last_row(home: Path, tmp_path: Path) -> None:
    archive, other = home / "archive.jsonl", tmp_path / "other"
    assert run(home, "export", "--format", "archive", "-o", str(archive)).returncode == 0
    other.mkdir(mode=0o700)
    assert run(other, "once", "--no-fetch").returncode == 0
    done = run(other, "import", str(archive))
    assert done.returncode == 0, done.stderr

    again = run(other, "export", "--format", "archive")
    assert again.stdout.splitlines()[1:] == archive.read_text().splitlines()[1:]
    assert run(other, "verify").returncode == 0
    assert json.loads(run(other, "query", "drones", "--json").stdout)["total"] == 3
    refused = run(other, "import", str(archive))
    assert refused.returncode == 2
    assert "has stories already" in refused.stderr


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda lines: lines[:-1], "without its last line"),
        (lambda lines: lines[:3] + lines[4:], "rows were written"),
        (lambda lines: [lines[0], '["story; DROP TABLE story", 1]', *lines[1:]], "line 2"),
        (lambda lines: [lines[0].replace('"title"', '"title) --"'), *lines[1:]], "none of ours"),
        (lambda lines: [lines[0].replace('"schema": ', '"schema": 9'), *lines[1:]], "schema"),
        (lambda _lines: ["[]"], "line 1"),
        (lambda _lines: [], "line 1"),
        (lambda lines: [lines[0], "[" * 100_000], "line 2"),
    ],
)
def test_what_is_no_whole_archive_changes_nothing(
    home: Path, tmp_path: Path, spoil: object, said: str
) -> None:
    archive = home / "archive.jsonl"
    run(home, "export", "--format", "archive", "-o", str(archive))
    assert callable(spoil)
    archive.write_text("\n".join(spoil(archive.read_text().splitlines())) + "\n")
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    refused = run(other, "import", str(archive))
    assert refused.returncode == 2, refused.stdout
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert list(other.iterdir()) == []


@pytest.fixture
def following(home: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "tail", "country:PL", "--all"],
        env={**os.environ, "OVERFLIGHT_HOME": str(home)},
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def test_tail_tells_what_is_there_and_then_every_change(
    home: Path, following: "subprocess.Popen[str]"
) -> None:
    assert following.stdout is not None
    first = [json.loads(following.stdout.readline()) for _ in range(3)]
    assert [(line["change"], line["id"]) for line in first] == [("new", f"i{number}") for number in range(3)]
    keeper = keeper_on(home / "overflight.db")
    keeper.save_round(a_story_round(7, "i1", NOON + timedelta(hours=1)))
    keeper.close()
    revised = json.loads(following.stdout.readline())
    assert (revised["change"], revised["id"], revised["stories"]) == ("revised", "i1", 2)


def test_a_watched_file_is_kept_fresh(home: Path) -> None:
    out = home / "fresh.json"
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "export", "--watch", "-o", str(out)],
        env={**os.environ, "OVERFLIGHT_HOME": str(home)},
        cwd=Path(__file__).resolve().parents[2],
    )
    try:
        wait_for_total(out, 3)
        keeper = keeper_on(home / "overflight.db")
        keeper.save_round(a_story_round(7, "i7", NOON + timedelta(hours=1)))
        keeper.close()
        wait_for_total(out, 4)
    finally:
        process.kill()
        process.wait()


def wait_for_total(path: Path, total: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while not path.exists() or json.loads(path.read_text())["total"] != total:
        assert time.monotonic() < deadline
        time.sleep(0.05)
