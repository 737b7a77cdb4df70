"""Who told of an incident: first, next, and who only carried the words of another."""

from datetime import datetime, tzinfo

from tui.domain.sources import ChainLink, SourceChain
from tui.ui.untrusted import Line, Span, fit, hung, wrap
from tui.ui.wording import clock_time, day, day_time, plural

_NAME = 16
_SHOWN = 60
"""Links shown; of a long chain the first ones say most."""


def source_lines(chain: SourceChain, width: int, now: datetime, zone: tzinfo | None) -> list[Line]:
    """A sentence on how many stand behind it, then each telling in order; a copy stands below whom it copies."""
    if not chain.links:
        return []
    lines: list[Line] = wrap([(_summary(chain, now, zone), "ink")], width)
    before: str | None = None
    for house, links in _by_house(chain.links[:_SHOWN]):
        for link in links:
            today = day(link.at, zone) if link.at else None
            if today is not None and today != before:
                lines.append(((today, "faint"),))
            before = today or before
            lines += _link(link, house, width, zone)
    left = len(chain.links) - _SHOWN
    if left > 0:
        lines.append(((f"… and {plural(left, 'later story', 'later stories')}", "faint"),))
    return lines


def _summary(chain: SourceChain, now: datetime, zone: tzinfo | None) -> str:
    """As "4 independent publishers, 9 stories that carry another's words; first Gazette 21:40Z, next Reuters 22:05Z"."""
    openers = [link for link in chain.links if link.opens]
    told = plural(chain.independent, "independent publisher")
    if chain.copies:
        carry = "story carries" if chain.copies == 1 else "stories carry"
        told += f", {chain.copies} {carry} another's words"
    order = [
        f"{word} {link.house}{' ' + day_time(link.at, zone, now) if link.at else ''}"
        for word, link in zip(("first", "next"), openers, strict=False)
    ]
    return f"{told}; {', '.join(order)}" if order else told


def _by_house(links: tuple[ChainLink, ...]) -> list[tuple[str, list[ChainLink]]]:
    """The links of each house, houses in the order in which they were first heard."""
    found: dict[str, list[ChainLink]] = {}
    for link in links:
        found.setdefault(link.house, []).append(link)
    return list(found.items())


def _link(link: ChainLink, house: str, width: int, zone: tzinfo | None) -> list[Line]:
    at = clock_time(link.at, zone) if link.at else "no time"
    mark: Span = ("● ", "acc") if link.opens else ("└ ", "faint")
    ink = "muted" if link.copy_of else "ink"
    lead: Line = ((f"{at:<7}", "muted"), mark, (fit(link.publisher, _NAME) + " ", ink))
    told: list[Span] = []
    if link.copy_of:
        told.append((link.why, "faint"))
    elif not link.opens:
        told.append(("again", "faint"))
    elif link.publisher.casefold() != house.casefold():
        told.append((f"of {house}", "faint"))
    if link.label:
        told.append((f"{', ' if told else ''}{link.label}", "warn"))
    return hung(lead, told, width)
