import pytest

from tests.reading.helpers import read

KEPT = [
    ("en", "Two foreign warplanes violated our airspace on Monday, ministry says", ""),
    ("en", "Airport halts flights after drones seen near runway in Oslo", ""),
    ("en", "Fighters scrambled as Russian bombers approach Norwegian airspace", ""),
    ("en", "Balloon from Belarus lands in Lithuania, border guard says", ""),
    ("sv", "Ryskt stridsflyg kränkte svenskt luftrum öster om Gotland", ""),
    ("nb", "Droner observert over Oslo lufthavn – luftrommet stengt", ""),
    ("da", "Droner over Aalborg lufthavn: luftrummet lukket", ""),
    ("de", "Drohnen über Flughafen München gesichtet, Flugbetrieb eingestellt", ""),
    ("nl", "Luchthaven Eindhoven gesloten na drones boven landingsbaan", ""),
    ("fi", "Venäläisen hävittäjän epäillään loukanneen Suomen ilmatilaa", ""),
    ("et", "Vene helikopter rikkus Eesti õhuruumi Vaindloo saare lähedal", ""),
    ("lv", "Krievijas drons ielidoja Latvijas gaisa telpā un nokrita Rēzeknes novadā", ""),
    ("lt", "Iš Baltarusijos į Lietuvos oro erdvę įskrido balionai, Vilniaus oro uostas uždarytas", ""),
    ("pl", "Rosyjski dron naruszył polską przestrzeń powietrzną, poderwano myśliwce", ""),
    ("ru", "Самолёт НАТО нарушил воздушное пространство России, подняты истребители", ""),
    ("uk", "Російський дрон порушив повітряний простір Румунії", ""),
    ("fr", "Des drones ont survolé une base aérienne en Belgique, l'espace aérien fermé", ""),
    ("es", "Venezuela denuncia incursión de cazas de Estados Unidos en su espacio aéreo", ""),
    ("pt", "Avião militar da Venezuela invadiu espaço aéreo do Brasil, diz FAB", ""),
    ("it", "Droni russi violano lo spazio aereo della Polonia, caccia in volo", ""),
    ("ro", "O dronă rusească a pătruns în spațiul aerian al României", ""),
    ("el", "Τουρκικά μαχητικά παραβίασαν τον ελληνικό εναέριο χώρο στο Αιγαίο", ""),
    ("tr", "Kimliği belirsiz İHA Türk hava sahasını ihlal etti, F-16'lar havalandı", ""),
    ("ar", "طائرة مسيرة إسرائيلية تخترق المجال الجوي اللبناني", ""),
    ("he", 'כטב"ם חדר לשטח ישראל מלבנון ויורט', "2022"),
    ("fa", "پهپاد آمریکایی وارد حریم هوایی ایران شد", "2019"),
    ("ja", "ロシア軍の戦闘機が日本の領空を侵犯、空自機が緊急発進", ""),
    ("zh-Hant", "共機12架次逾越海峽中線 國軍嚴密監控", ""),
    ("zh-Hans", "外国军机闯入我领空 我空军紧急升空驱离", ""),
    ("ko", "북한 무인기 5대 영공 침범, 군 전투기 투입", ""),
]

DROPPED = [
    ("en", "Quarterback's interceptions sink Jets in overtime", ""),
    ("en", "Hot-air balloon festival draws crowds to the valley", ""),
    ("en", "Runway incursion: two airliners come within metres", ""),
    ("en", "Shares in drone makers jump after results", ""),
    ("en", "Minister floats trial balloon on inheritance tax", ""),
    ("en", "Hackers' intrusion into ministry network confirmed", ""),
    ("en", "Drone show over the harbour rings in the new year", ""),
    ("en", "Gang flew drugs into prison by drone, court hears", ""),
    ("en", "Parcel drones to start deliveries in the city", ""),
    ("en", "Storm closes airport, hundreds of flights cancelled", ""),
    ("en", "Congress hears of secret UFO programme", ""),
    ("en", "Country closes its airspace to foreign airlines in trade row", ""),
    ("sv", "Drönarbilder visar höstens färger i parken", ""),
    ("pl", "Pokaz dronów nad Wisłą zachwycił mieszkańców", ""),
    ("de", "Bundeswehr bestellt neue Drohnen", ""),
    ("nl", "Droneshow boven de haven trekt duizenden bezoekers", ""),
    ("fr", "Spectacle de drones pour la fête nationale", ""),
    ("es", "El globo aerostático ganó el festival del domingo", ""),
    ("it", "Il pallone d'oro al centravanti della nazionale", ""),
    ("pt", "Balão de festa junina cai em praça e assusta moradores", ""),
    ("ja", "ドローンショーが夜空を彩る", ""),
    ("zh-Hans", "无人机表演点亮夜空", ""),
    ("zh-Hant", "熱氣球嘉年華周末登場", ""),
    ("ko", "드론쇼가 밤하늘을 수놓다", ""),
    ("ru", "Шоу дронов прошло на набережной", ""),
    ("tr", "Kapadokya'da sıcak hava balonu turu iptal", ""),
]

YEAR = {"2022": "2022-05-01", "2019": "2019-06-20"}


@pytest.mark.parametrize(("lang", "title", "year"), KEPT)
def test_an_incursion_is_kept_in_every_language(lang: str, title: str, year: str) -> None:
    reading = read(title, day=YEAR.get(year, "2025-09-25"), lang=lang)
    assert reading.verdict.relevant, reading.verdict.why
    assert reading.verdict.lang == lang
    assert reading.reports


@pytest.mark.parametrize(("lang", "title", "year"), [row for row in KEPT if row[0] != "en"])
def test_a_wrong_language_tag_loses_no_story(lang: str, title: str, year: str) -> None:
    assert read(title, day=YEAR.get(year, "2025-09-25"), lang=None).verdict.relevant


@pytest.mark.parametrize(("lang", "title", "year"), DROPPED)
def test_look_alikes_are_dropped_with_a_reason(lang: str, title: str, year: str) -> None:
    verdict = read(title, lang=lang).verdict
    assert not verdict.relevant
    assert verdict.why
    assert verdict.score < verdict.threshold


def test_every_reason_of_a_kept_story_shows_the_very_words() -> None:
    title = "Poland says two Belarusian helicopters crossed its border near Białowieża"
    verdict = read(title).verdict
    assert verdict.relevant
    for why in verdict.why:
        assert title[why.start : why.end] == why.words
        assert why.words


def test_a_dropped_story_says_what_was_missing() -> None:
    verdict = read("Drones map coral reefs for science").verdict
    assert not verdict.relevant
    assert any(why.words == "" for why in verdict.why)
