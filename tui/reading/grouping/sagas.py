"""Incidents of one series, linked without being merged: night after night the same over the same state."""

from collections.abc import Iterable
from datetime import date
from itertools import product

from tui.domain.incident import IncidentSketch, SagaLink
from tui.reading.grouping.traits import object_classes

LINKED_WITHIN = 60
"""Days between two incidents of one series at most."""
_DRIFTS_ON = 7
"""Days within which a balloon of one owner over another state may be the same balloon."""

_Key = tuple[str, str, str]


def saga_links(sketches: Iterable[IncidentSketch], within: int = LINKED_WITHIN) -> tuple[SagaLink, ...]:
    """Each incident linked to the latest earlier one of its series, in order of time.

    A series has the affected state, the actor and the object in common; a balloon of one owner that drifts
    on over another state links the two as well. Without an actor or an object there is no series.
    """
    latest: dict[_Key, IncidentSketch] = {}
    found = []
    for sketch in sorted((one for one in sketches if one.first_day), key=_begun):
        series = _series(sketch)
        links = {
            link.earlier: link for key in series if (link := _link(latest.get(key), sketch, key, within))
        }
        found += [links[earlier] for earlier in sorted(links)]
        latest.update(dict.fromkeys(series, sketch))
    return tuple(found)


def _begun(sketch: IncidentSketch) -> tuple[date, str]:
    return sketch.first_day or date.min, sketch.incident


def _series(sketch: IncidentSketch) -> list[_Key]:
    tags = sorted(object_classes(sketch.object) - {"UNK"})
    keys = list(product(sketch.affected, sketch.actor[:1], tags))
    return keys + [("", actor, "BLN") for actor in sketch.actor[:1] if "BLN" in tags]


def _link(earlier: IncidentSketch | None, later: IncidentSketch, key: _Key, within: int) -> SagaLink | None:
    if earlier is None or later.first_day is None:
        return None
    days = max((later.first_day - (earlier.last_day or later.first_day)).days, 0)
    state, actor, tag = key
    if not state:
        if days > _DRIFTS_ON or set(earlier.affected) & set(later.affected):
            return None
        return SagaLink(earlier.incident, later.incident, days, f"{tag} of {actor} over another state")
    if days > within:
        return None
    return SagaLink(earlier.incident, later.incident, days, f"{tag} of {actor} over {state}")
