"""Parts of the world to watch, and what a first choice writes."""

from dataclasses import replace
from pathlib import Path

import pytest

from tui.cli.first_run import first_run
from tui.cli.wiring import list_to_show
from tui.domain.packs import packs_of
from tui.feeds.feed_list import load_feed_list
from tui.locations import shipped, user_feed_list
from tui.store.database import open_writer
from tui.store.marks import StoreMarks

BUILT_IN = load_feed_list(shipped("feeds.toml"))


def test_every_feed_that_is_on_is_in_one_pack() -> None:
    packs = packs_of(BUILT_IN.feeds)
    urls = [url for pack in packs for url in pack.urls]
    assert sorted(urls) == sorted(feed.url for feed in BUILT_IN.feeds if feed.enabled)
    assert {pack.name for pack in packs} >= {"Baltic and Nordic", "East Asia and Pacific", "Worldwide"}
    assert "Elsewhere" not in {pack.name for pack in packs}, "a state without a region"


def test_beside_its_feeds_the_built_in_list_says_what_holds_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERFLIGHT_HOME", str(tmp_path))
    assert list_to_show(None) == replace(BUILT_IN, feeds=(), files=())
    own = user_feed_list()
    own.write_text(shipped("feeds.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert list_to_show(None).feeds == BUILT_IN.feeds, (
        "one's own is read whole, so that a mistake in it is told"
    )


def test_it_is_asked_on_the_built_in_list_until_it_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERFLIGHT_HOME", str(tmp_path / "home"))
    marks = StoreMarks(open_writer(tmp_path / "overflight.db"))
    assert first_run("my.toml", marks) is None
    assert first_run(None, marks) is not None
    again = first_run(None, marks)
    assert again is not None
    again.answered(marks)
    assert first_run(None, marks) is None
    marks.close()


def test_a_choice_writes_the_users_own_list_with_the_other_feeds_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERFLIGHT_HOME", str(tmp_path / "home"))
    marks = StoreMarks(open_writer(tmp_path / "overflight.db"))
    asked = first_run(None, marks)
    assert asked is not None
    baltic = next(pack for pack in asked.packs if pack.name == "Baltic and Nordic")
    told = asked.choose(baltic.urls)
    assert told.done, told.said
    own = load_feed_list(user_feed_list())
    assert {feed.url for feed in own.feeds if feed.enabled} == baltic.urls
    assert len(own.feeds) == len(BUILT_IN.feeds)
    assert first_run(None, marks) is None
    marks.close()


def test_a_list_that_came_meanwhile_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERFLIGHT_HOME", str(tmp_path / "home"))
    marks = StoreMarks(open_writer(tmp_path / "overflight.db"))
    here, there = first_run(None, marks), first_run(None, marks)
    assert here is not None
    assert there is not None
    packs = {pack.name: pack.urls for pack in here.packs}
    baltic = packs.pop("Baltic and Nordic")
    assert here.choose(baltic).done
    told = there.choose(packs.popitem()[1])
    assert not told.done
    assert "nothing was switched" in told.said
    assert {feed.url for feed in load_feed_list(user_feed_list()).feeds if feed.enabled} == baltic
    marks.close()
