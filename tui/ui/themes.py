"""Every colour of the interface, and nothing else: the only file with colour literals.

A colour has one meaning. Colour is never the only carrier of it: see `INKS` for the weight that goes with it.
"""

from functools import lru_cache

from rich.style import Style
from textual.theme import BUILTIN_THEMES, Theme

from tui.domain.value import dataclass

_NIGHT_WATCH = {
    "ink": "#d7e0ea",
    "muted": "#8496a8",
    "faint": "#7d90a3",
    "edge": "#1e2a36",
    "rule": "#35506a",
    "new": "#ffffff",
    "acc": "#56b4e9",
    "ok": "#2bb58e",
    "actor": "#d98cc0",
    "watch": "#f0e442",
    "critical": "#ff5a45",
    "high": "#f5a524",
    "elevated": "#fbf3b0",
    "routine": "#7f9bb3",
    "reverse": "#0a0e14",
    "seen": "#a9b8c6",
    "bar": "#0f1721",
    "chip": "#1c2733",
    "cursor": "#17324a",
    "cursor-blur": "#141f2b",
    "on-object": "#35310f",
    "on-event": "#3a2a10",
    "on-affected": "#10304a",
    "on-actor": "#38203a",
    "object": "#f0e27a",
    "event": "#ffc46b",
    "affected": "#8fd0ff",
    "number": "#e6d35a",
    "time": "#b7c7d6",
    "response": "#ff9d82",
    "source": "#5fd3b0",
    "level1": "#4f4229",
    "level2": "#79561c",
    "level3": "#c9821c",
    "level4": "#f2a93b",
    "level5": "#ffe2a0",
    "on-weak": "#ffffff",
    "on-middle": "#0a0e14",
    "on-strong": "#0a0e14",
    "land": "#2c3d4e",
    "heat1": "#7c6330",
    "heat2": "#a2752a",
    "heat3": "#c9821c",
    "heat4": "#f2a93b",
    "heat5": "#ffe2a0",
}

_PAPER = {
    "ink": "#1f2a33",
    "muted": "#56626c",
    "faint": "#626d77",
    "edge": "#cfc8b8",
    "rule": "#8ab4d0",
    "new": "#000000",
    "acc": "#0b6aa8",
    "ok": "#0a7a5c",
    "actor": "#9b2f7d",
    "watch": "#7d6200",
    "critical": "#8f0f2e",
    "high": "#b04f00",
    "elevated": "#6a3fc8",
    "routine": "#5d6872",
    "reverse": "#ffffff",
    "seen": "#3c4852",
    "bar": "#e6e2d6",
    "chip": "#e2dccb",
    "cursor": "#cfe2f2",
    "cursor-blur": "#e9e5d9",
    "on-object": "#f3ecb8",
    "on-event": "#ffe3bd",
    "on-affected": "#d3e8f8",
    "on-actor": "#f4dcec",
    "object": "#5f5200",
    "event": "#8a4300",
    "affected": "#084f80",
    "number": "#6b5a00",
    "time": "#44525e",
    "response": "#9a3412",
    "source": "#0a6b52",
    "level1": "#f4e3bb",
    "level2": "#e8c583",
    "level3": "#d99a3c",
    "level4": "#9c4f00",
    "level5": "#6b2800",
    "on-weak": "#000000",
    "on-middle": "#000000",
    "on-strong": "#ffffff",
    "land": "#d6cfbe",
    "heat1": "#ab8a42",
    "heat2": "#b5781c",
    "heat3": "#b4610e",
    "heat4": "#964600",
    "heat5": "#6a2500",
}

_HIGH_CONTRAST = {
    **_NIGHT_WATCH,
    "ink": "#ffffff",
    "muted": "#d0d8e0",
    "faint": "#b4c0cc",
    "edge": "#8899aa",
    "rule": "#8899aa",
    "seen": "#e6ecf2",
    "acc": "#7fd0ff",
    "ok": "#4fe0b5",
    "critical": "#ff7a66",
    "high": "#ffc04d",
    "elevated": "#fff7c2",
    "routine": "#b9cfe2",
    "reverse": "#000000",
    "bar": "#101010",
    "chip": "#303030",
    "cursor": "#004a80",
    "cursor-blur": "#333333",
    "land": "#46525f",
    "heat1": "#8a6e36",
}

_ANSI = {
    "ink": "ansi_default",
    "muted": "ansi_default",
    "faint": "ansi_default",
    "edge": "ansi_bright_black",
    "rule": "ansi_blue",
    "new": "ansi_default",
    "acc": "ansi_cyan",
    "ok": "ansi_green",
    "actor": "ansi_magenta",
    "watch": "ansi_yellow",
    "critical": "ansi_red",
    "high": "ansi_yellow",
    "elevated": "ansi_cyan",
    "routine": "ansi_default",
    "reverse": "ansi_default",
    "seen": "ansi_default",
    "bar": "ansi_default",
    "chip": "ansi_default",
    "cursor": "ansi_default",
    "cursor-blur": "ansi_default",
    "on-object": "ansi_default",
    "on-event": "ansi_default",
    "on-affected": "ansi_default",
    "on-actor": "ansi_default",
    "object": "ansi_yellow",
    "event": "ansi_red",
    "affected": "ansi_cyan",
    "number": "ansi_yellow",
    "time": "ansi_default",
    "response": "ansi_red",
    "source": "ansi_green",
    **dict.fromkeys(
        ("level1", "level2", "level3", "level4", "level5", "on-weak", "on-middle", "on-strong"),
        "ansi_default",
    ),
    "land": "ansi_bright_black",
    "input-cursor-text-style": "reverse",
    "heat1": "ansi_default",
    "heat2": "ansi_default",
    "heat3": "ansi_yellow",
    "heat4": "ansi_yellow",
    "heat5": "ansi_bright_yellow",
}

# Weight and colour of each meaning; `$x` is a colour of the theme.
INKS = {
    "ink": "$ink",
    "strong": "bold $ink",
    "muted": "$muted",
    "faint": "$faint",
    "edge": "$edge",
    "rule": "$rule",
    "seen": "$seen",
    "seen-strong": "bold $seen",
    "new": "bold $new",
    "acc": "$acc",
    "key": "bold $acc",
    "ok": "$ok",
    "ok-strong": "bold $ok",
    "actor": "$actor",
    "watch": "$watch",
    "gone": "strike $faint",
    "app": "bold $reverse on $acc",
    "live": "bold $ok",
    "amber": "bold $high",
    "amber-chip": "bold $reverse on $high",
    "alarm": "bold $reverse on $critical",
    "bad": "bold $critical",
    "warn": "$high",
    "critical": "$critical",
    "high": "$high",
    "elevated": "$elevated",
    "routine": "$routine",
    "land": "$land",
    "heat1": "$heat1",
    "heat2": "$heat2",
    "heat3": "$heat3",
    "heat4": "$heat4",
    "heat5": "$heat5",
    "critical-tag": "bold $reverse on $critical",
    "high-tag": "bold $high",
    "elevated-tag": "$elevated",
    "routine-tag": "$routine",
    "critical-chip": "bold $reverse on $critical",
    "high-chip": "bold $reverse on $high",
    "elevated-chip": "bold $reverse on $elevated",
    "routine-chip": "bold $reverse on $routine",
    "chip": "$ink on $chip",
    "cursor": "on $cursor",
    "cursor-blur": "on $cursor-blur",
    "fact-object": "bold $object on $on-object",
    "fact-event": "bold $event on $on-event",
    "fact-affected": "bold $affected on $on-affected",
    "fact-actor": "bold $actor on $on-actor",
    "fact-zone": "underline $affected",
    "fact-count": "underline $number",
    "fact-place": "bold $affected on $on-affected",
    "fact-event_date": "underline $time",
    "fact-response": "underline $response",
    "fact-responder": "underline $actor",
    "fact-certainty": "underline $source",
    "fact-other": "underline $ink",
    "matched": "underline $ink",
    "removed": "strike $muted",
    "added": "bold underline $ink",
    "lit": "underline $number",
    "lit-strong": "bold underline $number",
    "chosen": "bold reverse $acc",
    "level1": "$on-weak on $level1",
    "level2": "$on-weak on $level2",
    "level3": "$on-middle on $level3",
    "level4": "$on-strong on $level4",
    "level5": "$on-strong on $level5",
    "unusual": "bold $reverse on $high",
    "mix-BLN": "$reverse on $acc",
    "mix-DRN": "$reverse on $high",
    "mix-JET": "$reverse on $watch",
    "mix-MSL": "$reverse on $critical",
    "mix-HEL": "$reverse on $ok",
    "mix-CIV": "$reverse on $actor",
    "mix-UNK": "$reverse on $routine",
    "name-object": "$object",
    "name-event": "$event",
    "name-affected": "$affected",
    "name-actor": "$actor",
    "name-zone": "$affected",
    "name-place": "$affected",
    "name-event_date": "$time",
    "name-count": "$number",
    "name-response": "$response",
    "name-responder": "$actor",
    "name-certainty": "$source",
    "name-other": "$muted",
}

# Sixteen colours or none: what a background said elsewhere, reverse and underline say here.
_INKS_ANSI = {
    **INKS,
    "muted": "$muted",
    "faint": "dim $faint",
    "seen": "$seen",
    "app": "reverse bold $acc",
    "amber-chip": "reverse bold $high",
    "alarm": "reverse bold $critical",
    "critical": "bold $critical",
    "critical-tag": "reverse bold $critical",
    "critical-chip": "reverse bold $critical",
    "high-chip": "reverse $high",
    "elevated-chip": "reverse $elevated",
    "routine-chip": "reverse $routine",
    "chip": "underline $ink",
    "cursor": "reverse",
    "cursor-blur": "underline",
    "fact-object": "bold underline $object",
    "fact-event": "bold underline $event",
    "fact-affected": "bold underline $affected",
    "fact-actor": "bold underline $actor",
    "fact-place": "bold underline $affected",
    "level1": "$ink",
    "level2": "$ink",
    "level3": "bold $ink",
    "level4": "bold underline $ink",
    "level5": "bold reverse $ink",
    "unusual": "bold reverse $high",
    "mix-BLN": "reverse $acc",
    "mix-DRN": "underline $high",
    "mix-JET": "reverse $watch",
    "mix-MSL": "underline $critical",
    "mix-HEL": "reverse $ok",
    "mix-CIV": "underline $actor",
    "mix-UNK": "reverse $ink",
}


def _theme(name: str, tokens: dict[str, str], *, dark: bool, grounds: tuple[str, str, str]) -> Theme:
    """A theme of Textual's; `grounds` are background, surface and panel."""
    background, surface, panel = grounds
    ansi = background.startswith("ansi")
    scrollbar = {
        "scrollbar": tokens["edge"],
        "scrollbar-hover": tokens["rule"],
        "scrollbar-active": tokens["acc"],
        "scrollbar-background": surface,
        "scrollbar-background-hover": surface,
        "scrollbar-background-active": surface,
        "scrollbar-corner-color": surface,
    }
    # Textual's own styles name a few more colours where a theme follows the terminal's sixteen.
    more = BUILTIN_THEMES["ansi-dark" if dark else "ansi-light"].variables if ansi else {}
    return Theme(
        name=name,
        primary=tokens["acc"],
        secondary=tokens["muted"],
        accent=tokens["high"],
        warning=tokens["high"],
        error=tokens["critical"],
        success=tokens["ok"],
        foreground=tokens["ink"],
        background=background,
        surface=surface,
        panel=panel,
        boost=panel if ansi else None,
        dark=dark,
        ansi=ansi,
        variables={**more, **tokens, **scrollbar},
    )


_TERMINALS_OWN = ("ansi_default", "ansi_default", "ansi_default")

THEMES = {
    theme.name: theme
    for theme in (
        _theme("night-watch", _NIGHT_WATCH, dark=True, grounds=("#0a0e14", "#0d131b", "#111a24")),
        _theme("paper", _PAPER, dark=False, grounds=("#f5f2ea", "#fcfaf5", "#ece8dc")),
        _theme("high-contrast", _HIGH_CONTRAST, dark=True, grounds=("#000000", "#000000", "#101010")),
        _theme("ansi-dark", _ANSI, dark=True, grounds=_TERMINALS_OWN),
        _theme("ansi-light", _ANSI, dark=False, grounds=_TERMINALS_OWN),
    )
}
"""Our themes by name."""

DEFAULT_THEME = "night-watch"
COLOURLESS_THEME = "ansi-dark"
"""Under NO_COLOR: its weights stand for its colours."""


@dataclass(frozen=True)
class Inks:
    """The inks of one theme, ready to draw with."""

    theme: str

    def __getitem__(self, ink: str) -> Style:
        """Style of an ink by its name in `INKS`; an unknown name is a programming error."""
        return _style(self.theme, ink)


@lru_cache(1024)
def _style(theme: str, ink: str) -> Style:
    tokens = THEMES[theme].variables
    recipe = (_INKS_ANSI if THEMES[theme].ansi else INKS)[ink]
    words = [
        tokens[word[1:]].removeprefix("ansi_") if word.startswith("$") else word for word in recipe.split()
    ]
    return Style.parse(" ".join(words))
