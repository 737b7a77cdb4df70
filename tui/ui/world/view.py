"""What part of the world a map shows, and where on it a place lies."""

from dataclasses import replace
from math import cos, radians

from tui.domain.value import dataclass
from tui.ui.world.outlines import Box

REGIONS = {
    "world": Box(-46, -168, 75, 190),
    "Europe": Box(35, -12, 71, 46),
    "Baltic": Box(53, 9, 66.5, 32),
    "Black Sea": Box(39, 20, 53, 48),
    "Middle East": Box(12, 30, 43, 66),
    "South Asia": Box(4, 60, 40, 100),
    "East Asia": Box(17, 104, 50, 150),
    "Taiwan Strait": Box(19.5, 114, 30.5, 128),
    "North America": Box(12, -170, 73, -50),
    "South America": Box(-56, -92, 14, -32),
    "Africa": Box(-36, -20, 38, 54),
    "Oceania": Box(-48, 108, 2, 182),
}
"""By the name that the map's border tells."""

WORLD = "world"
_FINEST, _COARSEST = 0.04, 3.6
"""Degrees of latitude a dot: half a square of the data, and the whole world in 100 dots."""
_FLAT_FROM = 1.2
"""From this scale on nothing is stretched: the whole world stays in sight."""
_NORTHMOST, _SOUTHMOST = 84.0, -58.0
_LEAST_SPAN = 5.0
"""Degrees of latitude around the smallest state."""


@dataclass(frozen=True, slots=True)
class View:
    """A middle, and how many degrees of latitude one dot is."""

    latitude: float
    longitude: float
    scale: float

    @property
    def step(self) -> float:
        """Degrees of longitude one dot is: shapes look right at the middle."""
        return self.scale if self.scale >= _FLAT_FROM else self.scale / cos(radians(self.latitude))

    def zoomed(self, by: float) -> "View":
        """Nearer below 1, farther above."""
        return replace(self, scale=min(_COARSEST, max(_FINEST, self.scale * by)))

    def panned(self, east: float, north: float) -> "View":
        """By so many dots."""
        latitude = min(80.0, max(-58.0, self.latitude + north * self.scale))
        return View(latitude, _wrapped(self.longitude + east * self.step), self.scale)

    def kept(self, down: int) -> "View":
        """With so many dots down: no farther over a pole than the map goes, or in the middle of all of it."""
        half = down / 2 * self.scale
        if 2 * half >= _NORTHMOST - _SOUTHMOST:
            return replace(self, latitude=(_NORTHMOST + _SOUTHMOST) / 2)
        return replace(self, latitude=min(_NORTHMOST - half, max(_SOUTHMOST + half, self.latitude)))

    def centred(self, latitude: float, longitude: float) -> "View":
        """Another middle at the same scale."""
        return View(min(80.0, max(-58.0, latitude)), _wrapped(longitude), self.scale)


def fitted(box: Box, dots: tuple[int, int]) -> View:
    """All of a box in so many dots across and down."""
    across, down = max(1, dots[0]), max(1, dots[1])
    latitude, longitude = (box.south + box.north) / 2, (box.west + box.east) / 2
    tall = (box.north - box.south) / down
    flat = max(tall, (box.east - box.west) / across)
    narrowed = max(tall, (box.east - box.west) * cos(radians(latitude)) / across)
    scale = flat if flat >= _FLAT_FROM else narrowed
    return View(latitude, _wrapped(longitude), min(_COARSEST, max(_FINEST, scale)))


def around(box: Box, margin: float = 0.25) -> Box:
    """A box with room on every side, so that its neighbours are seen."""
    high = max(_LEAST_SPAN, (box.north - box.south) * (1 + margin))
    wide = max(_LEAST_SPAN, (box.east - box.west) * (1 + margin))
    latitude, longitude = (box.south + box.north) / 2, (box.west + box.east) / 2
    return Box(latitude - high / 2, longitude - wide / 2, latitude + high / 2, longitude + wide / 2)


def _wrapped(longitude: float) -> float:
    return (longitude + 180) % 360 - 180
