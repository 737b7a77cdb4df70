"""Where this machine keeps the database, the log and the user's settings, and what was shipped."""

import os
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("overflight", appauthor=False)
_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """A file or folder that came with the program: inside the wheel, else beside the package."""
    packed = _PACKAGE / "shipped" / name
    return packed if packed.exists() else _PACKAGE.parent / name


def data_folder() -> Path:
    """Folder of the database and the log; OVERFLIGHT_HOME overrides the platform's."""
    home = os.environ.get("OVERFLIGHT_HOME")
    return Path(home) if home else Path(_DIRS.user_data_dir)


def settings_folder() -> Path:
    """Folder of the user's own feeds.toml; OVERFLIGHT_HOME overrides the platform's."""
    home = os.environ.get("OVERFLIGHT_HOME")
    return Path(home) if home else Path(_DIRS.user_config_dir)


def database_path() -> Path:
    """The SQLite file."""
    return data_folder() / "overflight.db"


def log_path() -> Path:
    """The log file; never stderr, which is the screen."""
    return data_folder() / "overflight.log"


def user_feed_list() -> Path:
    """The user's own feeds.toml, which overrides the shipped one when it exists."""
    return settings_folder() / "feeds.toml"


def user_cases() -> Path:
    """The user's own labelled stories, which `overflight selftest` reads beside the shipped ones."""
    return settings_folder() / "cases.jsonl"
