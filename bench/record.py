"""What a benchmark measured, left where `bench.figures` finds it; without it nothing is written."""

import json
import os
from pathlib import Path

WHERE = "OVERFLIGHT_FIGURES"
"""Names the file that figures are added to."""


def record(key: str, value: float) -> None:
    """Leave one figure, under the key that `bench.targets` knows it by and in the unit that stands there."""
    if where := os.environ.get(WHERE):
        with Path(where).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "value": round(value, 4)}) + "\n")
