"""Switching a feed off in the file a person wrote: one line changes, or nothing does."""

import tomllib
from pathlib import Path

import pytest

from tui.cli.feed_switching import ListSwitch
from tui.feeds.feed_list import load_feed_list
from tui.feeds.feed_switch import CannotSwitchError, remove_feed, switch_feed
from tui.locations import shipped

ONE, TWO = "https://one.example/rss", "https://two.example/rss"
TEXT = f"""# mine
[settings]
interval = "20m"

[[feed]]   # the first
url = "{ONE}"
name = "One"
# a word of mine

[[feed]]
name = "Two"
enabled = true   # for now
url = "{TWO}"
"""


def test_switching_off_writes_one_line_and_leaves_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(TEXT)
    path.chmod(0o600)
    switch_feed(path, ONE, on=False)
    assert path.read_text() == TEXT.replace('name = "One"\n', 'name = "One"\nenabled = false\n')
    assert path.stat().st_mode & 0o777 == 0o600
    assert [feed.enabled for feed in load_feed_list(path).feeds] == [False, True]
    assert list(tmp_path.iterdir()) == [path]


def test_a_line_that_says_it_already_is_changed_and_back(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(TEXT)
    switch_feed(path, TWO, on=False)
    assert path.read_text() == TEXT.replace("enabled = true   # for now", "enabled = false")
    switch_feed(path, TWO, on=True)
    assert tomllib.loads(path.read_text()) == tomllib.loads(TEXT)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[feed", "cannot be read"),
        ('[[feed]]\nurl = "https://other.example/"\n', "names no feed"),
        (f'feed = [{{ url = "{ONE}" }}]\n', "edit it by hand"),
        (f'[[feed]]\nnote = """\n[[feed]]\n"""\nurl = "{TWO}"\n[[feed]]\nurl = "{ONE}"\n', "edit it by hand"),
    ],
)
def test_what_cannot_be_changed_safely_is_left_and_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    with pytest.raises(CannotSwitchError, match=said):
        switch_feed(path, ONE, on=False)
    assert path.read_text() == text


def test_the_last_line_without_an_ending_and_windows_endings_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_bytes(f'[[feed]]\r\nname = "One"\r\nurl = "{ONE}"'.encode())
    switch_feed(path, ONE, on=False)
    assert [feed.enabled for feed in load_feed_list(path).feeds] == [False]


def test_without_a_list_of_ones_own_a_copy_is_made_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERFLIGHT_HOME", str(tmp_path / "home"))
    built_in = load_feed_list(shipped("feeds.toml")).feeds
    url, off = built_in[3].url, {feed.url for feed in built_in if not feed.enabled}
    answer = ListSwitch(None)(url, on=False)
    assert answer.done
    assert "your own copy" in answer.said
    mine = load_feed_list(tmp_path / "home" / "feeds.toml")
    assert {feed.url for feed in mine.feeds if not feed.enabled} == {url, *off}
    again = ListSwitch(None)(url, on=True)
    assert again.done
    assert "copy" not in again.said


def test_a_list_that_was_chosen_is_the_one_that_changes(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(TEXT)
    assert ListSwitch(str(path))(ONE, on=False).done
    assert "enabled = false" in path.read_text()
    assert not ListSwitch(str(tmp_path / "none.toml"))(ONE, on=False).done


def test_a_feed_taken_out_leaves_the_rest_with_its_comments(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    text = (
        TEXT
        + '\n# below: the search\n[[feed]]\nname = "S"\nkind = "search"\nservice = "gdelt"\nquery = "x"\n'
    )
    path.write_text(text)
    remove_feed(path, TWO)
    assert path.read_text() == text.replace(text[text.index('[[feed]]\nname = "Two"') : text.index("\n# below")], "")  # fmt: skip
    [one, search] = load_feed_list(path).feeds
    switch_feed(path, search.url, on=False)
    assert [feed.enabled for feed in load_feed_list(path).feeds] == [True, False]
    remove_feed(path, search.url)
    with pytest.raises(CannotSwitchError, match="only feed"):
        remove_feed(path, one.url)
    assert "# mine" in path.read_text()


def test_only_a_feed_that_the_list_does_not_name_can_never_be_switched(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    switch = ListSwitch(str(path))
    passing = [switch(ONE, on=False)]
    for text in ("[[feed", TEXT.replace(ONE, "no address"), f'feed = [{{ url = "{ONE}" }}]\n'):
        path.write_text(text)
        passing.append(switch(ONE, on=False))
    assert [(answer.done, answer.never) for answer in passing] == [(False, False)] * len(passing)
    path.write_text(TEXT)
    answer = switch("https://three.example/rss", on=False)
    assert (answer.done, answer.never) == (False, True)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_line_separator_of_unicode_in_a_comment_ends_no_line(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "feeds.toml"
    text = TEXT.replace("a word of mine", f"a word{separator}of mine").replace(
        "# mine\n", f"# m{separator}[[feed]]\n"
    )
    text = text.replace("[[feed]]\nname", f"# of{separator}\n# two{separator}[[feed]]\n[[feed]]\nname")
    path.write_bytes(text.encode())
    switch_feed(path, ONE, on=False)
    switched = text.replace('name = "One"\n', 'name = "One"\nenabled = false\n')
    assert path.read_bytes() == switched.encode()
    remove_feed(path, ONE)
    start = text.index("[[feed]]   # the first")
    end = text.index("\n", text.index("of mine\n"))
    assert path.read_bytes() == (text[:start] + text[end + 1 :]).encode()
