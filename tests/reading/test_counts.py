"""A count is one of the main object, next to its noun; every other number is something else."""

import pytest

from tests.reading.helpers import main_report
from tui.domain.codes import ObjectCode


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
