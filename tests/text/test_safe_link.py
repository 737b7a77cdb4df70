"""A link that may be stored and opened, or nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.reading.plain_text import LINK_LIMIT, safe_link


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vscode://x", "ssh://-oProxy", "\\\\host\\share",
        "//a.example/x", "a.example", "%action--incognito", "--help", "https:///x", "https://", "http://[::1/",
        "https://a.example/\n--new-window", 'https://a.example/ "; touch x; "', "https://a.example/\x1b[31m",
        "https://a.example:99999/", "https://-a.example/", "https://a b.example/", "https://a.example/" + "a" * LINK_LIMIT,
        "https://a.example/\ud800", "https://\u202ea.example/", "https://a.example\\@b.example/", "",
    ],
)  # fmt: skip
def test_what_no_browser_should_be_given_is_refused(url: str) -> None:
    assert safe_link(url) == ""


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/x?y=1&z=2#top", "https://a.example/x?y=1&z=2#top"),
        ("  https://a.example/x\n", "https://a.example/x"),
        ("HTTPS://A.Example:8443/X", "https://a.example:8443/X"),
        ("https://bank.example@evil.example/", "https://evil.example/"),
        ("https://user:pw@a.example/", "https://a.example/"),
        ("https://zürich.example/ä%20b?q=ü", "https://xn--zrich-kva.example/%C3%A4%20b?q=%C3%BC"),
        ("https://а.example/", "https://xn--80a.example/"),
        ("http://[2001:db8::1]:80/", "http://[2001:db8::1]:80/"),
    ],
)
def test_an_honest_link_comes_out_as_ascii_without_userinfo(url: str, link: str) -> None:
    assert safe_link(url) == link


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(
        st.text(),
        st.text().map(lambda tail: f"https://{tail}"),
        st.text().map(lambda t: f"http://a.example/{t}"),
    )
)
def test_any_text_gives_a_settled_ascii_link_or_nothing(url: str) -> None:
    link = safe_link(url)
    assert safe_link(link) == link
    assert len(link) <= LINK_LIMIT
    assert all("!" <= character <= "~" for character in link)
    assert not link or link.startswith(("http://", "https://"))
