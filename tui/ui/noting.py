"""Asks for the note and the tags of an incident, and keeps them so that they can be undone."""

from tui.domain.board import IncidentRow
from tui.domain.notes import LONGEST_NOTE, NoteError, note_of, tags_of
from tui.reading.plain_text import own_text
from tui.ui.screens.asking import Answer, Ask, Field
from tui.ui.screens.frame import Frame
from tui.ui.untrusted import clip

_LONGEST_TAGS = 400


def ask_note(frame: Frame, row: IncidentRow | None) -> None:
    """A person's own note beside an incident."""
    if row is None:
        frame.say("no incident is chosen")
        return

    def check(typed: tuple[str, ...]) -> Answer:
        try:
            note = note_of(own_text(typed[0]))
        except NoteError as problem:
            return Answer(str(problem), good=False)
        if not note:
            return Answer("the note is taken away" if row.note else "nothing is written")
        return Answer("found again by note: and a word of it")

    frame.app.push_screen(
        Ask(
            (("¶ ", "watch"), ("a note of yours", "strong")),
            clip(row.line, 160),
            (Field("note", row.note, longest=LONGEST_NOTE),),
            check=check,
            accept=lambda typed: _keep_note(frame, row, note_of(own_text(typed[0]))),
        )
    )


def ask_tags(frame: Frame, row: IncidentRow | None) -> None:
    """A person's tags on an incident."""
    if row is None:
        frame.say("no incident is chosen")
        return

    def check(typed: tuple[str, ...]) -> Answer:
        try:
            tags = tags_of(own_text(typed[0]))
        except NoteError as problem:
            return Answer(str(problem), good=False)
        if not tags:
            return Answer("every tag is taken away" if row.tags else "words with spaces between")
        return Answer(f"found again by {' '.join(f'tag:{tag}' for tag in tags)}")

    frame.app.push_screen(
        Ask(
            (("# ", "watch"), ("tags of yours", "strong")),
            clip(row.line, 160),
            (Field("tags", " ".join(row.tags), longest=_LONGEST_TAGS),),
            check=check,
            accept=lambda typed: _keep_tags(frame, row, tags_of(own_text(typed[0]))),
        )
    )


def _keep_note(frame: Frame, row: IncidentRow, note: str) -> None:
    if note == row.note:
        return
    background, key, before = frame.session.background, row.key, row.note
    said = "noted ¶" if note else "note taken away"
    frame.session.marking.do(
        "noted" if note else "note taken away",
        lambda at, said: background.mark(lambda marks: marks.set_note(key, note, at), said),
        # What another has written since is not taken away with it.
        lambda at, said: background.mark(lambda marks: marks.set_note(key, before, at, note), said),
        frame.session.now,
        said,
    )


def _keep_tags(frame: Frame, row: IncidentRow, tags: tuple[str, ...]) -> None:
    if tags == row.tags:
        return
    background, key, before = frame.session.background, row.key, row.tags
    said = f"tagged {' '.join(f'#{tag}' for tag in tags)}" if tags else "tags taken away"
    frame.session.marking.do(
        "tagged" if tags else "tags taken away",
        lambda at, said: background.mark(lambda marks: marks.set_tags(key, tags, at), said),
        lambda at, said: background.mark(lambda marks: marks.set_tags(key, before, at, tags), said),
        frame.session.now,
        said,
    )
