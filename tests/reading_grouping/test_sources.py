"""Sources are counted by publisher: houses, wire copies, near-identical texts, aggregators, state media."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.reading_grouping.given import START, a_report
from tui.domain.codes import Certainty, IncidentCertainty
from tui.domain.incident import FiledReport
from tui.reading.conclude import conclude
from tui.reading.credits import credits_of
from tui.reading.history.turns import in_turn
from tui.reading.houses import house_of, houses, publisher_key, state_behind
from tui.reading.sources import chain_of, independent, sources_of

LEAD = (
    "Air traffic over the capital stood still for three hours before dawn after radar picked up a swarm of "
    "small drones that had come across the eastern border and could not be followed any further"
)


def count(*reports: FiledReport) -> int:
    return independent(sources_of(in_turn(reports)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BBC News Europe", "BBC News Europe"),
        ("BBC Persian", "bbc.com"),
        ("LRT English", "LRT.lt"),
        ("ERR Estonian", "rus.err.ee"),
        ("DW", "Deutsche Welle"),
        ("France 24 Arabic", "RFI NATO tag"),
        ("Defense News", "Air Force Times"),
        ("Onet Wiadomości", "BILD"),
        ("自由時報", "Taipei Times"),
        ("연합뉴스", "Yonhap News Agency"),
        ("Радио Свобода", "RFE/RL"),
        ("Українська правда", "pravda.com.ua"),
    ],
)
def test_titles_of_one_house_are_one_source(one: str, other: str) -> None:
    assert house_of(one).key == house_of(other).key
    first = a_report("a", publisher=one, title="Balloons close the airport for an hour")
    second = a_report("b", publisher=other, title="Army says that it saw nothing over the coast")
    assert count(first, second) == 1


def test_no_name_stands_for_two_houses() -> None:
    names = Counter(house.key for house in houses())
    assert [name for name, times in names.items() if times > 1] == []


def test_a_publisher_that_is_not_listed_stands_for_itself() -> None:
    assert house_of("Gazette of Nowhere").name == "Gazette of Nowhere"
    assert house_of("Gazette of Nowhere").key == publisher_key("www.gazetteofnowhere.com")
    assert house_of("  ").name == "unnamed publisher"


@pytest.mark.parametrize(
    ("summary", "house"),
    [
        ("VILNIUS (Reuters) - Two balloons drifted in from the east at night.", "Reuters"),
        ("Berlin (dpa) – Der Flughafen blieb am Abend eine Stunde lang geschlossen.", "dpa"),
        ("Warszawa, PAP – Nad granicą widziano dwa obiekty.", "PAP"),
        ("Objekts pamanīts pie robežas, ziņo LETA.", "LETA"),
        ("Balionai matyti prie sienos, BNS pranešė kariuomenė.", "BNS"),
        ("Drooni nähti piiri ääres, teatas BNS.", "BNS"),
        ("Drooneja nähtiin rajalla, kertoo STT.", "STT"),
        ("Drönare sågs vid gränsen, enligt TT.", "TT Sweden"),
        ("Droner er set over havnen, oplyser politiet til Ritzau.", "Ritzau"),
        ("Droner ble sett over flyplassen, melder NTB.", "NTB"),
        ("Selon l'AFP, deux drones ont survolé la base.", "AFP"),
        ("Dos drones sobrevolaron la base, según EFE.", "EFE"),
        ("Due droni sulla base, riferisce l'ANSA.", "ANSA"),
        ("Dois drones sobre a base, segundo a Lusa.", "Lusa"),
        ("Două drone deasupra bazei, transmite Agerpres.", "Agerpres"),
        ("Два беспилотника замечены у границы, сообщает Интерфакс.", "Interfax"),
        ("Два безпілотники над кордоном, повідомляє Укрінформ.", "Ukrinform"),
        ("Δύο drones πάνω από τη βάση, μεταδίδει το Reuters.", "Reuters"),
        ("Anadolu Ajansı'nın haberine göre iki insansız hava aracı görüldü.", "Anadolu"),
        ("طائرتان مسيرتان فوق القاعدة، بحسب وكالة فرانس برس", "AFP"),
        ("שני רחפנים מעל הבסיס, דיווחה רויטרס", "Reuters"),
        ("به گزارش خبرگزاری تسنیم دو پهپاد دیده شد", "Tasnim"),
        ("共同通信によると、二機の無人機が確認された。", "Kyodo"),
        ("據中央社報導，兩架無人機飛越基地。", "Central News Agency"),
        ("연합뉴스에 따르면 무인기 두 대가 넘어왔다.", "Yonhap"),
        ("Two drones were seen over the base. Local police have opened an inquiry. (AFP/dpa)", "AFP"),
        ("Two drones were seen over the base. — Reuters", "Reuters"),
        ("Two drones were seen over the base, the BBC reports.", "BBC"),
        ("A minister told the Associated Press that two drones crossed.", "AP"),
    ],
)
def test_a_text_says_in_its_language_whose_report_it_carries(summary: str, house: str) -> None:
    assert [credit.house.name for credit in credits_of("", summary)][:1] == [house]


@pytest.mark.parametrize(
    "summary",
    [
        "Two drones were seen over the base. (Photo by AFP)",
        "Two drones were seen over the base. Foto: dpa",
        "The ministry of transport in TT district opened the runway again.",
        "Ein Reiter sah zwei Drohnen über dem Wald.",
        "Sie sahen mehr Drohnen als je zuvor, so die Polizei, und schlossen den Platz.",
        "The ap was closed by the council, a spokesman said.",
        "The AFPAK desk looked into it.",
        (
            "Two drones were seen over the base and the airport was shut for an hour, police said. Nobody was hurt, and "
            "flights went on in the morning after the runway was looked at by hand by the staff of the airport. Moscow "
            "denies it, TASS reports."
        ),
    ],
)
def test_pictures_look_alikes_and_a_late_quote_are_no_credit(summary: str) -> None:
    assert credits_of("", summary) == ()


def test_papers_that_print_one_agency_are_one_source_with_it() -> None:
    first = a_report("a", publisher="Gazette", title="Alarm", summary="RIGA (AFP) - Skies were shut early.")
    second = a_report("b", publisher="Courier", title="Skies shut", summary="Nobody was hurt, AFP reports.")
    wire = a_report("c", publisher="AFP", title="Latvia shuts its skies", summary="Army says so.", after=0.1)

    assert count(first, second, wire) == 1
    links = chain_of([first, second, wire]).links
    assert [link.copy_of for link in links] == ["AFP", "AFP", None]
    assert links[0].why == "names AFP as its source"


def test_a_paper_that_names_itself_beside_an_agency_has_its_own_source() -> None:
    own = a_report(
        "a",
        publisher="LRT English",
        title="Alarm",
        summary="The army told LRT, and the BNS news agency, of it.",
    )
    wire = a_report("b", publisher="BNS", title="Balloons over the capital")
    assert count(own, wire) == 2


def test_the_words_count_for_the_agency_when_a_later_carrier_credits_it() -> None:
    bare = a_report("a", publisher="Gazette", title="Flights halted", summary=LEAD)
    credited = a_report("b", publisher="Courier", title="Skies shut", summary=f"{LEAD}. (Reuters)", after=0.1)

    chain = chain_of([credited, bare])

    assert chain.independent == 1
    assert [(link.publisher, link.house, link.why) for link in chain.links] == [
        ("Gazette", "Reuters", "the same words as Reuters"),
        ("Courier", "Reuters", "names Reuters as its source"),
    ]


def test_a_lead_cut_short_under_another_headline_is_a_copy() -> None:
    whole = a_report("a", publisher="Gazette", title="Three hours without flights", summary=LEAD)
    short = a_report("b", publisher="Courier", title="Swarm shuts airport", summary=LEAD[:130], after=0.1)
    own = a_report(
        "c",
        publisher="Herald",
        title="What we know of the night",
        summary="Police look for whoever steered the machines; eleven flights went elsewhere, says the operator, "
        "and the first of them came back only in the early morning.",
        after=0.2,
    )
    assert count(whole, short, own) == 2
    assert chain_of([whole, short, own]).links[1].why == "the same words as Gazette"


def test_a_lead_in_letters_without_spaces_is_recognised_when_cut_short() -> None:
    lead = "國防部今天清晨表示偵獲多架無人機越過海峽中線並進入防空識別區空軍緊急升空監控直到上午七時全部離開為止未發生其他異常"
    whole = a_report("a", publisher="甲報", title="清晨警報", summary=lead)
    short = a_report("b", publisher="乙報", title="空軍升空", summary=lead[:40], after=0.1)
    assert count(whole, short) == 1


def test_an_aggregator_counts_for_whom_it_names_and_else_for_nobody() -> None:
    named = a_report("a", publisher="BBC.com", title="Jets up over the strait at dawn")
    bbc = a_report("b", publisher="BBC", title="Why the jets went up this morning", after=0.1)
    unnamed = a_report("c", publisher="Google News", title="Fighters seen east of the island", after=0.2)

    assert count(named, bbc) == 1
    assert count(named, unnamed) == 1
    assert count(unnamed) == 1
    assert chain_of([named, unnamed]).links[1].why == "gathered by an aggregator"


def test_the_chain_says_who_was_first_and_who_copied_whom() -> None:
    police = a_report("a", publisher="Gazette", title="Drones over the port, police say", after=0)
    agency = a_report("b", publisher="Reuters", title="Port shut after drone alarm", after=0.2)
    copy = a_report("c", publisher="Courier", title="Port shut", summary="(Reuters) - Alarm.", after=0.3)
    again = a_report("d", publisher="Gazette", title="Port open again", after=0.5)

    chain = chain_of([again, copy, agency, police])

    assert [(link.publisher, link.opens, link.copy_of) for link in chain.links] == [
        ("Gazette", True, None),
        ("Reuters", True, None),
        ("Courier", False, "Reuters"),
        ("Gazette", False, None),
    ]
    assert chain.links[0].at == START
    assert chain.links[1].at == START + timedelta(days=0.2)
    assert (chain.independent, chain.copies) == (2, 1)


def test_state_media_and_the_state_itself_are_labelled_only_when_their_state_is_a_party() -> None:
    tass = a_report("a", publisher="TASS", affected="EE", actor="RU", title="Nothing crossed")
    army = a_report("b", publisher="Eesti Kaitsevägi", affected="EE", actor="RU", title="Two jets crossed")
    other = a_report("c", publisher="Xinhua", affected="EE", actor="RU", title="Jets crossed, army says")

    labels = {link.publisher: link.label for link in chain_of([tass, army, other]).links}

    assert labels == {
        "TASS": "state media of Russia, a party",
        "Eesti Kaitsevägi": "Estonia itself, a party",
        "Xinhua": "",
    }
    assert state_behind(publisher_key("TASS")) == "RU"
    assert state_behind(publisher_key("Estonian Defence Forces")) is None


def test_corroborated_needs_two_houses_not_two_feeds() -> None:
    feeds = [
        a_report("a", publisher="ERR News", certainty=Certainty.ALLEGED, title="Jets over the island"),
        a_report("b", publisher="ERR Estonian", certainty=Certainty.ALLEGED, title="Hävitajad saare kohal"),
        a_report(
            "c", publisher="Gazette", certainty=Certainty.ALLEGED, title="Two jets", summary="ERR reports so."
        ),
    ]
    concluded = conclude(feeds)
    assert (concluded.facts.certainty, concluded.publishers) == (IncidentCertainty.CLAIMED, 1)

    second = a_report("d", publisher="Courier", certainty=Certainty.ALLEGED, title="What radar saw")
    concluded = conclude([*feeds, second])
    assert (concluded.facts.certainty, concluded.publishers) == (IncidentCertainty.CORROBORATED, 2)


def test_two_reports_of_one_story_are_one_telling() -> None:
    story = [a_report("a", position=0), a_report("a", position=1)]
    assert len(chain_of(story).links) == 1
