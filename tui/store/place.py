"""The disk a store is on: SQLite's write-ahead log needs one of this machine."""

import os
from pathlib import Path

_OF_OTHER_MACHINES = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "afs",
        "9p",
        "ceph",
        "glusterfs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.glusterfs",
        "davfs",
        "fuse.davfs2",
    ]
)
"""File systems on which processes of two machines do not see each other's locks or shared memory."""

_ESCAPES = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}


def file_system_of(path: Path, mounts: str) -> str:
    """Kind of the file system that a path is on, by the text of /proc/mounts; empty where that does not tell."""
    wanted = os.path.realpath(path)
    best, kind = "", ""
    for line in mounts.splitlines():
        _, place, found, *_ = (*line.split(" "), "", "", "")
        for written, meant in _ESCAPES.items():
            place = place.replace(written, meant)
        inside = wanted == place or wanted.startswith(place.rstrip("/") + "/")
        if inside and len(place) >= len(best):  # of two on one place the later one counts
            best, kind = place, found
    return kind


def warning_of_place(path: Path, mounts: str | None = None) -> str:
    """What to say when the store is on another machine's disk; empty when it is not, or nobody can tell."""
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
    kind = file_system_of(path, mounts)
    if kind not in _OF_OTHER_MACHINES:
        return ""
    return (
        f"The database is on a network disk ({kind}): {path}. Use it from one machine only, "
        "or set OVERFLIGHT_HOME to a folder of this machine's own disk."
    )
