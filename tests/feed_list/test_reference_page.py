"""docs/feeds-toml.md: every key that the checks know, each with an example that they take and that does something."""

import re
import shutil
import tomllib
from pathlib import Path

import certifi
import msgspec
import pytest

from scripts.pages.feeds_toml_words import HEADS, KEPT, KEYS
from tui.domain.feed import FeedList
from tui.feeds.feed_list import AS_WRITTEN, FeedListError, load_feed_list

PAGE = (Path(__file__).parents[2] / "docs" / "feeds-toml.md").read_text(encoding="utf-8")
ENVIRONMENT = dict.fromkeys(
    ("NEWS_KEY", "NEWS_PASSWORD", "PROXY_PASSWORD", "HOOK", "HOOK_SECRET", "LAMP_KEY"), "hush"
)


def document_of(table: str, example: str) -> str:
    """A whole feeds.toml in which the example stands, with what else its table needs, and what it names."""
    shown = tomllib.loads(example)
    left_out = {"url"} if "service" in shown else set()
    needed = [
        line
        for line in KEPT.get(table, "").splitlines()
        if (key := line.partition(" ")[0]) not in shown and key not in left_out
    ]
    parts = ["\n".join([HEADS[table][0], *needed, example])]
    if table != "feed":
        parts.append(f"[[feed]]\n{KEPT['feed']}")
    if table == "alert":
        parts.append('[[channel]]\nname = "duty"\nkind = "desktop"')
    return "\n\n".join(parts) + "\n"


def loaded(folder: Path, document: str) -> FeedList:
    path = folder / "feeds.toml"
    path.write_text(document, encoding="utf-8")
    path.chmod(0o600)
    return load_feed_list(path, ENVIRONMENT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that examples name."""
    shutil.copyfile(certifi.where(), tmp_path / "office.pem")
    (tmp_path / "rules.toml").write_text('[[mute]]\nname = "theirs"\nterms = ["weather"]\n', encoding="utf-8")
    return tmp_path


def test_every_key_of_every_table_is_told_of_and_nothing_else() -> None:
    known = {f"{table}.{key}" for table, written in AS_WRITTEN.items() for key in written.__struct_fields__}
    assert set(KEYS) == known
    assert set(HEADS) == set(AS_WRITTEN)
    for name in known:
        table, key = name.split(".")
        part = PAGE.split(f"## `{HEADS[table][0]}`\n")[1].split("\n## ")[0]
        assert re.search(rf"^\| `{key}` \| .+ \| .+ \| .{{4,}} \| .+ \|$", part, re.MULTILINE), name


@pytest.mark.parametrize("name", KEYS)
def test_the_example_of_a_key_is_taken_and_does_something(name: str, folder: Path) -> None:
    table, key = name.split(".")
    assert key in tomllib.loads(KEYS[name].example)
    shown = loaded(folder, document_of(table, KEYS[name].example))
    without = loaded(folder, document_of(table, ""))
    assert shown != without


@pytest.mark.parametrize(
    "name", [name for name in KEYS if name.split(".")[0] in {"settings", "feed", "alert"}]
)
def test_the_default_that_is_told_is_what_holds_without_the_key(name: str, folder: Path) -> None:
    table, key = name.split(".")
    row = re.search(
        rf"^\| `{key}` \| .*? \| `([^`]+)` \| ", PAGE.split(f"## `{HEADS[table][0]}`\n")[1], re.MULTILINE
    )
    field = next(one for one in msgspec.structs.fields(AS_WRITTEN[table]) if one.name == key)
    if row is None or field.required or KEYS[name].default:
        return  # told in words
    assert loaded(folder, document_of(table, f"{key} = {row[1]}")) == loaded(folder, document_of(table, ""))


def test_the_small_list_and_the_keys_of_the_page_are_taken(folder: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 2
    listed = loaded(folder, "\n".join(reversed(blocks)))
    assert (len(listed.feeds), listed.settings.contact) == (1, "https://me.example/")
    assert listed.keys[0].action == "search"


def test_the_head_of_the_built_in_list_names_every_key_too() -> None:
    head = (
        (Path(__file__).parents[2] / "feeds.toml")
        .read_text(encoding="utf-8")
        .split("[settings]\ninterval")[0]
    )
    for name in KEYS:
        assert re.search(rf"\b{name.split('.')[1]}\b", head), name


def test_a_key_that_is_not_told_of_is_refused(folder: Path) -> None:
    with pytest.raises(FeedListError, match="evrey"):
        loaded(folder, document_of("feed", 'evrey = "5m"'))
