"""The source list of an incident, as lines."""

from datetime import UTC, datetime, timedelta

from tui.domain.sources import ChainLink, SourceChain
from tui.ui.panes.sources import source_lines
from tui.ui.untrusted import cells

NOW = datetime(2026, 3, 18, 14, 32, tzinfo=UTC)
CHAIN = SourceChain(
    (
        ChainLink("a", "Gazette", "Gazette", NOW - timedelta(minutes=200), opens=True),
        ChainLink(
            "b",
            "TASS",
            "TASS",
            NOW - timedelta(minutes=150),
            opens=True,
            label="state media of Russia, a party",
        ),
        ChainLink(
            "c",
            "Courier",
            "Gazette",
            NOW - timedelta(minutes=100),
            opens=False,
            copy_of="Gazette",
            why="the same words as Gazette",
        ),
    )
)


def text_of(width: int) -> list[str]:
    return ["".join(text for text, _ in line).rstrip() for line in source_lines(CHAIN, width, NOW, None)]


def test_the_list_opens_with_how_many_stand_behind_it_and_who_was_first() -> None:
    assert text_of(120)[0] == (
        "2 independent publishers, 1 story carries another's words; first Gazette 18 Mar 11:12Z, next TASS 18 Mar 12:02Z"
    )


def test_a_copy_stands_below_whom_it_copies_and_a_party_s_voice_is_named() -> None:
    assert text_of(120)[2:] == [
        "11:12Z ● Gazette",
        "12:52Z └ Courier          the same words as Gazette",
        "12:02Z ● TASS             state media of Russia, a party",
    ]


def test_nothing_is_wider_than_the_pane() -> None:
    for width in (40, 58, 70):
        assert all(cells(line) <= width for line in source_lines(CHAIN, width, NOW, None))


def test_an_incident_without_stories_has_no_source_list() -> None:
    assert source_lines(SourceChain(), 80, NOW, None) == []
