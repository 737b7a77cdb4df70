"""The wheel and the sdist are the same bytes wherever and whenever they are built."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

pytestmark = [pytest.mark.xdist_group("wheel"), pytest.mark.timeout(300)]

MOMENT = "1700000000"
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "__pycache__", ".*_cache", "build", "dist", ".hypothesis", "snapshot_report.html"
)


def _built(folder: Path, *, umask: int, moment: int) -> dict[str, bytes]:
    """Build from a copy whose files are of that moment, made under that umask."""
    source = folder / "source"
    shutil.copytree(REPOSITORY, source, ignore=LEFT_OUT, copy_function=shutil.copyfile)
    for path in [source, *source.rglob("*")]:
        path.chmod((0o777 if path.is_dir() else 0o666) & ~umask)
        os.utime(path, (moment, moment))
    if umask == 0o077:
        _worked_in(source)
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "out"), str(source)],
        check=True,
        capture_output=True,
        umask=umask,
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": MOMENT, "TZ": "UTC" if umask == 0o022 else "Asia/Tokyo"},
    )
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


def _worked_in(source: Path) -> None:
    """Leave behind what work in a clone leaves behind."""
    for name in ("tui/__pycache__/left.cpython-311.pyc", ".venv/pyvenv.cfg", "build/site/index.html"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text("left behind", encoding="utf-8")


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What is built in two folders, at two times, under two umasks."""
    one = _built(tmp_path_factory.mktemp("here"), umask=0o022, moment=1_600_000_000)
    other = _built(tmp_path_factory.mktemp("elsewhere") / "deeper", umask=0o077, moment=1_650_000_001)
    return one, other


def test_wheel_and_sdist_are_the_same_bytes_wherever_they_are_built(
    twice: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    one, other = twice
    assert sorted(name.rpartition(".")[2] for name in one) == ["gz", "whl"]
    assert {name: hashlib.sha256(body).hexdigest() for name, body in one.items()} == {
        name: hashlib.sha256(body).hexdigest() for name, body in other.items()
    }


def test_the_sdist_holds_what_the_two_commands_need_and_nothing_of_the_machine(
    twice: tuple[dict[str, bytes], dict[str, bytes]], tmp_path: Path
) -> None:
    (sdist,) = (name for name in twice[0] if name.endswith(".tar.gz"))
    (tmp_path / sdist).write_bytes(twice[0][sdist])
    with tarfile.open(tmp_path / sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"Makefile", "README.md", "mkdocs.yml", "pyproject.toml", "feeds.toml", ".ci/run"}
    assert wanted <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith((".venv", ".git/"))]


def test_the_wheel_holds_the_program_and_nothing_for_its_making(
    twice: tuple[dict[str, bytes], dict[str, bytes]], tmp_path: Path
) -> None:
    (wheel,) = (name for name in twice[0] if name.endswith(".whl"))
    (tmp_path / wheel).write_bytes(twice[0][wheel])
    with zipfile.ZipFile(tmp_path / wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.startswith("overflight-")} == {"tui"}
