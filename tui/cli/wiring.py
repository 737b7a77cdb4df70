"""Putting the real parts together; mypy checks here that each adapter fits its port."""

import contextlib
import errno
import gc
import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.exits import Exit
from tui.cli.said import file_said, output_said, visible
from tui.domain.clock import Clock
from tui.domain.codes import Origin
from tui.domain.feed import FeedList, Settings
from tui.domain.incident import FiledReport, IncidentFacts, IncidentSketch, SagaLink
from tui.domain.rules import Rules
from tui.domain.sources import SourceChain
from tui.locations import database_path, log_path, shipped, user_feed_list

if TYPE_CHECKING:
    from tui.domain.recall import Recall
    from tui.pipeline.alerting import AlertBook
    from tui.pipeline.board_ports import BoardSource, Marks
    from tui.pipeline.collector import Equipment, Renewal
    from tui.pipeline.full_text import FullTextBook
    from tui.pipeline.keeping import Keeper
    from tui.pipeline.ports import Grouping
    from tui.pipeline.rhythm import Rhythm
    from tui.store.settling import Writing


_ASKED_CACHE, _COUNTED_CACHE = 2_000, 4_000
"""KB of pages that the two connections of the interface keep: single things, and what is counted over everything."""


class StartError(Exception):
    """The program cannot start as asked; says what, where and what next in one line."""


def feed_list_file(chosen: str | None) -> Path:
    """The feeds.toml in use: the one named, else the user's own, else the shipped one."""
    if chosen is not None:
        return Path(chosen)
    own = user_feed_list()
    return own if own.exists() else shipped("feeds.toml")


def chosen_feed_list(chosen: str | None) -> FeedList:
    """The feed list in use, checked; raises StartError with file, line or key, and the fix."""
    from tui.feeds.feed_list import FeedListError, load_feed_list

    try:
        return load_feed_list(feed_list_file(chosen))
    except FeedListError as problem:
        raise StartError(str(problem)) from problem


def shipped_in_use(chosen: str | None) -> bool:
    """Whether the shipped list is read: it has feeds, and else nothing but what holds without a list."""
    return chosen is None and not user_feed_list().exists()


def rules_in_use(chosen: str | None) -> Rules:
    """The user's rules; without a list of one's own there are none, and the shipped one need not be read."""
    return Rules() if shipped_in_use(chosen) else chosen_feed_list(chosen).rules


def list_to_show(chosen: str | None) -> FeedList:
    """What the interface takes from the list in use: all but the feeds, which need not be read when they are the shipped ones."""
    if shipped_in_use(chosen):
        return FeedList((), Settings(), str(feed_list_file(None)))
    return chosen_feed_list(chosen)


def warn(feeds: FeedList) -> None:
    """Say on standard error what is unwise in a feed list."""
    for warning in feeds.warnings:
        sys.stderr.write(visible(f"overflight: {warning}\n"))


def database_file(chosen: str | None) -> Path:
    """The database in use."""
    return Path(chosen) if chosen is not None else database_path()


def prepare_store(path: Path, clock: Clock, *, baseline: bool = True) -> tuple[str, ...]:
    """Make the database when there is none, put it right when it is damaged, and import the baseline.

    What a person should know of it, a sentence each.
    """
    from tui.pipeline.baseline import baseline_sketch, load_baseline
    from tui.store.baseline import import_baseline
    from tui.store.errors import StoreError
    from tui.store.opening import open_whole

    try:
        writer, notices = open_whole(path, clock.now())
        try:
            if baseline:
                known = load_baseline((shipped("seeds") / "baseline.jsonl").read_text(encoding="utf-8"))
                sketches = [baseline_sketch(incident) for incident in known]
                import_baseline(writer, known, sketches, line_writer(clock), clock.now())
        finally:
            writer.close()
    except StoreError as problem:
        raise StartError(str(problem)) from problem
    for notice in notices:
        logging.getLogger(__name__).warning("%s", notice)
    return notices


def open_board(
    path: Path, settings: Settings | None = None, *, speed: float = 1.0, briefly: bool = False
) -> "BoardSource":
    """The reading side of the store; `speed` is how much faster than real the clock in use runs, `briefly`: for one look."""
    from tui.store.collecting import SILENT_AFTER
    from tui.store.database import open_reader
    from tui.store.errors import StoreError
    from tui.store.load import StoreBoard

    try:
        chosen = settings or Settings()
        return StoreBoard(
            open_reader(path, cache=_ASKED_CACHE, briefly=briefly),
            aside=open_reader(path, cache=_COUNTED_CACHE, briefly=briefly),
            interval=chosen.interval,
            silent_after=SILENT_AFTER * speed,
            unresolved_after=chosen.unresolved_after,
            link_sagas=_link_sagas,
            chain_of=_chain_of,
        )
    except StoreError as problem:
        raise StartError(str(problem)) from problem


def _link_sagas(sketches: Iterable[IncidentSketch]) -> tuple[SagaLink, ...]:
    from tui.reading.grouping import saga_links

    return saga_links(sketches)


def _chain_of(reports: Sequence[FiledReport]) -> SourceChain:
    """Loaded when the first incident is opened: the first picture does not need it."""
    from tui.reading.sources import chain_of

    return chain_of(reports)


def corrections_writing(clock: Clock, origin: Origin = Origin.NEWS) -> "Writing":
    """What storing a correction needs of the reading."""
    from tui.reading.conclude import conclude
    from tui.reading.grouping import sketch_anew
    from tui.store.settling import Writing

    return Writing(conclude, line_writer(clock), sketch_anew, origin)


def open_marks(path: Path, clock: Clock | None = None) -> "Marks":
    """Where what a person does is stored."""
    from tui.cli.clocks import SystemClock
    from tui.store.database import open_writer
    from tui.store.errors import StoreError
    from tui.store.marks import StoreMarks

    try:
        return StoreMarks(open_writer(path), lambda: corrections_writing(clock or SystemClock()))
    except StoreError as problem:
        raise StartError(str(problem)) from problem


def line_writer(clock: Clock) -> Callable[[IncidentFacts], str]:
    """Writes an incident's line as of today: a day of another year is given with its year."""
    from tui.reading.line import incident_line

    return lambda facts: incident_line(facts, clock.now().date())


def _open_keeper(path: Path, origin: Origin, clock: Clock, rules: Rules, *, make: bool) -> "Keeper":
    from tui.reading.conclude import conclude
    from tui.reading.version import reader_version
    from tui.store.database import PATIENT_SECONDS, open_writer
    from tui.store.save import StoreKeeper

    return StoreKeeper(
        open_writer(path, make=make, patience=PATIENT_SECONDS),
        conclude=conclude,
        line=line_writer(clock),
        origin=origin,
        reader_version=reader_version(rules),
    )


def _open_alerts(path: Path, settings: Settings) -> "AlertBook":
    from tui.store.alerts import StoreAlerts
    from tui.store.database import PATIENT_SECONDS, open_writer

    return StoreAlerts(open_writer(path, patience=PATIENT_SECONDS), settings.interval)


def _open_full_texts(path: Path, origin: Origin, clock: Clock) -> "FullTextBook":
    from tui.store.database import PATIENT_SECONDS, open_writer
    from tui.store.full_texts import StoreFullTexts

    writing = corrections_writing(clock, origin)
    return StoreFullTexts(open_writer(path, patience=PATIENT_SECONDS), writing)


def _make_grouping(sketches: Sequence[IncidentSketch], recall: "Recall") -> "Grouping":
    from tui.reading.grouping import Grouper

    return Grouper(sketches, recall)


def equipment(
    feeds: FeedList,
    path: Path,
    clock: Clock,
    origin: Origin = Origin.NEWS,
    rhythm: "Rhythm | None" = None,
) -> "Equipment":
    """Everything that collecting needs; a recording has a rhythm of its own."""
    from tui.alerts.deliver import Deliverer
    from tui.feeds.fetch import HttpFetcher
    from tui.feeds.plugin_source import SourceFetcher
    from tui.pipeline.alerting import Alerting
    from tui.pipeline.collector import Equipment, this_process
    from tui.pipeline.full_text import FullTexting
    from tui.pipeline.parse_child import ParseChild
    from tui.pipeline.parse_pool import ParsePool
    from tui.pipeline.rhythm import Rhythm

    new = not path.exists()  # one that goes missing later was taken away: no other is begun in its place
    fetcher = SourceFetcher(HttpFetcher(feeds.settings, clock), feeds.settings)
    return Equipment(
        feeds=feeds,
        fetcher=fetcher,
        parser=ParsePool(lambda: ParseChild(rules=feeds.rules)),
        open_keeper=lambda: _open_keeper(path, origin, clock, feeds.rules, make=new),
        make_grouping=_make_grouping,
        clock=clock,
        holder=this_process(),
        rhythm=rhythm or Rhythm(),
        # A recorded world is nobody's news.
        alerting=Alerting(feeds.alerts, lambda: _open_alerts(path, feeds.settings), Deliverer(feeds.settings))
        if origin is Origin.NEWS
        else None,
        full_texts=FullTexting(
            feeds,
            lambda: _open_full_texts(path, origin, clock),
            fetcher,
            lambda: ParseChild(rules=feeds.rules),
            clock,
        ),
    )


_YOUNG = 20_000
_OF_OUTPUTS = frozenset({errno.EBADF, errno.ENOSPC})
"""What fails without the name of a file is what was printed."""


def spare_garbage_collection() -> None:
    """For a process that fetches: what is loaded stays, and a poll's thousands of entries are gone when it is stored.

    Looking through them again and again for rings took a tenth of its processor time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 10)


def renewal(feeds: FeedList, chosen: str | None, path: Path, clock: Clock) -> "Renewal":
    """How a changed feeds.toml is taken up: the one chosen, else the user's own as soon as there is one."""
    from tui.feeds.list_watch import FeedListWatch
    from tui.pipeline.collector import Renewal

    return Renewal(
        FeedListWatch(feeds, lambda: feed_list_file(chosen)), lambda fresh: equipment(fresh, path, clock)
    )


class PlainFormatter(logging.Formatter):
    """One clean line a record: what a feed or an error text carries cannot act on a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The record with every control character made visible."""
        text = super().format(record)
        return "".join(
            character if character.isprintable() else f"\\x{ord(character):02x}" for character in text
        )


def log_to_file(path: Path | None = None) -> None:
    """Send what the program says of itself to its log file (0600, three of 1 MB), never to the screen.

    Where that cannot be written there is no log: what the program is for still works.
    """
    path = path or log_path()
    os.umask(0o077)
    handler: logging.Handler = logging.NullHandler()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_symlink() and (path.is_file() or not path.exists()):
            handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(PlainFormatter("%(asctime)s %(process)d %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for loud in ("httpx", "httpcore", "asyncio"):
        logging.getLogger(loud).setLevel(logging.WARNING)


def fail(problem: Exception | str) -> int:
    """Say on standard error what cannot be done; the exit status for it.

    Raises:
        BrokenPipeError: nobody reads any more, so there is nobody to tell.
    """
    if isinstance(problem, BrokenPipeError) and not problem.filename:
        raise problem
    if isinstance(problem, OSError) and problem.errno in _OF_OUTPUTS and not problem.filename:
        problem = output_said(problem)
    elif isinstance(problem, OSError) and problem.strerror:
        problem = file_said(problem)
    sys.stderr.write(visible(f"overflight: {problem}\n"))
    return Exit.CANNOT
