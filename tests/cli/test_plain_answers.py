"""What a person tried and was told something else than the truth: each answer says what is so, and what next."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.filled import fill
from tests.cli.test_refusals import GOOD, environment, run, said_once
from tests.servers.loopback import LoopbackServer


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert run(tmp_path, "once", "--no-fetch").returncode == 0
    return tmp_path


def closed(home: Path, number: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """With that standard file closed, as `>&-` does."""
    words = " ".join([f'"{sys.executable}"', "-m", "tui", *arguments, f"{number}>&-"])
    return subprocess.run(
        ["/bin/sh", "-c", words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment(home),
    )


def test_nothing_of_the_baseline_is_in_the_news_since_the_day_it_was_installed(home: Path) -> None:
    found = run(home, "query", "since:7d", "--json")
    assert (found.returncode, '"total": 0' in found.stdout) == (1, True)
    assert run(home, "query", "until:2020-01-01", "is:baseline").returncode == 0
    assert '"incidents": []' in run(home, "export", "since:7d").stdout


@pytest.mark.parametrize("query", ["first:7d", "revised:1h", "age:<=7", "hour:0..23"])
def test_nothing_of_the_baseline_was_seen_said_or_told_when_it_was_installed(home: Path, query: str) -> None:
    assert '"total": 0' in run(home, "query", query, "--json").stdout
    assert run(home, "query", f"-{query}", "is:baseline").returncode == 0


@pytest.mark.parametrize("command", [("query", "country:PL"), ("once", "--no-fetch"), ("views",), ("man",)])
def test_a_closed_standard_output_is_said_and_is_no_success(home: Path, command: tuple[str, ...]) -> None:
    assert run(home, "views", "add", "all").returncode == 0
    done = closed(home, 1, *command)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1:] == [
        "overflight: cannot write the output: standard output is closed; leave out >&-, or name a file"
    ]


def test_a_closed_standard_input_or_error_changes_nothing(home: Path) -> None:
    assert closed(home, 0, "query", "country:PL").stdout.startswith("   age")
    assert closed(home, 2, "query", "country:PL").stdout.startswith("   age")
    assert closed(home, 2, "query", "country:Polnd").returncode == 2


def test_a_theme_that_is_none_is_refused_before_any_command(home: Path) -> None:
    for command in ("once", "query", "doctor"):
        assert "There is no theme 'nope'" in said_once(run(home, "--theme", "nope", command))
    assert run(home, "--theme", "paper", "query").returncode == 0


def test_a_view_is_not_said_to_have_moved_where_it_did_not(home: Path) -> None:
    for name in ("one", "two"):
        assert run(home, "views", "add", name, "--window", "7d").returncode == 0
    assert "There is no place 7: the list has 2" in said_once(run(home, "views", "move", "one", "7"))
    assert run(home, "views", "move", "one", "1").stdout == "view one is as it was\n"
    assert run(home, "views", "move", "one", "2").stdout == "view one moved\n"


def test_a_span_is_said_again_as_it_was_typed(home: Path) -> None:
    assert "of since:7d" in run(home, "query", "since:7d").stderr
    assert "of since:1w" in run(home, "query", "since:1w").stderr
    for window in ("7d", "24h", "3h"):
        run(home, "views", "add", f"last {window}", "since:7d", "--window", window)
    listed = run(home, "views", "list").stdout.splitlines()
    assert [line.split()[-3] for line in listed] == ["7d", "24h", "3h"]
    assert {line.split()[-1] for line in listed} == {"since:7d"}


def test_an_argument_that_is_no_text_is_shown_as_a_mark(home: Path) -> None:
    done = subprocess.run(
        [os.fsencode(sys.executable), b"-m", b"tui", b"note", b"\xff"],
        capture_output=True,
        text=True,
        check=False,
        env=environment(home),
    )
    assert "There is no incident '\ufffd'." in said_once(done)


def test_a_file_that_is_no_list_of_feeds_says_so_with_line_and_cure(home: Path) -> None:
    other = home / "passwd"
    other.write_text("root:x:0:0:root:/root:/bin/sh\n", encoding="utf-8")
    said = said_once(run(home, "--feeds", str(other), "feeds", "list"))
    assert f"{other}, line 1: this file is not written in TOML" in said
    assert said.strip().endswith("mend this line, or name a feeds.toml with --feeds")


@pytest.mark.parametrize("command", ["add", "discover"])
def test_a_private_address_without_a_feed_yet_is_allowed_on_the_command_line(
    home: Path, command: str
) -> None:
    (home / "feeds.toml").write_text(GOOD, encoding="utf-8")
    done = run(home, "feeds", command, "http://127.0.0.1:9/other")
    assert f"`overflight feeds {command} --allow-private http://127.0.0.1:9/other` in a shell" in done.stderr
    assert "allow_private =" not in done.stderr


def test_what_is_stored_in_a_home_that_may_not_be_written_is_read_and_printed(home: Path) -> None:
    for ending in ("-wal", "-shm"):
        (home / f"overflight.db{ending}").unlink(missing_ok=True)
    mounted = f"mount --bind {home} {home} && mount -o remount,ro,bind {home}"
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", f"{mounted} || exit 77; {sys.executable} -m tui once --no-fetch"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment(home),
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("no disk may be mounted here")
    assert done.returncode == 0, done.stderr
    assert "may not be written here; this is what is stored" in done.stderr
    assert done.stdout.startswith("Overflight")


def test_a_collector_beside_another_says_that_it_waits(home: Path) -> None:
    (home / "feeds.toml").write_text(GOOD.replace("enabled = true", ""), encoding="utf-8")
    command = [sys.executable, "-m", "tui", "collect"]
    collectors: list[subprocess.Popen[str]] = []
    said = []
    try:
        for _ in range(2):
            collectors.append(
                subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment(home))
            )
            stderr = collectors[-1].stderr
            assert stderr is not None
            said.append(next(line for line in stderr if "^C ends it" in line))
    finally:
        for collector in collectors:
            collector.terminate()
            collector.communicate(timeout=30)
    assert said[0].startswith("Polling 1 feeds into ")
    assert said[1].startswith(f"Process {collectors[0].pid} on ")
    assert "polls into" in said[1]
    assert "this one waits until that ends" in said[1]


def test_a_zero_has_one_word_in_every_form_and_an_unfetched_store_says_so(home: Path) -> None:
    table, plain = (run(home, "once", "--no-fetch", *form).stdout for form in ((), ("--plain",)))
    words = " ".join(plain.split())
    assert "NO COLLECTOR" in table.splitlines()[0]
    assert "State: no collector. Nobody has fetched into this store yet: `overflight`" in words
    assert "Nobody has fetched into this store yet" in table
    assert "uncovered (no feed covers them)" in table
    assert "Japan: no news incidents, 10 in the baseline; uncovered, no feed covers it." in words
    assert '"sight": "uncovered"' in run(home, "once", "--no-fetch", "--json").stdout


def test_a_store_that_was_fetched_into_is_never_called_unfetched(tmp_path: Path) -> None:
    with LoopbackServer() as server:
        fill(tmp_path, server)
        fetched = [run(tmp_path, "once", "--all", *form) for form in ((), ("--plain",))]
    stored = [run(tmp_path, "once", "--no-fetch", *form) for form in ((), ("--plain",))]
    for done in (*fetched, *stored):
        assert done.returncode == 0, done.stderr
        assert "1 of 1 feeds answering" in done.stdout
        assert "Nobody has fetched" not in done.stdout
    for done in (fetched[1], stored[1]):
        assert "State: no collector. The last answer of a feed came " in " ".join(done.stdout.split())


def test_a_fetch_that_no_feed_answered_was_one(tmp_path: Path) -> None:
    with LoopbackServer() as server:
        (tmp_path / "feeds.toml").write_text(
            f'[[feed]]\nurl = "{server.url("/gone")}"\nname = "Gone"\nallow_private = true\n',
            encoding="utf-8",
        )
        done = run(tmp_path, "once", "--all", "--plain")
    assert "Nobody has fetched" not in done.stdout
    assert "0 of 1 feeds answering (1 failing)" in done.stdout


@pytest.mark.parametrize("command", [("once", "--no-fetch"), ("query", "is:baseline")], ids=" ".join)
def test_an_incident_of_the_baseline_has_no_number_of_sources_anywhere(
    home: Path, command: tuple[str, ...]
) -> None:
    lines = [line for line in run(home, *command).stdout.splitlines() if "Galați" in line]
    assert [line.split()[4] for line in lines] == ["–"]
