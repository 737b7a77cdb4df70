"""Only the date of the event itself is its date."""

from datetime import date

import pytest

from tests.reading.helpers import any_report, main_report
from tui.domain.codes import DatePrecision

HEADLINE = "Chinese balloon violates Japanese airspace"


def told(title: str, summary: str = "", lang: str = "en") -> tuple[date, DatePrecision] | None:
    when = main_report(title, summary, day="2023-02-15", lang=lang).event_date
    return (when.date, when.precision) if when else None


@pytest.mark.parametrize(
    "background",
    [
        "In May 1960 an American pilot was put on trial.",
        "The minister took office on 18 October 2022.",
        "The budget of the 2020 fiscal year had less money for radars.",
        "The two sides signed their treaty in 1978.",
    ],
)
def test_a_sentence_without_the_event_gives_no_date(background: str) -> None:
    assert told(HEADLINE, background) is None


@pytest.mark.parametrize(
    "words",
    [
        "since 2019",
        "before the talks on March 7 next",
        "as parliament prepares to sit on Feb. 28",
        "in the first such case since October",
        "after its Feb. 24 invasion",
    ],
)
def test_a_bound_a_future_day_and_a_named_affair_are_no_dates(words: str) -> None:
    assert told(f"{HEADLINE} {words}") is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on 18 Oct", date(2022, 10, 18)),
        ("on Feb. 3", date(2023, 2, 3)),
        ("on December 30", date(2022, 12, 30)),
        ("on February 16", date(2023, 2, 16)),
    ],
)
def test_a_day_without_a_year_is_the_nearest_past_one(words: str, expected: date) -> None:
    assert told(f"{HEADLINE} {words}") == (expected, DatePrecision.DAY)


def test_the_sentence_that_tells_the_event_dates_it() -> None:
    summary = "The prime minister flew home on Sunday. The balloon crossed the coast on Monday."
    assert told(HEADLINE, summary) == (date(2023, 2, 13), DatePrecision.DAY)


def test_a_recent_day_may_stand_in_the_next_sentence() -> None:
    assert told(HEADLINE, "It was on Monday.") == (date(2023, 2, 13), DatePrecision.DAY)


@pytest.mark.parametrize(
    "title",
    [
        "Chiński balon naruszył przestrzeń powietrzną USA. Biały Dom nie zgadza się z Pekinem",
        "Dron pojawił się nad Polską, naruszył przestrzeń powietrzną",
    ],
)
def test_a_word_that_is_also_a_short_month_is_no_date(title: str) -> None:
    assert told(title, lang="pl") is None


FRIDAY = "2025-09-12"


def dated(lang: str, title: str, home: str | None = None) -> str | None:
    """The date of a story published on Friday 12 September 2025, as far as it is told."""
    when = any_report(title, day=FRIDAY, lang=lang, home=home).event_date
    if when is None:
        return None
    cut = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}.get(when.precision, 10)
    week = "week of " if when.precision is DatePrecision.WEEK else ""
    return week + when.date.isoformat()[:cut]


@pytest.mark.parametrize(
    ("lang", "title", "expected"),
    [
        ("en", "Drone violated Polish airspace on the night of 9 to 10 September", "2025-09-09"),
        ("en", "Drone violated Polish airspace on September 10th", "2025-09-10"),
        ("en", "Drone violated Polish airspace on the 10th of September", "2025-09-10"),
        ("en", "Drone violated Polish airspace on 2025-09-10", "2025-09-10"),
        ("en", "Drone violated Polish airspace early on Tuesday", "2025-09-09"),
        ("en", "Drone violated Polish airspace overnight", "2025-09-12"),
        ("en", "Drone violated Polish airspace yesterday", "2025-09-11"),
        ("en", "Drone violated Polish airspace last week", "week of 2025-09-01"),
        ("en", "Drone violated Polish airspace in February 2023", "2023-02"),
        ("en", "Drone violated Polish airspace two days ago", "2025-09-10"),
        ("de", "Drohne verletzte in der Nacht vom 9. auf den 10. September den polnischen Luftraum", "2025-09-09"),
        ("de", "Drohne verletzte am Dienstag den polnischen Luftraum", "2025-09-09"),
        ("de", "Drohne verletzte gestern den polnischen Luftraum", "2025-09-11"),
        ("de", "Drohne verletzte vor drei Tagen den polnischen Luftraum", "2025-09-09"),
        ("de", "Drohne verletzte am 10.09.2025 den polnischen Luftraum", "2025-09-10"),
        ("de", "Drohne verletzte letzte Woche den polnischen Luftraum", "week of 2025-09-01"),
        ("nl", "Drone schond op 10 september het Poolse luchtruim", "2025-09-10"),
        ("nl", "Drone schond dinsdagavond het Poolse luchtruim", "2025-09-09"),
        ("nl", "Drone schond gisteren het Poolse luchtruim", "2025-09-11"),
        ("nl", "Drone schond drie dagen geleden het Poolse luchtruim", "2025-09-09"),
        ("fr", "Un drone a violé l'espace aérien polonais dans la nuit du 9 au 10 septembre", "2025-09-09"),
        ("fr", "Un drone a violé l'espace aérien polonais mardi", "2025-09-09"),
        ("fr", "Un drone a violé l'espace aérien polonais hier", "2025-09-11"),
        ("fr", "Un drone a violé l'espace aérien polonais il y a trois jours", "2025-09-09"),
        ("fr", "Un drone a violé l'espace aérien polonais le 1er septembre", "2025-09-01"),
        ("es", "Un dron violó el espacio aéreo de Polonia el 10 de septiembre de 2025", "2025-09-10"),
        ("es", "Un dron violó el espacio aéreo de Polonia el martes", "2025-09-09"),
        ("es", "Un dron violó el espacio aéreo de Polonia anoche", "2025-09-11"),
        ("es", "Un dron violó el espacio aéreo de Polonia hace tres días", "2025-09-09"),
        ("es", "Un dron violó el espacio aéreo de Polonia la semana pasada", "week of 2025-09-01"),
        ("pt", "Drone violou o espaço aéreo da Polónia em 10 de setembro", "2025-09-10"),
        ("pt", "Drone violou o espaço aéreo da Polónia na terça-feira", "2025-09-09"),
        ("pt", "Drone violou o espaço aéreo da Polónia ontem", "2025-09-11"),
        ("pt", "Drone violou o espaço aéreo da Polónia há três dias", "2025-09-09"),
        ("it", "Drone ha violato lo spazio aereo polacco il 10 settembre", "2025-09-10"),
        ("it", "Drone ha violato lo spazio aereo polacco martedì", "2025-09-09"),
        ("it", "Drone ha violato lo spazio aereo polacco ieri", "2025-09-11"),
        ("it", "Drone ha violato lo spazio aereo polacco tre giorni fa", "2025-09-09"),
        ("it", "Drone ha violato lo spazio aereo polacco l'anno scorso", "2024"),
        ("ro", "O dronă a încălcat spațiul aerian al României pe 10 septembrie", "2025-09-10"),
        ("ro", "O dronă a încălcat spațiul aerian al României marți", "2025-09-09"),
        ("ro", "O dronă a încălcat spațiul aerian al României ieri", "2025-09-11"),
        ("ro", "O dronă a încălcat spațiul aerian al României acum trei zile", "2025-09-09"),
        ("sv", "Drönare kränkte polskt luftrum den 10 september", "2025-09-10"),
        ("sv", "Drönare kränkte polskt luftrum på tisdagskvällen", "2025-09-09"),
        ("sv", "Drönare kränkte polskt luftrum i går", "2025-09-11"),
        ("sv", "Drönare kränkte polskt luftrum för tre dagar sedan", "2025-09-09"),
        ("nb", "Drone krenket polsk luftrom 10. september", "2025-09-10"),
        ("nb", "Drone krenket polsk luftrom tirsdag", "2025-09-09"),
        ("nb", "Drone krenket polsk luftrom i går", "2025-09-11"),
        ("da", "Drone krænkede polsk luftrum den 10. september", "2025-09-10"),
        ("da", "Drone krænkede polsk luftrum tirsdag", "2025-09-09"),
        ("da", "Drone krænkede polsk luftrum i går", "2025-09-11"),
        ("pl", "Dron naruszył polską przestrzeń powietrzną w nocy z 9 na 10 września", "2025-09-09"),
        ("pl", "Dron naruszył polską przestrzeń powietrzną we wtorek", "2025-09-09"),
        ("pl", "Dron naruszył polską przestrzeń powietrzną w środę", "2025-09-10"),
        ("pl", "Dron naruszył polską przestrzeń powietrzną trzy dni temu", "2025-09-09"),
        ("pl", "Dron naruszył polską przestrzeń powietrzną w lutym 2023", "2023-02"),
        ("pl", "Dron naruszył polską przestrzeń powietrzną w ubiegłym tygodniu", "week of 2025-09-01"),
        ("ru", "Дрон нарушил воздушное пространство Эстонии 10 сентября", "2025-09-10"),
        ("ru", "Дрон нарушил воздушное пространство Эстонии в среду", "2025-09-10"),
        ("ru", "Дрон нарушил воздушное пространство Эстонии в ночь с 9 на 10 сентября", "2025-09-09"),
        ("ru", "Дрон нарушил воздушное пространство Эстонии вчера", "2025-09-11"),
        ("ru", "Дрон нарушил воздушное пространство Эстонии три дня назад", "2025-09-09"),
        ("uk", "Дрон порушив повітряний простір Румунії 10 вересня", "2025-09-10"),
        ("uk", "Дрон порушив повітряний простір Румунії у середу", "2025-09-10"),
        ("uk", "Дрон порушив повітряний простір Румунії у п'ятницю", "2025-09-12"),
        ("uk", "Дрон порушив повітряний простір Румунії вчора", "2025-09-11"),
        ("et", "Droon rikkus Eesti õhuruumi 10. septembril", "2025-09-10"),
        ("et", "Droon rikkus Eesti õhuruumi teisipäeval", "2025-09-09"),
        ("et", "Droon rikkus Eesti õhuruumi eile", "2025-09-11"),
        ("et", "Droon rikkus Eesti õhuruumi kolm päeva tagasi", "2025-09-09"),
        ("lv", "Drons pārkāpa Latvijas gaisa telpu 10. septembrī", "2025-09-10"),
        ("lv", "2025. gada 10. septembrī drons pārkāpa Latvijas gaisa telpu", "2025-09-10"),
        ("lv", "Drons pārkāpa Latvijas gaisa telpu otrdien", "2025-09-09"),
        ("lv", "Drons pārkāpa Latvijas gaisa telpu vakar", "2025-09-11"),
        ("lt", "Dronas pažeidė Lietuvos oro erdvę rugsėjo 10 d.", "2025-09-10"),
        ("lt", "2025 m. rugsėjo 10 d. dronas pažeidė Lietuvos oro erdvę", "2025-09-10"),
        ("lt", "Dronas pažeidė Lietuvos oro erdvę antradienį", "2025-09-09"),
        ("lt", "Dronas pažeidė Lietuvos oro erdvę vakar", "2025-09-11"),
        ("fi", "Drooni loukkasi Suomen ilmatilaa 10. syyskuuta", "2025-09-10"),
        ("fi", "Drooni loukkasi Suomen ilmatilaa tiistaina", "2025-09-09"),
        ("fi", "Drooni loukkasi Suomen ilmatilaa eilen", "2025-09-11"),
        ("fi", "Drooni loukkasi Suomen ilmatilaa kolme päivää sitten", "2025-09-09"),
        ("el", "Τουρκικό drone παραβίασε τον ελληνικό εναέριο χώρο στις 10 Σεπτεμβρίου", "2025-09-10"),
        ("el", "Τουρκικό drone παραβίασε τον ελληνικό εναέριο χώρο την Τρίτη", "2025-09-09"),
        ("el", "Τουρκικό drone παραβίασε τον ελληνικό εναέριο χώρο χθες", "2025-09-11"),
        ("tr", "Drone 10 Eylül'de Türk hava sahasını ihlal etti", "2025-09-10"),
        ("tr", "Drone salı günü Türk hava sahasını ihlal etti", "2025-09-09"),
        ("tr", "Drone dün Türk hava sahasını ihlal etti", "2025-09-11"),
        ("tr", "Drone üç gün önce Türk hava sahasını ihlal etti", "2025-09-09"),
        ("ar", "طائرة مسيرة اخترقت الأجواء الأردنية في 10 أيلول", "2025-09-10"),
        ("ar", "طائرة مسيرة اخترقت الأجواء الأردنية في ١٠ سبتمبر", "2025-09-10"),
        ("ar", "طائرة مسيرة اخترقت الأجواء الأردنية في 10 أيلول/سبتمبر 2025", "2025-09-10"),
        ("ar", "طائرة مسيرة اخترقت الأجواء الأردنية في تشرين الأول 2024", "2024-10"),
        ("ar", "طائرة مسيرة اخترقت الأجواء الأردنية يوم الثلاثاء", "2025-09-09"),
        ("ar", "طائرة مسيرة اخترقت الأجواء الأردنية أمس", "2025-09-11"),
        ("he", "רחפן חדר לשטח ישראל ב-10 בספטמבר", "2025-09-10"),
        ("he", "רחפן חדר לשטח ישראל ביום שלישי", "2025-09-09"),
        ("he", "רחפן חדר לשטח ישראל אתמול", "2025-09-11"),
        ("he", "רחפן חדר לשטח ישראל לפני שלושה ימים", "2025-09-09"),
        ("fa", "پهپاد در ۱۰ سپتامبر حریم هوایی ایران را نقض کرد", "2025-09-10"),
        ("fa", "پهپاد ۱۹ شهریور ۱۴۰۴ حریم هوایی ایران را نقض کرد", "2025-09-10"),
        ("fa", "پهپاد روز سه‌شنبه حریم هوایی ایران را نقض کرد", "2025-09-09"),
        ("fa", "پهپاد دیروز حریم هوایی ایران را نقض کرد", "2025-09-11"),
        ("ja", "9月10日、中国の無人機が日本の領空を侵犯", "2025-09-10"),
        ("ja", "10日、中国の無人機が日本の領空を侵犯", "2025-09-10"),
        ("ja", "令和7年9月10日、中国の無人機が日本の領空を侵犯", "2025-09-10"),
        ("ja", "昨夜、中国の無人機が日本の領空を侵犯", "2025-09-11"),
        ("ja", "火曜日に中国の無人機が日本の領空を侵犯", "2025-09-09"),
        ("ja", "3日間続く中国の無人機の領空侵犯", None),
        ("ja", "30日、中国の無人機が日本の領空を侵犯", "2025-08-30"),
        ("ko", "북한 무인기 9월 10일 영공 침범", "2025-09-10"),
        ("ko", "북한 무인기 어제 영공 침범", "2025-09-11"),
        ("ko", "북한 무인기 화요일 영공 침범", "2025-09-09"),
        ("ko", "북한 무인기 지난주 영공 침범", "week of 2025-09-01"),
        ("ko", "북한 무인기 2022년 12월 26일 영공 침범", "2022-12-26"),
        ("zh-Hant", "共軍無人機9月10日侵入金門上空", "2025-09-10"),
        ("zh-Hant", "共軍無人機九月十日侵入金門上空", "2025-09-10"),
        ("zh-Hant", "共軍無人機週二侵入金門上空", "2025-09-09"),
        ("zh-Hant", "民國114年9月10日共軍無人機侵入金門上空", "2025-09-10"),
        ("zh-Hant", "共軍無人機昨天侵入金門上空", "2025-09-11"),
        ("zh-Hans", "无人机9月10日侵入领空", "2025-09-10"),
        ("zh-Hans", "无人机周二侵入领空", "2025-09-09"),
        ("zh-Hans", "无人机3天前侵入领空", "2025-09-09"),
        ("zh-Hans", "无人机去年侵入领空", "2024"),
    ],
)  # fmt: skip
def test_dates_are_read_in_every_language(lang: str, title: str, expected: str | None) -> None:
    assert dated(lang, title) == expected


@pytest.mark.parametrize(("home", "expected"), [("US", "2025-09-10"), ("GB", None), (None, None)])
def test_the_united_states_put_the_month_first(home: str | None, expected: str | None) -> None:
    assert dated("en", "Drone violated Polish airspace on 9/10/2025", home) == expected


@pytest.mark.parametrize(
    ("lang", "title", "summary"),
    [
        ("en", "Drone violated Polish airspace in August", "The army said on Thursday it was Russian."),
        ("de", "Drohne verletzte im August den polnischen Luftraum", "Das teilte das Ministerium am Donnerstag mit."),
        ("pl", "Dron naruszył polską przestrzeń powietrzną w sierpniu", "Wojsko poinformowało w czwartek o szczegółach."),
        ("ru", "Дрон нарушил воздушное пространство Эстонии в августе", "Министерство сообщило в четверг подробности."),
    ],
)  # fmt: skip
def test_the_day_of_the_saying_gives_way_to_that_of_the_event(lang: str, title: str, summary: str) -> None:
    when = any_report(title, summary, day=FRIDAY, lang=lang).event_date
    assert when is not None
    assert (when.date, when.precision) == (date(2025, 8, 1), DatePrecision.MONTH)


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Drone violated Polish airspace, the first since February 2023"),
        ("de", "Drohne verletzt den polnischen Luftraum, erstmals seit Februar 2023"),
        ("fr", "Un drone viole l'espace aérien polonais, une première depuis février 2023"),
        ("pl", "Dron naruszył polską przestrzeń powietrzną, pierwszy raz od lutego 2023"),
        ("es", "Un dron viola el espacio aéreo de Polonia, por primera vez desde febrero de 2023"),
        ("pt", "Drone viola o espaço aéreo da Polónia na segunda vez"),
        ("nb", "Det går rykter om at en drone krenket polsk luftrom"),
    ],
)
def test_bounds_and_look_alikes_are_no_dates_in_other_languages(lang: str, title: str) -> None:
    assert dated(lang, title) is None
