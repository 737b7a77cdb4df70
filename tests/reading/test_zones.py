"""Which zone: sovereign airspace only where a border was crossed or nothing else is told."""

import pytest

from tests.reading.helpers import main_report
from tui.domain.codes import Zone


@pytest.mark.parametrize(
    ("title", "lang", "expected"),
    [
        ("Russian jet violates Estonian airspace", "en", {Zone.SOVEREIGN}),
        ("Drones force Gatwick to halt flights", "en", {Zone.AIRPORT}),
        ("Drones seen over Ramstein, military says", "en", {Zone.MILITARY_SITE}),
        ("Mystery drones fly over Forsmark", "en", {Zone.CRITICAL_SITE}),
        ("Russian drones violate Polish airspace, Rzeszow airport closed", "en", {Zone.SOVEREIGN, Zone.AIRPORT}),
        ("Chinese helicopter enters airspace around the Senkaku Islands", "en", {Zone.SOVEREIGN, Zone.DISPUTED}),
        ("Chinese warplanes enter Taiwan's air defence identification zone", "en", {Zone.ADIZ}),
        ("Japan scrambles jets as Russian bombers fly near its islands", "en", {Zone.ADIZ}),
        ("RAF jets intercept Russian bombers north of Scotland", "en", {Zone.INTERNATIONAL}),
        ("Russian fighter collides with American drone over Black Sea", "en", {Zone.INTERNATIONAL}),
        ("Drohnen über Fliegerhorst Büchel gesichtet", "de", {Zone.MILITARY_SITE}),
    ],
)  # fmt: skip
def test_the_zone_is_the_one_told(title: str, lang: str, expected: set[Zone]) -> None:
    assert set(main_report(title, lang=lang).zone) == expected
