"""`overflight man`: the manual page, made of the parser."""

from collections.abc import Iterable, Iterator

import click

from tui import __version__
from tui.cli.exits import MEANINGS
from tui.cli.manual import Page, Paragraph, pages

_PLACES = (
    (
        "~/.config/overflight/feeds.toml",
        "Your own feeds, rules, alerts, keys and settings; without it the built-in list.",
    ),
    ("~/.config/overflight/cases.jsonl", "Your own labelled stories for `overflight selftest`."),
    ("~/.local/share/overflight/overflight.db", "The database (SQLite), which holds everything."),
    ("~/.local/share/overflight/overflight.log", "What the program says of itself."),
)
_VARIABLES = (
    ("OVERFLIGHT_HOME", "Folder of all these files, in place of the two above."),
    ("BROWSER", "The program that opens a story."),
    ("VISUAL, EDITOR", "The program that `overflight feeds edit` starts."),
    ("NO_COLOR", "When it is set, the dashboard draws without colour."),
)


def escaped(text: str) -> str:
    """The text with nothing that roff would take for its own: backslashes, hyphens, a dot or quote that begins a line."""
    safe = (
        text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti")
        .replace("`", "\\(ga")
    )
    return "\n".join(f"\\&{line}" if line[:1] in {".", "'"} else line for line in safe.split("\n"))


def roff(found: Iterable[Page]) -> str:
    """The manual page of all commands, for man(1)."""
    program, *commands = found
    lines = [
        f'.TH OVERFLIGHT 1 "" "overflight {escaped(__version__)}" "User Commands"',
        ".SH NAME",
        f"overflight \\- {escaped(program.short)}",
        ".SH SYNOPSIS",
        f".B overflight\n{escaped(program.usage)}",
        ".SH DESCRIPTION",
        *_words(program.words),
        *_options(program.options),
        *_words(program.after),
        ".SH COMMANDS",
    ]
    for page in commands:
        lines.append(f".SS {escaped(page.path)} {escaped(page.usage)}".rstrip())
        lines += [*_words(page.words), *_options(page.options), *_words(page.after)]
    lines += [".SH EXIT STATUS", *_terms((str(int(status)), said) for status, said in MEANINGS.items())]
    lines += [".SH FILES", *_terms(_PLACES), ".SH ENVIRONMENT", *_terms(_VARIABLES)]
    return "\n".join(lines) + "\n"


def _words(found: Iterable[Paragraph]) -> Iterator[str]:
    for paragraph in found:
        if paragraph.kept:
            yield f".PP\n.nf\n{escaped(paragraph.text)}\n.fi"
        else:
            yield f".PP\n{escaped(paragraph.text)}"


def _options(options: Iterable[tuple[str, str]]) -> Iterator[str]:
    for written, does in options:
        yield f".TP\n.B {escaped(written)}\n{escaped(does) or '.'}"


def _terms(terms: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, said in terms:
        yield f".TP\n.B {escaped(term)}\n{escaped(said)}"


@click.command()
@click.pass_context
def man(ctx: click.Context) -> None:
    """Print the manual page, with every command and option.

    Where the program was installed as a wheel, `man overflight` finds it when the folder share/man of that
    installation is among those that man looks in.
    """
    click.echo(roff(pages(ctx.find_root().command)), nl=False)
