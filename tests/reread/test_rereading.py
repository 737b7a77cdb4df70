"""The store read again: the same reader changes nothing, changed rules exactly what they should, a kill nothing by half."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.test_refusals import environment
from tests.reread.conftest import WRITING, Collected, look_over, read_over, rows
from tui.domain.board import BoardQuery
from tui.domain.incident import Conclusion, FiledReport
from tui.domain.rules import MuteRule, Rules, TermRule
from tui.reading.conclude import conclude
from tui.reading.version import reader_version
from tui.store.database import open_reader, open_writer
from tui.store.generation import generation
from tui.store.load import StoreBoard
from tui.store.marks import StoreMarks

NOW = datetime(2026, 3, 8, tzinfo=UTC)
REPOSITORY = Path(__file__).parents[2]
NO_BALLOONS = Rules(mutes=(MuteRule("no balloons", "mul", ("balloon*",), story=True),))
TABLES = (
    "entry",
    "story",
    "incident",
    "report",
    "timeline",
    "incident_country",
    "incident_mark",
    "dropped_text",
    "feed",
)


def content(path: Path, *, versions: bool = True) -> dict[str, Sequence[tuple[object, ...]]]:
    """Every row of what rereading may touch; without reader versions when they are not asked for."""
    found: dict[str, Sequence[tuple[object, ...]]] = {}
    for table in TABLES:
        columns = [str(row[1]) for row in rows(path, f"pragma_table_info('{table}')")]
        wanted = [name for name in columns if versions or name != "reader_version"]
        found[table] = rows(path, table, ", ".join(wanted), ", ".join(wanted))
    return found


def shown(path: Path) -> dict[str, tuple[str, ...]]:
    """Keys of the stories of each incident on the board."""
    source = StoreBoard(open_reader(path))
    try:
        board = source.board(BoardQuery(window=None), NOW)
        found = {}
        for row in board.incidents:
            detail = source.incident(row.key)
            assert detail is not None
            found[row.key] = tuple(sorted(story.key for story in detail.stories))
        return found
    finally:
        source.close()


def test_the_same_reader_changes_nothing_but_the_version(collected: Collected) -> None:
    before = content(collected.path, versions=False)
    summary = read_over(collected)
    assert summary.read == len(before["entry"]) >= 300
    moved = (summary.entered, summary.left, summary.changed, summary.to_routine, summary.from_routine)
    assert not any(kind.number for kind in moved)
    assert content(collected.path, versions=False) == before
    assert {version for (version,) in rows(collected.path, "entry", "reader_version")} == {reader_version()}
    assert read_over(collected).read == 0
    assert read_over(collected, everything=True).read == summary.read
    assert content(collected.path, versions=False) == before


def test_what_older_rules_concluded_of_the_same_readings_is_concluded_anew(collected: Collected) -> None:
    def concluded() -> list[Sequence[tuple[object, ...]]]:
        incidents = rows(collected.path, "incident", "key, line, facts, stories", "key")
        return [incidents, rows(collected.path, "incident_sketch"), rows(collected.path, "timeline")]

    read_over(collected)
    before = concluded()
    writer = open_writer(collected.path)
    with writer.transaction(durable=True) as connection:
        connection.execute("UPDATE entry SET reader_version = 'older'")
        connection.execute("UPDATE incident SET line = 'as older rules had it' WHERE stories > 0")
        connection.execute("UPDATE incident_sketch SET sketch = json_set(sketch, '$.stories', 99)")
        shown = generation(connection)
    writer.close()
    assert concluded() != before
    assert read_over(collected).changed.number == 0
    assert concluded() == before
    reader = open_reader(collected.path)
    assert generation(reader.connection) > shown
    reader.close()


def test_earlier_wordings_are_read_again_so_that_no_change_of_the_reader_looks_like_one_of_the_publisher(
    collected: Collected,
) -> None:
    writer = open_writer(collected.path)
    with writer.transaction(durable=True) as connection:
        story, text, reading = connection.execute(
            """
            SELECT id, title, reading FROM story
            WHERE NOT hidden AND reading LIKE '%"uav"%' AND id IN (SELECT story_id FROM report) ORDER BY id
            """
        ).fetchone()
        connection.execute(
            """
            INSERT INTO story_version (story_id, seen, replaced, hash, title, summary, url, reading)
            SELECT id, wording_since, wording_since + 1, 'h', title, summary, url, ? FROM story WHERE id = ?
            """,
            (reading.replace('"uav"', '"balloon"'), story),
        )
    writer.close()
    read_over(collected, everything=True)
    ((stored,),) = rows(collected.path, f"story_version WHERE story_id = {story}", "reading")
    assert stored == reading
    revisions = rows(collected.path, "timeline WHERE kind = 'revision'", "text")
    assert not [told for (told,) in revisions if "balloon" in str(told)], text


def test_whole_texts_are_read_again_and_count_for_their_incidents(collected: Collected) -> None:
    writer = open_writer(collected.path)
    with writer.transaction(durable=True) as connection:
        story, incident, reading, title = connection.execute(
            """
            SELECT story.id, incident_id, reading, title FROM story JOIN report ON story_id = story.id
            WHERE NOT hidden AND story.lang = 'en' AND incident_id IS NOT NULL AND reading NOT LIKE '%"response":["%'
            ORDER BY story.id
            """
        ).fetchone()
        connection.execute(
            "INSERT INTO full_text (story_id, asked_at, fetched_at, text, reading) VALUES (?, 1, 2, ?, ?)",
            (story, f"{title}. Two F-16 fighter jets were scrambled, the army said.", reading),
        )
    writer.close()
    before = rows(collected.path, f"incident WHERE id = {incident}", "facts")
    read_over(collected, everything=True)
    ((stored,),) = rows(collected.path, f"full_text WHERE story_id = {story}", "reading")
    assert '"scramble"' in str(stored)
    ((after,),) = rows(collected.path, f"incident WHERE id = {incident}", "facts")
    assert '"scramble"' in str(after), before
    ((kind,),) = rows(
        collected.path, f"timeline WHERE incident_id = {incident} AND kind = 'full_text'", "kind"
    )
    assert kind == "full_text"
    ((own,),) = rows(collected.path, f"story WHERE id = {story}", "reading")
    assert '"scramble"' not in str(own)


def test_a_mute_takes_out_exactly_the_stories_with_its_words(collected: Collected) -> None:
    kept = rows(collected.path, "story", "id, title || ' ' || summary", "1")
    visible = {number for (number,) in rows(collected.path, "story WHERE NOT hidden", "id")}
    told = {number for number, text in kept if "balloon" in str(text).casefold()} & visible
    summary = read_over(collected, NO_BALLOONS)
    left = {one.stored.id for one in summary.left.first}
    assert left
    assert left <= told
    assert {number for (number,) in rows(collected.path, "story WHERE NOT hidden", "id")} == visible - left
    assert not {number for (number,) in rows(collected.path, "report", "story_id")} & left
    assert not summary.entered.number
    (kept_now,) = rows(collected.path, "feed", "sum(kept)")[0]
    assert kept_now == len(visible - left)


def test_an_incident_that_lost_its_last_story_is_gone_and_comes_back_with_its_marks(
    collected: Collected,
) -> None:
    before = shown(collected.path)
    gone = {one.stored.entry.key for one in look_over(collected, NO_BALLOONS).left.first}
    emptied = next(key for key, stories in before.items() if set(stories) <= gone)
    marks = StoreMarks(open_writer(collected.path))
    marks.set_watched(emptied, watched=True, at=NOW)
    marks.close()
    read_over(collected, NO_BALLOONS)
    without = shown(collected.path)
    assert emptied not in without
    assert not {story for stories in without.values() for story in stories} & gone
    assert set(without) < set(before)
    back = read_over(collected)
    assert {one.stored.entry.key for one in back.entered.first} == gone
    after = shown(collected.path)
    assert {story for stories in after.values() for story in stories} == {
        story for stories in before.values() for story in stories
    }
    assert emptied in after
    watched = rows(
        collected.path, "incident_mark JOIN incident ON id = incident_id WHERE watched_at IS NOT NULL", "key"
    )
    assert watched == [(emptied,)]


def test_an_incident_that_lost_one_of_its_stories_says_what_the_others_say(collected: Collected) -> None:
    before = shown(collected.path)
    several, stories = next((key, stories) for key, stories in before.items() if len(stories) >= 3)
    first = rows(collected.path, "entry", "id, key", "first_seen, id")
    number = next(number for number, key in first if key in stories)
    (title,) = rows(collected.path, f"story WHERE id = {number}", "title")[0]
    read_over(collected, Rules(mutes=(MuteRule("one", "mul", (str(title),), story=True),)))
    after = shown(collected.path)
    assert len(after[several]) < len(stories)
    ((count,),) = rows(collected.path, f"incident WHERE key = '{several}'", "stories")
    assert count == len(after[several])
    ((sketch,),) = rows(
        collected.path, f"incident_sketch JOIN incident ON id = incident_id WHERE key = '{several}'", "sketch"
    )
    assert json.loads(str(sketch))["stories"] == count
    timeline = rows(collected.path, "timeline JOIN incident ON id = incident_id", "key, story")
    assert not [1 for key, story in timeline if key == several and story not in {None, *after[several]}]


def test_an_extra_term_lets_in_exactly_what_it_is_found_in_and_nothing_is_new_by_it(
    collected: Collected,
) -> None:
    dropped = rows(collected.path, "dropped_text", "entry_id, title", "1")
    words = str(dropped[0][1]).split()[:3]
    with_words = {number for number, title in dropped if " ".join(words) in str(title)}
    concepts = ("o.uav", "a.violate", "z.airspace", "z.border", "a.scramble", "z.adiz")
    rules = Rules(terms=tuple(TermRule(f"my {c}", c, "mul", (" ".join(words),)) for c in concepts))
    expected = {one.stored.id for one in look_over(collected, rules).entered.first}
    marks = StoreMarks(open_writer(collected.path))
    marks.set_looked(NOW)
    marks.close()
    summary = read_over(collected, rules)
    assert {one.stored.id for one in summary.entered.first} == expected
    assert expected == with_words
    assert not summary.left.number
    source = StoreBoard(open_reader(collected.path))
    try:
        assert source.board(BoardQuery(window=None), NOW).new == 0
    finally:
        source.close()


def test_the_war_switch_brings_the_routine_in_and_takes_it_out_again(collected: Collected) -> None:
    hidden = {number for (number,) in rows(collected.path, "entry WHERE state = 'war_routine'", "id")}
    before = content(collected.path, versions=False)
    summary = read_over(collected, Rules(war_routine=True))
    assert {one.stored.id for one in summary.from_routine.first} == hidden
    back = read_over(collected)
    assert {one.stored.id for one in back.to_routine.first} == hidden
    now = content(collected.path, versions=False)
    for table in ("entry", "story"):
        assert now[table] == before[table]
    assert shown(collected.path)


def test_looking_writes_nothing_at_all(collected: Collected) -> None:
    digest = hashlib.sha256(collected.path.read_bytes()).hexdigest()
    assert look_over(collected, NO_BALLOONS).left.number
    assert hashlib.sha256(collected.path.read_bytes()).hexdigest() == digest
    wal = collected.path.with_name(collected.path.name + "-wal")
    assert not wal.exists() or not wal.stat().st_size


def test_looking_foretells_what_rereading_does(collected: Collected) -> None:
    foretold, done = look_over(collected, NO_BALLOONS), read_over(collected, NO_BALLOONS)
    assert [one.stored.id for one in foretold.left.first] == [one.stored.id for one in done.left.first]
    assert foretold.read == done.read


def test_killed_in_the_middle_nothing_is_half_and_the_next_run_ends_it(collected: Collected) -> None:
    read_over(collected, NO_BALLOONS)
    concluded = 0

    def counted(reports: Sequence[FiledReport]) -> Conclusion:
        nonlocal concluded
        concluded += 1
        return conclude(reports)

    copy = _copy(collected.path)
    expected = read_over(Collected(copy, collected.feeds), writing=replace(WRITING, conclude=counted))
    assert expected.entered.number
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.reread.dying_child", str(collected.path), str(concluded)],
        stdout=subprocess.PIPE, cwd=REPOSITORY, text=True,
    )  # fmt: skip
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "inside\n"
        os.kill(child.pid, signal.SIGKILL)
    versions = {version for (version,) in rows(collected.path, "entry", "reader_version")}
    assert versions == {reader_version(NO_BALLOONS), reader_version()}
    half = rows(
        collected.path,
        "story JOIN entry ON entry.id = story.id WHERE story.reader_version <> entry.reader_version "
        "OR (entry.state = 'kept') = story.hidden",
        "entry.id",
    )
    assert half == []
    rest = read_over(collected)
    assert 0 < rest.read < expected.read
    for table, stored in content(copy).items():
        assert content(collected.path)[table] == stored, table


def _copy(path: Path) -> Path:
    copy = path.with_name("again.db")
    copy.write_bytes(path.read_bytes())
    return copy


def run(collected: Collected, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    home.mkdir(exist_ok=True)
    listed = home / "feeds.toml"
    listed.write_text(
        "".join(
            f'[[feed]]\nurl = "{feed.url}"\nname = "{feed.name}"\nallow_private = true\n'
            + (f'lang = "{feed.lang}"\n' if feed.lang else "")
            + (f'country = "{feed.country}"\n' if feed.country else "")
            for feed in collected.feeds.feeds
        )
        + '[[mute]]\nname = "no balloons"\nterms = ["balloon*"]\nstory = true\n',
        encoding="utf-8",
    )
    return subprocess.run(
        [sys.executable, "-m", "tui", "--db", str(collected.path), "reread", *arguments],
        capture_output=True, text=True, check=False, timeout=100, env=environment(home), stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_the_command_says_what_leaves_as_words_and_as_json(collected: Collected, tmp_path: Path) -> None:
    foretold = look_over(collected, NO_BALLOONS)
    looked = run(collected, tmp_path / "home", "--dry-run", "--json", "--show", "1000")
    assert looked.returncode == 0, looked.stderr
    document = json.loads(looked.stdout)
    assert document["dry_run"]
    assert [story["id"] for story in document["leaves"]] == [
        one.stored.entry.key for one in foretold.left.first
    ]
    assert document["counts"]["leaves"] == foretold.left.number
    done = run(collected, tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert f"{foretold.left.number} leave: dropped now, kept before" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    again = run(collected, tmp_path / "home")
    assert "Read 0 of" in again.stdout
    assert "Nothing changes." in again.stdout


def test_while_another_process_fetches_it_refuses_and_changes_nothing(
    collected: Collected, tmp_path: Path
) -> None:
    writer = open_writer(collected.path)
    far = 4_000_000_000_000_000
    writer.connection.execute(
        "INSERT OR REPLACE INTO lease (name, token, pid, host, until) "
        "VALUES ('fetch', 'theirs', ?, 'another-host', (SELECT cast(strftime('%s', 'now') AS INTEGER) * 1000000 + 20000000))",
        (far % 1000 + 1,),
    )
    writer.close()
    before = content(collected.path)
    refused = run(collected, tmp_path / "home")
    assert refused.returncode == 2
    assert "another-host is fetching" in refused.stderr
    assert "Nothing was changed" in refused.stderr
    assert content(collected.path) == before
    assert run(collected, tmp_path / "home", "--dry-run").returncode == 0


@pytest.mark.parametrize("arguments", [("--dry-run",), ()])
def test_without_a_database_it_says_so_and_makes_none(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "--db", str(tmp_path / "none.db"), "reread", *arguments],
        capture_output=True, text=True, check=False, timeout=60, env=environment(tmp_path / "home"),
    )  # fmt: skip
    assert done.returncode == 2
    assert "There is no database yet" in done.stderr
    assert not (tmp_path / "none.db").exists()
