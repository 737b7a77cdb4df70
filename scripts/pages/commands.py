"""docs/commands.md and docs/overflight.1: the command line, made of the parser."""

from collections.abc import Iterable, Iterator, Mapping

from tui.cli import overflight
from tui.cli.exits import MEANINGS, NO_MEANS
from tui.cli.help_pages import SECTIONS, WITHOUT_JSON
from tui.cli.man import roff
from tui.cli.manual import Page, Paragraph, pages

_HEAD = """# Commands

<!-- Made by `make docs` of the program itself; do not edit. -->

Every command works while dashboards and collectors run on the same database, but for `repair` and `import`, which want it for
themselves, and `reread` without `--dry-run`, which wants to be the one that fetches. What a command finds goes to standard output, what it says beside that to
standard error. With `--json` the output is one document, or a line for each thing where the table says so; its keys are added to and
never renamed.

`overflight COMMAND --help` prints what stands here; `overflight man | man -l -` shows it as a manual page; `overflight completion bash`
(or `zsh`, `fish`) prints a script that completes commands, options and values.
"""


def manual_page() -> str:
    """The manual page as roff."""
    return roff(pages(overflight))


def commands_page() -> str:
    """The reference as Markdown."""
    found = {page.name: page for page in pages(overflight)}
    parts = [_HEAD, *_overview(found), *_exits(), "## `overflight`", *_told(found[""])]
    for section, names in SECTIONS.items():
        parts.append(f"## {section}")
        for name in names:
            for path, page in found.items():
                if path == name or path.startswith(f"{name} "):
                    parts += [f"### `{page.path}`", *_told(page)]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _overview(found: Mapping[str, Page]) -> Iterator[str]:
    yield "## All of them"
    commands = [name for names in SECTIONS.values() for name in names]
    yield _table(
        ("command", "what it does"),
        ((f"[`overflight {name}`](#overflight-{name})", found[name].words[0].text) for name in commands),
    )


def _exits() -> Iterator[str]:
    yield "## Exit statuses"
    yield _table(("status", "meaning"), ((f"`{int(status)}`", said) for status, said in MEANINGS.items()))
    yield "`1` means of"
    yield _table(("command", "1"), ((f"`overflight {name}`", said) for name, said in NO_MEANS.items()))
    yield "and no other command ends with it."
    yield "## JSON"
    yield "Every command has `--json`, but for these:"
    yield _table(
        ("command", "instead"), ((f"`overflight {name}`", said) for name, said in WITHOUT_JSON.items())
    )


def _told(page: Page) -> Iterator[str]:
    yield f"```\n{page.path} {page.usage}\n```"
    yield from map(_paragraph, page.words)
    if page.options:
        yield _table(("option", ""), ((f"`{written}`", does) for written, does in page.options))
    yield from map(_paragraph, page.after)


def _paragraph(paragraph: Paragraph) -> str:
    return f"```\n{paragraph.text}\n```" if paragraph.kept else paragraph.text


def _table(heads: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    lines = [heads, ("---", "---"), *rows]
    return "\n".join(
        f"| {first} | {second} |".replace("  |", " |") for first, second in (map(_cell, row) for row in lines)
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
