"""`overflight selftest`: how well the reader reads the labelled stories that it came with, and your own."""

import json
import sys
from functools import partial
from pathlib import Path

import click

from tui.cli.exits import Exit
from tui.cli.selftest_text import Tested, selftest_json, selftest_text
from tui.cli.wiring import StartError, fail, rules_in_use
from tui.domain.rules import Rules
from tui.locations import user_cases
from tui.reading.reader import read_story
from tui.reading.selftest.cases import Case, CaseError, read_cases, shipped_cases
from tui.reading.selftest.measure import measured, shortfalls

_LARGEST = 64 * 1024 * 1024


def _own_cases(path: Path) -> tuple[Case, ...]:
    """The user's cases; raises StartError with file, line and cure."""
    try:
        if path.stat().st_size > _LARGEST:
            raise StartError(f"{path} is larger than 64 MB; make several files of it")
        return read_cases(path.read_text(encoding="utf-8"))
    except CaseError as problem:
        raise StartError(f"{path}, {problem}") from problem
    except UnicodeDecodeError as problem:
        raise StartError(f"{path} is not UTF-8; save it as UTF-8") from problem
    except OSError as problem:
        raise StartError(f"{path} cannot be read: {problem.strerror}") from problem


@click.command()
@click.option("--cases", type=click.Path(), help="Your own cases are in this file instead.")
@click.option("--no-rules", is_flag=True, help="Leave the rules of your feeds.toml aside.")
@click.option(
    "--show", type=click.IntRange(0, 10_000), default=5, show_default=True, help="Misreadings of each field."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def selftest(
    options: dict[str, str | None], *, cases: str | None, no_rules: bool, show: int, as_json: bool
) -> None:
    """Read the labelled stories that came with the program, and your own, and say how well.

    Precision, recall and what was taken for what, for relevance and every field, in all and by language.

    Your own cases are JSON lines in cases.jsonl in your settings folder (OVERFLIGHT_HOME, where it is
    set): id, title and relevant, then what you want of summary, published, lang, feed_country, and the
    labels of `overflight read`. A label left out is not scored.
    """
    path = Path(cases) if cases is not None else user_cases()
    try:
        rules = Rules() if no_rules else rules_in_use(options["feeds"])
        own = _own_cases(path) if cases is not None or path.exists() else ()
    except StartError as problem:
        sys.exit(fail(problem))
    read = partial(read_story, rules=rules or None)
    shipped = measured(shipped_cases(), read)
    tested = Tested(
        shipped=shipped,
        below=shortfalls(shipped),
        own=measured(own, read) if own else None,
        path=str(path),
        ruled=bool(rules),
        show=show,
    )
    if as_json:
        click.echo(json.dumps(selftest_json(tested), ensure_ascii=False, indent=2))
    else:
        click.echo(selftest_text(tested), nl=False)
    sys.exit(Exit.DONE if tested.passed else Exit.NO)
