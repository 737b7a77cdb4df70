"""`overflight explain` for words, for an address and for an id, as text and as JSON."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_refusals import environment, run, run_in_pty, said_once
from tests.corrections.conftest import WRITING
from tests.store.samples import NOON, a_round, an_entry, dropped, filed, keeper_on, kept
from tui.domain.codes import ObjectCode
from tui.domain.correction import Merge, OtherActor, OtherObject, Target
from tui.domain.feed import Feed
from tui.store.database import open_writer
from tui.store.marks import StoreMarks

DRONE = "Russian drone violates Polish airspace near Rzeszow"


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A database with a kept and a dropped story."""
    path = tmp_path / "overflight.db"
    keeper = keeper_on(path)
    keeper.sync_feeds([Feed("https://feed.example/rss", "Example", lang="en", country="PL")], NOON)
    drone = kept(an_entry(1, title=DRONE))
    keeper.save_round(
        a_round(drone, dropped(an_entry(2, title="Tram line opens")), filing=filed(drone, "i" + "0" * 20))
    )
    keeper.close()
    return path


def explained(home: Path, *arguments: str) -> str:
    done = run(home, *arguments)
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    return done.stdout


def test_words_are_explained_from_the_gate_to_the_facts(tmp_path: Path) -> None:
    said = explained(tmp_path, "explain", DRONE, "--lang", "en", "--published", "2025-09-10")
    for part in ("KEPT", "The gate opened", "“drone” in the title", "Read in en", "PL Poland: affected", "RU Russia: actor",
                 "every story starts here", "War filter: does not hold", "uav  “drone”", "published 2025-09-10"):  # fmt: skip
        assert part in said, part


def test_a_dropped_text_says_what_was_missing_and_the_nearest_miss(tmp_path: Path) -> None:
    said = explained(tmp_path, "explain", "Balloon", "festival", "opens")
    assert "DROPPED" in said
    assert "Missing: " in said
    assert "The nearest miss" in said
    assert "The gate stayed shut" in explained(tmp_path, "explain", "City council discusses tram")


def test_standard_input_gives_a_headline_and_a_summary(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "explain", "-", "--json"],
        input=f"{DRONE}\nIt came down near <b>Lublin</b>.\x1b[2J\n",
        capture_output=True, text=True, check=False, timeout=60, env=environment(tmp_path),
    )  # fmt: skip
    (found,) = json.loads(done.stdout)["explanations"]
    assert found["outcome"] == "kept"
    assert found["story"]["title"] == DRONE
    assert "Lublin" in found["story"]["summary"]
    assert "\x1b" not in done.stdout


def test_a_stored_story_is_found_by_address_by_id_and_by_its_incident(stored: Path, tmp_path: Path) -> None:
    key = an_entry(1).key
    for target in ("https://feed.example/1", "https://feed.example/1/", key, key[:8], "i" + "0" * 20):
        said = explained(tmp_path, "--db", str(stored), "explain", target)
        assert DRONE in said
        assert key in said
        assert "Example News" in said
    lost = explained(tmp_path, "--db", str(stored), "explain", "https://feed.example/2")
    assert "DROPPED" in lost
    assert "Tram line opens" in lost


def test_what_is_stored_by_other_rules_says_so(stored: Path, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(
        '[[feed]]\nurl = "https://feed.example/rss"\nname = "Example"\n'
        '[[mute]]\nname = "no drones"\nterms = ["drone*"]\nstory = true\n',
        encoding="utf-8",
    )
    said = explained(tmp_path, "--db", str(stored), "explain", an_entry(1).key)
    assert "the whole story is muted (your rule 'no drones')" in said
    assert "It is stored as KEPT" in said
    assert "overflight reread" in said


@pytest.mark.parametrize(
    ("target", "cure"),
    [("https://feed.example/none", "Nothing is fetched"), ("deadbeefdeadbeef", "more than one word")],
)
def test_what_is_not_stored_is_said_with_the_cure(
    stored: Path, tmp_path: Path, target: str, cure: str
) -> None:
    said = said_once(run(tmp_path, "--db", str(stored), "explain", target))
    assert target in said
    assert cure in said


@pytest.mark.parametrize("target", ["99999", "12", "[99999]", "s:12", "b:xx", "i:", "3fa9", "i3fa9"])
def test_what_looks_like_an_id_and_is_none_is_not_judged_as_a_headline(
    stored: Path, tmp_path: Path, target: str
) -> None:
    said = said_once(run(tmp_path, "--db", str(stored), "explain", target))
    assert f"has the id {target.strip('[]')}, " in said


@pytest.mark.parametrize("text", ["Drones", "facade", "F16", "12 drones", "北京:无人机"])
def test_a_headline_of_one_word_is_still_one(tmp_path: Path, text: str) -> None:
    assert "The gate" in explained(tmp_path, "explain", text)


@pytest.mark.parametrize("text", ["Balloon festival opens", DRONE])
def test_the_parts_of_an_explanation_are_numbered_without_a_gap(tmp_path: Path, text: str) -> None:
    numbers = re.findall(r"^(\d)  ", explained(tmp_path, "explain", text), re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert len(numbers) == (8 if text == DRONE else 7)


def test_an_address_without_any_database_is_said_too(tmp_path: Path) -> None:
    assert "There is no database yet" in said_once(run(tmp_path, "explain", "https://feed.example/1"))


def test_a_date_that_is_none_is_named(tmp_path: Path) -> None:
    assert "'yesterday' is no ISO date" in said_once(
        run(tmp_path, "explain", DRONE, "--published", "yesterday")
    )


def test_on_a_narrow_terminal_it_is_coloured_and_no_line_is_wider(tmp_path: Path) -> None:
    code, said = run_in_pty(["explain", DRONE], environment(tmp_path), (40, 50))
    assert code == 0
    assert "\x1b[" in said
    plain = "".join(part.partition("m")[2] if at else part for at, part in enumerate(said.split("\x1b[")))
    assert max(map(len, plain.splitlines())) <= 50
    _, uncoloured = run_in_pty(["explain", DRONE], environment(tmp_path, NO_COLOR="1"), (40, 50))
    assert "\x1b[" not in uncoloured


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((" ",), "no text was given"),
        (("Drone over Poland", "--country", "Poland"), "is no code of a state"),
    ],
)
def test_what_cannot_be_explained_is_said_in_a_line(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run(tmp_path, "explain", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [("explain", "-"), ("read",)])
def test_a_closed_standard_input_is_said_in_a_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    words = " ".join([sys.executable, "-m", "tui", *arguments])
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec {words} <&-"],
        capture_output=True, text=True, check=False, timeout=60, env=environment(tmp_path),
    )  # fmt: skip
    assert done.returncode == 2
    assert "standard input" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_incident_says_how_sure_it_is_and_why_its_stories_are_one(stored: Path, tmp_path: Path) -> None:
    key = "i" + "0" * 20
    for written in (key, key[:9], f"[{key}]"):
        said = explained(tmp_path, "--db", str(stored), "explain", written)
        assert said.startswith(f"Incident {key}: ")
        for part in (
            "Certainty: ",
            "Told by 1 publisher, 1 story",
            "Why these stories are one incident",
            f"{an_entry(1).key[:8]}  Example News, “{DRONE}”",
            "The gate opened",
        ):
            assert part in said, part
    found = json.loads(explained(tmp_path, "--db", str(stored), "explain", key, "--json"))
    assert found["incident"]["id"] == found["incident"]["facts"]["id"] == key
    assert [one["story"] for one in found["incident"]["together"]] == [an_entry(1).key]
    assert found["incident"]["baseline"] is None


def test_an_incident_of_the_baseline_is_explained_though_no_story_was_read_for_it(tmp_path: Path) -> None:
    assert run(tmp_path, "once", "--no-fetch").returncode == 0
    (known, *_) = json.loads(run(tmp_path, "query", "is:baseline", "--json").stdout)["incidents"]
    said = explained(tmp_path, "explain", known["id"])
    assert said.startswith(f"Incident {known['id']}: {known['line']}\n")
    for part in ("It came with the program", "What happened: ", "Where it was seen:", "Certainty: "):
        assert part in said, part
    assert "threshold" not in said
    found = json.loads(explained(tmp_path, "explain", known["id"], "--json"))
    assert found["incident"]["baseline"]["description"]
    assert found["explanations"] == []
    assert "has the id b:none-such" in said_once(run(tmp_path, "explain", "b:none-such"))


def test_an_incident_of_the_baseline_that_news_was_merged_into_tells_of_both(tmp_path: Path) -> None:
    assert run(tmp_path, "once", "--no-fetch").returncode == 0
    (known, *_) = json.loads(run(tmp_path, "query", "is:baseline", "--json").stdout)["incidents"]
    news = "i" + "0" * 20
    keeper = keeper_on(tmp_path / "overflight.db")
    keeper.sync_feeds([Feed("https://feed.example/rss", "Example", lang="en", country="PL")], NOON)
    drone = kept(an_entry(1, title=DRONE))
    keeper.save_round(a_round(drone, filing=filed(drone, news)))
    keeper.close()
    assert run(tmp_path, "corrections", "add", "merge", news, known["id"]).returncode == 0
    for asked in (known["id"], news):
        said = " ".join(explained(tmp_path, "explain", asked).split())
        for part in ("Outcome: ", "Told by 1 publisher, 1 story", "Why these stories are one incident", f"“{DRONE}”",
                     "It came with the program", "stories were put into it since", "What happened: ",
                     "Where it was seen:", "The gate opened"):  # fmt: skip
            assert part in said, part
        assert "nobody's story was read" not in said
        assert "never news" not in said


def test_an_incident_that_is_none_is_said_to_be_hidden_until_that_is_taken_back(
    stored: Path, tmp_path: Path
) -> None:
    key, db = "i" + "0" * 20, ("--db", str(stored))
    assert run(tmp_path, *db, "corrections", "add", "not_incursion", key).returncode == 0
    said = " ".join(explained(tmp_path, *db, "explain", key).split())
    assert "Hidden by your word that it is no incursion" in said
    assert "0 stories" not in said
    assert f"“{DRONE}”" in said
    assert json.loads(explained(tmp_path, *db, "explain", key, "--json"))["incident"]["hidden"] is True
    assert run(tmp_path, *db, "corrections", "undo", "1").returncode == 0
    said = explained(tmp_path, *db, "explain", key)
    assert "Hidden" not in said
    assert "Told by 1 publisher, 1 story" in said


def test_what_an_id_begins_with_is_answered_with_the_whole_id(stored: Path, tmp_path: Path) -> None:
    news, into = "i" + "0" * 20, "i" + "1" * 20
    keeper = keeper_on(stored)
    other = kept(an_entry(3, title="Drone came down near Lublin"))
    keeper.save_round(a_round(other, filing=filed(other, into)))
    keeper.close()
    alone = json.loads(explained(tmp_path, "--db", str(stored), "explain", news[:9], "--json"))["incident"]
    assert (alone["id"], alone["merged_into"]) == (news, None)
    assert run(tmp_path, "--db", str(stored), "corrections", "add", "merge", news, into).returncode == 0
    merged = json.loads(explained(tmp_path, "--db", str(stored), "explain", news[:9], "--json"))["incident"]
    assert (merged["id"], merged["merged_into"]) == (news, into)
    said = explained(tmp_path, "--db", str(stored), "explain", news[:9])
    assert f"Incident {news} was merged by you into {into}" in said


@pytest.fixture
def corrected(stored: Path) -> Path:
    """The incident of the drone merged into another, whose actor and one story's a person corrected."""
    into, key = "i" + "1" * 20, "i" + "0" * 20
    keeper = keeper_on(stored)
    other = kept(an_entry(3, title="Drone came down near Lublin"))
    keeper.save_round(a_round(other, filing=filed(other, into)))
    keeper.close()
    marks = StoreMarks(open_writer(stored), lambda: WRITING)
    marks.correct(Merge(key, into), NOON)
    marks.correct(OtherActor(Target(incident=into), ("BY",)), NOON)
    marks.correct(OtherObject(Target(story=an_entry(1).key), (ObjectCode.BALLOON,)), NOON)
    marks.close()
    return stored


def test_a_merged_incident_is_followed_to_the_one_it_is_shown_in_and_says_so(
    corrected: Path, tmp_path: Path
) -> None:
    asked, shown = "i" + "0" * 20, "i" + "1" * 20
    said = explained(tmp_path, "--db", str(corrected), "explain", asked)
    assert f"Incident {asked} was merged by you into {shown}" in said
    assert DRONE in said
    assert "Drone came down near Lublin" in said
    document = json.loads(explained(tmp_path, "--db", str(corrected), "explain", asked, "--json"))
    assert document["incident"]["merged_into"] == shown
    assert len(document["explanations"]) == 2
    direct = json.loads(explained(tmp_path, "--db", str(corrected), "explain", shown, "--json"))
    assert direct["incident"]["merged_into"] is None
    assert len(direct["explanations"]) == 2


def test_what_a_person_corrected_is_told_of_the_incident_and_of_the_story(
    corrected: Path, tmp_path: Path
) -> None:
    said = explained(tmp_path, "--db", str(corrected), "explain", "i" + "1" * 20)
    assert "corrected by you  actor: BY  (2026-05-04 12:00Z)" in said
    assert said.count("9  What you corrected") == 1
    assert "object: balloon" in said.split("9  What you corrected")[1]
    found = json.loads(explained(tmp_path, "--db", str(corrected), "explain", an_entry(1).key, "--json"))
    assert found["explanations"][0]["corrected"] == [
        {"kind": "object", "value": "balloon", "at": "2026-05-04T12:00:00+00:00"}
    ]
