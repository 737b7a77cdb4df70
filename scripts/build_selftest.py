"""Makes the shipped cases of `overflight selftest` out of our labelled stories, and what they are expected to give.

Usage: python -m scripts.build_selftest gold_dev.jsonl (ours; no external text). Run again after the reader got better.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tui.reading.reader import read_story
from tui.reading.selftest.cases import read_cases
from tui.reading.selftest.measure import measured, values

_FOLDER = Path(__file__).resolve().parents[1] / "tui" / "reading" / "selftest"
_TEXT = ("id", "lang", "title", "summary", "published", "relevant")
_LABELS = ("affected", "actor", "object", "zone", "event", "certainty", "place")
_MARGIN = 0.03
"""How far below its present value a measure may fall: a story or two."""


def _case(row: dict[str, Any]) -> dict[str, Any]:
    """One line of the shipped file; labels that no word of the text speaks for are left out."""
    case = {key: row[key] for key in _TEXT if row[key] not in ("", None)}
    if row["relevant"]:
        case |= {
            key: row[key]
            for key in _LABELS
            if row.get(key) is not None and key not in row.get("implicit", {})
        }
    return case


def main(source: Path) -> None:
    """Write both files."""
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    text = "".join(json.dumps(_case(row), ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    (_FOLDER / "cases.jsonl").write_text(text, encoding="utf-8")
    found = values(measured(read_cases(text), read_story))
    lines = ["# measure\tlowest value expected of the shipped cases; written by scripts/build_selftest.py"]
    lines += [
        f"{name}\t{max(0.0, value - _MARGIN):.3f}" for name, value in found.items() if value is not None
    ]
    (_FOLDER / "expected.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} cases")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
