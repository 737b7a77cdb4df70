"""Completion in a real shell: a person types the beginning of a word and the tab key."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.test_refusals import environment, run
from tests.conftest import need_program

SHELLS = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"], "fish": ["fish", "--no-execute"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Home with a program `overflight` and its script for bash."""
    program = tmp_path / "bin" / "overflight"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m tui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "complete.bash").write_text(run(tmp_path, "completion", "bash").stdout, encoding="utf-8")
    return tmp_path


class Bash:
    """An interactive bash in a terminal of its own."""

    def __init__(self, folder: Path) -> None:
        variables = environment(
            folder, PATH=f"{folder / 'bin'}:{os.environ['PATH']}", TERM="dumb", PS1="", HOME=str(folder)
        )
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            os.chdir(folder)
            os.execve(need_program("bash"), ["bash", "--norc", "--noprofile", "-i"], variables)
        self.types("bind 'set bell-style none'; PS1=; . ./complete.bash; echo re''ady\n")
        self.shows("ready")

    def types(self, text: str) -> None:
        os.write(self._terminal, text.encode())

    def shows(self, wanted: str) -> str:
        """What it writes until it shows that."""
        written, end = "", time.monotonic() + 30
        while wanted not in written:
            assert time.monotonic() < end, f"{wanted!r} was never shown: {written!r}"
            if select.select([self._terminal], [], [], 0.2)[0]:
                written += os.read(self._terminal, 65536).decode("utf-8", "replace")
        return written

    def close(self) -> None:
        os.close(self._terminal)
        os.waitpid(self._pid, 0)


def test_bash_completes_commands_what_is_under_them_options_values_and_files(folder: Path) -> None:
    (folder / "my-archive.jsonl").touch()
    bash = Bash(folder)
    try:
        for typed, completed in (
            ("overflight que\t", "overflight query "),
            ("overflight feeds dis\t\t", "disable   discover"),
            ("overflight feeds add --pub\t", "overflight feeds add --publisher "),
            ("overflight export --format geo\t", "overflight export --format geojson "),
            ("overflight completion z\t", "overflight completion zsh "),
            ("overflight --db x.db cor\t", "overflight --db x.db corrections "),
            ("overflight import my-\t", "overflight import my-archive.jsonl "),
        ):
            bash.types(typed)
            bash.shows(completed)
            bash.types("\x15echo clea''red\n")
            bash.shows("cleared")
    finally:
        bash.close()


def test_the_functions_of_bash_give_the_words_that_the_parser_knows(folder: Path) -> None:
    script = (
        ". ./complete.bash; COMP_WORDS=(overflight alerts ''); COMP_CWORD=2; _overflight_completion overflight;"
        "printf '%s\\n' \"${COMPREPLY[@]}\"; complete -p overflight"
    )
    done = subprocess.run(
        [need_program("bash"), "--norc", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env=environment(folder, PATH=f"{folder / 'bin'}:{os.environ['PATH']}"),
    )
    *words, registered = done.stdout.splitlines()
    assert words == ["dry-run", "list", "log", "test"]
    assert "_overflight_completion overflight" in registered


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_is_printed_for_each_shell_and_the_shell_can_parse_it(shell: str, tmp_path: Path) -> None:
    done = run(tmp_path, "completion", shell)
    assert done.returncode == 0, done.stderr
    assert f"_OVERFLIGHT_COMPLETE={shell}_complete" in done.stdout
    program, *options = SHELLS[shell]
    script = tmp_path / f"script.{shell}"
    script.write_text(done.stdout, encoding="utf-8")
    subprocess.run([need_program(program), *options, str(script)], check=True)


def test_naming_a_command_loads_no_other_module_of_commands() -> None:
    code = (
        "import sys, click; from tui.cli import overflight\n"
        "found = overflight.shell_complete(click.Context(overflight), 're')\n"
        "print([item.value for item in found], sorted(name for name in sys.modules if name.startswith('tui.store')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['reread', 'repair', 'read'] []\n"
