"""The user's rules in feeds.toml: what they may say, and one clear message for everything they may not."""

from pathlib import Path

import pytest

from tests.work import work
from tui.domain.rules import BiasRule, MuteRule, PlaceRule, Rules, TermRule
from tui.feeds.feed_list import FeedListError, load_feed_list

FEED = '[[feed]]\nurl = "https://news.example/rss"\nname = "News"\n'
TERM = '[[term]]\nname = "blimps"\nconcept = "o.balloon"\nlang = "en"\nterms = ["skysack*"]\n'


def written(folder: Path, content: str, name: str = "feeds.toml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def rules_of(folder: Path, content: str) -> Rules:
    return load_feed_list(written(folder, FEED + content), {}).rules


def refusal(folder: Path, content: str) -> FeedListError:
    with pytest.raises(FeedListError) as caught:
        load_feed_list(written(folder, FEED + content), {})
    return caught.value


def test_a_list_without_rules_has_none(tmp_path: Path) -> None:
    assert not rules_of(tmp_path, "")


def test_everything_that_may_be_written_is_read(tmp_path: Path) -> None:
    rules = rules_of(
        tmp_path,
        TERM
        + """
[reading]
war_routine = "show"

[[mute]]
name = "shows"
terms = ["drone show*", "* light show"]

[[mute]]
name = "podcasts"
lang = "en"
terms = ["podcast"]
story = true

[[bias]]
name = "trusted"
feed = "news"
add = 1.5

[[place]]
name = "Depot"
words = ["Kvietkai*", "Kvietkų bazė"]
country = "LT"
lat = 55.1
lon = 24.2
within = 30
add = 0.5

[[place]]
name = "The North"
country = "EE"
""",
    )
    assert rules == Rules(
        terms=(TermRule("blimps", "o.balloon", "en", ("skysack*",)),),
        mutes=(
            MuteRule("shows", "mul", ("drone show*", "* light show")),
            MuteRule("podcasts", "en", ("podcast",), story=True),
        ),
        biases=(BiasRule("trusted", "https://news.example/rss", 1.5),),
        places=(
            PlaceRule("Depot", ("Kvietkai*", "Kvietkų bazė"), "LT", 55.1, 24.2, 30.0, 0.5),
            PlaceRule("The North", country="EE"),
        ),
        war_routine=True,
    )


def test_rules_may_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    written(tmp_path, TERM, "mine.toml")
    rules = rules_of(tmp_path, '[reading]\nrules = "mine.toml"\n')
    assert [rule.name for rule in rules.terms] == ["blimps"]


@pytest.mark.parametrize(
    ("content", "wrong", "fix"),
    [
        (TERM.replace("o.balloon", "o.baloon"), "[[term]] 'blimps', concept: 'o.baloon' is no concept", "o.balloon"),
        (TERM.replace('"en"', '"eng"'), "[[term]] 'blimps', lang: 'eng' is no language", "et"),
        (TERM.replace('["skysack*"]', "[]"), "[[term]] 'blimps', terms: is empty", "write terms"),
        (TERM.replace("skysack*", "* *"), "[[term]] 'blimps', terms: '* *' has no letters", "write words"),
        (TERM.replace("skysack*", "a*b*c*d*e*f*g*h"), "more than 6 parts", "take some out"),
        (TERM.replace("skysack*", "x" * 101), "longer than 100", "shorten"),
        (TERM.replace('terms = ["skysack*"]', 'terms = "skysack"'), "terms: is text in quotes", "a list"),
        (TERM.replace("terms", "termes"), "termes: is no key", "spelling"),
        (TERM.replace('name = "blimps"\n', ""), "name: is missing", "add a line"),
        (TERM.replace('"blimps"', '""'), "name: is empty", "write a name"),
        (TERM + TERM, "two rules are named 'blimps'", "another name"),
        ('[[mute]]\nname = "m"\nterms = ["..."]\nstory = 1\n', "story: is a whole number", "true or false"),
        ('[[bias]]\nname = "b"\nfeed = "News"\nadd = 0\n', "[[bias]] 'b', add: 0 changes nothing", "take the rule out"),
        ('[[bias]]\nname = "b"\nfeed = "News"\nadd = 11\n', "add: 11 is out of bounds", "from -10 to 10"),
        ('[[bias]]\nname = "b"\nfeed = "News"\nadd = nan\n', "add: nan is out of bounds", "from -10 to 10"),
        ('[[bias]]\nname = "b"\nfeed = " "\nadd = 1\n', "feed: is empty", "name or the address"),
        ('[[place]]\nname = "p"\nlat = 55.0\n', "[[place]] 'p', lon: is missing", "both lat and lon"),
        ('[[place]]\nname = "p"\nlat = 95.0\nlon = 0\n', "lat: 95 is no such degree", "from -90 to 90"),
        ('[[place]]\nname = "p"\ncountry = "XX"\n', "country: 'XX' is no state's code", '"PL"'),
        ('[[place]]\nname = "p"\nwords = []\n', "words: is empty", "a point, or a country"),
        ('[[place]]\nname = "p"\nwithin = 5\n', "within: needs a point", "lat and lon"),
        ('[[place]]\nname = "p"\nwords = ["a * b"]\n', "words: 'a * b' has a star inside", "its end"),
        ('[reading]\nwar_routine = "maybe"\n', "war_routine: 'maybe' is no choice", '"show"'),
        ('[reading]\nwar = "show"\n', "war: is no key", "spelling"),
        ('[reading]\nrules = "none.toml"\n', "none.toml: there is no such file", ""),
        ('[term]\nname = "x"\n', "[term] is one table", "two brackets"),
        ('[[terms]]\nname = "x"\n', "terms: is no table of a feed list", "[[term]]"),
    ],
)  # fmt: skip
def test_a_wrong_rule_names_file_table_rule_key_and_cure(
    tmp_path: Path, content: str, wrong: str, fix: str
) -> None:
    said = str(refusal(tmp_path, content))
    assert str(tmp_path) in said
    assert wrong in said
    assert fix in said


def test_a_wrong_rule_in_a_file_of_its_own_names_that_file_and_line(tmp_path: Path) -> None:
    written(tmp_path, "# mine\n" + TERM.replace("o.balloon", "balloon"), "mine.toml")
    said = str(refusal(tmp_path, '[reading]\nrules = "mine.toml"\n'))
    assert f"{tmp_path / 'mine.toml'}, line 4: [[term]] 'blimps', concept" in said
    written(tmp_path, FEED, "mine.toml")
    assert "feed: is no table of a file of rules" in str(
        refusal(tmp_path, '[reading]\nrules = "mine.toml"\n')
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[[bias]]\nname = "b"\nfeed = "Nws"\nadd = 1\n', "'b': no feed is named 'Nws'"),
        (TERM.replace("skysack*", "Balloon"), "'blimps': 'Balloon' is in the term files already"),
        (TERM.replace("skysack*", "radiosondes"), "'radiosondes' is found already, as 'radiosonde*'"),
        (TERM + TERM.replace("blimps", "again"), "'again': 'skysack*' stands in 'blimps' too"),
        (TERM + '[[mute]]\nname = "m"\nterms = ["Skysack*"]\n', "'skysack*' can never match, as 'm' mutes it"),
        ('[[mute]]\nname = "m"\nterms = ["a"]\n', "'a' is so short"),
        (
            '[[mute]]\nname = "m"\nterms = ["expo"]\n[[mute]]\nname = "n"\nterms = ["EXPO"]\n',
            "'n': 'EXPO' stands in 'm' too",
        ),
    ],
)  # fmt: skip
def test_a_rule_that_can_do_nothing_or_too_much_is_warned_of(tmp_path: Path, content: str, said: str) -> None:
    warnings = load_feed_list(written(tmp_path, FEED + content), {}).warnings
    assert any(said in warning and str(tmp_path) in warning for warning in warnings), warnings


def test_rules_in_order_are_not_warned_of(tmp_path: Path) -> None:
    assert load_feed_list(written(tmp_path, FEED + TERM), {}).warnings == ()


def test_the_examples_at_the_head_of_the_shipped_list_are_in_order(tmp_path: Path) -> None:
    head = (
        (Path(__file__).parents[2] / "feeds.toml")
        .read_text(encoding="utf-8")
        .partition("# Rules of your own")[2]
    )
    lines = [line.removeprefix("#   ") for line in head.splitlines() if line.startswith("#   ")]
    example = "\n".join(line for line in lines if not line.startswith("rules ="))
    secrets = {"HOOK": "token", "HOOK_SECRET": "secret", "NTFY_TOKEN": "token", "LAMP_KEY": "key"}
    found = load_feed_list(
        written(tmp_path, FEED.replace('"News"', '"Ministry of Defence"') + example), secrets
    )
    assert (
        len(found.rules.terms),
        len(found.rules.mutes),
        len(found.rules.biases),
        len(found.rules.places),
    ) == (1, 1, 1, 1)
    assert found.rules.war_routine
    assert (len(found.alerts.rules), len(found.alerts.channels)) == (1, 4)
    assert found.warnings == ()


def test_many_rules_are_checked_without_comparing_each_with_every_term(tmp_path: Path) -> None:
    def checking(many: int) -> int:
        tables = "".join(
            f'[[term]]\nname = "t{n}"\nconcept = "o.balloon"\nterms = ["word{n}x"]\n' for n in range(many)
        )
        path = tmp_path / f"{many}.toml"
        path.write_text(FEED + tables, encoding="utf-8")
        load_feed_list(path, {})
        return work(lambda: load_feed_list(path, {}))

    assert checking(800) < 3 * checking(400)
