"""The command line: the only place that builds real things and wires them together.

The commands are named here and imported when called, so that each loads no more than it needs.
"""

import contextlib
import importlib
import io
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from typing import NoReturn

import click
from click.shell_completion import CompletionItem

from tui import __version__
from tui.cli.exits import Exit
from tui.cli.help_pages import SECTIONS, epilog, helped
from tui.cli.said import output_said, visible

_COMMANDS = {
    "once": ("tui.cli.once", "Poll every due feed once and print the board."),
    "query": ("tui.cli.query", "Find incidents or stories by words and by facts."),
    "stats": ("tui.cli.stats", "Count incidents by week, state, actor, object and outcome."),
    "collect": ("tui.cli.collect", "Poll for ever without a screen."),
    "tail": ("tui.cli.tail", "Incidents as they happen, a line of JSON each."),
    "handover": ("tui.cli.handover", "What changed since a moment, for the next shift."),
    "alerts": ("tui.cli.alerts", "Who is told of what: list, log, test, dry-run."),
    "views": ("tui.cli.views", "Saved views: list, show, add, remove, rename, move, alert."),
    "note": ("tui.cli.marking", "Write a note beside an incident, or read it."),
    "tag": ("tui.cli.marking", "Give an incident tags of your own, or take them away."),
    "star": ("tui.cli.marking", "Watch an incident, or no longer."),
    "export": (
        "tui.cli.export",
        "Incidents as JSON, CSV, GeoJSON, a feed, a report or evidence; or everything.",
    ),
    "import": ("tui.cli.export", "Make the database of an exported archive."),
    "serve": ("tui.cli.serve", "Show the dashboard in a browser on this machine."),
    "keys": ("tui.cli.keys", "List the keys, yours among them, and the names to give others by."),
    "completion": ("tui.cli.completion", "Make bash, zsh or fish complete commands and options."),
    "man": ("tui.cli.man", "Print the manual page."),
    "feeds": ("tui.cli.feeds", "List, check, find, add, remove, switch, edit, import or export the feeds."),
    "doctor": ("tui.cli.doctor", "Say what this installation runs on, and what ails it."),
    "demo": ("tui.cli.demo", "Watch a recorded world, without a network."),
    "explain": ("tui.cli.explain", "Why a story is kept or dropped; what an incident rests on."),
    "selftest": ("tui.cli.selftest", "Say how well labelled stories are read, ours and your own."),
    "reread": ("tui.cli.reread", "Apply changed rules to everything that is stored."),
    "corrections": ("tui.cli.corrections", "What you corrected: list, add, undo, check, export."),
    "backup": ("tui.cli.upkeep", "Copy the database while everything else runs."),
    "verify": ("tui.cli.upkeep", "Look through the whole database."),
    "repair": ("tui.cli.upkeep", "Put a damaged database right; the damaged file is kept."),
    "screenshot": ("tui.cli.screenshot", "Draw a screen of the recorded world as SVG."),
    "read": ("tui.cli.machine", "JSON lines of stories in, verdicts and facts out."),
    "group": ("tui.cli.machine", "JSON lines of stories in, incidents out."),
}


class ReaderLeftError(Exception):
    """Who read the output is gone; said in a word of our own, since click ends with 1 on a broken pipe."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        """Read the options; `--help` prints here."""
        with _reader_may_leave():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        with _reader_may_leave():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names in the order of the table above."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command, imported now; None when there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(_COMMANDS[cmd_name][0])
        command = getattr(module, "import_archive" if cmd_name == "import" else cmd_name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{cmd_name} is no command")
        return helped(command, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands by what they are for, without importing them."""
        placed = {name for names in SECTIONS.values() for name in names}
        more = tuple(name for name in _COMMANDS if name not in placed)
        # One width for all sections, so that the words stand under each other.
        width = max(map(len, _COMMANDS))
        for section, names in (*SECTIONS.items(), ("More", more)):
            rows = [(name.ljust(width), _COMMANDS[name][1]) for name in names if name in _COMMANDS]
            if rows:
                with formatter.section(section):
                    formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Commands and options that begin so, without importing a command."""
        named = [
            CompletionItem(name, help=words)
            for name, (_, words) in _COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    epilog=epilog(""),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--feeds", type=click.Path(), help="Use this feeds.toml instead of your own or the built-in one."
)
@click.option("--db", type=click.Path(), help="Use this database instead of the one in your data folder.")
@click.option("--theme", help="night-watch, paper, high-contrast, ansi-dark or ansi-light.")
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal, so that it can select text.")
@click.option(
    "--ascii", "ascii_only", is_flag=True, help="Draw with ASCII alone, for fonts without the signs."
)
@click.option("--no-fetch", is_flag=True, help="Only show what is stored; poll nothing.")
@click.option("--in-browser", is_flag=True, hidden=True, help="Be one tab of `serve`.")
@click.version_option(__version__, prog_name="overflight")
@click.pass_context
def overflight(
    ctx: click.Context,
    feeds: str | None,
    db: str | None,
    theme: str | None,
    *,
    no_mouse: bool,
    ascii_only: bool,
    no_fetch: bool,
    in_browser: bool,
) -> None:
    """A terminal monitor of airspace incursions, read out of the world's news feeds.

    Without a command: the dashboard.
    """
    ctx.obj = {"feeds": feeds, "db": db}
    if ctx.invoked_subcommand is None:
        from tui.cli.dashboard import run_dashboard
        from tui.cli.showing import Looks

        looks = Looks(theme, mouse=not no_mouse, ascii_only=ascii_only)
        sys.exit(run_dashboard(feeds, db, looks, fetch=not no_fetch, terminal=not in_browser))
    if theme is not None:
        _refuse_unknown(theme)


def _refuse_unknown(theme: str) -> None:
    """A theme that is none is refused before any command, also before one that draws nothing."""
    from tui.cli.showing import known_theme
    from tui.cli.wiring import StartError, fail

    try:
        known_theme(theme)
    except StartError as problem:
        sys.exit(fail(problem))


@contextlib.contextmanager
def _reader_may_leave() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as problem:
        raise ReaderLeftError from problem


def _end_as_others_do() -> NoReturn:
    """End by SIGPIPE, as every program does whose reader has left; what it held is let go of by now."""
    sys.stdout = None
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGPIPE)
    sys.exit(Exit.READER_LEFT)  # where the signal is blocked


def _called(arguments: list[str] | None) -> object:
    """Run the command; its exit status, or something that is none."""
    try:
        status = overflight.main(args=arguments, prog_name="overflight", standalone_mode=False)
    except SystemExit as ended:
        status = ended.code
    # What still waits is written now: the interpreter, as it ends, would not say in a sentence that it cannot.
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except OSError:
            if status != Exit.CANNOT:  # else it was said
                raise
            sys.stdout = None
    return status


def _hold_closed_outputs() -> None:
    """A standard file that the caller closed is opened on nothing, before a database takes its number.

    What is printed then fails as on a full disk; what is said on standard error is said to nobody.
    """
    for number, flags in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, flags), True)  # noqa: FBT003 - the signature of `os`
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as the program runs
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the command `overflight`."""
    try:
        _hold_closed_outputs()
        status = _called(None if arguments is None else list(arguments))
    except click.ClickException as problem:
        told = io.StringIO()
        problem.show(told)
        sys.stderr.write(visible(told.getvalue()))
        sys.exit(problem.exit_code)
    except click.Abort:
        sys.stderr.write("overflight: ended by you\n")
        sys.exit(Exit.BROKEN_OFF)
    except (ReaderLeftError, BrokenPipeError):
        _end_as_others_do()
    except OSError as problem:
        # A full disk behind a redirection: a sentence, no traceback.
        sys.stdout = None
        with contextlib.suppress(OSError):
            sys.stderr.write(f"overflight: {output_said(problem)}\n")
        sys.exit(Exit.CANNOT)
    sys.exit(status if isinstance(status, int) else 0)
