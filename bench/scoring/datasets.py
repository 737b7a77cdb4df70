"""The labelled sets beside the repository, each item in one form; nothing is copied, only read in place."""

import gzip
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui.domain.entry import StoryText

_COARSE_OBJECTS = {
    "uav": "drone",
    "loitering_munition": "drone",
    "military_aircraft": "aircraft",
    "civil_aircraft": "aircraft",
    "light_aircraft": "aircraft",
    "missile": "missile",
    "cruise_missile": "missile",
    "ballistic_missile": "missile",
    "rocket": "missile",
    "object": "unidentified",
}
"""Our codes, and words that are none, in the coarse codes of the real headlines."""


class MissingDataError(Exception):
    """The shared folder is not where it was looked for."""


@dataclass(frozen=True, slots=True)
class Item:
    """One labelled story; an empty label set may mean that the set has no such label."""

    text: StoryText
    relevant: bool
    affected: frozenset[str] = frozenset()
    actor: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    zone: frozenset[str] = frozenset()
    main_event: str = ""
    event: tuple[str, ...] = ()
    certainty: str = ""
    place: str = ""
    incident: str = ""
    implicit: frozenset[str] = frozenset()
    """Fields with a label that no word of the text speaks for."""
    attribution: bool = True
    """Whether affected and actor are certain enough to score."""
    raw: Any = None


def shared_folder() -> Path:
    """The folder `shared/data`.

    Raises:
        MissingDataError: it is not there; the message says what to set.
    """
    root = Path(os.environ.get("OVERFLIGHT_SHARED", Path(__file__).parents[2].parent / "shared"))
    if not (root / "data" / "gold_dev.jsonl").is_file():
        raise MissingDataError(
            f"no labelled data in {root}: set OVERFLIGHT_SHARED to the folder that holds data/gold_dev.jsonl",
        )
    return root / "data"


def gold(data: Path) -> list[Item]:
    """Our own labelled stories."""
    return [_gold_item(row) for row in _rows(data / "gold_dev.jsonl")]


def real_positives(data: Path) -> list[Item]:
    """Real relevant headlines."""
    return [_real_item(row) for row in _rows(data / "external/headlines/positive.jsonl")]


def hard_negatives(data: Path) -> list[Item]:
    """Real headlines with trigger words that are not relevant."""
    return [_real_item(row) for row in _rows(data / "external/headlines/hard_negative.jsonl")]


def random_headlines(data: Path) -> list[Item]:
    """Random real headlines; those labelled neither way are left out."""
    rows = _rows(data / "external/headlines/random.jsonl.gz")
    return [_real_item(row) for row in rows if row["relevant"] is not None]


def confusable(data: Path) -> list[list[str]]:
    """Sets of incidents of the gold stories that must stay apart."""
    sets: list[list[str]] = json.loads((data / "confusable_dev.json").read_text(encoding="utf-8"))
    return sets


def blind(name: str) -> list[Item]:
    """One of our own sets that was written before it was measured: "a" is learnt from since, "b" is not."""
    folder = Path(__file__).parents[2] / "tests" / "reading" / "data"
    return [
        Item(
            text=_text(row, row["published"]),
            relevant=row["relevant"],
            affected=frozenset(row["affected"]),
            actor=frozenset(row["actor"]),
            object=frozenset(row["object"]),
            raw=row,
        )
        for row in _rows(folder / f"blind_{name}.jsonl")
    ]


def coarse(codes: frozenset[str]) -> frozenset[str]:
    """Object codes in the coarse codes of the real headlines."""
    return frozenset(_COARSE_OBJECTS.get(code, code) for code in codes)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    else:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _gold_item(row: dict[str, Any]) -> Item:
    return Item(
        text=_text(row, row["published"]),
        relevant=bool(row["relevant"]),
        affected=frozenset(row["affected"]),
        actor=frozenset(row["actor"]),
        object=frozenset(row["object"]),
        zone=frozenset(row.get("zone", ())),
        main_event=row["event"][0] if row["event"] else "",
        event=tuple(row["event"]),
        certainty=row["certainty"] or "",
        place=row.get("place") or "",
        incident=row["incident"] or "",
        implicit=frozenset(row.get("implicit", {})),
        raw=row,
    )


def _real_item(row: dict[str, Any]) -> Item:
    return Item(
        text=_text(row, row["date"]),
        relevant=bool(row["relevant"]),
        affected=frozenset(row.get("affected_named", ())),
        actor=frozenset(row.get("actor_named", ())),
        object=coarse(frozenset(row["object"])),
        incident=row.get("event") or "",
        attribution=row.get("attribution_certain") is not False,
        raw=row,
    )


def _text(row: dict[str, Any], published: str | None) -> StoryText:
    return StoryText(
        id=row["id"],
        title=row["title"],
        summary=row.get("summary") or "",
        published=datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None,
        lang=row["lang"],
        publisher=row.get("outlet"),
    )
