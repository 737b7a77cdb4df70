"""What the README and the reference name can be called."""

import re
from pathlib import Path

from click.testing import CliRunner

from tui.cli import overflight

ROOT = Path(__file__).resolve().parents[2]
LISTED = set(overflight.list_commands(None))  # type: ignore[arg-type]  # it looks at no context


def _named(page: str) -> set[str]:
    return set(re.findall(r"(?:`|\$ )overflight ([a-z]+)", (ROOT / page).read_text(encoding="utf-8")))


def test_every_command_that_the_readme_names_is_there() -> None:
    named = _named("README.md")
    assert named <= LISTED, named - LISTED
    assert len(named) > 10


def test_every_command_stands_in_the_reference_and_tells_its_use() -> None:
    assert _named("docs/commands.md") >= LISTED
    for command in sorted(LISTED):
        told = CliRunner().invoke(overflight, [command, "--help"])
        assert told.exit_code == 0, (command, told.output)
