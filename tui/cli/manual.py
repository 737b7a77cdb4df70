"""The command line as data, read off the parser: what the man page and the reference are made of."""

import inspect
import textwrap
from collections.abc import Iterator

import click

from tui.domain.value import dataclass

PROGRAM = "overflight"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some words of a help text."""

    text: str
    kept: bool = False
    """Its lines stay as they are."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the program says of one command."""

    path: str
    """As it is typed, such as `overflight feeds add`."""
    usage: str
    """What follows the path."""
    short: str
    words: tuple[Paragraph, ...]
    options: tuple[tuple[str, str], ...]
    """How each is written, and what it does."""
    after: tuple[Paragraph, ...]
    """Examples and exit statuses."""
    group: bool
    """Whether it only holds other commands."""

    @property
    def name(self) -> str:
        """The path without the program."""
        return self.path.removeprefix(PROGRAM).strip()


def pages(program: click.Command) -> Iterator[Page]:
    """A page for the program and for every command under it, in the order of its help."""
    yield from _pages(program, click.Context(program, info_name=PROGRAM, **program.context_settings), PROGRAM)


def _pages(command: click.Command, context: click.Context, path: str) -> Iterator[Page]:
    yield _page(command, context, path)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None and not found.hidden:
                yield from _pages(found, click.Context(found, context, info_name=name), f"{path} {name}")


def _page(command: click.Command, context: click.Context, path: str) -> Page:
    options = (one for one in command.get_params(context) if isinstance(one, click.Option))
    records = (option.get_help_record(context) for option in options)
    words = paragraphs(command.help or "")
    return Page(
        path=path,
        usage=" ".join(command.collect_usage_pieces(context)),
        short=words[0].text if words else "",
        words=words,
        options=tuple((written, does) for written, does in filter(None, records) if written != "-h, --help"),
        after=paragraphs(command.epilog or ""),
        group=isinstance(command, click.Group),
    )


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    r"""A help text as click reads it: empty lines divide it, and \b keeps the lines of what follows."""
    found = []
    for part in inspect.cleandoc(text).split("\n\n"):
        if part.startswith("\b\n"):
            found.append(Paragraph(textwrap.dedent(part.removeprefix("\b\n")), kept=True))
        elif part.strip():
            found.append(Paragraph(" ".join(part.split())))
    return tuple(found)
