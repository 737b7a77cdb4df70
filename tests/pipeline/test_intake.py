from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.pipeline.fakes import NOON, HandClock, LineParser, MemoryKeeper, ScriptedFetcher, entry
from tui.domain.entry import believed
from tui.domain.feed import Feed, FeedState, FeedStatus, Settings, Validators
from tui.pipeline.health import PARSE_VERSION, SameBody
from tui.pipeline.intake import Intake, hash_of, reports_of, sort_entries, take_in
from tui.pipeline.ports import Fetched, FetchFailed, NotModified
from tui.pipeline.rhythm import Rhythm
from tui.pipeline.robots import Robots

URL = "https://a.example/feed"
FEED = Feed(URL, "A", publisher="A Press")


def _fetched(text: str, etag: str | None = '"1"') -> Fetched:
    return Fetched(text.encode(), "text/xml", Validators(etag), URL)


async def _poll(
    answer: Any,
    state: FeedState | None = None,
    keeper: MemoryKeeper | None = None,
    read_at_once: int = 1000,
    *,
    reads_along: bool = False,
) -> tuple[Intake, LineParser]:
    parser, kept = LineParser(read_at_once, reads_along=reads_along), keeper or MemoryKeeper()

    async def known(keys: Any) -> Any:
        return kept.known_hashes(keys)

    async def renamed(feed: str, entries: Any) -> Any:
        return kept.renamed(feed, entries)

    intake = await take_in(
        FEED,
        state or FeedState(URL),
        fetcher=(fetcher := ScriptedFetcher({URL: [answer]})),
        robots=Robots(fetcher, HandClock()),
        parser=parser,
        known=known,
        renamed=renamed,
        settings=Settings(),
        rhythm=Rhythm(),
        clock=HandClock(),
        jitter=0.0,
    )
    return intake, parser


def _keep(keeper: MemoryKeeper, intake: Intake) -> FeedState:
    if intake.result is not None:
        keeper.save_round(intake.result)
    return intake.state


async def test_a_feed_never_taken_is_read_along_with_the_parsing_and_later_only_what_is_new() -> None:
    keeper = MemoryKeeper()
    intake, parser = await _poll(_fetched("1|DRONE over town\n2|Cat"), keeper=keeper, reads_along=True)
    assert parser.read_titles == []
    assert intake.result is not None
    assert [(read.entry.title, read.reading.verdict.relevant) for read in intake.result.new] == [
        ("DRONE over town", True),
        ("Cat", False),
    ]
    state = _keep(keeper, intake)
    later, parser = await _poll(_fetched("1|DRONE over town\n3|Dog"), state, keeper, reads_along=True)
    assert parser.read_titles == ["Dog"]
    assert later.result is not None
    assert [read.entry.title for read in later.result.new] == ["Dog"]


async def test_a_first_poll_brings_every_entry_as_new_and_reports_of_the_relevant_ones() -> None:
    intake, _ = await _poll(_fetched("1|DRONE over town\n2|Cat on tree"))
    assert intake.result is not None
    assert [read.entry.title for read in intake.result.new] == ["DRONE over town", "Cat on tree"]
    assert [(report.title, report.publisher, report.first_seen) for report in intake.reports] == [
        ("DRONE over town", "A Press", NOON)
    ]
    assert intake.state.status is FeedStatus.OK
    assert intake.result.state == intake.state


async def test_a_304_a_failure_and_the_same_bytes_end_before_the_parser() -> None:
    held = FeedState(URL, FeedStatus.OK, Validators('"1"'), hash_of(b"1|x"), read_by=PARSE_VERSION)
    for answer in (NotModified(Validators('"1"')), FetchFailed("x"), _fetched("1|x")):
        intake, parser = await _poll(answer, held)
        assert intake.result is None
        assert parser.parsed == 0
    assert isinstance(intake.outcome, SameBody)


async def test_a_page_that_is_no_feed_is_a_state_and_leaves_the_old_stories_alone() -> None:
    intake, _ = await _poll(_fetched("NOT A FEED"))
    assert intake.result is None
    assert intake.state.status is FeedStatus.FAILING
    assert "web page" in (intake.state.problem or "")


async def test_fetched_again_nothing_is_new_an_edit_is_a_revision_and_a_redating_is_neither() -> None:
    keeper = MemoryKeeper()
    first, _ = await _poll(_fetched("1|DRONE seen|2026-03-01T10:00:00+00:00\n2|Cat"), keeper=keeper)
    state = _keep(keeper, first)
    redated, _ = await _poll(_fetched("1|DRONE seen|2026-03-01T11:00:00+00:00\n2|Cat"), state, keeper)
    assert redated.result is not None
    assert (redated.result.new, redated.result.revised) == ((), ())
    assert len(redated.result.seen) == 2
    assert redated.reports == ()
    edited, _ = await _poll(_fetched("1|DRONE shot down\n2|Cat\n3|Dog"), _keep(keeper, redated), keeper)
    assert edited.result is not None
    assert [read.entry.title for read in edited.result.revised] == ["DRONE shot down"]
    assert [read.entry.title for read in edited.result.new] == ["Dog"]
    assert [report.title for report in edited.reports] == ["DRONE shot down"]


def test_a_key_given_twice_counts_once_and_order_is_kept() -> None:
    entries = [
        entry(URL, guid, title).entry for guid, title in (("1", "first"), ("2", "other"), ("1", "second"))
    ]
    assert [one.title for one in sort_entries(entries, {}).new] == ["first", "other"]


async def test_only_what_is_new_or_changed_is_read() -> None:
    keeper = MemoryKeeper()
    first, parser = await _poll(_fetched("1|DRONE seen\n2|Cat"), keeper=keeper)
    assert parser.read_titles == ["DRONE seen", "Cat"]
    _, parser = await _poll(_fetched("1|DRONE shot down\n2|Cat\n3|Dog"), _keep(keeper, first), keeper)
    assert parser.read_titles == ["Dog", "DRONE shot down"]


async def test_what_was_not_read_in_time_is_asked_for_again_and_lost_by_no_304() -> None:
    keeper, state = MemoryKeeper(), FeedState(URL)
    body = "1|DRONE seen\n2|Cat\n3|DRONE shot down"
    first, _ = await _poll(_fetched(body), state, keeper, read_at_once=2)
    state = _keep(keeper, first)
    assert (state.status, state.validators, state.body_hash) == (FeedStatus.OK, Validators(), None)
    assert len(keeper.hashes) == 2
    second, parser = await _poll(_fetched(body), state, keeper, read_at_once=2)
    state = _keep(keeper, second)
    assert parser.read_titles == ["DRONE shot down"]
    assert len(keeper.hashes) == 3
    assert (state.validators, state.body_hash) == (Validators('"1"'), hash_of(body.encode()))


def test_a_date_in_the_future_or_before_there_were_feeds_decides_nothing() -> None:
    assert believed(NOON + timedelta(seconds=1), NOON) is None
    assert believed(datetime(9999, 1, 1, tzinfo=UTC), NOON) is None
    assert believed(datetime(1970, 1, 1, tzinfo=UTC), NOON) is None
    assert believed(None, NOON) is None
    assert believed(NOON, NOON) == NOON


def test_a_report_carries_the_publisher_that_the_entry_names() -> None:
    read = entry(URL, "1", "DRONE", NOON + timedelta(days=30))
    named = replace(read, entry=replace(read.entry, publisher="B Press"))
    (report,) = reports_of([named], FEED, NOON)
    assert report.publisher == "B Press"
    assert report.published is None
    assert report.first_seen == NOON
