"""Where the dashboard writes what a person asks it to."""

from pathlib import Path

from tui.cli.outfile import OutFileError, write_whole
from tui.pipeline.gate import Saved


class SaveInFolder:
    """Fits `pipeline.gate.SaveFile`: files of that folder alone, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, name: str, text: str) -> Saved:
        """Write it; a name is never a way out of the folder."""
        path = self._folder / Path(name).name
        try:
            write_whole(path, text.encode("utf-8", "replace"))
        except OutFileError as problem:
            return Saved(done=False, said=str(problem))
        return Saved(done=True, said=f"written: {path}")
