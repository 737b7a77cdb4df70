"""`overflight keys`: every action by its name, with its keys; the names are what [keys] in feeds.toml uses."""

import json
import sys

import click

from tui.cli.wiring import StartError, chosen_feed_list, fail


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def keys(options: dict[str, str | None], *, as_json: bool) -> None:
    """List every action of the dashboard: its name, its keys, where it holds, what it does.

    Your own keys stand in your feeds.toml: a table [keys] with lines such as search = "ctrl+f". A key that two
    actions of one screen would share is told, and nothing starts until it is mended.
    """
    from tui.cli.showing import own_actions
    from tui.ui.actions import EVERYWHERE

    try:
        feeds = chosen_feed_list(options["feeds"])
        actions = own_actions(feeds)
    except StartError as problem:
        sys.exit(fail(problem))
    yours = {wish.action for wish in feeds.keys}
    if as_json:
        known = [
            {
                "action": action.id,
                "keys": action.keys.split(","),
                "help": action.help,
                "where": None if action.contexts == EVERYWHERE else list(action.contexts),
                "yours": action.id in yours,
            }
            for action in actions
        ]
        click.echo(json.dumps(known, ensure_ascii=False, indent=2))
        return
    for action in actions:
        where = "everywhere" if action.contexts == EVERYWHERE else ", ".join(action.contexts)
        mine = "  (yours)" if action.id in yours else ""
        click.echo(f"{action.id:<15} {action.keys.replace(',', ' '):<24} {action.help} [{where}]{mine}")
