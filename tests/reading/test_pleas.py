"""What a state says of what flew tells whose it was: excuses, denials, protests at a shooting down, joint flights."""

import pytest

from tests.reading.helpers import story
from tests.reading.test_roles import roles_of
from tui.reading.reader import read_story


@pytest.mark.parametrize(
    ("title", "summary", "lang", "affected", "actor"),
    [
        ("Beijing condemns the downing of its airship", "", "en", (), ("CN",)),
        ("Beijing condemns downing of balloon as an overreaction", "", "en", (), ("CN",)),
        ("Russia says bombers stayed within its own airspace", "", "en", (), ("RU",)),
        ("Niger's army says drone crashed on its own side", "", "en", (), ("NE",)),
        ("Turkey calls NATO consultations over jet downed by Syria", "", "en", ("SY",), ("TR",)),
        (
            "Minsk rejects Polish claim",
            "Warsaw said a Belarusian helicopter had crossed the border.",
            "en",
            ("PL",),
            ("BY",),
        ),
        (
            "Unknown balloon passes over Billings",
            "The army believes it was spying for China.",
            "en",
            ("US",),
            ("CN",),
        ),
        (
            "Seoul fires warning shots at Russian plane in its airspace",
            "It flew in during a joint flight with Chinese bombers.",
            "en",
            ("KR",),
            ("RU", "CN"),
        ),
        ("Lithuanian president condemns air incursion from Kaliningrad", "", "en", ("LT",), ("RU",)),
        (
            "Drone crashes in Zagreb",
            "It came from the direction of Ukraine and fell beside a school.",
            "en",
            ("HR",),
            (),
        ),
    ],
)
def test_what_a_state_says_of_what_flew_tells_whose_it_was(
    title: str, summary: str, lang: str, affected: tuple[str, ...], actor: tuple[str, ...]
) -> None:
    roles = roles_of(title, summary, lang)

    if affected:
        assert set(roles.affected) == set(affected)
    assert set(roles.actor) == set(actor)


@pytest.mark.parametrize(
    ("title", "lang", "affected", "actor"),
    [
        ("Lithuania closes border with Belarus after balloons", "en", ("LT",), ("BY",)),
        ("Trump declares Venezuelan airspace closed", "en", ("VE",), ("US",)),
        ("Chinese jet fires flares near Australian plane over South China Sea", "en", ("AU",), ("CN",)),
        ("Russian fighter flew within metres of British plane over Black Sea", "en", ("GB",), ("RU",)),
        ("Moscow denies its jets entered Estonian airspace", "en", ("EE",), ("RU",)),
        ("Moscou nie avoir violé l'espace aérien estonien", "fr", ("EE",), ("RU",)),
        ("Moskwa zaprzecza naruszeniu estońskiej przestrzeni powietrznej", "pl", ("EE",), ("RU",)),
        ("Москва отрицает нарушение воздушного пространства Эстонии", "ru", ("EE",), ("RU",)),
        ("Rus savaş uçakları Estonya hava sahasını ihlal etti", "tr", ("EE",), ("RU",)),
        ("Iš Baltarusijos į Lietuvą įskrido balionai", "lt", ("LT",), ("BY",)),
        ("Cazas rusos violan el espacio aéreo de Estonia", "es", ("EE",), ("RU",)),
        ("Caccia russi violano lo spazio aereo dell'Estonia", "it", ("EE",), ("RU",)),
        ("Trois avions russes sont entrés dans l'espace aérien de l'Estonie", "fr", ("EE",), ("RU",)),
        ("Τουρκικά F-16 παραβίασαν τον ελληνικό εναέριο χώρο", "el", ("GR",), ("TR",)),
        ("طائرات إسرائيلية تخترق الأجواء اللبنانية", "ar", ("LB",), ("IL",)),
    ],
)
def test_whose_ground_and_whose_craft_are_kept_apart_in_every_order_of_words(
    title: str, lang: str, affected: tuple[str, ...], actor: tuple[str, ...]
) -> None:
    roles = roles_of(title, "", lang)

    assert (set(roles.affected), set(roles.actor)) == (set(affected), set(actor))


def test_where_ministers_met_has_no_part_in_what_flew() -> None:
    roles = roles_of("EU leaders discuss a drone wall", "At a summit in Copenhagen they spoke of incursions.")

    assert roles.named == ()


def test_a_state_named_only_beside_a_border_is_not_affected_in_its_own_sentence() -> None:
    found = read_story(
        story(
            "Moldova shuts its airspace over a small object",
            "The object was detected near the Ukrainian border. Flights later resumed. A second object fell in a field.",
            "2023-02-14",
            "en",
        )
    )

    assert {state for report in found.reports for state in report.affected} == {"MD"}
