"""A feeds.toml that is edited while the program runs."""

from pathlib import Path

import pytest

from tui.domain.feed import FeedList
from tui.feeds.feed_list import load_feed_list
from tui.feeds.list_watch import GIVEN_UP, FeedListWatch
from tui.pipeline.list_change import ListTrouble

FEED = '[[feed]]\nurl = "https://{0}.example/rss"\nname = "{0}"\n'


def _watch(path: Path, *, own: Path | None = None) -> FeedListWatch:
    watch = FeedListWatch(load_feed_list(path), lambda: own if own is not None and own.exists() else path)
    assert not watch.changed()  # not yet seen to rest
    assert watch.changed()  # it may have changed between its reading and now
    watch.load()
    assert not watch.changed()
    return watch


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(FEED.format("one"))
    return path


def test_a_change_is_seen_once_the_file_rests(path: Path) -> None:
    watch = _watch(path)
    path.write_text(FEED.format("one") + FEED.format("two"))
    assert not watch.changed()
    assert watch.changed()
    listed = watch.load()
    assert isinstance(listed, FeedList)
    assert [feed.name for feed in listed.feeds] == ["one", "two"]
    assert not watch.changed()


def test_a_file_that_cannot_be_used_is_told_with_file_line_and_what_next(path: Path) -> None:
    watch = _watch(path)
    path.write_text(FEED.format("one") + 'every = "soon"\n')
    assert [watch.changed(), watch.changed()] == [False, True]
    trouble = watch.load()
    assert isinstance(trouble, ListTrouble)
    assert trouble.said == (
        'feeds.toml, line 4: every: "soon" is no duration; write a number and s, m, h or d, such as "15m"; '
        "until then the list of before is used"
    )
    assert not watch.changed()  # told once, not once a second


def _deleted(path: Path, *, own: bool) -> FeedListWatch:
    built_in = path.with_name("built-in.toml")
    built_in.write_text(FEED.format("built-in"))
    watch = FeedListWatch(load_feed_list(path), lambda: path if path.exists() or not own else built_in)
    assert [watch.changed(), watch.changed()] == [False, True]
    watch.load()
    path.unlink()
    assert [watch.changed(), watch.changed()] == [False, True]
    return watch


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (False, "there is no such file"),
        (True, "unless it comes back, the built-in list is used in a minute"),
    ],
)
def test_a_file_that_is_gone_is_missed_and_taken_up_when_it_comes_back(
    path: Path, *, own: bool, said: str
) -> None:
    watch = _deleted(path, own=own)
    trouble = watch.load()
    assert isinstance(trouble, ListTrouble)
    assert said in trouble.said
    path.write_text(FEED.format("back"))
    assert [watch.changed(), watch.changed()] == [False, True]
    assert isinstance(watch.load(), FeedList)


def test_a_list_of_ones_own_that_stays_gone_gives_way_to_the_one_the_next_start_would_use(path: Path) -> None:
    watch = _deleted(path, own=True)
    assert isinstance(watch.load(), ListTrouble)
    looks = [watch.changed() for _ in range(GIVEN_UP)]
    assert looks.count(True) == 1
    listed = watch.load()
    assert isinstance(listed, FeedList)
    assert [feed.name for feed in listed.feeds] == ["built-in"]
    path.write_text(FEED.format("again"))
    assert [watch.changed(), watch.changed()] == [False, True]
    again = watch.load()
    assert isinstance(again, FeedList)
    assert [feed.name for feed in again.feeds] == ["again"]


def test_a_list_that_was_named_is_missed_for_ever(path: Path) -> None:
    watch = _deleted(path, own=False)
    watch.load()
    assert not any(watch.changed() for _ in range(3 * GIVEN_UP))


def test_a_list_of_ones_own_is_taken_up_as_soon_as_there_is_one(path: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    watch = _watch(path, own=own)
    own.write_text(FEED.format("mine"))
    assert [watch.changed(), watch.changed()] == [False, True]
    listed = watch.load()
    assert isinstance(listed, FeedList)
    assert [feed.name for feed in listed.feeds] == ["mine"]


def test_a_change_of_the_file_that_holds_the_rules_counts_too(path: Path) -> None:
    rules = path.with_name("rules.toml")
    rules.write_text('[[mute]]\nname = "one"\nterms = ["podcast*"]\n')
    path.write_text(FEED.format("one") + '[reading]\nrules = "rules.toml"\n')
    watch = _watch(path)
    rules.write_text('[[mute]]\nname = "another"\nterms = ["podcast*"]\n')
    assert [watch.changed(), watch.changed()] == [False, True]
    listed = watch.load()
    assert isinstance(listed, FeedList)
    assert [mute.name for mute in listed.rules.mutes] == ["another"]
    assert listed.files == (str(path), str(rules))
