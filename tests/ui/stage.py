"""The dashboard as a program of its own, for tests and measurements that need a real terminal.

    python -m tests.ui.stage WORLD [first] [unguarded]

WORLD is `plain`, `nasty`, or `falls N`, which falls N times as it starts; `first` asks what to
watch before; `unguarded` takes both guards away, to prove that the test would notice.
"""

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from tests.ui.fakes import HEALTHY, NOW, FakeOutside, FakeSource, baseline, gate, news
from tests.ui.watching import a_desk_source, standing
from tui.cli.showing import keep_showing
from tui.domain.board import Board, BoardQuery, Facets, Found, IncidentDetail, Rung, StoryDetail, StoryHit
from tui.domain.feed import FeedRow
from tui.domain.packs import Pack
from tui.domain.query_tree import Part
from tui.domain.statistics import Statistics
from tui.pipeline.gate import FirstRun, Saved, Switched
from tui.ui import untrusted
from tui.ui.app import OverflightApp

NASTY = (
    "\x1b[31mRED\x1b[0m \x1b[2J\x1b[H ALL CLEAR",
    "\x1b]0;PWNED-TITLE\x07 title",
    "\x1b]52;c;cHduZWQ=\x1b\\ clipboard",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1bPtmux;\x1b\x1b]0;x\x07\x1b\\ passthrough",
    "\x1b[6n\x1b[c\x1b[>0q report",
    "\x1bc reset \x9b31m c1 \x9d0;t\x9c",
    "nul\x00 bel\x07 bs\x08 tab\t cr\rlf\nvt\x0bff\x0cdel\x7f",
    "bidi \u202eevil\u202c \u2066x\u2069 \u200e\u200f\u061c zero\u200bwidth\ufeff",
    "tags \U000e0041\U000e0042\U000e007f lone \ud800",
    "[@click=app.quit]click[/] [red]x[/red] [/nope] [bold red on] [a=",
    "zalgo Z" + "\u0301" * 60 + "a",
)


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return monotonic()


def spoil(text: str, at: int) -> str:
    return f"{NASTY[at % len(NASTY)]} {text}"


class NastySource(FakeSource):
    """Every text that a feed can choose is hostile."""

    def incident(self, key: str) -> IncidentDetail | None:
        detail = super().incident(key)
        if detail is None:
            return None
        stories = tuple(
            replace(row, title=spoil(row.title, at), publisher=spoil(row.publisher, at + 1), lang=NASTY[at])
            for at, row in enumerate(detail.stories)
        )
        steps = tuple(
            replace(step, source=spoil(step.source, at), text=spoil(step.text, at + 3))
            for at, step in enumerate(detail.timeline)
        )
        return replace(detail, stories=stories, timeline=steps)

    def story(self, key: str) -> StoryDetail | None:
        detail = super().story(key)
        if detail is None:
            return None
        row = replace(
            detail.row,
            title=spoil(detail.row.title, 0),
            publisher=NASTY[1],
            url=f"https://x.example/{NASTY[3]}",
        )
        summary = detail.summary + "\n" + "\n".join(NASTY)
        siblings = tuple(
            replace(other, title=spoil(other.title, at)) for at, other in enumerate(detail.siblings)
        )
        why = tuple(
            replace(one, words=spoil(one.words, at)) for at, one in enumerate(detail.reading.verdict.why)
        )
        reading = replace(detail.reading, verdict=replace(detail.reading.verdict, why=why))
        return replace(detail, row=row, summary=summary, siblings=siblings, reading=reading)

    def board(self, query: BoardQuery, now: datetime) -> Board:
        """From the second on there are alerts, so that they are told in toasts."""
        board = super().board(query, now)
        rung = tuple(Rung(at + 1, now, NASTY[at], "lt1", NASTY[-1 - at]) for at in range(3))[::-1]
        return replace(board, rung=rung if self.reads > 1 else (), alerts=3)

    def find_stories(self, query: Part, now: datetime, limit: int) -> Found[StoryHit]:
        found = super().find_stories(query, now, limit)
        rows = tuple(
            replace(
                hit,
                story=replace(hit.story, title=spoil(hit.story.title, at), publisher=NASTY[at]),
                summary=spoil(hit.summary, at + 1),
            )
            for at, hit in enumerate(found.rows)
        )
        return replace(found, rows=rows)

    def facets(self, query: Part, now: datetime) -> Facets:
        found = super().facets(query, now)
        return replace(found, facets=tuple(replace(one, value=spoil(one.value, 0)) for one in found.facets))

    def statistics(self, now: datetime, weeks: int) -> Statistics:
        found = super().statistics(now, weeks)
        rows = tuple(
            replace(row, name=spoil(row.name, at), words=spoil(row.words, at))
            for at, row in enumerate(found.by_week.rows)
        )
        return replace(found, by_week=replace(found.by_week, rows=rows, words=NASTY[2], rule=NASTY[3]))

    def feeds(self, now: datetime) -> tuple[FeedRow, ...]:
        return tuple(
            replace(
                row,
                feed=replace(row.feed, name=spoil(row.feed.name, at)),
                state=replace(row.state, problem=NASTY[at]),
            )
            for at, row in enumerate(super().feeds(now))
        )


class Watched(OverflightApp):
    """Tells a file, when the environment names one, the name of every screen that comes to stand on top, and < when one goes."""

    CSS_PATH = [Path(untrusted.__file__).parent / path for path in OverflightApp.CSS_PATH]  # noqa: RUF012 -- as Textual has it

    def push_screen(self, screen: Any, *arguments: Any, **named: Any) -> Any:
        self._tell(type(screen).__name__)
        return super().push_screen(screen, *arguments, **named)

    def pop_screen(self) -> Any:
        if len(self.screen_stack) > 2:
            self._tell("<")
        return super().pop_screen()

    def _tell(self, word: str) -> None:
        told = os.environ.get("OVERFLIGHT_STAGE_SCREENS")
        if told:
            with Path(told).open("a", encoding="utf-8") as file:
                file.write(f"{word}\n")


def build(world: str, *, first: bool = False) -> OverflightApp:
    """The app over a world whose times are as old now as they were at the fixed time of the fakes."""
    clock = SystemClock()
    shift = clock.now() - NOW
    rows = [
        replace(row, first_seen=row.first_seen + shift, last_revised=row.last_revised + shift)
        for row in (*news(), *baseline())
    ]
    ahead = clock.now() + timedelta(hours=1)
    far = replace(HEALTHY, heartbeat=ahead, last_poll=clock.now(), next_poll=ahead)
    looked = clock.now()
    if world == "nasty":
        spoilt = tuple(
            replace(row, line=spoil(row.line, at), note=spoil("", at), tags=(NASTY[at % 3],), watched=at < 4)
            for at, row in enumerate(rows)
        )
        status = replace(far, detail=NASTY[0], state="offline", list_problem=NASTY[4], host=NASTY[5])
        desk = a_desk_source()
        source: FakeSource = NastySource(
            incidents=spoilt,
            status=status,
            looked=looked,
            saved=tuple(replace(view, name=spoil(view.name, at)) for at, view in enumerate(desk.saved)),
            told=tuple(replace(told, text=spoil(told.text, at)) for at, told in enumerate(desk.told)),
            failing=tuple(replace(one, error=NASTY[3]) for one in desk.failing),
        )
        door = gate(
            source,
            notices=NASTY[:3],
            alerting=standing,
            outside=FakeOutside(),
            first_run=FirstRun(
                (Pack(NASTY[0], NASTY[4], frozenset({"https://a.example/"})),),
                lambda _: Switched(done=True, said=NASTY[2]),
            )
            if first
            else None,
            may_ring=lambda _: False,  # a bell of ours is a control to the gate
            switch_feed=lambda url, *, on: Switched(done=on, said=spoil(url, 1)),
            save=lambda name, text: Saved(done=True, said=spoil(name + text[:20], 2)),
        )
        return Watched(door, clock)
    return Watched(gate(FakeSource(incidents=tuple(rows), status=far, looked=looked)), clock)


class Falling(tuple[str, ...]):
    """Notices that cannot be read."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        raise RuntimeError("it fell")


def falling(times: int) -> Callable[[str], OverflightApp]:
    """Apps of which so many fall over the first thing they say."""
    made = iter(range(times))

    def make(told: str) -> OverflightApp:
        notices = Falling() if next(made, None) is not None else (told,)
        return OverflightApp(gate(notices=notices), SystemClock())

    return make


def main(arguments: list[str]) -> None:
    """Run it."""
    logging.basicConfig(handlers=[logging.NullHandler()])
    if os.environ.get("OVERFLIGHT_STAGE_NOHUP"):
        # As under nohup: the app's own handler must not be what saves it.
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
    if "unguarded" in arguments:
        untrusted.safe.__code__ = (lambda text: text).__code__
        untrusted.Guard.apply = lambda self, segments, background: segments  # type: ignore[method-assign]
    if arguments[0] == "falls":
        sys.exit(keep_showing(falling(int(arguments[1])), SystemClock()))
    build(arguments[0], first="first" in arguments).run()


if __name__ == "__main__":
    main(sys.argv[1:])
