"""Most links are taken as they are written: those that joining and cleaning would not change."""

from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.feeds.entries import PLAIN_LINK, PLAIN_LINK_LIMIT
from tui.reading.plain_text import safe_link

LABELS = st.lists(st.text("ab0-", min_size=1, max_size=5), min_size=1, max_size=4).map(".".join)
PATHS = st.text("aZ9/_~%@!$'()*+,:=&.-", max_size=12)
LINKS = st.builds(
    "{}://{}/{}{}".format,
    st.sampled_from(["http", "https"]),
    LABELS,
    PATHS,
    PATHS.map("?{}".format) | st.just(""),
)


@pytest.mark.parametrize("base", ["https://news.example/rss/all.xml", "http://news.example/a/b?c=d"])
def test_a_plain_link_is_what_joining_and_cleaning_make_of_it(base: str) -> None:
    plain = 0

    @settings(max_examples=300, deadline=None, database=None)
    @given(LINKS)
    def stays(link: str) -> None:
        nonlocal plain
        if len(link) <= PLAIN_LINK_LIMIT and PLAIN_LINK.fullmatch(link):
            plain += 1
            assert safe_link(urljoin(base, link)) == link

    stays()
    assert plain > 10


@pytest.mark.parametrize(
    "link",
    ["/relative", "https://user@news.example/", "https://news.example:81/", "https://News.example/", "https://news.example/a b",
     "https://news.example/#part", "https://news.example/?", "https://news.example", "javascript:alert(1)", "https://ü.example/"],
)  # fmt: skip
def test_any_other_link_goes_through_both(link: str) -> None:
    assert PLAIN_LINK.fullmatch(link) is None
