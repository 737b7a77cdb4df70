"""Import and load of the reading in fresh processes: seconds and memory, all languages and English alone.

Beside them the bare interpreter in the same run, and the ratio. The first story is read before the clock stops.
The modules' bytecode is written by a warm-up start, as an installer does.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

from bench.record import record

WANTED = "all languages at most 0.4 s and 120 MB"

_LOAD = """
import json, sys, time
start, worked = time.perf_counter(), time.process_time()
langs = sys.argv[1:]
if langs:
    from tui.domain.entry import StoryText
    from tui.reading.matching import matcher
    from tui.reading.reader import read_story
    from tui.reading.terms import term_languages
    for lang in term_languages() if langs == ["all"] else langs:
        matcher(lang)
    read_story(StoryText("x", "Russian drone enters Polish airspace", "It came down near Lublin."))
seconds, worked = time.perf_counter() - start, time.process_time() - worked
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps([seconds, worked, int(status["VmRSS"].split()[0]) / 1024, int(status["VmHWM"].split()[0]) / 1024]))
"""


def started(bytecode: str, *langs: str) -> list[float]:
    """Seconds, seconds of processor time, resident MB and the highest resident MB of one fresh process."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = bytecode
    command = [sys.executable, "-c", _LOAD, *langs]
    run = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    figures: list[float] = json.loads(run.stdout)
    return figures


def main() -> None:
    """Run the measurements and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=7, help="counted starts after one warm-up")
    with tempfile.TemporaryDirectory() as bytecode:
        compare(parser.parse_args().starts, bytecode)


def compare(count: int, bytecode: str) -> None:
    """Print the figures of so many starts of each kind; `bytecode` is a folder that keeps it."""
    bare = 0.0
    for name, langs in (("bare interpreter", ()), ("English", ("en",)), ("all languages", ("all",))):
        runs = [started(bytecode, *langs) for _ in range(count + 1)][1:]
        seconds = [run[0] for run in runs]
        worked, resident, highest = (statistics.median(run[at] for run in runs) for at in (1, 2, 3))
        bare = bare or resident
        record(f"reading start, {name}", statistics.median(seconds))
        record(f"reading memory, {name}", highest)
        print(
            f"{name:17} min {min(seconds):.3f}  median {statistics.median(seconds):.3f} s, "
            f"{worked:.3f} s of processor time   "
            f"{resident:.0f} MB (highest {highest:.0f}), {resident / bare:.1f} times the interpreter"
        )
    print(f"wanted: {WANTED}")


if __name__ == "__main__":
    main()
