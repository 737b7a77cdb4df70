"""Which feeds a person asked to be polled or not, while the store still says what the list said before."""

from collections.abc import Iterable

from tui.domain.feed import FeedRow
from tui.domain.value import dataclass
from tui.ui.background import Background
from tui.ui.messages import Answered


@dataclass(frozen=True, slots=True)
class _Asked:
    on: bool
    number: int | None
    """Of the deed that is waited for; None once it was answered."""


class FeedSwitches:
    """The store follows the list once the collector has read it, and never where nothing is fetched."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._asked: dict[str, _Asked] = {}
        """By address."""

    def is_on(self, row: FeedRow) -> bool:
        """Whether the list has it polled, once all that was asked is done."""
        asked = self._asked.get(row.feed.url)
        return row.feed.enabled if asked is None else asked.on

    def ask(self, url: str, said: str, *, on: bool) -> int | None:
        """Write it into the list; the number of the deed, None where there is no list."""
        number = self._background.switch_feed(url, on=on, said=said)
        if number is not None:
            self._asked[url] = _Asked(on, number)
        return number

    def answered(self, number: int, answer: Answered) -> None:
        """What could not be written is as it was before."""
        for url, asked in self._asked.items():
            if asked.number == number:
                self._asked[url] = _Asked(asked.on if answer is Answered.STORED else not asked.on, None)
                return

    def settle(self, rows: Iterable[FeedRow]) -> None:
        """The store was read: where it says the same it is asked again, since a list can be edited elsewhere."""
        for row in rows:
            asked = self._asked.get(row.feed.url)
            if asked is not None and asked.number is None and asked.on is row.feed.enabled:
                del self._asked[row.feed.url]
