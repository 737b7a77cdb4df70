"""Stories read in a second, on one core: what the gate drops, what it lets in, what is kept in the end.

Stories a second of processor time, the best of several passes; cleaned text, all languages loaded before.
Beside them two peers in the same run, over the gate's own phrases: a multi-pattern matcher alone, and one
compiled `re` alternation. Then the time for one long story and for 28 KB of one phrase.
"""

import argparse
import gzip
import json
import re
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from bench.record import record
from bench.scoring.datasets import gold, hard_negatives, random_headlines, real_positives, shared_folder
from tui.domain.entry import StoryText
from tui.reading.folding import fold_quick
from tui.reading.matching import matcher
from tui.reading.reader import read_story
from tui.reading.recall_gate import gate
from tui.reading.terms import term_languages

WANTED = {"dropped by the gate": 40_000, "let in by the gate": 3_000}
"""Stories a second that must be reached."""

LONG = 4_000
HOSTILE = 28_000


def stream(data: Path) -> list[StoryText]:
    """A month of real feeds, entries with their summaries."""
    with gzip.open(data / "external/stream/2023-02.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [_entry(json.loads(line)) for line in lines]


def _entry(row: dict[str, str]) -> StoryText:
    published = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)
    return StoryText(row["url"], row["title"], row.get("summary") or "", published, row["lang"])


def mixed(data: Path, size: int) -> list[StoryText]:
    """So many stories: the month, random headlines, look-alikes, real incidents and our own, over again if need be."""
    sets = (gold(data), real_positives(data), hard_negatives(data), random_headlines(data))
    stories = [*stream(data), *(item.text for items in sets for item in items)]
    return list(islice(cycle(stories), size))


def best(work: Callable[[StoryText], object], stories: Iterable[StoryText], passes: int) -> float:
    """Seconds of processor time of the quickest pass."""
    stories, times = list(stories), []
    for _ in range(passes):
        start = time.process_time()
        for story in stories:
            work(story)
        times.append(time.process_time() - start)
    return min(times)


def is_open(story: StoryText) -> bool:
    """Whether the gate lets it in."""
    return gate().opens(fold_quick(story.title)) or gate().opens(fold_quick(story.summary))


def speeds(stories: list[StoryText], passes: int) -> None:
    """Print the stories a second of each kind, and how the gate stands to its peers."""
    entered = [story for story in stories if is_open(story)]
    kinds = {
        "dropped by the gate": [story for story in stories if not is_open(story)],
        "let in by the gate": entered,
        "kept in the end": [story for story in entered if read_story(story).reports],
        "all": stories,
    }
    rates: dict[str, float] = {}
    for name, some in kinds.items():
        rates[name] = len(some) / best(read_story, some, passes)
        characters = sum(len(story.title) + len(story.summary) for story in some) // len(some)
        record(name, rates[name])
        wanted = f"   (wanted {WANTED[name]:,})" if name in WANTED else ""
        print(f"{name:22} {rates[name]:>9,.0f} a second   {len(some):>7,} of {characters} characters{wanted}")
    dropped = kinds["dropped by the gate"]
    phrases = gate().phrases
    automaton = AhoCorasick(phrases)
    alternation = re.compile("|".join(map(re.escape, sorted(phrases, key=len, reverse=True))))
    peers: dict[str, tuple[Callable[[StoryText], object], list[StoryText]]] = {
        "matcher alone": (lambda s: automaton.find_matches_as_indexes(f"{s.title} {s.summary}"), dropped),
        "re alternation": (lambda s: alternation.search(f"{s.title} {s.summary}".lower()), dropped[:1_000]),
    }
    for name, (work, some) in peers.items():
        rate = len(some) / best(work, some, passes)
        ratio = rates["dropped by the gate"] / rate
        print(
            f"{name:22} {rate:>9,.0f} a second   {len(phrases):,} phrases; the gate is {ratio:.2f} times as fast"
        )


def long_ones() -> None:
    """Print the time for a long story and for hostile repetition, beside half of each: linear is 2."""
    told = (
        "Russian drones entered Polish airspace near Lublin on Friday, the ministry said. "
        "Warsaw summoned the ambassador. Two F-16 were scrambled and shot one of them down. "
    )
    for name, text, size in (("a long story", told, LONG), ("one phrase", "drone airport closed ", HOSTILE)):
        whole, half = (
            best(read_story, [StoryText("x", told[:80], (text * (length // len(text) + 1))[:length])], 5)
            for length in (size, size // 2)
        )
        print(
            f"{name:22} {whole * 1000:>9,.1f} ms          {size:,} characters; half of it {whole / half:.1f} times quicker"
        )


def main() -> None:
    """Run the measurements and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=100_000, help="stories in the mix")
    parser.add_argument("--passes", type=int, default=3, help="passes of which the quickest counts")
    chosen = parser.parse_args()
    for lang in term_languages():
        matcher(lang)
    speeds(mixed(shared_folder(), chosen.stories), chosen.passes)
    long_ones()


if __name__ == "__main__":
    main()
