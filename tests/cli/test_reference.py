"""What the program says of its commands: complete, parsed by the parser that it describes, and rendered by man."""

import shlex
import subprocess
from pathlib import Path

import click
import pytest

from tests.conftest import need_program
from tui.cli import overflight
from tui.cli.exits import NO_MEANS
from tui.cli.help_pages import EXAMPLES, SECTIONS, WITHOUT_JSON
from tui.cli.man import escaped, roff
from tui.cli.manual import pages

PAGES = {page.name: page for page in pages(overflight)}
COMMANDS = [name for name, page in PAGES.items() if not page.group]


def test_every_command_stands_in_one_section_of_the_help() -> None:
    placed = [name for names in SECTIONS.values() for name in names]
    assert sorted(placed) == sorted(overflight.list_commands(None))  # type: ignore[arg-type]  # it looks at no context


def test_every_command_has_an_example_and_every_example_and_status_a_command() -> None:
    assert set(EXAMPLES) == {"", *COMMANDS}
    assert set(NO_MEANS) <= set(COMMANDS)


def arguments_of(example: str) -> list[str]:
    """What the program is given by an example: without variables before it, and what a shell does after it."""
    words = shlex.split(example.removeprefix('eval "$(').removesuffix(')"'))
    words = words[words.index("overflight") + 1 :]
    ends = [place for place, word in enumerate(words) if word in {"|", ">", ">>", "<"}]
    return words[: ends[0]] if ends else words


@pytest.mark.parametrize(
    ("name", "example"), [(name, line) for name, lines in EXAMPLES.items() for line, _ in lines]
)
def test_every_example_is_understood_as_the_command_it_stands_under(
    name: str, example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for file in ("store.jsonl", "subscriptions.opml"):
        (tmp_path / file).touch()
    command: click.Command = overflight
    context = command.make_context("overflight", arguments_of(example))
    while isinstance(command, click.Group) and (rest := [*context._protected_args, *context.args]):
        called, command, rest = command.resolve_command(context, rest)  # type: ignore[assignment]  # a known command
        context = command.make_context(called, rest, parent=context)
    # Examples of the program as a whole are of any command.
    assert not name or context.command_path == f"overflight {name}"
    context.close()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_speaks_json_or_says_what_it_speaks_instead(name: str) -> None:
    speaks = any(written.split()[0] == "--json" for written, _ in PAGES[name].options)
    assert speaks != (name in WITHOUT_JSON)


def test_the_help_of_a_command_has_its_examples_and_its_statuses() -> None:
    page = PAGES["feeds check"]
    said = " ".join(paragraph.text for paragraph in page.after)
    assert "overflight feeds check bbc yle" in said
    assert f"1: {NO_MEANS['feeds check']}" in said


def test_the_manual_page_has_every_command_and_every_option_and_man_renders_it(tmp_path: Path) -> None:
    page = tmp_path / "overflight.1"
    page.write_text(roff(PAGES.values()), encoding="utf-8")
    done = subprocess.run(
        [need_program("man"), "-l", "-E", "UTF-8", str(page)],
        capture_output=True,
        text=True,
        check=True,
        env={
            "MANWIDTH": "200",
            "MANPAGER": "cat",
            "MANROFFOPT": "-ww",
            "LC_ALL": "C.UTF-8",
            "PATH": "/usr/bin:/bin",
        },
    )
    assert done.stderr == ""
    # Justified text has wider spaces, and hyphens are what man makes of them.
    shown = " ".join(done.stdout.replace("\u2010", "-").replace("\u2212", "-").split())
    for command in PAGES.values():
        assert f"{command.path} {command.usage}".strip() in shown, command.path
        for written, does in command.options:
            assert written in shown, (command.path, written)
            assert " ".join(does.split()) in shown, (command.path, written)
    for heading in ("NAME", "SYNOPSIS", "EXIT STATUS", "FILES", "ENVIRONMENT"):
        assert heading in shown


def test_what_roff_would_take_for_its_own_is_escaped() -> None:
    assert escaped(".TH\n'quote\na-b \\n") == "\\&.TH\n\\&'quote\na\\-b \\en"
