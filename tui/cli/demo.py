"""`overflight demo`: a recorded world, served on loopback and fetched for real, under a clock that runs fast."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.demo_folder import demo_folder
from tui.cli.wiring import StartError, equipment, fail, log_to_file, prepare_store
from tui.domain.codes import Origin
from tui.locations import shipped
from tui.replay.clock import clock_written_as
from tui.replay.server import DEFAULT_SPEED, ReplayServer, demo_feed_list, replay_clock
from tui.replay.world import World, load_world

if TYPE_CHECKING:
    from tui.cli.showing import Looks
    from tui.pipeline.rhythm import Rhythm


def recorded_world() -> World:
    """The world that came with the program."""
    return load_world((shipped("seeds") / "demo" / "world.jsonl").read_text(encoding="utf-8"))


def replay_rhythm(speed: float) -> "Rhythm":
    """Times that fit a clock which runs fast and a server that is our own."""
    from tui.pipeline.rhythm import Rhythm

    real = Rhythm()
    still = timedelta(0)
    return Rhythm(spacing=still, hand_pause=still, resume_gap=None, lease=real.lease * speed)


def _collect(written_clock: str, db: str) -> None:
    """The child: serves the recording and collects from it, until the dashboard ends."""
    from tui.cli.collect import run_collector

    clock = clock_written_as(written_clock)
    log_to_file(Path(db).with_suffix(".log"))
    with ReplayServer(recorded_world(), clock.start, clock.speed, clock=clock) as server:
        parts = equipment(demo_feed_list(server), Path(db), clock, Origin.REPLAY, replay_rhythm(clock.speed))
        run_collector(parts, child=True)


def watch(speed: float, looks: "Looks") -> int:
    """The dashboard on a store of its own, gone when it ends; the exit status."""
    from tui.cli.child import CollectorChild
    from tui.cli.clocks import SystemClock
    from tui.cli.showing import known_theme, show

    if looks.theme is not None:
        known_theme(looks.theme)
    world, start = recorded_world(), SystemClock().now()
    clock = replay_clock(world, start, speed)
    with demo_folder(start) as folder:
        path = folder / "demo.db"
        log_to_file(path.with_suffix(".dashboard.log"))
        prepare_store(path, clock, baseline=False)
        child = CollectorChild(
            [sys.executable, "-m", "tui", "--db", str(path), "demo", "--collect-under", clock.written()]
        )
        # Only the child serves; here the list gives the settings of the screen.
        with ReplayServer(world, start, speed, clock=clock) as server:
            feeds = demo_feed_list(server)
        return show(feeds, path, clock, child, looks=looks, replay_speed=speed, replay_end=clock.end)


@click.command()
@click.option(
    "--speed",
    type=click.FloatRange(1, 100_000),
    default=DEFAULT_SPEED,
    show_default=True,
    help="Simulated seconds in a second.",
)
@click.option("--theme", help="As for the dashboard.")
@click.option("--no-mouse", is_flag=True, help="Leave the mouse to the terminal.")
@click.option("--ascii", "ascii_only", is_flag=True, help="Draw with ASCII alone.")
@click.option("--collect-under", hidden=True, help="Be the collector of a demo under this clock.")
@click.pass_obj
def demo(
    options: dict[str, str | None],
    speed: float,
    theme: str | None,
    *,
    no_mouse: bool,
    ascii_only: bool,
    collect_under: str | None,
) -> None:
    """Watch a recorded world: ten invented days, served on this machine, marked REPLAY.

    Nothing of it is stored, and no network is needed. What a demo that was killed left in the temporary folder, the next
    one takes away.
    """
    if collect_under is not None:
        _collect(collect_under, options["db"] or "")
        return
    from tui.cli.showing import Looks
    from tui.cli.terminal import refusal_here

    refused = refusal_here()
    if refused is not None:
        sys.exit(fail(refused))
    try:
        status = watch(speed, Looks(theme, mouse=not no_mouse, ascii_only=ascii_only))
    except (StartError, OSError) as problem:
        status = fail(problem)
    sys.exit(status)
