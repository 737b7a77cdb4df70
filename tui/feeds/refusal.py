"""What the HTTP door refuses, with the words to say so."""

CHECK_ADDRESS = "check its address in feeds.toml"
ALLOW_PRIVATE = "set allow_private = true on this feed if that is meant"
TRY_AGAIN = "it will be tried again"


_ONLY_WHEN_POLLED = (
    f", and {TRY_AGAIN}",
    f"; {TRY_AGAIN}",
    "; it will be left alone for a while",
    ", given up; asked again later",
)


def asked_once(reason: str) -> str:
    """A reason without the promise to ask again, for a command that asks once."""
    for promise in _ONLY_WHEN_POLLED:
        reason = reason.replace(promise, "")
    return reason


def asked_by_hand(reason: str, command: str) -> str:
    """A reason for a command that asks for what no list has yet: it takes a flag where a list has a key."""
    return reason.replace(ALLOW_PRIVATE, f"if that is meant, `{command}` in a shell allows it")


class Refused(Exception):  # noqa: N818 - a value in all but name: turned into one at the door's edge
    """Raised inside the door only; its words are ours and safe to show."""

    def __init__(self, what: str, what_next: str = TRY_AGAIN, *, status: int | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.what_next = what_next
        self.status = status

    @property
    def reason(self) -> str:
        """One sentence: what, where, what next."""
        return f"{self.what}; {self.what_next}"
