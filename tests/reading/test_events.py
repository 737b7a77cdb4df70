import pytest

from tests.reading.helpers import story
from tui.domain.codes import Event
from tui.domain.reading import Report
from tui.reading.event_acts import ACTS
from tui.reading.events import AS_MAIN, BIAS, tables
from tui.reading.facts import read_reports
from tui.reading.roles import RoleReader
from tui.reading.scene import lay_out

PRESENCE = {"sent by a state", "sender unknown"}


def report_of(title: str, summary: str = "", lang: str = "en") -> Report:
    """The main report, whatever the verdict: events must be right of every story that is kept."""
    scene = lay_out(story(title, summary, lang=lang), lang)
    return read_reports(scene, RoleReader(scene).read(scene.sentences))[0]


@pytest.mark.parametrize(
    ("title", "summary", "main"),
    [
        ("Russian bombers violate Swedish airspace", "", Event.VIOLATION),
        ("Two Chinese warplanes enter Taiwan's air defence identification zone", "", Event.ADIZ_ENTRY),
        ("Drones seen over naval base in Denmark", "", Event.SIGHTING),
        ("Norway scrambles F-35s after unknown aircraft nears its coast", "", Event.INTERCEPTION),
        ("Polish F-16 shoots down drone near Lublin", "", Event.SHOOTDOWN),
        ("Russian drone crashes in Latvian forest", "", Event.CRASH),
        ("Iranian drone strikes base in Kuwait", "", Event.STRIKE),
        ("Fishermen find wreckage of drone on Romanian beach", "", Event.DEBRIS_FOUND),
        ("Oslo airport closed for two hours after drone report", "", Event.AIRSPACE_CLOSURE),
        ("Finland summons Russian ambassador over airspace violation", "", Event.PROTEST),
        ("Moscow denies its jets violated Finnish airspace", "", Event.DENIAL),
        ("Denmark weighs new law to let army shoot down drones", "", Event.POLICY),
        ("United States shares intelligence on Chinese balloons with allies", "", Event.INTEL_SHARING),
        ("What we know about the drones over Copenhagen", "", Event.ANALYSIS),
    ],
)
def test_every_event_has_a_headline_that_is_about_it(title: str, summary: str, main: Event) -> None:
    assert report_of(title, summary).event[0] is main


@pytest.mark.parametrize(
    ("title", "summary", "main"),
    [
        ("Tallinn calls for Article 4 consultations after Russian jets cross its border", "", Event.POLICY),
        ("Prague apologises for drone shot down in Slovak airspace", "", Event.PROTEST),
        ("Lawmakers let army down any drone that breaks Latvian airspace", "", Event.POLICY),
        ("Coast guard searches for remains of downed balloon", "", Event.DEBRIS_FOUND),
        ("Farmers find crashed drone in Bulgarian field", "", Event.DEBRIS_FOUND),
        ("Moscow: bombers flew over neutral waters, Finnish claim false", "", Event.DENIAL),
        ("Tokyo condemns flight of Chinese drone", "", Event.PROTEST),
    ],
)
def test_what_a_headline_hangs_on_is_not_its_main_event(title: str, summary: str, main: Event) -> None:
    assert report_of(title, summary).event[0] is main


def test_a_story_of_a_line_crossed_without_a_breach_tells_of_no_violation() -> None:
    events = report_of(
        "Russian bombers enter Alaska's air defence identification zone",
        "Two fighters were scrambled. The aircraft did not violate American airspace.",
    ).event
    assert events[0] is Event.ADIZ_ENTRY
    assert Event.VIOLATION not in events


def test_a_shoot_down_that_is_only_allowed_is_a_rule_and_not_a_shoot_down() -> None:
    events = report_of("Lithuania allows its army to shoot down drones that enter from Belarus").event
    assert events[0] is Event.POLICY
    assert Event.SHOOTDOWN not in events


def test_every_event_read_has_the_words_it_was_read_from() -> None:
    report = report_of("Drones close Oslo airport", "Police saw three drones above the runway.")
    assert [span.value for span in report.spans if span.fact == "event"] == [
        str(code) for code in report.event
    ]


def test_the_tables_name_only_known_acts() -> None:
    known = {act.name for act in ACTS} | PRESENCE | {BIAS} | {AS_MAIN + event for event in Event}
    for weights in (tables().main, tables().told):
        assert {name for name, _ in weights} <= known


def test_the_learnt_table_knows_every_act_that_has_points() -> None:
    def pairs(weights: dict[tuple[str, str], tuple[tuple[Event, float], ...]]) -> set[tuple[str, str, Event]]:
        return {(*cue, event) for cue, told in weights.items() for event, _ in told}

    learnt = {event for _, _, event in pairs(tables().told)}
    assert learnt == {event for _, _, event in pairs(tables().main)}
