"""A count is one of the main object, next to its noun; every other number is something else."""

import pytest

from tests.reading.helpers import any_report, main_report, story
from tui.domain.codes import ObjectCode
from tui.reading.counts import read_count
from tui.reading.scene import lay_out


@pytest.mark.parametrize(
    ("title", "summary", "count"),
    [
        (
            "Balloon shot down over Yukon, Canada",
            "More than 500 planes have crashed there over the years.",
            None,
        ),
        ("Balloon violates Polish airspace", "The weather service releases about 184 balloons a day.", None),
        ("Balloon violates Polish airspace", "Ministers of two states met as the balloon drifted on.", None),
        ("Poland blacklists 6 Belarusian firms over balloon that violated its airspace", "", None),
        ("Balloon violates Polish airspace", "Six Russian jets were seen far away.", None),
        (
            "Chinese jets cross Taiwan's median line",
            "The ministry counted 31 military aircraft and one balloon.",
            31,
        ),
        ("Four Chinese balloons cross Taiwan's median line", "It counted 31 military aircraft too.", 4),
        ("Two Russian Su-27 jets violate Finnish airspace", "", 2),
    ],
)
def test_only_the_main_object_is_counted(title: str, summary: str, count: int | None) -> None:
    assert main_report(title, summary).count == count


@pytest.mark.parametrize(
    "title",
    [
        "Balon wysoki na 200 stóp naruszył przestrzeń powietrzną Polski",
        "Kontrakt za 20 miliardów dolarów na myśliwce, które naruszyły przestrzeń powietrzną Polski",
    ],
)
def test_measures_and_money_are_no_counts(title: str) -> None:
    assert main_report(title, lang="pl").count is None


def test_the_object_counted_is_the_object_told() -> None:
    report = main_report("31 Chinese military aircraft detected around Taiwan, 22 cross median line")
    assert report.object == (ObjectCode.MILITARY_AIRCRAFT,)
    assert report.count == 31


@pytest.mark.parametrize(
    ("lang", "title", "count"),
    [
        ("en", "Twelve Russian drones cross into Poland", 12),
        ("en", "Between 10 and 15 Russian drones entered Polish airspace", 10),
        ("en", "10-15 Russian drones entered Polish airspace", 10),
        ("en", "Two or three balloons drifted over Lithuania", 2),
        ("en", "At least 19 drones entered Polish airspace", 19),
        ("en", "More than 1,200 balloons crossed into South Korea", 1200),
        ("en", "Twenty-one drones entered Romanian airspace", 21),
        ("en", "Two hundred balloons crossed into South Korea", 200),
        ("en", "Dozens of drones entered Polish airspace", None),
        ("en", "Several drones entered Polish airspace", None),
        ("en", "Drone entered Polish airspace in 45 aircraft sorties", None),
        ("en", "China flew 45 aircraft sorties near Taiwan", None),
        ("en", "Three drone incursions into Romania in a week", None),
        ("en", "Russian MiG 31 fighters violate Estonian airspace", None),
        ("en", "Su-27 jets violate Finnish airspace", None),
        ("en", "Boeing 737 plane enters Greek airspace without leave", None),
        ("en", "Shahed 136 drones enter Romanian airspace", None),
        ("en", "Drone flew 40 km into Poland", None),
        ("en", "Estonia invokes Article 4 after drones enter its airspace", None),
        ("en", "A 19-year-old flew a drone over the base in Norway", None),
        ("en", "On 10 September drones entered Polish airspace", None),
        ("en", "Since 2022 drones have entered Romanian airspace", None),
        ("en", "Drones enter Polish airspace, 300 flights cancelled", None),
        ("en", "Poland scrambles two F-16 jets after Russian plane violates its airspace", None),
        ("en", "Deal for 5 billion dollars for drones that watch Polish airspace", None),
        ("de", "Zwei russische Drohnen dringen in den polnischen Luftraum ein", 2),
        ("de", "Zehn bis fünfzehn Drohnen über Polen gesichtet", 10),
        ("de", "Dutzende Drohnen dringen in den polnischen Luftraum ein", None),
        ("fr", "Trois drones russes violent l'espace aérien polonais", 3),
        ("fr", "Entre dix et douze drones ont survolé la Pologne", 10),
        ("fr", "Une dizaine de drones ont survolé la Pologne", None),
        ("es", "Cuatro drones rusos violan el espacio aéreo de Polonia", 4),
        ("es", "Decenas de drones violan el espacio aéreo de Polonia", None),
        ("pt", "Cinco drones russos violam o espaço aéreo da Polónia", 5),
        ("pt", "Vários drones violam o espaço aéreo da Polónia", None),
        ("it", "Sei droni russi violano lo spazio aereo polacco", 6),
        ("it", "Decine di droni violano lo spazio aereo polacco", None),
        ("ro", "Șapte drone rusești au încălcat spațiul aerian al României", 7),
        ("ro", "Mai multe drone au încălcat spațiul aerian al României", None),
        ("nl", "Acht Russische drones schenden het Poolse luchtruim", 8),
        ("nl", "Tientallen drones schenden het Poolse luchtruim", None),
        ("sv", "Nio ryska drönare kränkte polskt luftrum", 9),
        ("sv", "Flera drönare kränkte polskt luftrum", None),
        ("nb", "Ti russiske droner krenket polsk luftrom", 10),
        ("nb", "Flere droner krenket polsk luftrom", None),
        ("da", "Elleve russiske droner krænkede polsk luftrum", 11),
        ("da", "Snesevis af droner krænkede polsk luftrum", None),
        ("pl", "Dwanaście rosyjskich dronów naruszyło polską przestrzeń powietrzną", 12),
        ("pl", "Od 10 do 15 dronów naruszyło polską przestrzeń powietrzną", 10),
        ("pl", "Kilkanaście dronów naruszyło polską przestrzeń powietrzną", None),
        ("ru", "Три беспилотника нарушили воздушное пространство Эстонии", 3),
        ("ru", "Несколько беспилотников нарушили воздушное пространство Эстонии", None),
        ("ru", "Истребители МиГ 31 нарушили воздушное пространство Эстонии", None),
        ("uk", "Чотири дрони порушили повітряний простір Румунії", 4),
        ("uk", "Кілька дронів порушили повітряний простір Румунії", None),
        ("et", "Kolm droon rikkus Eesti õhuruumi", 3),
        ("et", "Kümned droonid rikkusid Eesti õhuruumi", None),
        ("lv", "Divi droni pārkāpa Latvijas gaisa telpu", 2),
        ("lv", "Vairāki droni pārkāpa Latvijas gaisa telpu", None),
        ("lt", "Penki dronai pažeidė Lietuvos oro erdvę", 5),
        ("lt", "Keli dronai pažeidė Lietuvos oro erdvę", None),
        ("fi", "Kaksi droonia loukkasi Suomen ilmatilaa", 2),
        ("fi", "Useita drooneja loukkasi Suomen ilmatilaa", None),
        ("el", "Τέσσερα τουρκικά drone παραβίασαν τον ελληνικό εναέριο χώρο", 4),
        ("el", "Δεκάδες drone παραβίασαν τον ελληνικό εναέριο χώρο", None),
        ("tr", "Üç drone Türk hava sahasını ihlal etti", 3),
        ("tr", "Onlarca drone Türk hava sahasını ihlal etti", None),
        ("ar", "ثلاث طائرات مسيرة اخترقت الأجواء الأردنية", 3),
        ("ar", "٧ طائرات مسيرة اخترقت الأجواء الأردنية", 7),
        ("ar", "عشرات الطائرات المسيرة اخترقت الأجواء الأردنية", None),
        ("he", "שלושה רחפנים חדרו לשטח ישראל", 3),
        ("he", "עשרות רחפנים חדרו לשטח ישראל", None),
        ("fa", "سه پهپاد حریم هوایی ایران را نقض کردند", 3),
        ("fa", "۱۲ پهپاد حریم هوایی ایران را نقض کردند", 12),
        ("fa", "چند پهپاد حریم هوایی ایران را نقض کردند", None),
        ("ja", "中国の無人機3機が日本の領空を侵犯", 3),
        ("ja", "気球３個が日本の領空を飛行", 3),
        ("ja", "ロシア軍機二機が領空侵犯", 2),
        ("ja", "複数の無人機が領空を侵犯", None),
        ("ko", "북한 무인기 5대 영공 침범", 5),
        ("ko", "북한 무인기 다섯 대 영공 침범", 5),
        ("ko", "오물풍선 260개 영공 침범", 260),
        ("ko", "무인기 수십 대 영공 침범", None),
        ("zh-Hant", "共軍無人機3架侵入金門上空", 3),
        ("zh-Hant", "兩顆氣球越過海峽中線", 2),
        ("zh-Hant", "氣球12顆飄越台灣上空", 12),
        ("zh-Hant", "45架次共機擾台 逾越海峽中線", None),
        ("zh-Hans", "三架无人机侵入领空", 3),
        ("zh-Hans", "十二架战机进入防空识别区", 12),
        ("zh-Hans", "数十架无人机侵入领空", None),
        ("zh-Hans", "1万架次飞行", None),
    ],
)  # fmt: skip
def test_numbers_of_every_language_and_script_count_craft_and_nothing_else(
    lang: str, title: str, count: int | None
) -> None:
    assert any_report(title, lang=lang).count == count


@pytest.mark.parametrize(
    ("lang", "title", "words"),
    [
        ("en", "Dozens of drones entered Polish airspace", "Dozens"),
        ("pl", "Kilkanaście dronów naruszyło polską przestrzeń powietrzną", "Kilkanaście"),
        ("ru", "Несколько беспилотников нарушили воздушное пространство Эстонии", "Несколько"),
        ("ja", "複数の無人機が領空を侵犯", "複数"),
        ("en", "Between 10 and 15 Russian drones entered Polish airspace", "10 and 15"),
    ],
)
def test_the_words_that_leave_a_number_open_are_kept(lang: str, title: str, words: str) -> None:
    spans = [span for span in any_report(title, lang=lang).spans if span.fact == "count"]
    assert [title[span.start : span.end] for span in spans] == [words]


@pytest.mark.parametrize(
    ("title", "aircraft", "balloons"),
    [
        ("國防部偵獲共機12架次、氣球1顆逾越中線", None, 1),
        ("國防部：1顆氣球、9架共機逾越中線", 9, 1),
        ("國防部：9架共機、1顆氣球逾越中線", 9, 1),
        ("共機30架次、共艦7艘，另偵獲空飄氣球３顆", None, 3),
    ],
)
def test_a_daily_tally_keeps_balloons_and_aircraft_apart(
    title: str, aircraft: int | None, balloons: int | None
) -> None:
    scene = lay_out(story(title, lang="zh-Hant"), "zh-Hant")
    assert read_count(scene, scene.sentences, [ObjectCode.MILITARY_AIRCRAFT])[0] == aircraft
    assert read_count(scene, scene.sentences, [ObjectCode.BALLOON])[0] == balloons
