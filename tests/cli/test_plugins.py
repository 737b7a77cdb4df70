"""The example of the page of plug-ins, taken from the page itself: installed, and used from the command line."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.cli.test_refusals import REPOSITORY, environment

PAGE = (REPOSITORY / "docs" / "plugins.md").read_text(encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with the feed list of the page."""
    (listed,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "feeds.toml").write_text(listed, encoding="utf-8")
    return tmp_path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The package of the page as pip leaves it behind, without the network that a build needs."""
    folder = tmp_path / "site"
    about = folder / "overflight_example-1.0.dist-info"
    about.mkdir(parents=True)
    project = tomllib.loads(re.findall(r"```ini\n(.*?)```", PAGE, re.DOTALL)[0])["project"]
    (folder / "overflight_example.py").write_text(
        re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0], encoding="utf-8"
    )
    metadata = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (about / "METADATA").write_text(metadata, encoding="utf-8")
    points = "\n".join(
        f"[{group}]\n" + "".join(f"{name} = {target}\n" for name, target in points.items())
        for group, points in project["entry-points"].items()
    )
    (about / "entry_points.txt").write_text(points, encoding="utf-8")
    return folder


def run(home: Path, site: Path | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = f"{REPOSITORY}:{site}" if site else str(REPOSITORY)
    return subprocess.run(
        [sys.executable, "-m", "tui", "--feeds", "feeds.toml", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
        stdin=subprocess.DEVNULL,
        cwd=home,
        env={**environment(home), "PYTHONPATH": path},
    )


def test_a_source_brings_a_story_an_exporter_writes_it_and_a_channel_tells_of_it(
    home: Path, site: Path
) -> None:
    polled = run(home, site, "once", "--json")
    assert polled.returncode == 0, polled.stderr
    written = run(home, site, "export", "--format", "plugin:lines", "-o", "out.txt", "since:1d")
    assert written.returncode == 0, written.stderr
    assert (home / "out.txt").read_text(encoding="utf-8").startswith("PL ")
    told = run(home, site, "alerts", "test", "log")
    assert told.stdout == "log: told\n"
    assert (home / "alerts.txt").read_text(encoding="utf-8").endswith(" test\n")


def test_without_the_package_each_says_what_is_missing(home: Path) -> None:
    checked = run(home, None, "feeds", "check")
    assert "is no entry point in overflight.sources" in checked.stdout + checked.stderr
    run(home, None, "once")
    exported = run(home, None, "export", "--format", "plugin:lines")
    assert exported.returncode == 2
    assert "No installed package has an exporter 'lines'" in exported.stderr
    told = run(home, None, "alerts", "test", "log")
    assert told.returncode == 1
    assert "no installed package has it" in told.stdout


def test_a_source_that_fails_hangs_or_floods_is_a_failing_feed(home: Path, site: Path) -> None:
    listed = (home / "feeds.toml").read_text(encoding="utf-8")
    (home / "feeds.toml").write_text(
        '[settings]\ndeadline = "3s"\nmax_size = "10KB"\n' + listed, encoding="utf-8"
    )
    module = site / "overflight_example.py"
    for code, said in (
        ("raise ValueError(options['title'])", "raised ValueError"),
        ("import time; time.sleep(60)", "took longer than 3 s"),
        ("return b'x' * 1_000_000", "brought more than 10,240 bytes"),
        ("return b''", "brought nothing"),
        ("return '<html>no feed</html>'", "FAIL"),
    ):
        module.write_text(f"def border(url, options):\n    {code}\n", encoding="utf-8")
        checked = run(home, site, "feeds", "check")
        assert said in checked.stdout, (code, checked.stdout, checked.stderr)
        assert checked.returncode == 1
