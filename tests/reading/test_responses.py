"""What was done about an incursion, in our own sentences; expected codes follow the codebook and INTERFACES."""

import pytest

from tests.reading.helpers import story
from tui.reading.facts import read_reports
from tui.reading.responses import read_responses, response_time, told_responses
from tui.reading.roles import RoleReader
from tui.reading.scene import Scene, lay_out

DONE = [
    ("en", "Finland scrambles F-18s after two bombers near its border", "scramble"),
    ("en", "Belgian jets intercepted a Russian aircraft over the Baltic", "interception"),
    ("en", "Norwegian fighters escorted the bomber out of the area", "escort"),
    ("en", "Troops fired warning shots at a drone near the islet", "warning_shots"),
    ("en", "A patrol plane shot down the balloon over the sea", "shootdown"),
    ("en", "Soldiers jammed a drone over the barracks", "jamming"),
    ("en", "Bremen airport closed for an hour after a drone sighting", "airport_closed"),
    ("en", "Latvia closes its airspace along the border after drones", "airspace_closed"),
    ("en", "Villagers were evacuated after a drone fell nearby", "evacuation"),
    ("en", "Prague summons the Russian ambassador over a drone", "protest"),
    ("en", "Riga asks for Article 4 consultations after drones cross its border", "consultation"),
    ("en", "Denmark deploys anti-drone systems after flights over its bases", "deployment"),
    ("en", "The drone posed no danger and was monitored until it left the country", "monitored_only"),
    ("en", "The drone circled the base for an hour and no action was taken", "none_reported"),
    ("de", "Zwei Kampfjets stiegen auf, um das Flugzeug zu identifizieren", "scramble"),
    ("de", "Die Bundeswehr hat die Drohne abgeschossen", "shootdown"),
    ("de", "Flughafen Bremen nach Drohnensichtung gesperrt", "airport_closed"),
    ("de", "Wien bestellt den Botschafter wegen einer Drohne ein: einbestellt", "protest"),
    ("fr", "Deux chasseurs ont décollé pour identifier l'appareil", "scramble"),
    ("fr", "La marine a abattu un drone au large", "shootdown"),
    ("fr", "Le drone a été brouillé au-dessus de la base", "jamming"),
    ("fr", "L'armée a procédé à des tirs de sommation contre un drone", "warning_shots"),
    ("es", "Dos cazas despegaron tras detectar un avión desconocido", "scramble"),
    ("es", "El ejército derribó un dron cerca de la frontera", "shootdown"),
    ("es", "Cierran el aeropuerto por la presencia de drones", "airport_closed"),
    ("pt", "Caças descolaram para intercetar um avião russo", "scramble"),
    ("it", "Due caccia si sono alzati in volo per un drone sospetto", "scramble"),
    ("it", "L'aeroporto chiuso per un'ora dopo l'avvistamento di un drone", "airport_closed"),
    ("ro", "Două F-16 au fost ridicate de la sol după apariția unei drone", "scramble"),
    ("ro", "Locuitorii au fost evacuați după căderea unei drone", "evacuation"),
    ("pl", "Poderwano parę dyżurną po wykryciu drona", "scramble"),
    ("pl", "Polskie lotnictwo zestrzeliło drona nad lasem", "shootdown"),
    ("pl", "Zamknięto lotnisko po zgłoszeniu drona", "airport_closed"),
    ("nl", "Straaljagers stegen op na een melding van een drone", "scramble"),
    ("nl", "Militairen hebben de drone neergeschoten", "shootdown"),
    ("sv", "Stridsflyg startade efter att ett okänt flygplan närmat sig", "scramble"),
    ("sv", "Militären sköt varningsskott mot drönaren", "warning_shots"),
    ("nb", "To kampfly rykket ut da flyet nærmet seg", "scramble"),
    ("nb", "Lufthavnen stengt etter dronemelding", "airport_closed"),
    ("da", "Lufthavnen lukket efter drone over banen", "airport_closed"),
    ("fi", "Hävittäjät nousivat ilmaan tuntemattoman koneen vuoksi", "scramble"),
    ("et", "Hävitajad tõusid õhku tundmatu lennuki tõttu", "scramble"),
    ("lv", "Gaisā pacelti iznīcinātāji nezināma drona dēļ", "scramble"),
    ("lt", "Naikintuvai pakilo atpažinti orlaivio", "scramble"),
    ("ru", "Истребители подняты по тревоге из-за беспилотника", "scramble"),
    ("ru", "Аэропорт закрыт из-за угрозы беспилотников", "airport_closed"),
    ("uk", "Румунія підняла винищувачі через безпілотник", "scramble"),
    ("uk", "Військові збили безпілотник над морем", "shootdown"),
    ("el", "Απογειώθηκαν δύο F-16 για άγνωστο αεροσκάφος", "scramble"),
    ("tr", "İki F-16 havalandırıldı, İHA takip edildi", "scramble"),
    ("tr", "İHA nedeniyle havalimanı kapatıldı", "airport_closed"),
    ("ar", "اعترضت مقاتلات طائرة مسيرة قرب الحدود", "interception"),
    ("ar", "إغلاق المجال الجوي بعد رصد طائرات مسيرة", "airspace_closed"),
    ("he", "מטוסי קרב הוזנקו בעקבות כלי טיס לא מזוהה", "scramble"),
    ("fa", "جنگنده‌ها برای رهگیری پهپاد به پرواز درآمدند", "scramble"),
    ("ja", "国籍不明機に対し空自の戦闘機が緊急発進した", "scramble"),
    ("ja", "無人機の目撃で滑走路を閉鎖", "airport_closed"),
    ("ko", "미상 무인기에 군이 경고사격을 실시했다", "warning_shots"),
    ("ko", "무인기 출현에 전투기를 긴급 출격시켰다", "scramble"),
    ("zh-Hant", "空軍戰機緊急升空監控氣球", "scramble"),
    ("zh-Hant", "守軍對無人機鳴槍示警", "warning_shots"),
    ("zh-Hans", "空军出动战斗机拦截不明飞机", "scramble"),
    ("zh-Hans", "机场因无人机关闭跑道", "airport_closed"),
]

NOT_DONE = [
    ("en", "The air force did not scramble jets over the drone", "scramble"),
    ("en", "Lithuania may shoot down balloons that cross its border", "shootdown"),
    ("en", "No fighters were scrambled when the drone crossed the border", "scramble"),
    ("de", "Die Bundeswehr darf künftig Drohnen abschießen", "shootdown"),
    ("fr", "L'armée pourra abattre les drones", "shootdown"),
]

SHOT_OR_NOT = [
    ("en", "The drone was shot down over the sea", "The drone was not shot down over the houses"),
    ("de", "Die Drohne wurde abgeschossen", "Die Drohne wurde nicht abgeschossen"),
    ("fr", "Le drone a été abattu", "Le drone n'a pas été abattu"),
    ("es", "El dron fue derribado", "El dron no fue derribado"),
    ("pt", "O drone foi abatido", "O drone não foi abatido"),
    ("it", "Il drone è stato abbattuto", "Il drone non è stato abbattuto"),
    ("ro", "Drona a fost doborâtă", "Drona nu a fost doborâtă"),
    ("pl", "Dron został zestrzelony", "Dron nie został zestrzelony"),
    ("nl", "De drone werd neergeschoten", "De drone werd niet neergeschoten"),
    ("sv", "Drönaren sköts ned", "Drönaren sköts inte ned"),
    ("nb", "Dronen ble skutt ned", "Dronen ble ikke skutt ned"),
    ("da", "Dronen blev skudt ned", "Dronen blev ikke skudt ned"),
    ("fi", "Drooni ammuttiin alas", "Droonia ei ammuttu alas"),
    ("et", "Droon tulistati alla", "Drooni ei tulistatud alla"),
    ("lv", "Drons tika notriekts", "Drons netika notriekts"),
    ("lt", "Dronas buvo numuštas", "Dronas nebuvo numuštas"),
    ("ru", "Беспилотник был сбит", "Беспилотник не был сбит"),
    ("uk", "Безпілотник збили", "Безпілотник не збили"),
    ("el", "Το drone καταρρίφθηκε", "Το drone δεν καταρρίφθηκε"),
    ("tr", "İHA düşürüldü", "İHA düşürülmedi"),
    ("ar", "تم إسقاط الطائرة المسيرة", "لم يتم إسقاط الطائرة المسيرة"),
    ("he", "הרחפן הופל", "הרחפן לא הופל"),
    ("fa", "پهپاد سرنگون شد", "پهپاد سرنگون نشد"),
    ("ja", "無人機は撃墜された", "無人機は撃墜されなかった"),
    ("ko", "무인기가 격추됐다", "무인기는 격추되지 않았다"),
    ("zh-Hant", "無人機被擊落", "無人機並未被擊落"),
    ("zh-Hans", "无人机被击落", "无人机没有被击落"),
]
"""The same act done and denied, in every language."""

HOW_SOON = [
    ("en", "Two jets were scrambled within eight minutes", "PT8M"),
    ("en", "F-16s took off at 02:10 and found nothing", "02:10"),
    ("en", "The airport was closed 20 minutes later", "PT20M"),
    ("en", "Fighters were scrambled within minutes", "within minutes"),
    ("de", "Zehn Minuten später stiegen Kampfjets auf", "PT10M"),
    ("fr", "Les chasseurs ont décollé six minutes plus tard", "PT6M"),
    ("es", "Los cazas despegaron cinco minutos después", "PT5M"),
    ("pl", "Myśliwce wystartowały po 15 minutach", "PT15M"),
    ("sv", "Stridsflyg startade 12 minuter senare", "PT12M"),
    ("ru", "Истребители подняты по тревоге через 7 минут", "PT7M"),
    ("ja", "空自機が9分後に緊急発進した", "PT9M"),
    ("zh-Hant", "戰機5分鐘後緊急升空", "PT5M"),
]


def scene_of(lang: str, sentence: str) -> Scene:
    return lay_out(story(sentence, lang=lang), lang)


def answers(lang: str, sentence: str) -> list[str]:
    return [str(one.code) for one in read_responses(told_responses(scene_of(lang, sentence).sentences))]


@pytest.mark.parametrize(("lang", "sentence", "code"), DONE)
def test_what_was_done_is_read(lang: str, sentence: str, code: str) -> None:
    assert code in answers(lang, sentence)


@pytest.mark.parametrize(("lang", "sentence", "code"), NOT_DONE)
def test_what_was_not_done_or_only_may_be_done_is_no_response(lang: str, sentence: str, code: str) -> None:
    assert code not in answers(lang, sentence)


@pytest.mark.parametrize(("lang", "done", "denied"), SHOT_OR_NOT)
def test_a_denied_shoot_down_is_none_in_any_language(lang: str, done: str, denied: str) -> None:
    assert "shootdown" in answers(lang, done)
    assert "shootdown" not in answers(lang, denied)


@pytest.mark.parametrize(("lang", "sentence", "soon"), HOW_SOON)
def test_how_soon_it_was_answered_is_read(lang: str, sentence: str, soon: str) -> None:
    found = response_time(told_responses(scene_of(lang, sentence).sentences), lang)
    assert found is not None
    assert found.code == soon


@pytest.mark.parametrize(
    "sentence",
    [
        "A drone crossed the border near the village",
        "The drone flew over the base within minutes of the minister's visit",
        "Radar tracked the drone for 12 minutes",
    ],
)
def test_what_is_left_unsaid_is_unknown_and_not_none(sentence: str) -> None:
    assert answers("en", sentence) == []
    assert response_time(told_responses(scene_of("en", sentence).sentences), "en") is None


def test_watching_or_doing_nothing_is_told_only_of_what_met_no_other_answer() -> None:
    watched = "The bomber was monitored throughout. Two fighters were scrambled to escort it out."
    assert answers("en", watched) == ["scramble", "escort"]


@pytest.mark.parametrize(
    ("sentence", "code", "other"),
    [
        ("Lublin airport closed after drones were seen", "airport_closed", "airspace_closed"),
        ("Moldova closed its airspace for an hour over a drone", "airspace_closed", "airport_closed"),
    ],
)
def test_a_closed_airport_is_not_closed_airspace(sentence: str, code: str, other: str) -> None:
    assert code in answers("en", sentence)
    assert other not in answers("en", sentence)


def test_how_soon_stands_as_a_span_of_the_report() -> None:
    title = "Romania scrambled two F-16s within six minutes as a drone entered its airspace"
    scene = scene_of("en", title)
    report = read_reports(scene, RoleReader(scene).read(scene.sentences))[0]
    span = next(span for span in report.spans if span.fact == "response_time")
    assert (span.value, title[span.start : span.end]) == ("PT6M", "within six minutes")
