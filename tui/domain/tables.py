"""Tables of counts; every number carries the query that lists what it counts."""

from tui.domain.query_tree import EVERYTHING, All, Is, Not, Part
from tui.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One number, and what asks for the incidents behind it."""

    count: int = 0
    query: Part = EVERYTHING
    known: bool = True
    """False: nobody was looking, so that none counted is no zero."""
    unusual: bool = False
    words: str = ""
    """What there is to say of it beside the count."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table."""

    key: str
    """ISO2, code, week or hour that the line stands for; "" for none told."""
    name: str
    cells: tuple[Cell, ...]
    total: Cell
    """Over the line, each incident once."""
    words: str = ""
    """What there is to say of the line."""


@dataclass(frozen=True, slots=True)
class Table:
    """Lines by columns, and the rule that made them."""

    name: str
    columns: tuple[str, ...]
    """Keys of the columns: weeks as 2026-W11, states as ISO2, codes."""
    rows: tuple[TableRow, ...] = ()
    total: Cell = Cell()
    """Over the table, each incident once."""
    rule: str = ""
    words: str = ""
    """What the table comes to, where there is more to say than its numbers."""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every number of it."""
        return (*(cell for row in self.rows for cell in (*row.cells, row.total)), self.total)


NEWS: tuple[Part, ...] = (Is(("news",)), Not(Is(("followup",))))
"""What every number counts: incidents in the news, neither baseline nor follow-ups."""


def asking(*parts: Part) -> Part:
    """The news incidents for which all of these hold."""
    told: list[Part] = []
    for part in parts:
        told += part.parts if isinstance(part, All) else (part,)
    return All((*told, *NEWS))
