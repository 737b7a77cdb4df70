"""docs/keys.md: what is done by which key, and every action of the table."""

from collections.abc import Iterator

from tui.ui.actions import ACTIONS, EVERYWHERE, Action

_HEAD = """# Keys

<!-- Made by `make docs` of the table of actions; do not edit. -->

`?` shows the keys that do something on the screen you are on, `:` finds every command by name. Vim keys and arrows both work everywhere, and so does
the mouse: a click chooses, another opens; on a heading it sorts (again: the other way round), on the way in the top bar it goes back.

| to | keys |
|---|---|
| move; by half a page, by a page; in a story | `j` `k` `↓` `↑`, `g` `G`; `^d` `^u`, `PgDn` `PgUp`; `space` `b` |
| open a country, an incident, a story; back | `enter` `l` `→`; `esc` `h` `←` |
| go to the next thing of a list, or the one before, from within one | `J` `K` |
| go to a pane; the same digit again, or `z`, fills the screen with it | `1–4`, `tab`; `z` |
| search everything stored as you type; from a country, search that country, and `tab` widens to everything | `/` |
| go to the next and the previous new incident; mark it seen and go on, seen or new, mark all; in a story to the next fact | `n` `p`; `a` `N` `A` |
| see a preview beside the list, or none; lines between rows; what the results of a search have in common | `i`; `d`; `i` |
| ask why: the reasons of a verdict, and why the stories are one incident; from a list too | `x` |
| open the story in the browser, and mark it seen; copy its citation, its address | `o`, `O`; `y` `Y` |
| watch an incident; undo, redo (a feed switched off too) | `w`; `u` `U` |
| fetch the full text of a story from the publisher's page; it stands below the feed's words, marked, with the facts that it alone tells | `F` in a story |
| say what is wrong with an incident or a story: no incursion, other states, actor or object, an outcome, split off, merged | `!`, and `u` takes it back |
| filter the lists with chips; show everything again | `f`, `F` |
| change the time window; sort; look an hour back in the replay, and come back to now | `t`, `s`, `[` `]` `0` |
| write what is listed to a file here: CSV, JSON or Markdown; on health the feeds as OPML | `e` |
| open a link of a story by its number; see the text as it is stored | `1–9`, `\\` |
| pause the screen; polling goes on | `space` |
| poll what is due; poll all | `r`, `^r` |
| see the map beside the incidents, or on the full screen | `m`, `M` |
| go about a map: pan, zoom, region, country, country with news, centre, what the colours say, open | `hjkl`, `+` `-`, `,` `.`, `J` `K`, `n` `p`, `c`, `L`, `enter` |
| see statistics: go from number to number, list what one counts, weeks, range, counts or shares, the rule; `tab` leads to the counts over the lists, which open too | `S`: `hjkl`, `enter`, `[` `]`, `t`, `c`, `x` |
| replay what is stored: play, speed, an hour, a day, an incident, back to now | `R`: `space`, `<` `>`, `[` `]`, `{` `}`, `n` `p`, `0` |
| brief the next shift: what is new, resolved, contradicted, revised or newly blind since you last looked; open, another beginning (8h to 7d), copy as Markdown, write to a file | `B`: `enter`, `t`, `y`, `e` |
| see a saved view (a digit or `enter`, `0` all incidents); save the filter, the search or the number of this screen under a name | `v`, `V` |
| write a note of your own beside an incident (`¶`), and tags; `note:word`, `tag:name`, `is:noted`, `is:tagged` find it again | `c`, `#` |
| watch: views with how many incidents and how many new, starred incidents with what happened since you saw them, the alerts of a day; there make, change, delete a view, move it, show it, get an alert rule of it to paste | `W`: `V` `E` `D`, `J` `K`, `1–9`, `space` |
| see the health of the feeds: how each stands and why; its stories, poll it, switch it off or on, open the list in your editor at its line, add one, narrow, sort | `H`: `enter`, `r`, `D`, `E`, `+`, `f`, `s` |
| get help for this screen; every command by name | `?`, `:` |
| go back, and out of the monitor; out; to the shell until `fg`; draw the screen anew | `q`, `^q`, `^z`, `^l` |

[What became of each key of the design](keys-and-the-design.md), [the interface scored](interface-scorecard.md).

## Keys of your own

```toml
[keys]
search = "ctrl+f"
```

in your `feeds.toml` gives an action another key, or a list of them. A key that two actions of one screen would share is refused with both named.

```console
$ overflight keys
```

lists the actions as they are with yours, `overflight keys --json` for a script.

## Colours, signs, mouse

`--theme night-watch`, `paper`, `high-contrast`, `ansi-dark` or `ansi-light`; `NO_COLOR` is obeyed, and no meaning is carried by colour alone. `--ascii` draws
every sign of ours in ASCII. `--no-mouse` leaves the mouse to the terminal, so that it can select text. All three may stand in
[`[settings]`](feeds-toml.md#settings).

## Every action
"""
_TEXTUAL = {
    "ctrl+": "^",
    "shift+": "⇧",
    "enter": "⏎",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "exclamation_mark": "!",
    "question_mark": "?",
    "number_sign": "#",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "equals_sign": "=",
    "full_stop": ".",
    "backspace": "⌫",
    "backslash": "\\",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "escape": "esc",
    "comma": ",",
    "colon": ":",
    "minus": "-",
    "slash": "/",
    "space": "space",
    "plus": "+",
    "right": "→",
    "left": "←",
    "down": "↓",
    "home": "Home",
    "end": "End",
    "up": "↑",
}
"""Names of Textual as a person reads them."""


def keys_page() -> str:
    """The page as Markdown."""
    return "\n".join([_HEAD, *_groups()]) + "\n"


def shown(key: str) -> str:
    """One key of the table as a person reads it."""
    for prefix in ("ctrl+", "shift+"):
        if key.startswith(prefix):
            return _TEXTUAL[prefix] + key.removeprefix(prefix)
    return _TEXTUAL.get(key, key)


def _groups() -> Iterator[str]:
    for group in dict.fromkeys(action.group for action in ACTIONS):
        yield f"### {group[0].upper()}{group[1:]}\n"
        yield "| action | keys | what it does | where |"
        yield "|---|---|---|---|"
        yield from (_row(action) for action in ACTIONS if action.group == group)
        yield ""


def _row(action: Action) -> str:
    keys = " ".join(f"`{shown(key)}`" for key in action.keys.split(","))
    where = "everywhere" if action.contexts == EVERYWHERE else ", ".join(action.contexts)
    return f"| `{action.id}` | {keys} | {action.help} | {where} |"
