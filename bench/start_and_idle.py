"""First content, idle CPU and idle bytes of the real dashboard in a real pty at 120×40.

Prints one line a figure. First content is the time from exec until the first incident's line has been
written to the terminal; the store holds the baseline, as after a first run.
"""

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.record import record

REPOSITORY = Path(__file__).resolve().parent.parent


class Dashboard:
    """The program in a pty of its own."""

    def __init__(
        self,
        home: Path,
        columns: int,
        rows: int,
        arguments: list[str],
        *,
        program: Sequence[str] = ("-m", "tui"),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.started = time.monotonic()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(
                OVERFLIGHT_HOME=str(home), TERM="xterm-256color", LANG="C.UTF-8", COLORTERM="truecolor"
            )
            os.environ.update(environment or {})
            # A user's program is compiled once; this one would be with each start.
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.chdir(REPOSITORY)
            os.execv(sys.executable, [sys.executable, *program, *arguments])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds: float, until: bytes | None = None) -> bytes:
        """What it writes for so long, or until it has written some bytes."""
        end, written = time.monotonic() + seconds, bytearray()
        while (left := end - time.monotonic()) > 0:
            if select.select([self.terminal], [], [], left)[0]:
                try:
                    written += os.read(self.terminal, 65536)
                except OSError:
                    break
            if until is not None and until in written:
                break
        return bytes(written)

    def cpu_seconds(self) -> float:
        """CPU time of the interface's process so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """Resident memory of the interface's process."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def stop(self) -> None:
        """Ask it to end and wait for it."""
        os.kill(self.pid, signal.SIGTERM)
        self.read(2)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


def main() -> None:
    """Run the measurements and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=7, help="counted starts after one warm-up")
    parser.add_argument("--idle", type=float, default=30, help="idle seconds measured")
    parser.add_argument("--marker", default="known incidents", help="text that counts as content")
    chosen = parser.parse_args()
    marker = chosen.marker.encode()
    with tempfile.TemporaryDirectory() as folder:
        home, times = Path(folder), []
        for number in range(chosen.starts + 1):
            dashboard = Dashboard(home, 120, 40, ["--no-fetch"])
            if marker not in dashboard.read(20, until=marker):
                raise SystemExit("the marker never came")
            if number:
                times.append(time.monotonic() - dashboard.started)
            dashboard.stop()
        print(
            f"first content 120x40, warm: min {min(times) * 1000:.0f}  median {statistics.median(times) * 1000:.0f}  "
            f"max {max(times) * 1000:.0f} ms  ({chosen.starts} starts)"
        )
        record("first content", statistics.median(times) * 1000)
        for mode, arguments in (
            ("alone", ["--no-fetch"]),
            ("with its collector", ["--feeds", str(quiet_feeds(home))]),
        ):
            dashboard = Dashboard(home, 120, 40, arguments)
            dashboard.read(20, until=marker)
            dashboard.read(8)
            before, start = dashboard.cpu_seconds(), time.monotonic()
            written = len(dashboard.read(chosen.idle))
            seconds = time.monotonic() - start
            cpu = dashboard.cpu_seconds() - before
            print(
                f"idle {mode}: {100 * cpu / seconds:.2f} % of a core, {written / seconds:.0f} bytes/s to the terminal, "
                f"{dashboard.memory_mb():.0f} MB"
            )
            record(f"idle cpu {mode}", 100 * cpu / seconds)
            record(f"idle bytes {mode}", written / seconds)
            dashboard.stop()


def quiet_feeds(folder: Path) -> Path:
    """A feed list with one feed that nobody answers, so that the collector runs and stays idle."""
    path = folder / "quiet.toml"
    path.write_text(
        '[[feed]]\nurl = "http://127.0.0.1:9/feed"\nname = "Nobody"\nlang = "en"\ncountry = "PL"\n'
        'publisher = "Nobody"\nkind = "national"\nallow_private = true\n',
        encoding="utf-8",
    )
    return path


if __name__ == "__main__":
    main()
