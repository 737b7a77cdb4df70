"""`overflight feeds check` and `discover`: what answers at an address, asked once and politely."""

import asyncio
import json
import shlex
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import click

from tui.cli.clocks import SystemClock
from tui.cli.exits import Exit
from tui.cli.wiring import StartError, chosen_feed_list, database_file, fail, open_board, open_marks, warn
from tui.domain.feed import Feed, FeedList, FeedState, FeedStatus, Validators
from tui.domain.origin import origin_of
from tui.domain.value import dataclass
from tui.reading.plain_text import plain_text

if TYPE_CHECKING:
    from tui.pipeline.ports import Fetcher, FetchOutcome, Parser

_SPACING = 1.0
"""Seconds between two requests to one server."""
_MOST_CANDIDATES = 8
_LONGEST_ROBOTS = 64 * 1024


@dataclass(frozen=True, slots=True)
class Checked:
    """What one feed answered."""

    feed: Feed
    answer: str
    """ok, same (a 304) or FAIL."""
    words: str
    """What a person should know; empty when all is well."""
    format: str = ""
    entries: int | None = None
    kept: int | None = None
    title: str = ""
    """What the feed calls itself."""
    named: tuple[str, ...] = ()
    """Addresses of feeds, when a web page answered."""
    offline: bool = False
    """No server was reached at all: may be our own network."""

    @property
    def failed(self) -> bool:
        """Whether no feed came."""
        return self.answer == "FAIL"


class Checker:
    """Asks feeds with the program's own door and parser; stores nothing."""

    def __init__(self, fetcher: "Fetcher", parser: "Parser") -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._clock = SystemClock()

    async def check(self, feed: Feed, state: FeedState | None = None) -> Checked:
        """One conditional GET, parsed and read as it would be when polled."""
        from tui.pipeline.health import conditions
        from tui.pipeline.rhythm import Rhythm

        known = state is not None and state.status in {FeedStatus.OK, FeedStatus.DAMAGED}
        asked = conditions(state, Rhythm(), self._clock.now()) if known and state else Validators()
        outcome = await self._fetcher.fetch(feed, asked, state.address if known and state else None)
        return await self._told(feed, outcome)

    async def usual_places(self, page: Feed) -> list[str]:
        """Where its site may keep a feed, less what its robots.txt keeps programs out of."""
        from tui.feeds.discover import USUAL_PATHS
        from tui.pipeline.ports import Fetched

        address = urljoin(page.url, "/robots.txt")
        outcome = await self._fetcher.fetch(replace(page, url=address), Validators())
        rules = RobotFileParser(address)
        text = (
            outcome.body[:_LONGEST_ROBOTS].decode("utf-8", "replace") if isinstance(outcome, Fetched) else ""
        )
        rules.parse(text.splitlines())
        places = (urljoin(page.url, path) for path in USUAL_PATHS)
        return [place for place in places if rules.can_fetch("Overflight", place)]

    async def _told(self, feed: Feed, outcome: "FetchOutcome") -> Checked:
        from tui.feeds.refusal import asked_once
        from tui.pipeline.ports import Fetched, FetchFailed, ParseFailed

        if isinstance(outcome, FetchFailed):
            return Checked(feed, "FAIL", asked_once(outcome.reason), offline=outcome.offline)
        if not isinstance(outcome, Fetched):
            return Checked(feed, "same", _moved(outcome.moved_to))
        parsed = await self._parser.parse(feed, outcome.body, outcome.content_type, outcome.url)
        if isinstance(parsed, ParseFailed):
            return Checked(feed, "FAIL", f"It {asked_once(parsed.reason)}", named=parsed.named)
        read = await self._parser.read(feed, parsed.entries, self._clock.now())
        remarks = [_moved(outcome.moved_to)]
        if parsed.damaged:
            remarks.append(f"damaged: {parsed.damaged}")
        if outcome.validators == Validators():
            remarks.append("no validators, so it is polled less often")
        return Checked(
            feed,
            "ok",
            "; ".join(filter(None, remarks)),
            parsed.format,
            len(parsed.entries),
            sum(one.reading.verdict.relevant for one in read),
            parsed.title,
        )


def _moved(target: str | None) -> str:
    return f"moved for good to {target}" if target else ""


async def check_all(
    listed: FeedList, feeds: Sequence[Feed], states: Mapping[str, FeedState], show: Callable[[Checked], None]
) -> None:
    """Ask every feed once: servers side by side, the feeds of one server one after the other."""
    from tui.pipeline.host_rules import rule_for

    slots = asyncio.Semaphore(listed.settings.concurrency)

    async def one_server(checker: Checker, same: Iterable[Feed]) -> None:
        for place, feed in enumerate(same):
            if place:
                await asyncio.sleep(max(_SPACING, rule_for(feed.url).rest.total_seconds()))
            async with slots:
                show(await checker.check(feed, states.get(feed.url)))

    servers: dict[str, list[Feed]] = {}
    for feed in feeds:
        servers.setdefault(origin_of(feed.url), []).append(feed)
    async with open_checker(listed) as checker, asyncio.TaskGroup() as group:
        for same in servers.values():
            group.create_task(one_server(checker, same))


@asynccontextmanager
async def open_checker(listed: FeedList) -> AsyncIterator[Checker]:
    """A checker with a fetcher and a parser of its own, which end with it."""
    from tui.feeds.fetch import HttpFetcher
    from tui.feeds.plugin_source import SourceFetcher
    from tui.pipeline.parse_child import ParseChild

    fetcher = SourceFetcher(HttpFetcher(listed.settings, SystemClock()), listed.settings)
    parser = ParseChild(rules=listed.rules)
    try:
        yield Checker(fetcher, parser)
    finally:
        await fetcher.aclose()
        await parser.aclose()


_HEADING = f"{'answer':<7}{'format':<8}{'entries':>7} {'kept':>5}  {'feed':<28}  remark"


def _line(row: Checked) -> str:
    entries = "-" if row.entries is None else str(row.entries)
    kept = "-" if row.kept is None else str(row.kept)
    cells = f"{row.answer:<7}{row.format or '-':<8}{entries:>7} {kept:>5}  {row.feed.name:<28}  {row.words}"
    return cells.rstrip()


def _as_json(row: Checked, **more: object) -> str:
    said = {
        "url": row.feed.url,
        "name": row.feed.name,
        "answer": row.answer,
        "format": row.format or None,
        "entries": row.entries,
        "kept": row.kept,
        "remark": row.words or None,
        "named": list(row.named),
        **more,
    }
    return json.dumps(said, ensure_ascii=False)


def _known_states(db: str | None) -> dict[str, FeedState]:
    """What the store holds of each feed; nothing when there is no store."""
    path = database_file(db)
    if not path.exists():
        return {}
    board = open_board(path)
    try:
        return {row.feed.url: row.state for row in board.feeds(SystemClock().now())}
    finally:
        board.close()


def _poll_again(db: str | None, rows: Iterable[Checked], states: Mapping[str, FeedState]) -> list[str]:
    """Have the collector ask the feeds that said they were gone and answer now; their names."""
    from tui.pipeline.keeping import PollRequest

    back = [
        row.feed
        for row in rows
        if not row.failed and (state := states.get(row.feed.url)) and state.status is FeedStatus.GONE
    ]
    if back:
        clock = SystemClock()
        marks = open_marks(database_file(db))
        try:
            for feed in back:
                marks.request(PollRequest("feed", feed.url), clock.now())
        finally:
            marks.close()
    return [feed.name for feed in back]


@click.command()
@click.argument("names", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead of a table.")
@click.pass_obj
def check(options: dict[str, str | None], names: tuple[str, ...], *, as_json: bool) -> None:
    """Ask each feed once, politely, and say what answered.

    One conditional request each, one at a time for one server. With NAMES: only the feeds whose name or address holds one
    of them. Nothing is stored; a feed that was gone and answers again is polled again.
    """
    try:
        listed = chosen_feed_list(options["feeds"])
        states = _known_states(options["db"])
    except StartError as problem:
        sys.exit(fail(problem))
    wanted = [name.casefold() for name in names]
    chosen = [
        feed
        for feed in listed.feeds
        if feed.enabled
        and (not wanted or any(word in f"{feed.name} {feed.url}".casefold() for word in wanted))
    ]
    if not chosen:
        what = f"has {' or '.join(names)} in its name or address" if names else "is there"
        sys.exit(fail(f"No enabled feed in {listed.path} {what}; `overflight feeds list` shows all."))
    warn(listed)
    rows: list[Checked] = []

    def show(row: Checked) -> None:
        rows.append(row)
        click.echo(_as_json(row) if as_json else _line(row))

    if not as_json:
        rules = listed.rules
        told = len(rules.terms) + len(rules.mutes) + len(rules.biases) + len(rules.places)
        click.echo(f"{told} rules of your own can be used.\n{_HEADING}" if told else _HEADING)
    asyncio.run(check_all(listed, chosen, states, show))
    failed = sum(row.failed for row in rows)
    again = _poll_again(options["db"], rows, states)
    if not as_json:
        click.echo(f"{len(chosen) - failed} of {len(chosen)} answered with a feed.")
        if all(row.offline for row in rows):
            click.echo("No server was reached at all: the network may be down. Try again when it is up.")
        for name in again:
            click.echo(f"{name} was gone and answers again: it will be polled.")
    sys.exit(Exit.NO if failed else Exit.DONE)


@click.command()
@click.argument("url")
@click.option("--allow-private", is_flag=True, help="The address may be on your own network.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line instead of tables.")
@click.pass_obj
def discover(options: dict[str, str | None], url: str, *, allow_private: bool, as_json: bool) -> None:
    """Find the feeds of a web page, and print them as tables for your feeds.toml.

    The page is asked once, then each feed that it names, one at a time; without any, the usual places of its site, as far
    as its robots.txt lets programs look.
    """
    from tui.feeds.feed_fields import NAME_LIMIT, FieldError, address
    from tui.feeds.feed_writing import written

    try:
        listed = chosen_feed_list(options["feeds"])
        page, _ = address("url", url if "://" in url else f"https://{url}")
    except (StartError, FieldError) as problem:
        said = f"{problem.problem}; {problem.fix}" if isinstance(problem, FieldError) else problem
        sys.exit(fail(said))
    found = asyncio.run(_discovered(listed, Feed(page, page, allow_private=allow_private)))
    known = {feed.url for feed in listed.feeds}
    for row in found:
        if as_json:
            click.echo(_as_json(row, title=row.title, known=row.feed.url in known))
            continue
        already = " (in your list already)" if row.feed.url in known else ""
        click.echo(f"# {row.format}, {row.entries} entries, {row.kept} kept{already}")
        name = plain_text(row.title, NAME_LIMIT) or urlsplit(row.feed.url).netloc[:NAME_LIMIT]
        click.echo(written(replace(row.feed, name=name, publisher="")))
    if not found:
        click.echo(f"No feed was found at {page} or where sites usually keep one.", err=True)
    sys.exit(Exit.DONE if found else Exit.NO)


async def _discovered(listed: FeedList, page: Feed) -> list[Checked]:
    from tui.feeds.refusal import asked_by_hand

    async with open_checker(listed) as checker:
        first = await checker.check(page)
        if not first.failed:
            return [first]
        command = f"overflight feeds discover --allow-private {shlex.quote(page.url)}"
        click.echo(f"{page.url}: {asked_by_hand(first.words, command)}", err=True)
        if first.named:
            return await _answering(checker, page, first.named[:_MOST_CANDIDATES], enough=_MOST_CANDIDATES)
        return await _answering(checker, page, await checker.usual_places(page), enough=1)


async def _answering(checker: Checker, page: Feed, addresses: Sequence[str], *, enough: int) -> list[Checked]:
    """Those of the addresses that answer with a feed, asked one after the other."""
    found: list[Checked] = []
    for address in addresses:
        await asyncio.sleep(_SPACING)
        row = await checker.check(replace(page, url=address, name=address))
        if not row.failed:
            found.append(row)
        if len(found) >= enough:
            break
    return found
