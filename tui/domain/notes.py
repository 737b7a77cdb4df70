"""What a person writes beside an incident: a note, and tags to find it by. Cleaned by the one door in before it comes here."""

from enum import StrEnum

from tui.domain.query_fields import folded

LONGEST_NOTE = 1000
LONGEST_TAG = 30
MOST_TAGS = 20
_IN_A_TAG = frozenset("-_.")


class Written(StrEnum):
    """What became of writing beside an incident."""

    DONE = "done"
    GONE = "gone"
    """There is no such incident."""
    OVERTAKEN = "overtaken"
    """Somebody else wrote something other than was expected meanwhile; nothing was written."""


class NoteError(Exception):
    """A note or a tag cannot be kept so; says why, in plain words."""


def note_of(text: str) -> str:
    """The note as it is kept, on one line; empty takes it away.

    Raises:
        NoteError: it is too long.
    """
    note = " ".join(text.split())
    if len(note) > LONGEST_NOTE:
        raise NoteError(f"A note has at most {LONGEST_NOTE:,} characters; this has {len(note):,}: shorten it")
    return note


def tags_of(text: str) -> tuple[str, ...]:
    """The tags of a text, spaces or commas between, a # before them allowed; small letters, in order, none twice.

    Raises:
        NoteError: a tag holds what none may, or there are too many.
    """
    tags: dict[str, str] = {}
    for word in text.replace(",", " ").split():
        tag = word.removeprefix("#").lower()
        if not tag or not all(letter.isalnum() or letter in _IN_A_TAG for letter in tag):
            raise NoteError(f"{word[:LONGEST_TAG]!r} is no tag: letters, digits, - _ and . make one")
        if len(tag) > LONGEST_TAG:
            raise NoteError(f"A tag has at most {LONGEST_TAG} characters: shorten {tag[:LONGEST_TAG]!r}")
        tags.setdefault(tag_key(tag), tag)
    if len(tags) > MOST_TAGS:
        raise NoteError(f"An incident has at most {MOST_TAGS} tags: leave some out")
    return tuple(tags[key] for key in sorted(tags))


def tag_key(tag: str) -> str:
    """What a tag is compared by: without case and accents."""
    return folded(tag.removeprefix("#"))
