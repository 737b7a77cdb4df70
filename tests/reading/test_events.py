import pytest

from tests.reading.helpers import story
from tui.domain.codes import Event
from tui.domain.reading import Report
from tui.reading.event_acts import ACTS, NOT_SENT, PAIRS, SENT
from tui.reading.events import AS_MAIN, BIAS, tables
from tui.reading.facts import read_reports
from tui.reading.roles import RoleReader
from tui.reading.scene import lay_out

PRESENCE = {SENT, NOT_SENT} | {pair.name for pair in PAIRS}


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


@pytest.mark.parametrize(
    ("title", "summary", "main"),
    [
        # The crossing is told: it comes first, and what was answered second.
        ("Helsinki lodges protest after Russian bomber enters Finnish airspace", "", Event.VIOLATION),
        (
            "Peru protests over Chilean helicopter",
            "Two crews entered without permission near Tacna, Lima said.",
            Event.VIOLATION,
        ),
        (
            "Latvian jets chase Russian helicopter",
            "The Mi-8 crossed the border twice on Monday.",
            Event.VIOLATION,
        ),
        ("Baltic jets up as drone breaches Lithuania", "", Event.VIOLATION),
        # The crossing is only named, or only a line was crossed.
        ("Helsinki lodges protest over airspace violation", "", Event.PROTEST),
        (
            "Taipei scrambles fighters as Chinese bombers drill",
            "The aircraft flew into the ADIZ and left.",
            Event.ADIZ_ENTRY,
        ),
        ("Beijing protests at downing of balloon that strayed over Texas", "", Event.PROTEST),
        # Words against a strike tell of the strike.
        ("Oman condemns Iranian missile attack on its port", "", Event.STRIKE),
        # What became of the craft comes before its crossing.
        ("Finnish jet shoots down drone that crossed the border from Russia", "", Event.SHOOTDOWN),
        # Air that is closed to all is no site.
        ("Light aircraft enters no-fly zone over Berlin chancellery", "", Event.VIOLATION),
        # Whose craft it is makes the difference between seen and intruding.
        ("Chinese balloon seen over Peru", "", Event.VIOLATION),
        ("Balloon seen over Peru", "", Event.SIGHTING),
        # A minister who falls is the news; what he fell over is not.
        ("Latvian minister resigns over drone crash", "", Event.POLICY),
        # An apology admits nothing but regret.
        ("Yangon apologises for jet's incursion into Thailand", "", Event.PROTEST),
        ("Divers search lake for remains of downed object", "", Event.DEBRIS_FOUND),
    ],
)
def test_what_happened_stands_before_the_answer_when_it_is_told(
    title: str, summary: str, main: Event
) -> None:
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


IN_OTHER_LANGUAGES = [
    ("de", "Litauen bestellt russischen Botschafter nach Luftraumverletzung ein", Event.PROTEST),
    ("de", "Moskau bestreitet Verletzung des finnischen Luftraums", Event.DENIAL),
    ("de", "Trümmer einer Drohne in Rumänien gefunden", Event.DEBRIS_FOUND),
    ("de", "Kabinett beschließt Gesetzentwurf zur Drohnenabwehr", Event.POLICY),
    ("de", "Drohne über Fliegerhorst gesichtet", Event.SIGHTING),
    ("fr", "Varsovie convoque l'ambassadeur russe après une violation de son espace aérien", Event.PROTEST),
    ("fr", "Moscou dément toute violation de l'espace aérien estonien", Event.DENIAL),
    ("fr", "Des débris de drone retrouvés en Roumanie", Event.DEBRIS_FOUND),
    ("fr", "Un drone russe viole l'espace aérien polonais", Event.VIOLATION),
    ("es", "Rumanía convoca al embajador ruso por la violación de su espacio aéreo", Event.PROTEST),
    ("es", "Cierran el aeropuerto de Bilbao por la presencia de un dron", Event.AIRSPACE_CLOSURE),
    ("es", "Hallan restos de un dron ruso en Moldavia", Event.DEBRIS_FOUND),
    ("pt", "Polónia convoca embaixador russo após violação do espaço aéreo", Event.PROTEST),
    ("it", "Mosca smentisce la violazione dello spazio aereo estone", Event.DENIAL),
    ("it", "Drone russo precipita in Lettonia", Event.CRASH),
    ("ro", "România: fragmente de dronă găsite lângă Dunăre", Event.DEBRIS_FOUND),
    ("ro", "Dronă rusească a încălcat spațiul aerian al României", Event.VIOLATION),
    ("nl", "Drones boven vliegbasis gezien", Event.SIGHTING),
    ("nl", "Polen ontbiedt Russische ambassadeur om drones", Event.PROTEST),
    ("sv", "Finland kallar upp Rysslands ambassadör efter kränkning av luftrummet", Event.PROTEST),
    ("sv", "Ryska bombplan kränkte finländskt luftrum", Event.VIOLATION),
    ("nb", "Oslo lufthavn stengt etter droneobservasjon", Event.AIRSPACE_CLOSURE),
    ("da", "Aarhus lufthavn lukket efter droner over banen", Event.AIRSPACE_CLOSURE),
    ("fi", "Venäläiset hävittäjät loukkasivat Suomen ilmatilaa", Event.VIOLATION),
    ("et", "Vene lennuk rikkus Eesti õhuruumi", Event.VIOLATION),
    ("lv", "Latgalē atrastas drona atlūzas", Event.DEBRIS_FOUND),
    ("lt", "Vilniaus oro uostas uždarytas dėl balionų", Event.AIRSPACE_CLOSURE),
    ("pl", "Warszawa wzywa ambasadora Rosji po naruszeniu przestrzeni powietrznej", Event.PROTEST),
    ("pl", "Rosyjski dron spadł na pole kukurydzy w Polsce", Event.CRASH),
    ("pl", "Poderwano myśliwce po wykryciu rosyjskich bombowców nad Bałtykiem", Event.INTERCEPTION),
    ("ru", "Россия отрицает нарушение воздушного пространства Эстонии", Event.DENIAL),
    ("ru", "Финляндия вызвала посла России из-за нарушения воздушного пространства", Event.PROTEST),
    ("uk", "Румунія викликала посла РФ через порушення повітряного простору", Event.PROTEST),
    ("uk", "Російський безпілотник порушив повітряний простір Польщі", Event.VIOLATION),
    ("el", "Τουρκικά F-16 παραβίασαν τον εθνικό εναέριο χώρο", Event.VIOLATION),
    ("tr", "Yunan savaş uçağı Türk hava sahasını ihlal etti", Event.VIOLATION),
    ("ar", "طائرة مسيرة إسرائيلية تنتهك المجال الجوي اللبناني", Event.VIOLATION),
    ("he", "כטב״ם חדר לשטח ישראל מלבנון", Event.VIOLATION),
    ("fa", "سفیر روسیه به دلیل نقض حریم هوایی احضار شد", Event.PROTEST),
    ("ja", "中国無人機が尖閣諸島の領空を侵犯", Event.VIOLATION),
    ("ja", "日本政府、領空侵犯で中国に抗議", Event.PROTEST),
    ("ko", "정부, 중국 군용기 카디즈 진입에 항의", Event.PROTEST),
    ("ko", "러시아 군용기 독도 영공 침범", Event.VIOLATION),
    ("zh-Hant", "外交部抗議中國無人機侵犯領空", Event.PROTEST),
    ("zh-Hant", "共機12架次逾越海峽中線", Event.ADIZ_ENTRY),
    ("zh-Hans", "立陶宛机场因气球关闭", Event.AIRSPACE_CLOSURE),
    ("zh-Hans", "外交部否认无人机侵犯领空", Event.DENIAL),
    ("ja", "ロシア機が北海道沖で領空侵犯、外務省が抗議", Event.VIOLATION),
    ("nl", "Poolse straaljagers halen drie Russische drones boven Lublin neer", Event.SHOOTDOWN),
    ("de", "Lettlands Verteidigungsminister tritt nach Drohnenabsturz zurück", Event.POLICY),
    ("fr", "Le ministre letton démissionne après la chute d'un drone", Event.POLICY),
]


@pytest.mark.parametrize(("lang", "title", "main"), IN_OTHER_LANGUAGES)
def test_headlines_of_other_languages_are_about_their_event(lang: str, title: str, main: Event) -> None:
    assert report_of(title, lang=lang).event[0] is main


@pytest.mark.parametrize(
    ("lang", "title", "main"),
    [
        ("en", "17 drones flew into Romanian airspace, three were shot down", Event.VIOLATION),
        ("de", "17 Drohnen flogen nach Polen ein, drei wurden abgeschossen", Event.VIOLATION),
        ("pl", "17 dronów wleciało nad Polskę, trzy zestrzelono", Event.VIOLATION),
        ("en", "Poland shoots down three drones that crossed its border", Event.SHOOTDOWN),
    ],
)
def test_some_shot_of_the_many_that_came_are_not_the_main_event(lang: str, title: str, main: Event) -> None:
    assert report_of(title, lang=lang).event[0] is main


@pytest.mark.parametrize(
    ("title", "main"),
    [
        ("Nine balloons hit Lithuanian airspace", Event.VIOLATION),
        ("Balloons hit Vilnius airport flights again", Event.AIRSPACE_CLOSURE),
        ("Drone hits warehouse in Romania", Event.STRIKE),
    ],
)
def test_a_balloon_strikes_nothing(title: str, main: Event) -> None:
    assert report_of(title).event[0] is main


@pytest.mark.parametrize(
    ("lang", "title", "main"),
    [
        ("lt", "Dėl balionų iš Baltarusijos stabdyta Kauno oro uosto veikla", Event.AIRSPACE_CLOSURE),
        ("et", "Välisministeerium kutsus Vene saadiku vaibale õhupiiri rikkumise pärast", Event.PROTEST),
        ("en", "UN Security Council hears Finnish airspace complaint", Event.PROTEST),
    ],
)
def test_words_that_had_no_event_tell_it(lang: str, title: str, main: Event) -> None:
    assert report_of(title, lang=lang).event[0] is main
