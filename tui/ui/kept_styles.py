"""Styles that are parsed once: Textual parses all of them again for each screen that brings some of its own."""

from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

_SOURCES = 256
"""Files and widgets whose styles are kept; Textual keeps 64, and past that parses every one again each time."""


class KeptStyles(Stylesheet):
    """Textual's, but what is parsed stays so until the colours change."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._parse_cache = LRUCache(_SOURCES)

    def reparse(self) -> None:
        """Parse what is new, or everything after the colours changed; in an error the rules stay as they were."""
        self.parse()
