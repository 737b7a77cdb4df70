"""The program that asks a plug-in for the document of a feed: JSON on standard input, the document on standard output."""

import json
import sys
from importlib.metadata import entry_points

GROUP = "overflight.sources"
"""Entry points of this group are called with the address and the options of a feed and give RSS, Atom or JSON Feed as bytes."""


def main() -> int:
    """Exit status 0: the document was written; 1: why not was."""
    given = json.load(sys.stdin)
    out, sys.stdout = sys.stdout.buffer, sys.stderr  # what a plug-in prints is no part of the document
    found = entry_points(group=GROUP, name=given["source"])
    if not found:
        out.write(f"is no entry point in {GROUP} of an installed package".encode())
        return 1
    try:
        document = next(iter(found)).load()(given["url"], given["options"])
        out.write(document.encode() if isinstance(document, str) else bytes(document))
    except Exception as problem:  # noqa: BLE001 -- whatever a plug-in raises, its text may hold a secret
        out.write(f"raised {type(problem).__name__}".encode())
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
