"""The Atom export is held to the grammar of RFC 4287 by a validator, and to what the grammar cannot say."""

from pathlib import Path

import pytest
from lxml import etree

from tui.exports.feeds import atom_text
from tui.exports.view import View

GRAMMAR = Path(__file__).with_name("atom.rng")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(GRAMMAR))


def test_atom_is_valid_by_the_grammar_of_rfc_4287(view: View, grammar: etree.RelaxNG) -> None:
    feed = etree.fromstring(atom_text(view).encode())
    assert len(feed.findall(f"{ATOM}entry")) == 4
    assert grammar.validate(feed), grammar.error_log


def test_a_view_without_incidents_is_valid_too(view: View, grammar: etree.RelaxNG) -> None:
    nothing = View(view.query, view.taken, (), 0)
    feed = etree.fromstring(atom_text(nothing).encode())
    assert grammar.validate(feed), grammar.error_log


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("</updated>", " or so</updated>"),
        ("<entry>", "<entry><id>urn:one:too:many</id>"),
        ('<content type="text"', '<content type="loud"'),
        ("<content type=", "<content kind="),
        ("<entry>", "<entry><surprise/>"),
        ("</feed>", "<subtitle>after the entries</subtitle></feed>"),
        (" href=", " target="),
        ("<name>Overflight</name>", ""),
    ],
)
def test_the_grammar_refuses_what_is_no_atom(
    view: View, grammar: etree.RelaxNG, right: str, wrong: str
) -> None:
    text = atom_text(view)
    assert right in text
    assert not grammar.validate(etree.fromstring(text.replace(right, wrong, 1).encode()))


def test_atom_keeps_to_what_the_grammar_cannot_say(view: View) -> None:
    feed = etree.fromstring(atom_text(view).encode())
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None, "one author for every entry"
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids)
    for entry in feed.findall(f"{ATOM}entry"):
        alternates = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1
        assert entry.find(f"{ATOM}content") is not None
    assert "https://evil.example" not in {link.get("href") for link in feed.iter(f"{ATOM}link")}
