"""The countries: how many incidents, since when, how bad, and whether anyone was looking."""

from collections.abc import Callable, Sequence

from tui.domain.board import Board, CountryRow
from tui.domain.codes import Origin, Severity
from tui.ui.untrusted import Line, Span, fit
from tui.ui.virtual_list import Row
from tui.ui.wording import BARS, braille

ALL = "all"
"""Key of the row that stands for every country."""

SORTS = ("count", "new", "severity", "name")


def country_rows(board: Board, sort: str) -> list[Row[CountryRow]]:
    """All countries first, then each, in the order wanted."""
    news = [row for row in board.incidents if row.origin is not Origin.BASELINE]
    worst = min((row.facts.severity for row in news), key=list(Severity).index, default=Severity.ROUTINE)
    everything = CountryRow(
        iso2="",
        name="All countries",
        incidents=board.total,
        new=board.new,
        baseline=sum(row.origin is Origin.BASELINE for row in board.incidents),
        severity=worst,
        recent=_summed([country.recent for country in board.countries]),
        feeds=sum(country.feeds for country in board.countries),
        feeds_fresh=sum(country.feeds_fresh for country in board.countries),
    )
    rows = [Row(ALL, everything)]
    rows += [Row(country_key(country), country) for country in sorted(board.countries, key=_order(sort))]
    return rows


def country_key(country: CountryRow) -> str:
    """Key of a country's row; reports that name no state have one too."""
    return country.iso2 or "none"


def country_of(key: str | None) -> str | None:
    """Code of the state a row stands for; None for all of them."""
    if key is None or key == ALL:
        return None
    return "" if key == "none" else key


def _order(sort: str) -> Callable[[CountryRow], tuple[int | str, ...]]:
    severities = list(Severity)

    def by(country: CountryRow) -> tuple[int | str, ...]:
        count = (-country.incidents, -country.new, -country.baseline, country.name)
        if sort == "name":
            return (country.name,)
        if sort == "new":
            return (-country.new, *count)
        if sort == "severity":
            return (0 if country.incidents else 1, severities.index(country.severity), *count)
        return count

    return by


def _summed(series: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    length = max((len(values) for values in series), default=0)
    return tuple(sum(values[at] for values in series if at < len(values)) for at in range(length))


def draw_country(row: Row[CountryRow], width: int, top: int) -> Line:
    """Bar, code, name, count, bars over the window, new; `top` is the scale of the bars."""
    country = row.item
    if country is None:
        return ()
    is_all = row.key == ALL
    spark = 0 if width < 26 else 6 if width < 36 else 10
    code = 0 if is_all or width < 22 else 3
    badge = 4
    digits = 4 if spark else 3
    name_width = width - 1 - code - digits - (spark + 1 if spark else 0) - badge
    name = country.name if not is_all or width >= 22 else "All"
    told = country.incidents > 0
    name_ink = "new" if country.new else "ink" if told or is_all else "muted"
    spans: list[Span] = [
        (BARS[country.severity] if told else " ", "acc" if is_all else str(country.severity)),
    ]
    if code:
        spans.append((f"{country.iso2 or '··':<3}", "strong" if country.new else "muted"))
    spans.append((fit(name, name_width), name_ink))
    spans.append((_count(country, digits), "strong" if told else "muted"))
    if spark:
        spans.append(
            (
                " " + _trend(country, spark, is_all=is_all, top=top),
                "acc" if is_all else "high" if told else "faint",
            )
        )
    past = f"b{country.baseline}" if country.baseline and not told and not spark else ""
    spans.append((f"+{country.new}".rjust(badge), "new") if country.new else (past.rjust(badge), "faint"))
    return tuple(spans)


def _count(country: CountryRow, digits: int) -> str:
    """A zero when its feeds were looking, a question mark when none was."""
    blind = country.feeds > 0 and country.feeds_fresh == 0
    return (str(country.incidents) if country.incidents or not blind else "?").rjust(digits)


def _trend(country: CountryRow, cells: int, *, is_all: bool, top: int) -> str:
    if country.incidents:
        return braille(country.recent, cells, max(country.recent, default=1) * 2 if is_all else top)
    if country.baseline:
        return fit(f"b{country.baseline}", cells)
    return fit(
        "blind" if country.feeds and not country.feeds_fresh else "quiet" if country.feeds else "", cells
    )
