"""Every error message of the program says what, where and what next.

Most kinds of error are made of these parts and cannot be made without. The others are sentences: each stands in
`error_messages.tsv`, reviewed by hand, with the part of it that says where and the part that says what next.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MADE_OF_PARTS = {
    # Kind, and how many of its first arguments must say something: what, (where,) what next.
    "StoreError": 3,
    "StoreFull": 3,
    "StoreBusy": 3,
    "StoreDamaged": 3,
    "StoreNewer": 3,
    "StoreGone": 3,
    "FieldError": 3,
    "FeedListError": 5,
    "QueryProblem": 4,
    "Refused": 1,  # what comes next is "it will be tried again", unless said otherwise
}
SENTENCES = {
    "StartError", "LinkRefused", "FetchFailed", "ParseFailed", "NotAFeed", "CorrectionError", "KeymapError", "fail", "_fail",
    "UsageError", "BadParameter", "NotFoundError", "NoteError", "OpmlError", "OutFileError", "SinceError", "ViewError",
    "CannotSwitchError", "NotListedError", "NoText", "ArchiveError", "LeaseHeldError", "CaseError", "BadLine",
}  # fmt: skip
NOT_SHOWN = {
    "StoreUnableError": "the kind of all errors of the store",
    "StoreFailed": "carries the message of another",
    "QueryError": "carries a QueryProblem",
    "LookupFailed": "told by the door of the web in its own words",
    "BaselineError": "the shipped baseline is checked before it ships",
    "TermError": "the shipped terms are checked before they ship; those of a user become a FieldError",
    "CorrectedMeanwhile": "caught by the collector, which files again",
    "UnusualError": "tells the fast reader of feeds to leave it to the other",
    "ReaderLeftError": "ends the program by SIGPIPE, without a word",
    "_BrokenError": "tells the child's owner to start another",
    "_NoChildError": "tells the child's owner that there is none",
}


def words_of(node: ast.expr) -> str:
    """The text of an argument; whatever is filled in is {}."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(words_of(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if isinstance(node, ast.BinOp):
        return words_of(node.left) + words_of(node.right)
    return words_of(node.body) if isinstance(node, ast.IfExp) else "{}"


@cache
def errors() -> tuple[tuple[str, str, ast.Call], ...]:
    """File, kind and making of every error."""
    found = []
    for file in sorted((ROOT / "tui").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in SENTENCES or name in MADE_OF_PARTS:
                    found.append((file.relative_to(ROOT).as_posix(), name, node))
    return tuple(found)


def sentences() -> set[tuple[str, str]]:
    """Those that are no mere handing on of another error's words."""
    said = {
        (file, words_of(argument).replace("\n", " "))
        for file, kind, call in errors()
        if kind in SENTENCES
        for argument in call.args
    }
    return {(file, text) for file, text in said if len(re.sub(r"\{\}|\W", "", text)) > 3}


SAID_BY_WHAT_IS_FILLED_IN = {
    "{} {}; merge the other one into it",  # is a known incident of the past
    "{} {}; only incidents in the news can be corrected",  # likewise
    "the page {}",  # what it is that it holds no article, and the like
    "{}: {} {}; choose another key",  # is what leaves a box, and the like
    "write columns and rows, such as 120x40",  # click says before it that the value is invalid, and of which option
}

TABLE = [
    line.split("\t")
    for line in (Path(__file__).with_name("error_messages.tsv")).read_text(encoding="utf-8").splitlines()[1:]
]


def test_the_table_has_every_error_message_and_no_other() -> None:
    assert {(row[0], row[1]) for row in TABLE} == sentences()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[1][:60])
def test_a_message_says_what_where_and_what_next(row: list[str]) -> None:
    _, message, where, following = row
    for part in (where, following):
        assert part
        assert part in message or part.startswith(("by the ", "by what "))
    what = message.replace(following, "")
    assert re.search(r"\w{2,}", what) or message in SAID_BY_WHAT_IS_FILLED_IN, (
        "nothing is left that says what"
    )


@pytest.mark.parametrize("call", [one for one in errors() if one[1] in MADE_OF_PARTS], ids=lambda one: one[1])
def test_an_error_made_of_parts_has_all_of_them(call: tuple[str, str, ast.Call]) -> None:
    file, kind, made = call
    parts = [words_of(argument) for argument in made.args[: MADE_OF_PARTS[kind]]]
    handed_on = any(isinstance(argument, ast.Starred) for argument in made.args)
    assert handed_on or len(made.args) + len(made.keywords) >= MADE_OF_PARTS[kind], file
    if kind not in {"FeedListError", "QueryProblem"} and not handed_on:
        assert all(parts), f"{file}: {parts}"
    if kind == "FeedListError":
        assert parts[3], file
        assert parts[4], file


def test_every_kind_of_error_is_known_here() -> None:
    made = set()
    for file in (ROOT / "tui").rglob("*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and any(
                re.search(r"(Error|Exception)$", ast.unparse(base)) for base in node.bases
            ):
                made.add(node.name)
    assert made == (made & (SENTENCES | set(MADE_OF_PARTS))) | set(NOT_SHOWN)
