"""The border policy of the map: whose each piece of land is shown as.

Borders are those that the UN General Assembly recognises; de facto states whose airspace is reported on (Taiwan, Kosovo) are
named as the news names them. Where no border is recognised (Kashmir, the Kurils) the line of control of Natural Earth stands.
"""

from typing import NamedTuple


class Piece(NamedTuple):
    """Land inside a box that is shown as another code's than Natural Earth's."""

    held: str
    shown: str
    south: float
    west: float
    north: float
    east: float


PIECES = (
    Piece("RU", "UA", 44.2, 32.3, 46.25, 36.65),  # Crimea: resolution 68/262
    Piece("IL", "SY", 32.7, 35.65, 33.35, 36.0),  # the Golan: resolutions 36/226 and later
    Piece("MA", "EH", 20.0, -18.0, 27.667, -8.0),  # Western Sahara: a territory yet to govern itself
    # Territories with codes of their own that Natural Earth counts with their states.
    Piece("FR", "GF", 2.0, -55.0, 6.0, -51.0),
    Piece("FR", "GP", 15.7, -62.0, 16.6, -61.0),
    Piece("FR", "MQ", 14.3, -61.4, 15.0, -60.7),
    Piece("FR", "RE", -21.6, 55.0, -20.7, 56.0),
    Piece("FR", "YT", -13.2, 44.9, -12.5, 45.4),
    Piece("NO", "SJ", 76.0, 5.0, 82.0, 35.0),
    Piece("NO", "SJ", 70.5, -10.0, 71.5, -7.0),
    Piece("NL", "BQ", 11.0, -70.0, 18.0, -62.0),
    Piece("CX", "CC", -13.0, 96.0, -11.0, 98.0),
)

JOINED = {
    "N. Cyprus": "CY",
    "Cyprus U.N. Buffer Zone": "CY",
    "Dhekelia": "CY",  # the British bases are too small to be drawn
    "Akrotiri": "CY",
    "Somaliland": "SO",
    "Siachen Glacier": "IN",
    "Baikonur": "KZ",
    "USNB Guantanamo Bay": "CU",
    "Coral Sea Is.": "AU",
    "Ashmore and Cartier Is.": "AU",
    "Indian Ocean Ter.": "CX",
}
"""By Natural Earth's name: whose land it is shown as."""

UNNUMBERED = {"Kosovo": "XK"}
"""States without a number in ISO 3166."""

DROPPED = frozenset(
    {
        "Antarctica",
        "Spratly Is.",
        "Scarborough Reef",
        "Bajo Nuevo Bank",
        "Serranilla Bank",
        "Clipperton I.",
        "Brazilian I.",
        "Southern Patagonian Ice Field",
        "Bir Tawil",
    }
)
"""Reefs that several states claim, and land of none: not drawn."""

LABELS = {
    "CA": (57.0, -108.0),
    "CN": (35.0, 104.0),
    "DK": (56.0, 9.3),
    "FR": (46.8, 2.5),
    "GB": (52.9, -1.6),
    "ID": (-2.0, 113.5),
    "IL": (31.25, 34.85),
    "JP": (36.2, 138.3),
    "MY": (4.0, 102.0),
    "NO": (61.5, 9.0),
    "NZ": (-43.5, 171.5),
    "PS": (31.9, 35.2),
    "RU": (57.0, 50.0),
    "SE": (60.5, 15.0),
    "US": (39.0, -98.0),
}
"""Latitude and longitude of labels where the most inland square is not where one looks for them."""

BOUNDS = {
    "RU": (43.0, 27.0, 70.0, 66.0),
    "US": (24.0, -126.0, 50.0, -66.0),
    "CA": (42.0, -141.0, 72.0, -52.0),
    "JP": (30.0, 128.5, 46.0, 146.5),
    "KI": (-2.0, 172.0, 4.0, 177.0),
    "FJ": (-20.0, 176.0, -15.0, 181.0),
    "PT": (36.5, -10.0, 42.5, -6.0),
    "PH": (4.5, 116.5, 19.5, 127.0),
    "ID": (-11.0, 95.0, 6.5, 141.5),
    "MY": (0.5, 99.5, 7.5, 119.5),
    "GR": (34.7, 19.3, 41.8, 28.4),
    "DK": (54.5, 8.0, 57.9, 15.3),
}
"""South, west, north, east of the part that shows a state, where its largest part alone would not."""


def ceded(code: str, latitude: float, longitude: float) -> str:
    """Whose a piece of land is shown as."""
    for piece in PIECES:
        if (
            piece.held == code
            and piece.south <= latitude <= piece.north
            and piece.west <= longitude <= piece.east
        ):
            return piece.shown
    return code
