"""How sure a story is, and on whose word."""

import pytest

from tests.reading.helpers import main_report
from tui.domain.codes import Certainty
from tui.reading.certainty import cue_weights


def ground(
    title: str, summary: str = "", lang: str = "en"
) -> tuple[Certainty | None, str | None, str | None]:
    """The certainty, the speaker it rests on, and the words that name the speaker."""
    report = main_report(title, summary, lang=lang)
    found = next((span for span in report.spans if span.fact == "speaker"), None)
    if found is None:
        return report.certainty, None, None
    text = title if found.field == "title" else summary
    return report.certainty, found.value, text[found.start : found.end]


@pytest.mark.parametrize(
    ("title", "summary", "speaker", "words"),
    [
        ("Russian jet violates Estonian airspace, ministry confirms", "", "official EE", "ministry"),
        ("Russian jet violates Estonian airspace", "The air force followed it.", "official EE", "air force"),
        ("Russian jet violates Estonian airspace", "Officials in Tallinn said so.", "official EE", "Officials in Tallinn"),
        ("Russian jet violates Estonian airspace", "NATO said it was tracked.", "alliance", "NATO"),
        ("Belarus apologises after its helicopter violated Polish airspace", "", "official BY", "Belarus"),
    ],
)  # fmt: skip
def test_confirmed_rests_on_an_official_of_the_affected_state_or_on_the_actor(
    title: str, summary: str, speaker: str, words: str
) -> None:
    assert ground(title, summary) == (Certainty.CONFIRMED, speaker, words)


@pytest.mark.parametrize(
    ("lang", "title", "summary", "speaker"),
    [
        ("pl", "Rosyjski dron naruszył polską przestrzeń powietrzną", "Wojsko podało szczegóły.", "official PL"),
        ("de", "Russischer Jet verletzt Luftraum über Estland", "Das Verteidigungsministerium teilte dies mit.", "official EE"),
        ("ru", "Российский истребитель нарушил воздушное пространство Эстонии", "Министерство обороны сообщило об этом.", "official EE"),
        ("ja", "中国軍機が日本の領空を侵犯", "防衛省が発表した。", "official JP"),
        ("fi", "Venäläinen hävittäjä loukkasi Suomen ilmatilaa", "Puolustusministeriö kertoi asiasta.", "official FI"),
        ("sv", "Ryskt stridsflygplan kränkte svenskt luftrum", "Det uppger Försvarsmakten.", "official SE"),
    ],
)  # fmt: skip
def test_officials_are_known_in_other_languages(lang: str, title: str, summary: str, speaker: str) -> None:
    assert ground(title, summary, lang)[:2] == (Certainty.CONFIRMED, speaker)


def test_a_story_without_an_official_has_no_speaker() -> None:
    assert ground("Russian jet violates Estonian airspace") == (Certainty.CONFIRMED, None, None)


def test_an_official_of_another_state_is_not_the_affected_states() -> None:
    code, speaker, _ = ground("Russian jet violates Estonian airspace", "The Swedish government said so.")
    assert (code, speaker) == (Certainty.CONFIRMED, None)


@pytest.mark.parametrize(
    ("title", "summary", "certainty"),
    [
        ("Suspected Russian drone violates Latvian airspace", "", Certainty.SUSPECTED),
        ("Russian drone probably crossed into Latvia, army believes", "", Certainty.SUSPECTED),
        ("Drones spotted over Hamburg airport", "Flights were halted.", Certainty.SUSPECTED),
        ("North Korea accuses Seoul of flying drones over Pyongyang", "", Certainty.ALLEGED),
        ("Belarus says Polish helicopter violated its airspace", "Warsaw did not comment.", Certainty.ALLEGED),
        ("Poland says Russian jet crossed border; Moscow rejects claim", "", Certainty.DISPUTED),
        ("Moscow denies its jets violated Estonian airspace", "", Certainty.DENIED),
        ("Drone that closed Oslo airport turned out to be a star", "Police ended the inquiry.", Certainty.UNFOUNDED),
        ("Drone over Oslo airport was a false alarm, police say", "", Certainty.UNFOUNDED),
    ],
)  # fmt: skip
def test_the_words_and_the_speakers_say_how_sure_it_is(
    title: str, summary: str, certainty: Certainty
) -> None:
    assert main_report(title, summary).certainty is certainty


def test_the_other_partys_sentence_is_the_ground_of_a_dispute() -> None:
    story = ("Poland says Russian jet crossed border", "Moscow denied that its aircraft left neutral waters.")
    assert ground(*story) == (Certainty.DISPUTED, "official RU", "Moscow")


def test_a_state_that_is_only_told_or_owns_the_craft_does_not_speak() -> None:
    code, speaker, _ = ground("Estonia protests to Moscow after Russian jets violate its airspace")
    assert (code, speaker) == (Certainty.CONFIRMED, "official EE")


def test_the_deciding_words_of_a_doubt_are_marked() -> None:
    title = "Suspected Russian drone violates Latvian airspace"
    spans = [span for span in main_report(title).spans if span.fact == "certainty"]
    assert [title[span.start : span.end] for span in spans] == ["Suspected"]


def test_a_cue_never_weighs_against_the_value_it_stands_beside() -> None:
    assert all(
        weight >= 0
        for name, values in cue_weights().items()
        if name != "always"
        for weight in values.values()
    )


@pytest.mark.parametrize(
    ("title", "summary", "lang", "certainty", "speaker"),
    [
        # Who is spoken to, or of, does not speak.
        ("Polish helicopter crosses into Belarus", "Warsaw was informed of the breach.", "en", Certainty.CONFIRMED, None),
        # The colon of a headline is a verb of saying, the only one of its sentence.
        ("Minsk: Polish helicopter crosses border near Grodno", "", "en", Certainty.CONFIRMED, "official BY"),
        # A denial by an official of no named state is the accused's.
        ("Минобороны: российские МиГ-29 не нарушали границ Финляндии", "", "ru", Certainty.DENIED, "official RU"),
        # Suspects are people, no doubt.
        ("Balloons cross into Lithuania", "Two suspects were arrested, police said.", "en", Certainty.CONFIRMED, "official LT"),
    ],
)  # fmt: skip
def test_a_speaker_is_one_who_speaks(
    title: str, summary: str, lang: str, certainty: Certainty, speaker: str | None
) -> None:
    assert ground(title, summary, lang)[:2] == (certainty, speaker)
