"""`overflight feeds add`, `remove`, `enable` and `disable`: the list changed without an editor, its comments kept."""

import asyncio
import json
import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from tui.cli.exits import Exit
from tui.cli.wiring import StartError, chosen_feed_list, fail, feed_list_file
from tui.domain.feed import Feed, FeedKind, FeedList
from tui.locations import shipped, user_feed_list
from tui.reading.plain_text import plain_text

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a sentence.")


def _own_list(chosen: str | None) -> tuple[Path, bool]:
    """The file to change, the user's own copy when there is none yet; whether it was made now."""
    from tui.feeds.feed_list import write_user_copy

    target = feed_list_file(chosen)
    if target != shipped("feeds.toml"):
        return target, False
    return user_feed_list(), write_user_copy(target, user_feed_list())


def _meant(listed: FeedList, name: str) -> Feed:
    """The one feed of that address or name, or with that in either; raises StartError."""
    word = name.casefold()
    exact = [feed for feed in listed.feeds if word in {feed.url.casefold(), feed.name.casefold()}]
    found = exact or [feed for feed in listed.feeds if word in f"{feed.name} {feed.url}".casefold()]
    if len(found) == 1:
        return found[0]
    if not found:
        raise StartError(
            f"No feed in {listed.path} has {name!r} in its name or address; `overflight feeds list` shows all."
        )
    shown = ", ".join(f"{feed.name!r}" for feed in found[:5]) + (", …" if len(found) > 5 else "")
    raise StartError(f"{len(found)} feeds have {name!r} in their name or address: {shown}. Name one of them.")


def _change(
    options: dict[str, str | None],
    name: str,
    done: str,
    change: Callable[[Path, str], None],
    *,
    as_json: bool,
) -> None:
    from tui.feeds.feed_switch import CannotSwitchError

    try:
        feed = _meant(chosen_feed_list(options["feeds"]), name)
        target, copied = _own_list(options["feeds"])
        change(target, feed.url)
    except (StartError, CannotSwitchError, OSError) as problem:
        sys.exit(fail(problem))
    _say(done, feed, target, copied=copied, as_json=as_json)


def _say(done: str, feed: Feed, target: Path, *, copied: bool, as_json: bool, **more: Any) -> None:  # noqa: ANN401 - facts of any kind, for JSON
    if as_json:
        said = {
            "done": done,
            "name": feed.name,
            "url": feed.url,
            "list": str(target),
            "copied": copied,
            **more,
        }
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    if copied:
        click.echo(f"Copied the built-in list to {target}; it now overrides the built-in one.")
    click.echo(f"{done} {feed.name} ({feed.url}) in {target}.")


@click.command("enable")
@click.argument("name")
@_AS_JSON
@click.pass_obj
def enable_feed(options: dict[str, str | None], name: str, *, as_json: bool) -> None:
    """Switch the feed of that NAME or address on; an Overflight that runs takes it up within seconds."""
    from tui.feeds.feed_switch import switch_feed

    _change(options, name, "enabled", lambda path, url: switch_feed(path, url, on=True), as_json=as_json)


@click.command("disable")
@click.argument("name")
@_AS_JSON
@click.pass_obj
def disable_feed(options: dict[str, str | None], name: str, *, as_json: bool) -> None:
    """Switch the feed of that NAME or address off; it stays in the list, and what it brought stays stored."""
    from tui.feeds.feed_switch import switch_feed

    _change(options, name, "disabled", lambda path, url: switch_feed(path, url, on=False), as_json=as_json)


@click.command("remove")
@click.argument("name")
@_AS_JSON
@click.pass_obj
def remove_feed(options: dict[str, str | None], name: str, *, as_json: bool) -> None:
    """Take the feed of that NAME or address out of the list; what it brought stays stored."""
    from tui.feeds.feed_switch import remove_feed as take_out

    _change(options, name, "removed", take_out, as_json=as_json)


@click.command("add")
@click.argument("url")
@click.option("--name", help="What a person calls it; else what it calls itself.")
@click.option("--lang", help="Language of its text, such as pl.")
@click.option("--country", help="Home country as ISO 3166-1 alpha-2, such as PL.")
@click.option("--publisher", help="Who publishes it; else its name.")
@click.option("--kind", type=click.Choice([kind.value for kind in FeedKind if kind is not FeedKind.PAGE]))
@click.option("--allow-private", is_flag=True, help="It may be on your own network.")
@click.option("--no-check", is_flag=True, help="Add it without asking it first.")
@_AS_JSON
@click.pass_obj
def add_feed(
    options: dict[str, str | None],
    /,
    url: str,
    *,
    allow_private: bool,
    no_check: bool,
    as_json: bool,
    **written: str | None,
) -> None:
    """Ask the feed at URL once and, when it answers as a feed, add it at the end of the list.

    A web page that names feeds says which.
    """
    from tui.feeds.feed_fields import FieldError
    from tui.feeds.feed_file import FeedListError
    from tui.feeds.feed_writing import add_feeds

    try:
        listed = chosen_feed_list(options["feeds"])
        feed = replace(_wished(listed, url, written), allow_private=allow_private)
        title = "" if no_check else _title_of(listed, feed)
        if written["name"] is None and title:
            feed = replace(feed, name=title)
        target, copied = _own_list(options["feeds"])
        add_feeds(target, [feed], "Added with `overflight feeds add`.")
    except FieldError as problem:
        sys.exit(fail(f"{problem.key}: {problem.problem}; {problem.fix}."))
    except (StartError, FeedListError, OSError) as problem:
        sys.exit(fail(problem))
    _say("added", feed, target, copied=copied, as_json=as_json)


def _wished(listed: FeedList, url: str, written: Mapping[str, str | None]) -> Feed:
    """The feed that was asked for; raises FieldError or StartError."""
    from tui.feeds import feed_fields as fields

    address, login = fields.address("url", url)
    if login:
        raise StartError("An address with a password is added by hand, with the password in auth.")
    if any(feed.url == address for feed in listed.feeds):
        raise StartError(f"{address} is in {listed.path} already; nothing was added.")
    name, lang, country, publisher, kind = (
        written[key] for key in ("name", "lang", "country", "publisher", "kind")
    )
    return Feed(
        url=address,
        name=fields.label("name", name)
        if name is not None
        else urlsplit(address).netloc[: fields.NAME_LIMIT],
        lang=fields.language("lang", lang) if lang is not None else None,
        country=fields.country("country", country) if country is not None else None,
        publisher=fields.label("publisher", publisher) if publisher is not None else "",
        kind=FeedKind(kind) if kind is not None else FeedKind.NATIONAL,
    )


def _title_of(listed: FeedList, feed: Feed) -> str:
    """What the feed calls itself; ends the program, with status 1, when none answers."""
    from tui.cli.feed_check import open_checker
    from tui.feeds.feed_fields import NAME_LIMIT
    from tui.feeds.refusal import asked_by_hand

    async def ask() -> str:
        async with open_checker(listed) as checker:
            row = await checker.check(feed)
        if row.failed:
            command = f"overflight feeds add --allow-private {shlex.quote(feed.url)}"
            fail(f"{feed.url}: {asked_by_hand(row.words, command).rstrip('.')}. Nothing was added.")
            if row.offline:
                unasked = f"overflight feeds add --no-check {shlex.quote(feed.url)}"
                click.echo(
                    f"  The network may be down: try again, or add it without asking it: {unasked}", err=True
                )
            for named in row.named:
                click.echo(f"  the page names {named}", err=True)
            sys.exit(Exit.NO)
        return plain_text(row.title, NAME_LIMIT)

    return asyncio.run(ask())
