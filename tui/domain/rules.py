"""What a user adds to the reading: terms, muted terms, a lean for a feed, watched places, the war switch."""

import hashlib

from tui.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class TermRule:
    """More terms for one concept of the term files."""

    name: str
    concept: str
    """As in the term files: o.uav, a.violate, n.sport."""
    lang: str
    """Tag of a term file; `mul`: in every language."""
    terms: tuple[str, ...]
    """In the spelling of the term files: literal words and `*`."""


@dataclass(frozen=True, slots=True)
class MuteRule:
    """Words that are passed over, or that drop their whole story."""

    name: str
    lang: str
    terms: tuple[str, ...]
    story: bool = False
    """Whether a story with these words is dropped, whatever else it says."""


@dataclass(frozen=True, slots=True)
class BiasRule:
    """A number added to the score of every story of one feed."""

    name: str
    feed: str
    """Address of the feed."""
    add: float


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """A place that is watched: by its spellings, by what lies around it, or a whole state."""

    name: str
    words: tuple[str, ...] = ()
    """Spellings, as written in a text; none for a state or a bare point."""
    country: str | None = None
    """ISO 3166-1 alpha-2 of the state it lies in, or that is watched."""
    lat: float | None = None
    lon: float | None = None
    """Degrees; both or neither."""
    within: float = 0.0
    """Kilometres around the point in which a known place counts."""
    add: float = 0.0
    """Added to the score of a story that names it."""

    @property
    def whole_state(self) -> bool:
        """Whether any place of the state counts."""
        return not self.words and self.lat is None


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything a user has laid down; false when that is nothing."""

    terms: tuple[TermRule, ...] = ()
    mutes: tuple[MuteRule, ...] = ()
    biases: tuple[BiasRule, ...] = ()
    places: tuple[PlaceRule, ...] = ()
    war_routine: bool = False
    """Whether strikes between states at war are kept like any other story."""

    def __bool__(self) -> bool:
        return bool(self.terms or self.mutes or self.biases or self.places or self.war_routine)

    @property
    def fingerprint(self) -> str:
        """Eight hex digits that change with any rule; empty without rules."""
        return hashlib.blake2b(repr(self).encode(), digest_size=4).hexdigest() if self else ""
