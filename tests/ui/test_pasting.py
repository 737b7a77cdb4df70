"""A paste is one event and no key, whatever it holds and however the reads cut it."""

import pytest
from textual import events

from tests.ui.driving import running
from tests.ui.terminal import staged
from tui.ui.pasting import PasteParser
from tui.ui.query_box import LineBox
from tui.ui.screens.search import Search

COLOURED = "\x1b[31mred\x1b[0m " * 40
START, END = "\x1b[200~", "\x1b[201~"


def fed(*reads: str) -> list[events.Event]:
    parser = PasteParser()
    found = [message for read in reads for message in parser.feed(read)]
    return [message for message in found if isinstance(message, events.Key | events.Paste)]


def test_escapes_in_a_paste_make_no_key() -> None:
    (paste,) = fed(f"{START}{COLOURED}{END}")
    assert isinstance(paste, events.Paste)
    assert paste.text == COLOURED.replace("\x1b", "")


@pytest.mark.parametrize("at", range(len(START + END) + 9))
def test_a_paste_is_whole_wherever_a_read_cuts_it(at: int) -> None:
    stream = f"{START}a\x1b[31mb{END}j"
    paste, key = fed(stream[:at], stream[at:]) if 0 < at < len(stream) else fed(stream)
    assert isinstance(paste, events.Paste)
    assert paste.text == "a[31mb"
    assert isinstance(key, events.Key)
    assert key.key == "j"


def test_a_paste_that_comes_letter_by_letter_is_still_one() -> None:
    (paste,) = fed(*f"{START}{COLOURED}{END}")
    assert isinstance(paste, events.Paste)


@pytest.mark.parametrize("text", [COLOURED, "word " * 800], ids=["with escapes", "without"])
def test_text_that_nobody_types_is_a_paste_though_the_terminal_does_not_say_so(text: str) -> None:
    assert all(isinstance(one, events.Paste) for one in fed(text))


@pytest.mark.parametrize("keys", ["j" * 300, "\x1b[B" * 100, "\x1bOA" * 100, "jk" * 150])
def test_keys_held_down_stay_keys(keys: str) -> None:
    found = fed(keys)
    assert len(found) >= 100
    assert all(isinstance(one, events.Key) for one in found)


def test_moves_of_the_mouse_that_come_at_once_stay_moves() -> None:
    parser = PasteParser()
    moves = list(parser.feed("".join(f"\x1b[<35;{at};9M" for at in range(1, 80))))
    assert len(moves) == 79
    assert all(isinstance(one, events.MouseMove) for one in moves)


def test_a_paste_without_end_is_bounded() -> None:
    parser = PasteParser()
    assert not list(parser.feed(START))
    for _ in range(300):
        assert not list(parser.feed("word " * 800))
    (paste,) = parser.feed(END)
    assert isinstance(paste, events.Paste)
    assert len(paste.text) == 200_000


@pytest.mark.parametrize(("before", "behind"), [(START, END), ("", "")], ids=["marked", "unmarked"])
def test_pasted_escapes_leave_the_search_answering(before: str, behind: str) -> None:
    text = "\x1b[31mred\x1b[0m text " * 200
    with staged("plain") as terminal:
        terminal.until(b"baseline")
        terminal.quiet()
        terminal.type("/")
        terminal.until(b"everything stored")
        terminal.type(f"{before}{text}{behind}")
        terminal.type("\x1bOP")
        terminal.until(b"help", 5)


async def test_a_paste_that_is_too_long_is_refused_aloud_and_takes_nothing() -> None:
    async with running() as driven:
        await driven.press("slash")
        await driven.until(lambda: isinstance(driven.app.screen, Search), "search")
        screen = driven.app.screen
        assert isinstance(screen, Search)
        screen.box.post_message(events.Paste("word " * 20_000))
        await driven.sees("99,999 characters", "20,000")
        assert screen.box.value == ""


async def test_the_lines_of_a_paste_are_one_query() -> None:
    async with running() as driven:
        await driven.press("slash")
        await driven.until(lambda: isinstance(driven.app.screen, Search), "search")
        screen = driven.app.screen
        assert isinstance(screen, Search)
        screen.box.post_message(events.Paste("country:PL\n  object:DRN\n"))
        await driven.until(lambda: screen.box.value == "country:PL object:DRN", "one line")


async def test_a_paste_where_there_is_no_box_says_where_there_is_one() -> None:
    async with running() as driven:
        driven.app.screen.post_message(events.Paste("jjjj"))
        await driven.sees("pasted text is taken", "press /")


async def test_the_lines_of_a_paste_are_one_note_and_one_that_is_too_long_is_refused_aloud() -> None:
    async with running() as driven:
        await driven.press("c")
        await driven.sees("enter keeps it")
        box = driven.app.focused
        assert isinstance(box, LineBox)
        box.post_message(events.Paste("first line\nsecond line"))
        await driven.until(lambda: box.value == "first line second line", "both lines")
        box.post_message(events.Paste("x" * 100_000))
        await driven.sees("letters were pasted; there is room for")
        assert box.value == "first line second line"
