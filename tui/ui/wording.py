"""How numbers, times and codes are said on the screen."""

from datetime import datetime, timedelta, tzinfo

from tui.domain.codes import (
    EVENT_TAG,
    OBJECT_GLYPH,
    OBJECT_TAG,
    Certainty,
    DatePrecision,
    Event,
    IncidentCertainty,
    ObjectCode,
    Severity,
    severity_of,
)
from tui.domain.incident import IncidentFacts
from tui.domain.reading import EventDate
from tui.domain.territories import territory_name
from tui.ui.untrusted import Span

WINDOWS: tuple[tuple[str, timedelta | None], ...] = (
    ("6h", timedelta(hours=6)),
    ("24h", timedelta(hours=24)),
    ("7d", timedelta(days=7)),
    ("30d", timedelta(days=30)),
    ("all", None),
)

BARS = {Severity.CRITICAL: "▊", Severity.HIGH: "▌", Severity.ELEVATED: "▎", Severity.ROUTINE: "▏"}
"""Width says severity where colour can not."""

_CERTAINTY = {
    IncidentCertainty.CONFIRMED: "●●●",
    IncidentCertainty.CORROBORATED: "●●○",
    IncidentCertainty.CLAIMED: "●○○",
    IncidentCertainty.DISPUTED: "◌◌◌",
    IncidentCertainty.UNFOUNDED: "–––",
}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BRAILLE_LEFT = (0, 0x40, 0x44, 0x46, 0x47)
_BRAILLE_RIGHT = (0, 0x80, 0xA0, 0xB0, 0xB8)
_TAG_SEVERITY = {tag: severity_of(event) for event, tag in EVENT_TAG.items()}


def window_name(window: timedelta | None) -> str:
    """24h, 7d, all; hours for one that is not on the list."""
    for name, span in WINDOWS:
        if span == window:
            return name
    return "all" if window is None else f"{int(window.total_seconds() // 3600)}h"


def next_window(window: timedelta | None) -> timedelta | None:
    """The one after it on the list, round and round."""
    spans = [span for _, span in WINDOWS]
    return spans[(spans.index(window) + 1) % len(spans)] if window in spans else spans[1]


def age(since: timedelta) -> str:
    """5m, 1h32, 25h, 3d; never negative."""
    minutes = max(0, int(since.total_seconds())) // 60
    if minutes < 60:
        return f"{minutes}m"
    hours = minutes // 60
    if hours < 10:
        return f"{hours}h{minutes % 60:02}"
    return f"{hours}h" if hours < 48 else f"{hours // 24}d"


def short_age(since: timedelta) -> str:
    """Seconds below a minute in steps of five, then as `age`; changes seldom, so that little is redrawn."""
    seconds = max(0, int(since.total_seconds()))
    return f"{seconds // 5 * 5}s" if seconds < 60 else age(since)


def countdown(left: timedelta) -> str:
    """m:ss, or h:mm:ss; above ten seconds in steps of five, so that little is redrawn."""
    seconds = max(0, int(left.total_seconds()))
    if seconds > 10:
        seconds = -(-seconds // 5) * 5
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes}:{seconds:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def clock_time(moment: datetime, zone: tzinfo | None = None) -> str:
    """14:32Z in UTC, 16:32 in the user's zone when one is set."""
    return f"{moment.astimezone(zone):%H:%M}" if zone else f"{moment:%H:%M}Z"


def day_time(moment: datetime, zone: tzinfo | None, now: datetime) -> str:
    """18 Mar 14:32Z, with the year when it is not this one."""
    return f"{day(moment, zone, now)} {clock_time(moment, zone)}"


def day(moment: datetime, zone: tzinfo | None, now: datetime | None = None) -> str:
    """18 Mar 2026 in the zone shown; without the year when that is the year of `now`."""
    local = moment.astimezone(zone) if zone else moment
    year = "" if now is not None and now.year == local.year else f" {local.year}"
    return f"{local.day} {local:%b}{year}"


def event_day(found: EventDate | None, now: datetime | None = None) -> str:
    """4 Feb 2023, Feb 2023, 2023, or a dash; no year when that is the year of `now` and the day is known."""
    if found is None:
        return "–"
    if found.precision is DatePrecision.YEAR:
        return f"{found.date:%Y}"
    if found.precision is DatePrecision.MONTH:
        return f"{found.date:%b %Y}"
    week = "week of " if found.precision is DatePrecision.WEEK else ""
    year = "" if now is not None and now.year == found.date.year else f" {found.date.year}"
    return f"{week}{found.date.day} {found.date:%b}{year}"


def superscript(number: int) -> str:
    """1 as ¹."""
    return str(number).translate(_SUPERSCRIPTS)


def names(codes: tuple[str, ...]) -> str:
    """States by name, main first."""
    return ", ".join(territory_name(code) for code in codes)


def plural(count: int, one: str, many: str | None = None) -> str:
    """1 story, 2 stories; many is one with an s unless it is given."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def words(code: str) -> str:
    """A code as words: airspace_closure is airspace closure."""
    return code.replace("_", " ")


def main_event(facts: IncidentFacts) -> Event | None:
    """The event that gives an incident its tag: the first told."""
    return facts.event[0] if facts.event else None


def event_tag(event: Event | None) -> str:
    """Four letters, or four dots when nothing is known."""
    return EVENT_TAG[event] if event else "····"


def tag_severity(tag: str) -> Severity:
    """Severity of a tag on the KPI row."""
    return _TAG_SEVERITY.get(tag, Severity.ROUTINE)


def object_glyph(codes: tuple[ObjectCode, ...]) -> str:
    """One cell for the main object."""
    return OBJECT_GLYPH[OBJECT_TAG[codes[0]]] if codes else OBJECT_GLYPH["UNK"]


def object_tag(codes: tuple[ObjectCode, ...]) -> str:
    """Three letters for the main object."""
    return OBJECT_TAG[codes[0]] if codes else "UNK"


def certainty_mark(certainty: IncidentCertainty) -> tuple[Span, ...]:
    """Three cells that say how sure an incident is."""
    mark = _CERTAINTY[certainty]
    filled = mark.count("●")
    if not filled:
        return ((mark, "faint"),)
    return ((mark[:filled], "ink"), (mark[filled:], "faint"))


def attribution(facts: IncidentFacts) -> str:
    """Who it is attributed to is always alleged, unless officials confirmed the incident."""
    return "attributed by officials" if facts.certainty is IncidentCertainty.CONFIRMED else "alleged"


def story_certainty(certainty: Certainty | None) -> str:
    """How sure one story is; unknown is said."""
    return str(certainty) if certainty else "not told"


def change(now: int, before: int) -> str:
    """▲31%, ▼7%, "=" or empty when there is nothing to compare with."""
    if before == 0:
        return f"▲{now}" if now else ""
    percent = round((now - before) * 100 / before)
    return f"▲{percent}%" if percent > 0 else f"▼{-percent}%" if percent < 0 else "="


def braille(values: tuple[int, ...], cells: int, top: int) -> str:
    """Bars of braille, two a cell, square-root scale up to `top`; values are summed into the room there is."""
    slots = cells * 2
    sums = [
        sum(values[len(values) * slot // slots : len(values) * (slot + 1) // slots]) for slot in range(slots)
    ]
    heights = [0 if value <= 0 else max(1, min(4, round((value / max(1, top)) ** 0.5 * 4))) for value in sums]
    return "".join(
        chr(0x2800 | _BRAILLE_LEFT[heights[cell * 2]] | _BRAILLE_RIGHT[heights[cell * 2 + 1]])
        for cell in range(cells)
    ).replace("\u2800", " ")


def sparkline(values: tuple[int, ...]) -> str:
    """Eighth blocks over the largest value; a space for none."""
    top = max(values, default=0)
    return "".join(" ▁▂▃▄▅▆▇█"[round(value * 8 / top)] if value and top else " " for value in values)
