"""Readers that a test's parse child is started with: honest, slow, hungry, deadly."""

import os
import resource
import sys
import time
from pathlib import Path

from tui.domain.entry import StoryText
from tui.domain.reading import Reading, Verdict
from tui.domain.rules import Rules


def plain(story: StoryText, rules: Rules | None = None) -> Reading:
    """Keeps what says drone."""
    kept = "drone" in f"{story.title} {story.summary}".lower()
    return Reading(Verdict(kept, False, float(kept), 0.5, story.lang or "und"))  # noqa: FBT003 # a fact about war


def obeying(story: StoryText, rules: Rules | None = None) -> Reading:
    """Does to the child what the title says."""
    match story.title:
        case "sleep":
            time.sleep(60)
        case "spin":
            while True:
                pass
        case "die":
            os._exit(3)
        case "crash":
            raise LookupError("no such thing")
        case "eat":
            sys.stdout.write(str(len("x" * 2_000_000_000)))
        case "print":
            print("garbage into the stream", flush=True)  # noqa: T201 # what it is for
            os.write(1, b"more garbage")
    return plain(story)


def reporting(story: StoryText, rules: Rules | None = None) -> Reading:
    """Says in place of the language how the child is confined."""
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    facts = f"cwd={Path.cwd()} nice={os.nice(0)} memory={limit} core={resource.getrlimit(resource.RLIMIT_CORE)[0]} {dict(os.environ)}"
    return Reading(Verdict(False, False, 0.0, 0.5, facts))  # noqa: FBT003 # as above
