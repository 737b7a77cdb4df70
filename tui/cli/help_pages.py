"""What stands in the help beside the options: the sections of the commands, examples, and exit statuses."""

import copy

import click

from tui.cli.exits import NO_MEANS

SECTIONS: dict[str, tuple[str, ...]] = {
    "Watch": ("once", "collect", "serve", "demo"),
    "Ask": ("query", "stats", "tail", "handover", "explain"),
    "Take out, bring in": ("export", "import", "backup"),
    "Keep in view": ("views", "note", "tag", "star"),
    "Set up": ("feeds", "alerts", "keys", "completion", "man"),
    "Put right": ("corrections", "reread", "selftest", "doctor", "verify", "repair"),
    "For programs": ("read", "group", "screenshot"),
}
"""Every command, by what it is for; one that is not named here is listed under `More`."""

EXAMPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "": (
        ("overflight", "the dashboard"),
        ("overflight demo", "a recorded world, without a network"),
        ("overflight once --window 7d", "what happened in a week, as text"),
        ("overflight query country:PL since:30d --json", "for a script"),
    ),
    "once": (
        ("overflight once", "what a cron job would call every 15 minutes"),
        ("overflight once --no-fetch --json --window 7d", "what is stored, for a script"),
    ),
    "collect": (("overflight collect", "under systemd, with any number of dashboards beside it"),),
    "serve": (("overflight serve --port 8417", "then open http://127.0.0.1:8417"),),
    "demo": (("overflight demo --speed 60", "an hour in a minute"),),
    "query": (
        ("overflight query country:PL actor:RU since:7d -exercise", "incidents of a week"),
        ("overflight query 'object:DRN (zone:airport OR event:SHOT)' --json", "one JSON document"),
        ("overflight query --stories '\"no-fly zone\" lang:de'", "stories with these words side by side"),
    ),
    "stats": (
        ("overflight stats --since 12w", "by state and week, with what is usual"),
        ("overflight stats --by actor --by object --json", "two tables, each number with its query"),
    ),
    "tail": (("overflight tail country:PL,LT | jq -r .line", "the line of each incident as it happens"),),
    "handover": (
        ("overflight handover --since 8h", "for the next shift"),
        ("overflight handover --since 2d --format markdown -o shift.md", "with links to every story"),
    ),
    "explain": (
        ("overflight explain 'Drone shot down over Lublin' --country PL", "a headline"),
        ("overflight explain 1a2b3c4d --json", "a stored story, by the first digits of its id"),
        ("overflight explain b:pl-2025-09-10-drones", "an incident, here one of the baseline"),
    ),
    "export": (
        ("overflight export country:PL since:30d --format csv -o poland.csv", "for a spreadsheet"),
        ("overflight export --format atom -o incidents.atom --watch", "a feed, kept fresh until ^C"),
        ("overflight export --format archive -o store.jsonl", "the whole store"),
    ),
    "import": (("overflight --db new.db import store.jsonl", "the same store elsewhere"),),
    "backup": (("overflight backup /mnt/disk/overflight.db", "a whole, checked copy"),),
    "feeds list": (
        (
            "overflight feeds list --json | jq -r '.[] | select(.status == \"failing\") | .name'",
            "those that fail",
        ),
    ),
    "feeds check": (("overflight feeds check bbc yle", "only those with one of these words"),),
    "feeds discover": (("overflight feeds discover example.org >> feeds.toml", "what the page names"),),
    "feeds add": (
        ("overflight feeds add https://example.org/rss --lang en --country PL", "asked once, then added"),
    ),
    "feeds remove": (("overflight feeds remove https://example.org/rss", "what it brought stays stored"),),
    "feeds enable": (("overflight feeds enable 'Example News'", "by name"),),
    "feeds disable": (("overflight feeds disable https://example.org/rss", "by address"),),
    "feeds path": (("overflight feeds path", "the file in use"),),
    "feeds edit": (("EDITOR=nano overflight feeds edit", "your own copy, checked when you leave"),),
    "feeds import": (
        ("overflight feeds import --dry-run subscriptions.opml", "only say what would be added"),
    ),
    "feeds export": (("overflight feeds export -o overflight.opml", "for another feed reader"),),
    "views list": (("overflight views list --json", "how many incidents each finds, and how many are new"),),
    "views show": (("overflight views show 'Baltic balloons'", "the incidents it finds"),),
    "views add": (
        ("overflight views add 'Baltic balloons' country:EE,LV,LT object:BLN --window 7d", "by a query"),
    ),
    "views remove": (("overflight views remove 'Baltic balloons'", "what it finds stays"),),
    "views rename": (("overflight views rename 2 Balloons", "by its number"),),
    "views move": (("overflight views move Balloons 1", "to the key 1"),),
    "views alert": (("overflight views alert Balloons", "a rule to be pasted into feeds.toml"),),
    "note": (
        (
            "overflight note i0123456789abcdef0123 call the ministry at nine",
            "in the place of the one there is",
        ),
    ),
    "tag": (("overflight tag i0123456789abcdef0123 baltic verify", "beside the tags it has"),),
    "star": (("overflight star i0123456789abcdef0123", "the watch screen tells what happens to it"),),
    "alerts list": (("overflight alerts list", "every rule and channel, and how each stands"),),
    "alerts log": (("overflight alerts log --limit 10", "the last ten"),),
    "alerts test": (("overflight alerts test duty", "a made-up alert, now"),),
    "alerts dry-run": (("overflight alerts dry-run --days 30", "before you switch a rule on"),),
    "keys": (("overflight keys", "every action by name, for [keys] in feeds.toml"),),
    "completion": (
        ('eval "$(overflight completion bash)"', "in ~/.bashrc"),
        ("overflight completion fish > ~/.config/fish/completions/overflight.fish", "once, for fish"),
    ),
    "man": (
        ("overflight man | man -l -", "read it"),
        ("overflight man > ~/.local/share/man/man1/overflight.1", "for `man overflight`"),
    ),
    "corrections list": (("overflight corrections list --all", "also those taken back"),),
    "corrections check": (("overflight corrections check", "whether each still holds"),),
    "corrections add": (
        ("overflight corrections add not_incursion 1a2b3c4d --note 'a kite'", "of a story"),
        ("overflight corrections add affected i0123456789abcdef0123 PL,LT", "of an incident"),
    ),
    "corrections undo": (("overflight corrections undo 3", "by its number"),),
    "corrections export": (("overflight corrections export > mine.jsonl", "cases for `selftest`"),),
    "reread": (("overflight reread --dry-run", "what your new rules would change"),),
    "selftest": (("overflight selftest --cases mine.jsonl", "your own cases beside ours"),),
    "doctor": (("overflight doctor", "what to paste into a report of a problem"),),
    "verify": (("overflight verify --json", "for a nightly check"),),
    "repair": (("overflight repair", "after `verify` found damage; end every Overflight first"),),
    "read": (("overflight read < stories.jsonl > read.jsonl", "one line in, one line out"),),
    "group": (("overflight group < stories.jsonl", "in order of arrival"),),
    "screenshot": (("overflight screenshot --screen map --size 160x50 map.svg", "of the recorded world"),),
}
"""Of each command, lines that can be typed as they stand, with what they are for."""


WITHOUT_JSON: dict[str, str] = {
    "collect": "runs for ever; `tail` tells what it brings",
    "serve": "runs for ever",
    "demo": "a dashboard",
    "tail": "always lines of JSON",
    "handover": "`--format json`",
    "export": "`--format json`, `geojson`, `jsonfeed` or `stix`; `archive` is lines of JSON",
    "views alert": "TOML",
    "feeds edit": "an editor",
    "feeds export": "OPML",
    "completion": "a script for a shell",
    "man": "a manual page",
    "corrections export": "always lines of JSON",
    "read": "always lines of JSON",
    "group": "always lines of JSON",
    "screenshot": "a picture",
}
"""Commands without `--json`, and what they speak instead."""


def epilog(path: str) -> str:
    """What follows the options in the help of a command: examples, then exit statuses other than 0 and 2."""
    parts = []
    if path in EXAMPLES:
        lines = [f"  {line}\n      {purpose}" for line, purpose in EXAMPLES[path]]
        parts.append("\n".join(["\b", "Examples:", *lines]))
    if path in NO_MEANS:
        parts.append(f"Exit status 0: done; 1: {NO_MEANS[path]}; 2: it could not be done.")
    return "\n\n".join(parts)


def helped(command: click.Command, path: str) -> click.Command:
    """The command, and those under it, with examples and exit statuses in its help."""
    told = copy.copy(command)
    own = [command.epilog] if command.epilog else []
    told.epilog = "\n\n".join([*own, *filter(None, [epilog(path)])]) or None
    if isinstance(told, click.Group):
        told.commands = {name: helped(one, f"{path} {name}") for name, one in told.commands.items()}
    return told
