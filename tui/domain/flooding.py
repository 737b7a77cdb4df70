"""When a feed floods: it opens, alone, many times its usual number of incidents in a day. Pure."""

from tui.domain.value import dataclass

MOST_ALONE = 20
"""So many a day are nothing to wonder at, whatever is usual."""
_TIMES_USUAL = 10
"""Beyond so many times its usual number it is no busy day of the feed."""


@dataclass(frozen=True, slots=True)
class Alone:
    """Incidents that one feed opened and nobody else has told of."""

    today: int = 0
    """Of the last 24 hours."""
    usual: float = 0.0
    """A day, over the month before."""

    @property
    def floods(self) -> bool:
        """Whether that is no habit of the feed."""
        return self.today > MOST_ALONE and self.today > _TIMES_USUAL * self.usual

    @property
    def said(self) -> str:
        """The rule in words, with its figures."""
        return (
            f"floods: {self.today} incidents in 24 hours that nobody else tells of, {self.usual:.1f} a day is usual for it; "
            "they stay unconfirmed, and ring once: look whether it can be believed, or switch it off"
        )
