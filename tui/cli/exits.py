"""Exit statuses: what a script may rely on. They are stable; a new meaning is a new line of the changelog."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    """Done, and the answer is yes: something was found, all is well."""
    NO = 1
    """Done, and the answer is no: nothing was found, or something is not well."""
    CANNOT = 2
    """Not done: no such option or query, no database, a list that cannot be used, an output that cannot be written."""
    BROKEN_OFF = 130
    """Broken off by ^C."""
    READER_LEFT = 141
    """What a shell calls the end by SIGPIPE."""


NO_MEANS = {
    "query": "nothing is found",
    "stats": "no incident counts in those weeks",
    "handover": "nothing changed",
    "views list": "no view is saved",
    "views show": "the view finds nothing",
    "note": "there is no note",
    "tag": "there are no tags",
    "alerts log": "nothing was ever alerted",
    "alerts test": "a channel did not take it",
    "feeds check": "a feed did not answer with a feed",
    "feeds discover": "no feed is found",
    "feeds add": "no feed answers there, and nothing is added",
    "selftest": "something is read worse than when this version was shipped, or one of your own cases otherwise than it says",
    "corrections check": "a correction does not hold",
    "verify": "something is wrong with the database",
    "doctor": "the program cannot work before something is cured",
}
"""What `Exit.NO` means of a command; one that is not here never ends with it."""

MEANINGS = {
    Exit.DONE: "done; the answer is yes",
    Exit.NO: "done; the answer is no, as the table says",
    Exit.CANNOT: "not done: wrong options, no query, no database, a list of feeds that cannot be used, an output that cannot be written",
    Exit.BROKEN_OFF: "broken off by `^C` (`collect` and `tail`, which end no other way, end with 0)",
    Exit.READER_LEFT: "the reader of the output left, as `head` does: ended by SIGPIPE without a word (`read` and `group` end with 0)",
}
"""What each status means of any command."""
