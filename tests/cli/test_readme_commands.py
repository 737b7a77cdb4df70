"""What the README names can be called."""

import re
from pathlib import Path

from click.testing import CliRunner

from tui.cli import overflight

ROOT = Path(__file__).resolve().parents[2]


def test_every_command_that_the_readme_names_is_there_and_tells_its_use() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`overflight ([a-z]+)", text))
    listed = set(overflight.list_commands(None))  # type: ignore[arg-type]  # it looks at no context
    assert named <= listed, named - listed
    assert len(named) > 15
    for command in sorted(listed):
        told = CliRunner().invoke(overflight, [command, "--help"])
        assert told.exit_code == 0, (command, told.output)


def test_every_command_stands_in_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`overflight ([a-z]+)", text))
    assert set(overflight.list_commands(None)) == named  # type: ignore[arg-type]  # it looks at no context
