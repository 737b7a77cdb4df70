"""What the words beside a state's name say of its part, as named cues: "its airspace", "from it", "its craft", ..."""

from collections.abc import Iterator

from tui.reading.craft_cues import Craft
from tui.reading.deeds import addressee, deeds, is_envoy
from tui.reading.matching import Mark
from tui.reading.pleas import claimant, spied_for
from tui.reading.possessions import (
    adjacent,
    has_flights,
    held,
    is_ground,
    is_person,
    owned,
    thing_of,
    zone_cue,
)
from tui.reading.rulers import FROM, WAR, ruled
from tui.reading.surroundings import PLACES, Chain, Surroundings

_VERB_LAST = frozenset({"ja", "ko", "tr", "fa"})


class Evidence:
    """Reads the cues of each chain of one sentence."""

    def __init__(self, beside: Surroundings, *, drifting: bool) -> None:
        self._beside = beside
        self._craft = Craft(beside, drifting=drifting, verb_last=beside.lang in _VERB_LAST)

    def cues(self, chain: Chain) -> Iterator[str]:
        """The cues that stand beside one chain."""
        beside = self._beside
        inside = held(beside, chain)
        if inside is not None:
            yield inside
            return
        before, after = beside.before(chain.start), beside.after(chain.end)
        if chain.first.concept in PLACES:
            yield from self._place(chain, before, after)
        elif is_envoy(beside, chain, after):
            yield "its envoy"
        else:
            yield from self._state(chain, before, after)

    def _place(self, chain: Chain, before: list[Mark], after: list[Mark]) -> Iterator[str]:
        """A place is where things happen, unless they come from there."""
        over = ruled(self._beside, chain, before)
        if over in FROM:
            yield over
            return
        if over == "met in it":
            yield over
            return
        if self._beside.text.startswith("off ", chain.start):
            over = "near it"
        if over in {"near it", "near its edge", "between it and another", WAR}:
            yield f"a place: {over}"
        else:
            yield "airport in it" if chain.first.concept == "g.airport" else "place in it"
        thing = adjacent(self._beside, chain, after)
        if thing is not None and thing.concept[0] == "z":
            yield zone_cue(thing)

    def _state(self, chain: Chain, before: list[Mark], after: list[Mark]) -> Iterator[str]:
        over = ruled(self._beside, chain, before)
        if over == WAR:
            yield over
            return
        if spied_for(self._beside, chain, before):
            yield "spies for it"
            return
        if before and before[0].concept == "c.suspect" and chain.start - before[0].end <= 1:
            yield "probably its"
        if claimant(self._beside, chain, before, after):
            yield "its claim is denied"
            return
        thing = thing_of(self._beside, chain, before, after)
        if thing is not None:
            yield from self._owner(chain, thing, over, before)
        elif is_person(self._beside, chain):
            yield "one of its people"
        elif has_flights(self._beside, chain):
            yield "its flights"
        elif over is not None:
            yield over if is_ground(self._beside, chain) else f"{over}, before its thing"
        else:
            yield from deeds(self._beside, self._craft, chain, before, after)

    def _owner(self, chain: Chain, thing: Mark, over: str | None, before: list[Mark]) -> Iterator[str]:
        """The cues of a name with its thing; a border that is crossed has two sides."""
        cues = list(owned(self._beside, self._craft, chain, thing, over))
        yield from cues
        if "its craft answered" in cues:
            return
        for cue in addressee(self._beside, chain, before):
            crossed = cue == "object of a.enter" and thing.concept == "z.border"
            yield "its border crossed" if crossed else cue
