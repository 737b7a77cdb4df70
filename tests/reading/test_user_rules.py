"""A user's rules change what is read, say so by their name, and cost nothing where there are none."""

from dataclasses import replace
from pathlib import Path

import pytest

import tui.reading
from tests.reading.helpers import story
from tests.work import work
from tui.domain.reading import Reading
from tui.domain.rules import BiasRule, MuteRule, PlaceRule, Rules, TermRule
from tui.reading.reader import read_story
from tui.reading.version import reader_version, rule_files

BLIMP = TermRule("cluster blimps", "o.balloon", "en", ("skysack*",))
QUIET = "City council talks about a new tram line"


def said(reading: Reading) -> str:
    return " | ".join(f"{why.reason}: {why.words}" for why in reading.verdict.why)


def test_an_extra_term_opens_the_gate_and_its_rule_is_named() -> None:
    text = story("Belarusian skysacks violate Lithuanian airspace again")
    plain, ruled = read_story(text), read_story(text, Rules(terms=(BLIMP,)))
    assert "balloon" not in {code for report in plain.reports for code in report.object}
    assert ruled.verdict.relevant
    assert ruled.reports[0].object == ("balloon",)
    assert "balloon (your rule 'cluster blimps'): skysacks" in said(ruled)
    spans = [span for span in ruled.reports[0].spans if span.fact == "object"]
    assert [text.title[span.start : span.end] for span in spans] == ["skysacks"]


@pytest.mark.parametrize(
    ("lang", "term", "title"),
    [
        ("pl", "workolot*", "Workoloty naruszyły polską przestrzeń powietrzną"),
        ("zh-Hans", "天袋", "白俄罗斯天袋侵犯立陶宛领空"),
        ("mul", "skysack*", "Skysacky ze strony Białorusi naruszyły przestrzeń powietrzną Litwy"),
    ],
)
def test_an_extra_term_holds_in_its_language_or_in_all(lang: str, term: str, title: str) -> None:
    rules = Rules(terms=(TermRule("mine", "o.balloon", lang, (term,)),))
    reading = read_story(story(title, lang=None), rules)
    assert reading.verdict.relevant
    assert "your rule 'mine'" in said(reading)


def test_an_extra_term_of_another_language_is_not_heard() -> None:
    rules = Rules(terms=(TermRule("mine", "o.balloon", "sv", ("skysack*",)),))
    text = story("Belarusian skysacks violate Lithuanian airspace again")
    assert read_story(text, rules).verdict.score == read_story(text).verdict.score


def test_muted_words_are_passed_over_and_the_rule_says_so() -> None:
    text = story("Russian drone violates Polish airspace")
    rules = Rules(mutes=(MuteRule("no drones", "mul", ("drone*",)),))
    reading = read_story(text, rules)
    assert "passed over (your rule 'no drones'): drone" in said(reading)
    assert not any(why.reason == "drone" for why in reading.verdict.why)


@pytest.mark.parametrize("word", ["drone", "balloon", "airspace"])
def test_words_that_a_hostile_feed_repeats_cost_a_rule_no_more_than_others(word: str) -> None:
    rules = Rules(
        terms=(TermRule("mine", "o.balloon", "mul", ("balloon* * airspace", "a* * a* * a*")),),
        mutes=(
            MuteRule("m", "mul", (f"{word}*", "drone * closed")),
            MuteRule("s", "mul", ("drone* * x",), story=True),
        ),
        places=(PlaceRule("here", ("airport",), "PL", 52.0, 21.0, 50.0),),
    )
    text = story("Drone airport closed", f"{word} airport closed " * 1_400)
    read_story(text, rules)
    short = story("Drone airport closed", f"{word} airport closed " * 700)
    assert work(lambda: read_story(text, rules)) < 2.5 * work(lambda: read_story(short, rules)) + 10_000


def test_a_muted_story_is_dropped_whatever_else_it_says() -> None:
    text = story("Russian drone violates Polish airspace, our podcast asks why")
    rules = Rules(mutes=(MuteRule("podcasts", "en", ("podcast*",), story=True),))
    plain, muted = read_story(text), read_story(text, rules)
    assert plain.verdict.relevant
    assert not muted.verdict.relevant
    assert not muted.reports
    assert muted.verdict.score < muted.verdict.threshold
    assert "the whole story is muted (your rule 'podcasts'): podcast" in said(muted)
    assert read_story(story("Russian drone violates Polish airspace"), rules).verdict.relevant


def test_a_lean_adds_to_the_score_of_its_feed_alone() -> None:
    lean = Rules(biases=(BiasRule("trusted", "https://mod.example/rss", 1.25),))
    text = story("Drone seen near the airport")
    ours = replace(text, feed="https://mod.example/rss")
    plain = read_story(text).verdict.score
    assert read_story(ours, lean).verdict.score == pytest.approx(plain + 1.25)
    assert read_story(text, lean).verdict.score == plain
    assert "this feed (your rule 'trusted')" in said(read_story(ours, lean))


def test_a_watched_place_is_known_with_its_state_and_its_point() -> None:
    place = PlaceRule("Kvietkai depot", ("Kvietkai*",), "LT", 55.1, 24.2)
    reading = read_story(story("Drone crashes near Kvietkai depot"), Rules(places=(place,)))
    assert reading.verdict.relevant
    found = reading.reports[0].place
    assert found is not None
    assert (found.name, found.country, found.lat, found.lon) == ("Kvietkai depot", "LT", 55.1, 24.2)
    assert reading.reports[0].affected == ("LT",)
    assert "watched place (your rule 'Kvietkai depot')" in said(reading)


def test_what_lies_around_a_watched_point_counts_and_what_is_farther_does_not() -> None:
    text = story("Unidentified drone violates airspace over Kaunas")
    near = Rules(places=(PlaceRule("home", (), None, 54.9, 24.0, within=40, add=0.5),))
    far = Rules(places=(PlaceRule("home", (), None, 50.0, 20.0, within=40, add=0.5),))
    assert read_story(text, near).verdict.score == pytest.approx(read_story(text).verdict.score + 0.5)
    assert "watched place (your rule 'home'): Kaunas" in said(read_story(text, near))
    assert "watched place" not in said(read_story(text, far))


def test_a_watched_state_is_noted_when_it_is_named() -> None:
    rules = Rules(places=(PlaceRule("the north", country="EE"),))
    assert "watched place (your rule 'the north'): Estonian" in said(
        read_story(story("Russian jets violate Estonian airspace"), rules)
    )
    assert "watched place" not in said(read_story(story("Russian jets violate Polish airspace"), rules))


def test_the_war_switch_keeps_what_the_war_filter_would_hide() -> None:
    text = story("Ukraine shoots down 40 Russian drones overnight")
    plain, shown = read_story(text), read_story(text, Rules(war_routine=True))
    assert plain.verdict.war_routine
    assert not plain.verdict.relevant
    assert shown.verdict.relevant
    assert not shown.verdict.war_routine
    assert shown.verdict.score >= shown.verdict.threshold
    assert shown.reports
    assert "routine between states at war, shown as your settings ask" in said(shown)


def test_the_weights_that_are_told_make_up_the_score() -> None:
    rules = Rules(
        terms=(BLIMP,),
        biases=(BiasRule("trusted", "https://mod.example/rss", 1.25),),
        mutes=(MuteRule("podcasts", "en", ("podcast*",), story=True),),
        war_routine=True,
    )
    texts = (
        "Skysacks violate Lithuanian airspace",
        "Our podcast: drones violate Lithuanian airspace",
        "Ukraine shoots down 40 Russian drones overnight",
    )
    empty = replace(story("Balloon"), feed=None)
    bias = read_story(empty).verdict
    start = bias.score - sum(why.weight for why in bias.why)
    for title in texts:
        verdict = read_story(replace(story(title), feed="https://mod.example/rss"), rules).verdict
        assert verdict.score == pytest.approx(start + sum(why.weight for why in verdict.why), abs=0.01)


def test_rules_that_speak_of_nothing_in_a_story_change_nothing() -> None:
    rules = Rules(terms=(BLIMP,), mutes=(MuteRule("m", "mul", ("zeppelintreffen",)),))
    for title in (QUIET, "Russian drone violates Polish airspace", "Balloon festival opens"):
        assert read_story(story(title), rules) == read_story(story(title))


def test_the_version_that_is_stored_changes_with_every_rule_and_back() -> None:
    assert reader_version() == reader_version(Rules())
    other = replace(BLIMP, terms=("skybag*",))
    versions = {
        reader_version(rules)
        for rules in (
            Rules(),
            Rules(terms=(BLIMP,)),
            Rules(terms=(other,)),
            Rules(war_routine=True),
            Rules(mutes=(MuteRule("m", "mul", ("x",)),)),
        )
    }
    assert len(versions) == 5
    assert reader_version(Rules(terms=(BLIMP,))) == reader_version(Rules(terms=(replace(BLIMP),)))


def test_the_version_digests_the_rules_of_reading_grouping_and_history_and_no_labelled_stories() -> None:
    package = Path(tui.reading.__file__).parent
    written = {
        path.relative_to(package).as_posix() for path in package.rglob("*") if path.suffix in {".py", ".tsv"}
    }
    assert {name for name in written if not name.startswith("selftest/")} == set(rule_files())
    assert {"grouping/weights.py", "history/ledger.py", "lexicon/en.tsv"} <= set(rule_files())
