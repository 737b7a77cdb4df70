"""What every test may use."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# In CI the same cases every time; at home new ones each time, and those that failed once again.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")

REPOSITORY = Path(__file__).resolve().parent.parent


def need_program(name: str) -> str:
    """Path of a program; skips when it is missing, but fails under CI=true, which installs it."""
    found = shutil.which(name)
    if found is None:
        message = f"{name} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{message}: .ci/run must install it", pytrace=False)
        pytest.skip(message)
    return found


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled data beside the repository; skips when absent."""
    folder = Path(os.environ.get("OVERFLIGHT_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"the labelled data are not at {folder}: set OVERFLIGHT_SHARED")
    return folder


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the developer's own settings and database."""
    monkeypatch.setenv("OVERFLIGHT_HOME", str(tmp_path / "home"))
