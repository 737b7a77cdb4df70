"""Who told of an incident, in order: who first, who next, and who only carried the words of another."""

from datetime import datetime

from tui.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One story in the order of telling."""

    story: str
    """Key of the story."""
    publisher: str
    """As its feed names it; whom an aggregator's item names."""
    house: str
    """The independent source that it counts for."""
    at: datetime | None
    """When it was told: published, but never later than first sight; None unknown."""
    opens: bool
    """Whether it is the first of its house."""
    copy_of: str | None = None
    """Whose report it carries; None: its own."""
    why: str = ""
    """Why it counts for another, in plain words."""
    label: str = ""
    """What ties its house to a party of the incident; empty: nothing known."""


@dataclass(frozen=True, slots=True)
class SourceChain:
    """Every story of an incident that was looked at, first told first."""

    links: tuple[ChainLink, ...] = ()

    @property
    def independent(self) -> int:
        """Publishers that tell it on their own; sources are counted so, never by feed."""
        return len({link.house for link in self.links})

    @property
    def copies(self) -> int:
        """Stories that only carry another's report."""
        return sum(link.copy_of is not None for link in self.links)
