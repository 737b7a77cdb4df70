"""`overflight corrections` as a program: its words, its JSON, its exit status, and its cases read back."""

import json
from pathlib import Path

from tests.cli.test_refusals import run
from tests.corrections.conftest import BALTIC, POLISH, Desk, collecting, told
from tui.reading.selftest.cases import read_cases
from tui.store.database import open_writer


async def test_corrections_are_added_listed_checked_exported_and_taken_back(path: Path, desk: Desk) -> None:
    polish, baltic, other = told(1, POLISH), told(2, BALTIC), told(3, POLISH)
    async with collecting(path) as collector:
        await collector.polls(polish, baltic, other)
    kept, gone = desk.of(polish), desk.of(baltic)

    def corrections(*words: str) -> tuple[int, str, str]:
        done = run(path.parent, "--db", str(path), "corrections", *words)
        return done.returncode, done.stdout, done.stderr

    assert corrections("list") == (0, "nothing is corrected\n", "")
    status, said, _ = corrections("add", "merge", gone, kept, "--note", "one night")
    assert (status, said) == (0, f"1: merged {gone} into {kept}\n")
    assert desk.of(baltic) == kept
    assert corrections("add", "affected", kept, "LT,LV")[0] == 0
    assert corrections("add", "not_incursion", other.entry.key[:12])[0] == 0
    for wrong in (("merge", gone, kept), ("actor", kept, ""), ("actor", kept, "Russia"), ("split", "zz")):
        status, said, complaint = corrections("add", *wrong)
        assert (status, said) == (2, "")
        assert complaint.startswith("overflight: ")
        assert "Traceback" not in complaint

    status, said, _ = corrections("list", "--json")
    listed = json.loads(said)
    assert [(one["kind"], one["by"], one["standing"]) for one in listed] == [
        ("merge", "human", "holds"),
        ("affected", "human", "holds"),
        ("not_incursion", "human", "holds"),
    ]
    assert listed[0]["note"] == "one night"
    assert corrections("check")[:2] == (0, "3 of 3 corrections hold\n")
    assert corrections("add", "affected", kept, "EE")[0] == 0
    assert corrections("check")[:2] == (0, "3 of 3 corrections hold; 1 superseded by a later one\n")
    assert corrections("undo", "4")[0] == 0

    status, said, complaint = corrections("export")
    cases = {case.text.id: case for case in read_cases(said)}
    assert status == 0
    assert "1 corrections label no story" in complaint
    assert not cases[other.entry.key].relevant
    assert cases[polish.entry.key].label("affected") == frozenset({"LT", "LV"})

    assert corrections("undo", "1")[0] == 0
    assert desk.of(baltic) == gone
    assert corrections("undo", "1")[0] == 2
    writer = open_writer(path)
    writer.connection.execute("UPDATE story SET hidden = 0")
    writer.close()
    status, said, _ = corrections("check")
    assert status == 1
    assert "the story is shown" in said
