"""The program that tells through code of others: what is to be told comes as JSON on standard input, exit 0 says it was.

What it prints goes into the log and onto the screen: never an address, for it may hold a secret.
"""

import json
import logging
import sys
from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Any

GROUP = "overflight.channels"
"""Entry points of this group are called with the options of the channel and the document as JSON text."""


def by_apprise(given: Mapping[str, Any]) -> str:
    """Empty when it was told, else why not."""
    try:
        import apprise  # noqa: PLC0415 -- an extra, loaded when something is to be told
    except ImportError:
        return "needs an extra: pip install 'overflight[notify]'"
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    teller = apprise.Apprise()
    if not teller.add(given["url"]):
        return "the address is none that Apprise knows"
    told = teller.notify(title=given["title"], body=given["body"], body_format=apprise.NotifyFormat.TEXT)
    return "" if told else "the service did not take it"


def by_plugin(given: Mapping[str, Any]) -> str:
    """As above, by the entry point of that name."""
    found = entry_points(group=GROUP, name=given["plugin"])
    if not found:
        return f"no installed package has it as an entry point in {GROUP}"
    try:
        next(iter(found)).load()(given["options"], given["document"])
    except Exception as problem:  # noqa: BLE001 -- whatever a plug-in raises, its text may hold a secret
        return f"raised {type(problem).__name__}"
    return ""


def main() -> int:
    """Tell what is on standard input."""
    given = json.load(sys.stdin)
    said = by_apprise(given) if sys.argv[1:] == ["apprise"] else by_plugin(given)
    sys.stdout.write(said)
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
