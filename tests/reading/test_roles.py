"""Who is affected and who did it, in every language: over, into and from, owners, envoys, wars beside the story."""

import pytest

from tests.reading.helpers import main_report, read, story
from tests.work import work
from tui.reading.roles import RoleReader, Roles
from tui.reading.scene import lay_out


def roles_of(title: str, summary: str = "", lang: str = "en", home: str | None = None) -> Roles:
    scene = lay_out(story(title, summary, "2025-09-25", lang, home), lang)
    return RoleReader(scene).read(scene.sentences)


@pytest.mark.parametrize(
    ("title", "lang", "affected", "actor"),
    [
        ("Lithuania and Latvia close airspace after drones enter from Belarus", "en", ("LT", "LV"), ("BY",)),
        ("Chinese and Russian bombers enter South Korea's air defence zone", "en", ("KR",), ("CN", "RU")),
        ("Poland, Romania scramble jets as Russian drones violate airspace", "en", ("PL", "RO"), ("RU",)),
        ("Sweden summons Russian ambassador over airspace violation", "en", ("SE",), ("RU",)),
        ("Belarus accuses Polish helicopter of crossing its border", "en", ("BY",), ("PL",)),
        ("Russian drone violates Romanian airspace during attack on Ukraine", "en", ("RO",), ("RU",)),
        ("Denmark drone incursions: airport closed again", "en", ("DK",), ()),
        ("Unidentified drone shot down over Georgetown, Guyana", "en", ("GY",), ()),
        (
            "Taiwanese media: Chinese balloon crossed the median line of the Taiwan Strait",
            "en",
            ("TW",),
            ("CN",),
        ),
        ("Moldova says drone entered its airspace near the border with Ukraine", "en", ("MD",), ()),
        ("Ukrainian man arrested after drone flew over airport in Warsaw", "en", ("PL",), ()),
        ("Estonia: two Russian jets violated airspace", "en", ("EE",), ("RU",)),
        ("Sverige kallar upp Rysslands ambassadör efter kränkning av luftrummet", "sv", ("SE",), ("RU",)),
        ("Ryska drönare över Polen efter attack mot Ukraina", "sv", ("PL",), ("RU",)),
        ("Rosyjskie drony nad Polską podczas ataku na Ukrainę", "pl", ("PL",), ("RU",)),
        (
            "Rumunia wezwała ambasadora Rosji po naruszeniu przestrzeni powietrznej przez drona",
            "pl",
            ("RO",),
            ("RU",),
        ),
        ("Russische Drohne dringt in den Luftraum Polens ein", "de", ("PL",), ("RU",)),
        ("Un drone russe viole l'espace aérien de la Pologne", "fr", ("PL",), ("RU",)),
        ("Drones rusos violan el espacio aéreo de Polonia", "es", ("PL",), ("RU",)),
        ("Російський дрон порушив повітряний простір Румунії", "uk", ("RO",), ("RU",)),
        ("Российский беспилотник нарушил воздушное пространство Молдавии", "ru", ("MD",), ("RU",)),
        ("中国の無人機が与那国島上空を飛行、空自機がスクランブル", "ja", ("JP",), ("CN",)),
        ("ロシア軍機が日本の領空を侵犯", "ja", ("JP",), ("RU",)),
        ("러시아 군용기 한국 영공 침범, 공군 전투기 출격", "ko", ("KR",), ("RU",)),
        ("북한 무인기 군사분계선 침범… 합참 발표", "ko", ("KR",), ("KP",)),
        ("루마니아 전투기, 자국 영공 침입한 드론 격추", "ko", ("RO",), ()),
        ("中共軍機擾台 國軍嚴密監控", "zh-Hant", ("TW",), ("CN",)),
        ("菲律宾军机非法闯入我黄岩岛空域", "zh-Hans", ("CN",), ("PH",)),
        ("Venäläinen drooni loukkasi Viron ilmatilaa", "fi", ("EE",), ("RU",)),
        ("Vene lennuk rikkus Eesti õhupiiri", "et", ("EE",), ("RU",)),
        ("Rusijos dronas pažeidė Lietuvos oro erdvę", "lt", ("LT",), ("RU",)),
        ("Krievijas drons ielidojis Latvijas gaisa telpā", "lv", ("LV",), ("RU",)),
        ("Yunan uçağı Türk hava sahasını ihlal etti", "tr", ("TR",), ("GR",)),
        ("Τουρκικά μαχητικά παραβίασαν τον ελληνικό εναέριο χώρο", "el", ("GR",), ("TR",)),
        ("O dronă rusească a încălcat spațiul aerian al României", "ro", ("RO",), ("RU",)),
        ("Drone russo violou o espaço aéreo da Polônia", "pt", ("PL",), ("RU",)),
        ("Drone russo viola lo spazio aereo della Polonia", "it", ("PL",), ("RU",)),
        ("Russische drone schendt luchtruim van Polen", "nl", ("PL",), ("RU",)),
        ("Russisk drone krænker Polens luftrum", "da", ("PL",), ("RU",)),
        ("Russisk jagerfly krenket norsk luftrom", "nb", ("NO",), ("RU",)),
        ("طائرة مسيرة إيرانية تخترق المجال الجوي العراقي", "ar", ("IQ",), ("IR",)),
        ('מל"ט איראני חדר למרחב האווירי של ירדן', "he", ("JO",), ("IR",)),
        ("پهپاد اسرائیلی حریم هوایی ایران را نقض کرد", "fa", ("IR",), ("IL",)),
        ("Jordan shoots down drone from Syria", "en", ("JO",), ("SY",)),
        ("Chad says Sudanese drone violated its airspace", "en", ("TD",), ("SD",)),
        ("Turkey downs drone that crossed its border from Syria", "en", ("TR",), ("SY",)),
        ("Niger says drone from Mali violated its airspace", "en", ("NE",), ("ML",)),
        ("Congo says Rwandan jet violated its airspace", "en", ("CD",), ("RW",)),
        ("Guinea scrambles jets after aircraft enters its airspace", "en", ("GN",), ()),
        ("Georgia says Russian drone violated its airspace", "en", ("GE",), ("RU",)),
        ("Drone shot down over South Korea came from the North, military says", "en", ("KR",), ("KP",)),
        ("Hezbollah drone enters Israeli airspace", "en", ("IL",), ("LB",)),
        ("Houthi drone enters Omani airspace", "en", ("OM",), ("YE",)),
    ],
)
def test_each_state_has_its_part(
    title: str, lang: str, affected: tuple[str, ...], actor: tuple[str, ...]
) -> None:
    roles = roles_of(title, lang=lang)
    assert (set(roles.affected), set(roles.actor)) == (set(affected), set(actor))


@pytest.mark.parametrize(
    ("title", "lang", "responder"),
    [
        ("Two Russian fighters enter Estonian airspace; Italian F-35s scrambled", "en", "IT"),
        ("Romanian F-16 shoots down Ukrainian drone over Estonia", "en", "RO"),
        ("Poland scrambles jets after Russian drone enters its airspace", "en", "PL"),
    ],
)
def test_who_goes_up_answers(title: str, lang: str, responder: str) -> None:
    roles = roles_of(title, lang=lang)
    assert responder in roles.responder
    assert responder not in roles.actor


def test_an_earlier_event_told_aside_names_no_actor() -> None:
    summary = "An unidentified object was shot down over Alaska, days after a Chinese balloon was destroyed."
    assert roles_of("Object shot down over Alaska", summary).actor == ()


def test_over_a_sea_or_a_continent_nobody_is_named_affected() -> None:
    assert roles_of("Second Chinese balloon flies over Latin America").affected == ()


def test_a_press_report_is_not_a_part() -> None:
    roles = roles_of("Japanese media: Chinese drone entered Taiwan's air defence zone")
    assert "JP" not in (*roles.affected, *roles.actor)


def test_a_person_is_not_a_state() -> None:
    roles = roles_of("Ukrainian man arrested after drone flew over airport in Warsaw")
    assert roles.actor == ()


def test_launch_side_and_blame_are_kept_apart_from_the_operator() -> None:
    report = main_report("Poland blames Moscow after drones cross into its airspace from Belarus")
    told = {(span.fact, span.value) for span in report.spans}
    assert ("launch_side", "BY") in told
    assert ("blamed", "RU") in told


def test_the_work_grows_no_faster_than_the_names() -> None:
    text = "Russian drone enters Polish airspace from Belarus, Estonia and Latvia say. "
    roles_of("Drone", text)
    assert work(lambda: roles_of("Drone", text * 200)) < 2.5 * work(lambda: roles_of("Drone", text * 100))


@pytest.mark.parametrize(
    ("title", "lang", "affected"),
    [
        ("Iran condemns violation of its own airspace", "en", "IR"),
        ("Japan protests at intrusion into its own airspace", "en", "JP"),
        ("افغانستان نقض حریم هوایی خود را محکوم کرد", "fa", "AF"),
        ("Suriye kendi hava sahasının ihlalini kınadı", "tr", "SY"),
    ],
)
def test_who_complains_of_its_own_skies_neither_breached_them_nor_pleads(
    title: str, lang: str, affected: str
) -> None:
    roles = roles_of(title, lang=lang)
    assert (roles.affected, roles.actor) == ((affected,), ())


def test_a_place_and_a_state_joined_by_and_are_two_grounds() -> None:
    joined = roles_of("Drone between Yonaguni and Taiwan makes Japan scramble jets")
    assert set(joined.named) == {"JP", "TW"}
    alone = roles_of("Drone shot down over Georgetown, Guyana")
    assert alone.named == ("GY",)


@pytest.mark.parametrize(
    ("title", "summary", "affected"),
    [
        ("Iran says it shot down U.S. drone in the south", "State media said the craft crossed the Pakistani border.", {"IR"}),
        ("Uganda fires at Kenyan jet it says broke its airspace", "The plane landed at Kisumu; Nairobi called it an act of aggression.", {"UG"}),
    ],
)  # fmt: skip
def test_a_short_story_has_no_second_event_on_ground_that_no_one_breached(
    title: str, summary: str, affected: set[str]
) -> None:
    reports = read(title, summary).reports
    assert {iso2 for report in reports for iso2 in report.affected} == affected


@pytest.mark.parametrize(
    ("title", "lang", "actor"),
    [
        ("Välisministeerium kutsus Vene saadiku vaibale õhupiiri rikkumise pärast", "et", "RU"),
        ("Ulkoministeriö kutsui Venäjän asiainhoitajan puhutteluun ilmatilan loukkauksesta", "fi", "RU"),
        ("Το ΥΠΕΞ κάλεσε τον Τούρκο επιτετραμμένο για την παραβίαση του εναέριου χώρου", "el", "TR"),
        ("МИД вызвал польского поверенного в делах из-за нарушения воздушного пространства", "ru", "PL"),
        ("الخارجية تستدعي السفير الروسي بسبب انتهاك المجال الجوي", "ar", "RU"),
    ],
)
def test_a_state_whose_envoy_is_spoken_to_is_not_the_affected_one(title: str, lang: str, actor: str) -> None:
    roles = roles_of(title, lang=lang)
    assert actor not in roles.affected
    assert roles.actor == (actor,)
