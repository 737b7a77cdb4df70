"""Our reload of 1,000 feeds beside newsboat's and `reader`'s, in one run on one machine.

    python -m bench.fetch [--feeds 1000] [--rounds 5] [--threads 32] [--workers 20] [--only overflight]

Feeds, encodings, dates and faults are made up (`bench/corpus.py`) and served on loopback from 500 origins, each feed after
50 to 300 ms. Every round starts each client anew: cold; unchanged (304); unchanged while the server ignores conditions (200,
same bodies). A reload is a whole process from its start to everything stored; ours also classifies. Prints wall, CPU and peak
memory (PSS, all processes) as medians, requests sent, what was stored, and the ratios beside their targets.
Exits with 1 when an entry of ours is missing or its date is wrong. A peer that is not installed is left out, and said so.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import made_feed
from bench.corpus_server import Asked, CorpusServer
from bench.fetch_clients import Client, Newsboat, Ours, Reader, newsboat_there, reader_python
from bench.measured_process import Run, measured
from bench.record import record

_LATENCY = (0.05, 0.3)
_LIMIT_SECONDS = 300.0

_COLD, _WARM, _SAME = "cold", "unchanged, 304", "same bodies, 200"


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio that has to hold."""

    what: str
    ours: str
    peer: str
    peers: str
    of: Callable[[Run], float]
    most: float


_TARGETS = (
    Target("cold, wall", _COLD, "newsboat", _COLD, lambda run: run.wall, 0.35),
    Target("304, wall", _WARM, "newsboat", _WARM, lambda run: run.wall, 0.15),
    Target("304, CPU", _WARM, "newsboat", _WARM, lambda run: run.cpu, 0.15),
    Target("200 same bodies, wall, beside its 304", _SAME, "newsboat", _WARM, lambda run: run.wall, 0.17),
    Target("peak memory", _COLD, "newsboat", _COLD, lambda run: run.peak_mb, 2.5),
    Target("cold, wall", _COLD, "reader", _COLD, lambda run: run.wall, 0.25),
    Target("304, wall", _WARM, "reader", _WARM, lambda run: run.wall, 0.35),
)


@dataclass(frozen=True, slots=True)
class Reload:
    """One reload of one client."""

    client: str
    case: str
    run: Run
    asked: Asked


def _reload(server: CorpusServer, client: Client, case: str) -> Reload:
    server.told()
    run = measured(client.command(), environment=client.environment(), limit=_LIMIT_SECONDS)
    return Reload(client.name, case, run, server.told())


def _round_of(server: CorpusServer, client: Client) -> Iterator[Reload]:
    yield _reload(server, client, _COLD)
    for _ in range(client.settling):
        yield _reload(server, client, "second reload")
    yield _reload(server, client, _WARM)
    server.say("deaf")
    yield _reload(server, client, _SAME)
    server.say("")


def _clients(folder: Path, urls: Sequence[str], options: argparse.Namespace) -> Iterator[Client]:
    def home(name: str) -> Path:
        made = folder / name
        made.mkdir(parents=True)
        return made

    wanted = options.only or ("overflight", "newsboat", "reader")
    if "overflight" in wanted:
        yield Ours(home("overflight"), urls)
    if "newsboat" in wanted and newsboat_there():
        yield from (Newsboat(home(f"newsboat{number}"), urls, number) for number in options.threads)
    if "reader" in wanted and (python := reader_python()):
        yield from (Reader(home(f"reader{number}"), urls, python, number) for number in options.workers)


def _say_reload(one: Reload) -> None:
    run, asked = one.run, one.asked
    failed = f"  ended with {run.status}" if run.status else ""
    print(
        f"{one.client:22}{one.case:18}{run.wall:8.2f}{run.cpu:8.2f}{run.peak_mb:8.0f}{asked.requests:8}"
        f"{asked.conditional:8}{asked.not_modified:8}{asked.megabytes:8.1f}{failed}",
        flush=True,
    )


def _checked(ours: Ours, feeds: int) -> bool:
    """Whether every entry is stored with its true date; says what is not."""
    truth = [made_feed(number).items for number in range(feeds)]
    dates = ours.dates()
    items = [item for feed in truth for item in feed]
    missing = sum(link not in dates for link, _ in items)
    wrong = sum(link in dates and dates[link] != moment for link, moment in items)
    print(
        f"overflight: {len(items) - missing} of {len(items)} entries stored ({ours.stored()} rows), {wrong} dates wrong"
    )
    record("entries stored", (len(items) - missing) / len(items))
    record("dates right", 1 - wrong / len(items))
    return not missing and not wrong and ours.stored() == len(items)


def _best(reloads: Sequence[Reload], peer: str, case: str, of: Callable[[Run], float]) -> float | None:
    """The median of a peer's reloads; of one with several thread counts, the best."""
    by_name: dict[str, list[float]] = {}
    for one in reloads:
        if one.client.startswith(peer) and one.case == case and not one.run.status:
            by_name.setdefault(one.client, []).append(of(one.run))
    return min(map(statistics.median, by_name.values()), default=None)


def _say_ratios(reloads: Sequence[Reload]) -> None:
    print(f"\n{'medians':42}{'overflight':>12}{'peer':>10}{'ratio':>8}{'at most':>9}{'spread of ours':>20}")
    for target in _TARGETS:
        ours = _best(reloads, "overflight", target.ours, target.of)
        peers = _best(reloads, target.peer, target.peers, target.of)
        if ours is None or not peers:
            print(f"{target.peer}: {target.what:36} not measured")
            continue
        ratio = ours / peers
        all_ours = [
            target.of(one.run)
            for one in reloads
            if one.client.startswith("overflight") and one.case == target.ours
        ]
        record(f"{target.peer}: {target.what}", ratio)
        verdict = "pass" if ratio <= target.most else "SHORT"
        print(
            f"{target.peer + ': ' + target.what:42}{ours:12.2f}{peers:10.2f}{ratio:8.3f}{target.most:9.2f}"
            f"{min(all_ours):11.2f} -{max(all_ours):7.2f}  {verdict}"
        )


def _run(options: argparse.Namespace) -> int:
    right = True
    reloads: list[Reload] = []
    with CorpusServer(options.feeds, min(500, options.feeds), _LATENCY) as server:
        print(
            f"{options.feeds} feeds, {server.megabytes:.0f} MB, latency {_LATENCY[0]:g} to {_LATENCY[1]:g} s"
        )
        if not options.only and not newsboat_there():
            print("newsboat is not installed (apt-get install newsboat): left out")
        if not options.only and reader_python() is None:
            print("`reader` cannot be installed here: left out")
        print(
            f"{'client':22}{'reload':18}{'wall s':>8}{'CPU s':>8}{'peak MB':>8}{'asked':>8}{'cond.':>8}{'304':>8}{'MB':>8}"
        )
        for number in range(options.rounds):
            with tempfile.TemporaryDirectory(prefix="overflight-bench-") as folder:
                for client in _clients(Path(folder), server.urls, options):
                    for one in _round_of(server, client):
                        _say_reload(one)
                        reloads.append(one)
                    print(f"{client.name}: {client.stored()} entries stored")
                    if isinstance(client, Ours):
                        print(f"{client.name}: last reload {json.loads(reloads[-1].run.output or '{}')}")
                        right &= _checked(client, options.feeds)
                    if isinstance(client, Newsboat) and not number:
                        alone = measured(
                            client.start(), environment=client.environment(), limit=_LIMIT_SECONDS
                        )
                        print(
                            f"{client.name}: starting alone, without a reload, {alone.wall:.2f} s, {alone.cpu:.2f} s CPU"
                        )
    _say_ratios(reloads)
    return int(not right)


def main() -> int:
    """Run it; the exit status."""
    said = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    said.add_argument("--feeds", type=int, default=1000)
    said.add_argument("--rounds", type=int, default=5)
    said.add_argument("--threads", type=int, nargs="+", default=[32], help="of newsboat; the best counts")
    said.add_argument("--workers", type=int, nargs="+", default=[20], help="of reader; the best counts")
    said.add_argument("--only", nargs="+", choices=("overflight", "newsboat", "reader"))
    return _run(said.parse_args())


if __name__ == "__main__":
    sys.exit(main())
