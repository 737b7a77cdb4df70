"""Whether a state without incidents is quiet, or nobody was looking."""

from enum import StrEnum

from tui.domain.value import dataclass


class Nearness(StrEnum):
    """What ties feeds to a state; the nearest that it has speak for it."""

    HOME = "home"
    """They are at home there."""
    LANGUAGE = "language"
    """They are written in a language of that state which few others share."""
    BEFORE = "before"
    """They told of it before."""


class Sight(StrEnum):
    """What a zero means."""

    WATCHED = "watched"
    """At least half of the feeds that speak for it answered lately: a zero is a quiet state."""
    BLIND = "blind"
    """Fewer did: a zero says nothing."""
    WAITING = "waiting"
    """None of them has been asked yet."""
    UNCOVERED = "uncovered"
    """No feed speaks for it."""


ZERO_WORDS = {
    Sight.WATCHED: "quiet",
    Sight.BLIND: "blind",
    Sight.WAITING: "unasked",
    Sight.UNCOVERED: "uncovered",
}
"""What a zero is, in a word, wherever it is told."""

ENOUGH_BEFORE = 2
"""Reports on a state from which a feed counts as telling of it: one may be chance."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The feeds that speak for one state, and how many of them answered lately."""

    by: Nearness | None = None
    """None when there are none."""
    feeds: int = 0
    fresh: int = 0
    """Those that answered as a feed within three of their intervals."""
    asked: bool = True
    """Whether any of them was ever asked."""

    @property
    def sight(self) -> Sight:
        """What a zero of this state means."""
        if not self.feeds:
            return Sight.UNCOVERED
        if not self.asked:
            return Sight.WAITING
        return Sight.WATCHED if 2 * self.fresh >= self.feeds else Sight.BLIND

    @property
    def said(self) -> str:
        """How many answer, as "6/6 sources fresh", "1/4 answering"; what they are when they are not at home there."""
        match self.sight:
            case Sight.UNCOVERED:
                return "no feed covers it"
            case Sight.WAITING:
                return f"none of {self.feeds} asked yet"
            case Sight.BLIND:
                return f"{self.fresh}/{self.feeds} {_OF[self.by]}answering"
            case Sight.WATCHED:
                return f"{self.fresh}/{self.feeds} {_OF[self.by] or 'sources '}fresh"

    @property
    def verdict(self) -> str:
        """What stands beside a zero: "quiet, 6/6 sources fresh", "blind, 1/4 answering", "uncovered, no feed covers it"."""
        return f"{ZERO_WORDS[self.sight]}, {self.said}"


_OF = {
    None: "",
    Nearness.HOME: "",
    Nearness.LANGUAGE: "of its language ",
    Nearness.BEFORE: "that told of it before ",
}

RULE = (
    "A state is spoken for by the feeds at home in it; without any, by those in a language it shares with few; "
    f"without any, by those that told of it at least {ENOUGH_BEFORE} times. It is quiet when half of them or more "
    "answered within three of their intervals, and blind when fewer did; unasked before the first was asked, and uncovered "
    "where no feed speaks for it."
)
"""The rule in words, for wherever its verdict is shown."""


def nearest(home: Coverage, language: Coverage, before: Coverage) -> Coverage:
    """The feeds that speak for a state."""
    return next((found for found in (home, language, before) if found.feeds), Coverage())


_SPOKEN = {
    "az": "AZ", "be": "BY", "bg": "BG", "bn": "BD", "bs": "BA", "cs": "CZ", "da": "DK GL FO", "de": "DE AT CH LI LU",
    "el": "GR CY", "et": "EE", "fa": "IR AF", "fi": "FI", "ga": "IE", "he": "IL", "hi": "IN", "hr": "HR BA",
    "hu": "HU", "hy": "AM", "id": "ID", "is": "IS", "it": "IT CH SM", "ja": "JP", "ka": "GE", "kk": "KZ", "km": "KH",
    "ko": "KR KP", "ky": "KG", "lo": "LA", "lt": "LT", "lv": "LV", "mk": "MK", "mn": "MN", "mt": "MT", "my": "MM",
    "nb": "NO", "ne": "NP", "nl": "NL BE SR", "nn": "NO", "no": "NO", "pl": "PL", "ps": "AF", "ro": "RO MD",
    "ru": "RU BY", "si": "LK", "sk": "SK", "sl": "SI", "sq": "AL XK", "sr": "RS BA ME", "sv": "SE FI", "tg": "TJ",
    "th": "TH", "tk": "TM", "tl": "PH", "tr": "TR CY", "uk": "UA", "ur": "PK", "uz": "UZ", "vi": "VN",
    "zh": "CN TW", "zh-hans": "CN", "zh-hant": "TW HK MO",
}  # fmt: skip


def spoken_in(lang: str | None) -> tuple[str, ...]:
    """The states that a language points to, as ISO2; none for one that half the world writes."""
    if not lang:
        return ()
    tag = lang.casefold()
    return tuple((_SPOKEN.get(tag) or _SPOKEN.get(tag.partition("-")[0], "")).split())
