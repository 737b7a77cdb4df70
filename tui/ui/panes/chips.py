"""The filter as chips: each a key, a word, and what it adds to the query."""

from tui.domain.board import Board
from tui.domain.query_tree import All, Is, OneOf, Part
from tui.domain.query_words import asks_for, toggled
from tui.domain.territories import territory_name
from tui.domain.value import dataclass
from tui.ui.untrusted import Line, Span, cells, hung

_ACTORS = 5
_CERTAINTIES = {
    "1": ("●○○ claimed+", "claimed,corroborated,confirmed"),
    "2": ("●●○ corroborated+", "corroborated,confirmed"),
    "3": ("●●● confirmed", "confirmed"),
    "0": ("any", ""),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One chip; pressing its key puts its value into the query, or takes it out."""

    key: str
    word: str
    field: str
    value: str


def chips_of(board: Board | None) -> tuple[tuple[str, tuple[Chip, ...]], ...]:
    """Rows of chips under their names; the actors are those of the board, the commonest first."""
    return (
        (
            "object",
            (
                Chip("b", "○ balloon", "object", "BLN"),
                Chip("d", "◊ drone", "object", "DRN"),
                Chip("a", "▲ aircraft", "object", "JET"),
                Chip("m", "► missile", "object", "MSL"),
                Chip("x", "? unknown", "object", "UNK"),
            ),
        ),
        (
            "event",
            (
                Chip("v", "violation", "event", "VIOL"),
                Chip("z", "ADIZ", "event", "ADIZ"),
                Chip("i", "intercepted", "event", "INTC"),
                Chip("s", "shot down", "event", "SHOT"),
                Chip("c", "closure", "event", "CLSD"),
            ),
        ),
        (
            "certainty",
            tuple(Chip(key, word, "certainty", value) for key, (word, value) in _CERTAINTIES.items()),
        ),
        ("actor", tuple(Chip("", territory_name(code), "actor", code) for code in _actors(board))),
        ("only", (Chip("w", "★ watched", "is", "watched"), Chip("n", "● new", "is", "new"))),
    )


def _actors(board: Board | None) -> tuple[str, ...]:
    counted: dict[str, int] = {}
    for row in board.incidents if board else ():
        for code in row.facts.actor[:1]:
            counted[code] = counted.get(code, 0) + 1
    return tuple(sorted(counted, key=lambda code: (-counted[code], code))[:_ACTORS])


def is_on(query: Part, chip: Chip) -> bool:
    """Whether the query asks for what the chip says."""
    parts = query.parts if isinstance(query, All) else (query,)
    if chip.field == "certainty":
        asked = next((part for part in parts if isinstance(part, OneOf) and part.field == "certainty"), None)
        return (",".join(asked.typed) if asked else "") == chip.value
    if chip.field == "is":
        return any(isinstance(part, Is) and part.states == (chip.value,) for part in parts)
    return asks_for(query, chip.field, chip.value)


def pressed(query: Part, chip: Chip) -> Part:
    """The query after the chip was pressed."""
    if chip.field not in {"certainty", "is"}:
        return toggled(query, chip.field, chip.value)
    parts = query.parts if isinstance(query, All) else (query,)
    mine: Part
    if chip.field == "is":
        mine = Is((chip.value,))
        rest = [part for part in parts if part != mine]
    else:
        codes = tuple(chip.value.split(",")) if chip.value else ()
        mine = OneOf("certainty", codes, codes)
        rest = [part for part in parts if not (isinstance(part, OneOf) and part.field == "certainty")]
    if (chip.value and not is_on(query, chip)) and mine not in rest:
        rest.append(mine)
    return rest[0] if len(rest) == 1 else All(tuple(rest))


def chip_lines(
    query: Part,
    rows: tuple[tuple[str, tuple[Chip, ...]], ...],
    at: tuple[int, int],
    width: int,
    *,
    dense: bool,
) -> list[Line]:
    """Each row on its own line, or on two where it does not fit; the chip under the cursor has a mark. Dense: no line is empty."""
    lines: list[Line] = []
    for number, (name, chips) in enumerate(rows):
        line: list[Span] = [(f"{name:<11}", "faint")]
        for place, chip in enumerate(chips):
            on = is_on(query, chip)
            piece: list[Span] = [
                (chip.key or "·", "key"),
                ("▸" if (number, place) == at else " ", "key"),
                (f" {chip.word} ", "app" if on else "chip"),
                ("  ", "ink"),
            ]
            if cells(line) + cells(piece) > width:
                lines.append(tuple(line))
                line = [(" " * 11, "faint")]
            line += piece
        if not chips:
            line.append(("none told of here", "faint"))
        lines += [tuple(line)] if dense else [tuple(line), ()]
    return lines


def query_lines(query: Part, counted: str, width: int) -> list[Line]:
    """The query as it would be typed, and how many incidents it asks for."""
    text = str(query) or "everything"
    asked = hung([("query      ", "faint")], [(text, "ink")], width)
    return [*asked, (("           ", "faint"), (counted, "strong"))]
