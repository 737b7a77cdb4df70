"""The misbehaving server of the labelled data, a port for each behaviour, in a process that ends by itself.

python -m bench.soak.misbehaving FOLDER SECONDS
"""

import importlib.util
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

_REPOSITORY = Path(__file__).resolve().parents[2]


class Misbehaving:
    """The process, as a run holds it; `urls` are of every behaviour and every hostile body. Use it in a `with`."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.soak.misbehaving", str(folder), str(seconds)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=_REPOSITORY,
        )
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        assert self._process.stdout is not None
        self.urls: list[str] = json.loads(self._process.stdout.readline())
        return self

    def __exit__(self, *args: object) -> None:
        self._process.kill()
        self._process.communicate()


def main(folder: Path, seconds: float) -> None:
    """Serve for so long."""
    found = importlib.util.spec_from_file_location("misbehaving_server", folder / "server.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    bodies = [f"feed/{file.name}" for file in sorted((folder / "feeds").iterdir())]
    # What one says about rest is said of its whole origin: each has one of its own.
    servers = [(module.start(), path) for path in (*module.ROUTES, *bodies)]
    print(json.dumps([f"http://127.0.0.1:{server.port}/{path}" for server, path in servers]), flush=True)
    time.sleep(seconds)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
