"""The three clients that `bench.fetch` compares, each with a database of its own and one command for one reload."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import platformdirs

_HERE = Path(__file__).resolve().parent
_INSTALL_SECONDS = 300


class Client(Protocol):
    """A feed reader under measurement."""

    name: str
    settling: int
    """Reloads after the cold one until it asks with validators."""

    def command(self) -> Sequence[str]:
        """One reload of every feed, in a process that ends."""
        ...

    def environment(self) -> dict[str, str]:
        """Its environment; its home is a folder of the benchmark."""
        ...

    def stored(self) -> int:
        """Entries in its database."""
        ...


@dataclass
class Ours:
    """This program."""

    folder: Path
    urls: Sequence[str]
    name: str = "overflight"
    settling: int = 0

    def __post_init__(self) -> None:
        self.database = self.folder / "overflight.db"
        feeds = (
            f'[[feed]]\nurl = "{url}"\nname = "feed {number}"\npublisher = "publisher {number}"\nallow_private = true\n'
            for number, url in enumerate(self.urls)
        )
        (self.folder / "feeds.toml").write_text("".join(feeds))

    def command(self) -> Sequence[str]:
        """One reload."""
        return (
            sys.executable,
            str(_HERE / "fetch_ours.py"),
            str(self.folder / "feeds.toml"),
            str(self.database),
        )

    def environment(self) -> dict[str, str]:
        """Nothing special."""
        return {**os.environ, "HOME": str(self.folder)}

    def stored(self) -> int:
        """Entries in its database."""
        return _count(self.database, "SELECT count(*) FROM entry")

    def dates(self) -> dict[str, int | None]:
        """Time of publication in seconds of each entry, by link."""
        with sqlite3.connect(self.database) as connection:
            return dict(connection.execute("SELECT url, published / 1000000 FROM entry"))


@dataclass
class Newsboat:
    """Newsboat, as Debian has it: `newsboat -x reload`, which reads its whole cache first, as it does at every start."""

    folder: Path
    urls: Sequence[str]
    threads: int
    settling: int = 1

    def __post_init__(self) -> None:
        self.name = f"newsboat, {self.threads} threads"
        (self.folder / "urls").write_text("".join(f"{url}\n" for url in self.urls))
        (self.folder / "config").write_text(f"reload-threads {self.threads}\nauto-reload no\n")

    def command(self) -> Sequence[str]:
        """One reload."""
        return ("newsboat", *self._files(), "-x", "reload")

    def start(self) -> Sequence[str]:
        """No reload at all: how long starting takes."""
        return ("newsboat", *self._files(), "-x", "print-unread")

    def environment(self) -> dict[str, str]:
        """Its home is the folder, so that no configuration of the user's is read."""
        return {**os.environ, "HOME": str(self.folder), "TERM": "dumb"}

    def stored(self) -> int:
        """Entries in its cache."""
        return _count(self.folder / "cache.db", "SELECT count(*) FROM rss_item")

    def _files(self) -> tuple[str, ...]:
        return (
            "-u",
            str(self.folder / "urls"),
            "-c",
            str(self.folder / "cache.db"),
            "-C",
            str(self.folder / "config"),
        )


_READER_PROGRAM = """
import sys
from reader import make_reader
database, urls, workers = sys.argv[1:]
reader = make_reader(database)
for url in open(urls).read().split():
    reader.add_feed(url, exist_ok=True)
reader.update_feeds(scheduled=False, workers=int(workers))
"""


@dataclass
class Reader:
    """`reader`, in a virtual environment of its own."""

    folder: Path
    urls: Sequence[str]
    python: Path
    workers: int
    settling: int = 0

    def __post_init__(self) -> None:
        self.name = f"reader, {self.workers} workers"
        (self.folder / "urls").write_text("".join(f"{url}\n" for url in self.urls))

    def command(self) -> Sequence[str]:
        """One reload."""
        database = str(self.folder / "reader.db")
        return (
            str(self.python),
            "-c",
            _READER_PROGRAM,
            database,
            str(self.folder / "urls"),
            str(self.workers),
        )

    def environment(self) -> dict[str, str]:
        """Warnings about feeds that it refuses are not shown."""
        return {**os.environ, "HOME": str(self.folder), "PYTHONWARNINGS": "ignore"}

    def stored(self) -> int:
        """Entries in its database."""
        return _count(self.folder / "reader.db", "SELECT count(*) FROM entries")


def newsboat_there() -> bool:
    """Whether newsboat is installed."""
    return shutil.which("newsboat") is not None


def reader_python() -> Path | None:
    """The interpreter of a virtual environment with `reader`, made in the user's cache when it is not there; None: not to be had."""
    home = Path(platformdirs.user_cache_dir("overflight-bench")) / "reader"
    python = home / "bin" / "python"
    works = (str(python), "-c", "import reader")
    if python.exists() and subprocess.run(works, capture_output=True, check=False).returncode == 0:
        return python
    # Some versions of it import a module of feedparser's that this no longer brings along.
    steps = (
        (sys.executable, "-m", "venv", str(home)),
        (str(python), "-m", "pip", "install", "--quiet", "reader", "sgmllib3k"),
        works,
    )
    for step in steps:
        try:
            subprocess.run(step, capture_output=True, check=True, timeout=_INSTALL_SECONDS)
        except (OSError, subprocess.SubprocessError):
            return None
    return python


def _count(database: Path, question: str) -> int:
    with sqlite3.connect(database) as connection:
        return int(connection.execute(question).fetchone()[0])
