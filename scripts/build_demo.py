"""Build the recorded demo world out of its readable sources: scripts/demo/ to seeds/demo/world.jsonl.

Everything in it is invented. The same sources always give the same bytes; run this after changing them.
"""

import csv
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).parent / "demo"
WORLD = Path(__file__).parents[1] / "seeds" / "demo" / "world.jsonl"

DAYS = 10
SEED = 20230217
NEWS_HOURS = [5, 6, 7, 8, 8, 9, 9, 10, 11, 12, 13, 14, 15, 16, 16, 17, 18, 19, 20, 21, 22, 23]
"""Hours in which ordinary news is published; the busy ones stand twice."""

Record = dict[str, Any]


def build() -> str:
    """The whole recording as JSON lines."""
    feeds = list(_feeds())
    incidents, told = _incidents()
    entries = told + _background(feeds)
    entries.sort(key=lambda entry: (entry["minute"], entry["feed"], entry["id"]))
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in feeds + incidents + entries)


def _feeds() -> Iterator[Record]:
    with (SOURCES / "feeds.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            yield {
                "record": "feed",
                "slug": row["slug"],
                "name": row["name"],
                "publisher": row["name"],
                "lang": row["lang"],
                "country": row["country"],
                "kind": row["kind"],
                "site": f"https://{row['slug']}.example",
                "format": row["format"],
                "encoding": row["encoding"],
                "html": row["html"] == "yes",
                "shown": int(row["shown"]),
            }


def _incidents() -> tuple[list[Record], list[Record]]:
    """Every incident, and every entry that tells of one."""
    incidents: list[Record] = []
    entries: list[Record] = []
    for path in sorted((SOURCES / "incidents").glob("*.txt")):
        for line in _lines(path):
            if line.startswith("= "):
                incidents.append(_incident(line))
            elif line.startswith("+ "):
                moment, text = line.removeprefix("+ ").split(" | ", 1)
                entries[-1].setdefault("edits", []).append({"minute": _minute(moment)} | _wording(text))
            else:
                head, text = line.split(" | ", 1)
                moment, feed = head.split(" ", 1)
                entry = _entry(feed, _minute(moment), text)
                entries.append(entry | {"incident": incidents[-1]["slug"]})
    return incidents, entries


def _incident(line: str) -> Record:
    slug, affected, actor, objects, events = (part.strip() for part in line.removeprefix("= ").split("|"))
    return {
        "record": "incident",
        "slug": slug,
        "affected": affected.split(),
        "actor": actor.split(),
        "object": objects.split(),
        "event": events.split(),
    }


def _background(feeds: list[Record]) -> list[Record]:
    """Ordinary news of every language, spread over its feeds and over the days."""
    by_lang = defaultdict(list)
    for feed in feeds:
        by_lang[feed["lang"]].append(feed["slug"])
    dice = random.Random(SEED)
    entries = []
    for lang, slugs in sorted(by_lang.items()):
        turn = 0
        for line in _lines(SOURCES / "background" / f"{lang}.txt"):
            lookalike = line.startswith("~ ")
            for text in _variants(line.removeprefix("~ ")):
                minute = (dice.randrange(DAYS) * 24 + dice.choice(NEWS_HOURS)) * 60 + dice.randrange(60)
                entry = _entry(slugs[turn % len(slugs)], minute, text)
                entries.append(entry | {"lookalike": True} if lookalike else entry)
                turn += 1
    return entries


def _variants(line: str) -> list[str]:
    """[a|b|c] stands for three sentences: the same position is taken everywhere in the line."""
    choices = [group.split("|") for group in re.findall(r"\[([^\]]*)\]", line)]
    count = {len(choice) for choice in choices} or {1}
    if len(count) > 1:
        message = f"brackets of different lengths: {line}"
        raise ValueError(message)
    variants = []
    for position in range(count.pop()):
        chosen = re.sub(r"\[([^\]]*)\]", lambda group: group[1].split("|")[position], line)  # noqa: B023 - used at once
        variants.append(re.sub(r" +([.,:])", r"\1", chosen))
    return variants


def _entry(feed: str, minute: int, text: str) -> Record:
    wording = _wording(text)
    named = hashlib.blake2b(f"{feed} {minute} {wording['title']}".encode(), digest_size=5).hexdigest()
    return {"record": "entry", "id": named, "feed": feed, "minute": minute} | wording


def _wording(text: str) -> Record:
    title, summary = text.split(" // ")
    return {"title": title.strip(), "summary": summary.strip()}


def _minute(moment: str) -> int:
    """Minutes since the first midnight, of "day.hour:minute"."""
    day, clock = moment.split(".")
    hour, minute = clock.split(":")
    return (int(day) * 24 + int(hour)) * 60 + int(minute)


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("# ")]


if __name__ == "__main__":
    WORLD.parent.mkdir(parents=True, exist_ok=True)
    WORLD.write_text(build(), encoding="utf-8")
    print(f"{WORLD.name}: {WORLD.stat().st_size} bytes, {len(build().splitlines())} records")
