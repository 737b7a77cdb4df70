"""`overflight doctor`: what this installation runs on, where things are, and what ails them."""

import errno
import json
import os
import platform
import pyexpat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from tui import __version__
from tui.cli.browser import opener
from tui.cli.exits import Exit
from tui.cli.said import visible
from tui.cli.terminal import refusal_here
from tui.cli.wiring import StartError, chosen_feed_list, database_file
from tui.domain.value import dataclass
from tui.locations import data_folder, log_path

_WANTED_SQLITE = (3, 51, 3)
_WANTED_EXPAT = (2, 7, 2)
_ROOM = 64 * 1024
"""Bytes that there must be room for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination."""

    topic: str
    said: str
    cure: str = ""
    """What to do; empty when nothing ails."""
    grave: bool = False
    """The program cannot work before it is cured."""


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(".") if part.isdigit())


def libraries() -> list[Finding]:
    """Versions of what the program stands on."""
    from tui.store.sqlite import sqlite3

    found = [
        Finding("overflight", __version__),
        Finding("python", f"{platform.python_version()} on {sys.platform}"),
    ]
    found.extend(
        Finding(name, metadata.version(name)) for name in ("textual", "httpx", "feedparser", "sqlite-utils")
    )
    sqlite = sqlite3.sqlite_version
    cure = (
        ""
        if _version(sqlite) >= _WANTED_SQLITE
        else (
            "older SQLite can damage a write-ahead log that two processes write: install the pysqlite3 wheel, "
            "or run one Overflight at a time"
        )
    )
    found.append(Finding("sqlite", f"{sqlite} from {sqlite3.__name__.split('.')[0]}", cure))
    expat = pyexpat.EXPAT_VERSION.removeprefix("expat_")
    cure = (
        ""
        if _version(expat) >= _WANTED_EXPAT
        else "upgrade Python or its expat when your system offers it; the parse child limits the harm"
    )
    found.append(Finding("expat", expat, cure))
    return found


def places(feeds: str | None, db: str | None) -> list[Finding]:
    """Where things are kept, and whether each is in order."""
    from tui.reading.version import reader_version
    from tui.store.database import open_reader
    from tui.store.errors import StoreError
    from tui.store.reread import StoreShelf

    found, version = [], reader_version()
    try:
        listed = chosen_feed_list(feeds)
        version = reader_version(listed.rules)
        enabled = sum(feed.enabled for feed in listed.feeds)
        found.append(Finding("feeds", f"{enabled} enabled of {len(listed.feeds)} in {listed.path}"))
        nobody = "none, so no publisher can reach you: set contact in [settings] of feeds.toml"
        found.append(Finding("contact", listed.settings.contact or nobody))
    except StartError as problem:
        found.append(Finding("feeds", "cannot be used", str(problem), grave=True))
    path: Path = database_file(db)
    if not path.exists():
        found.append(Finding("database", f"{path} (none yet; it is made on first use)"))
    else:
        try:
            reader = open_reader(path)
            try:
                waiting = StoreShelf(reader).amount(version).waiting
            finally:
                reader.close()
            found.append(Finding("database", f"{path}, {path.stat().st_size / 1e6:.1f} MB"))
            found.append(_readings(version, waiting))
        except StoreError as problem:
            found.append(Finding("database", str(path), str(problem), grave=True))
    found.append(Finding("log", str(log_path())))
    found.extend(_unwritable({data_folder(): "the log", path.parent: "the database"}))
    return found


def _unwritable(folders: Mapping[Path, str]) -> Iterator[Finding]:
    """Folders of ours into which nothing can be written; tried by writing, for rights alone do not tell of a locked disk."""
    for folder, what in folders.items():
        try:
            if folder.exists():
                with NamedTemporaryFile(dir=folder, prefix=".overflight-") as file:
                    file.write(bytes(_ROOM))
                    file.flush()
                    continue
            above = next(one for one in folder.absolute().parents if one.exists())
            if os.access(above, os.W_OK | os.X_OK):
                continue
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        except OSError as problem:
            why = f"{what} cannot be written there ({problem.strerror or problem}): free some space or make it yours, or set OVERFLIGHT_HOME to a folder that is"
            yield Finding("folder", str(folder), why, grave=True)


def _readings(version: str, waiting: int) -> Finding:
    """Whether what is stored was read by the reader and the rules of now."""
    cure = (
        f"{waiting:,} stored entries were read by another reader or other rules: `overflight reread`"
        if waiting
        else ""
    )
    return Finding("reader", version, cure)


def surroundings() -> list[Finding]:
    """The terminal and the browser."""
    refused = refusal_here()
    program = opener()
    return [
        Finding(
            "terminal",
            "fit for the dashboard" if refused is None else "not fit for the dashboard",
            refused or "",
        ),
        Finding("browser", " ".join(program))
        if program
        else Finding("browser", "none found", "set BROWSER to open stories with o"),
    ]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def doctor(options: dict[str, str | None], *, as_json: bool) -> None:
    """Say what this installation runs on, where things are, and what ails them."""
    findings = [*libraries(), *places(options["feeds"], options["db"]), *surroundings()]
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    for finding in () if as_json else findings:
        click.echo(f"{'!' if finding.cure else ' '} {finding.topic:<13} {visible(finding.said)}")
        if finding.cure:
            click.echo(f"                {visible(finding.cure)}")
    sys.exit(Exit.NO if any(finding.grave for finding in findings) else Exit.DONE)
