"""The countries: how many incidents, since when, how bad, and whether anyone was looking."""

from collections.abc import Callable, Sequence

from tui.domain.board import Board, CountryRow
from tui.domain.codes import Origin, Severity
from tui.domain.coverage import ZERO_WORDS, Sight
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


def draw_country(
    row: Row[CountryRow], width: int, top: int, *, unusual: bool = False, covers: bool = True
) -> Line:
    """Bar, code, name, count, bars over the window, new; `top` is the scale of the bars; a mark for an unusual week.

    `covers`: the feeds are known, so that what a zero is can be said.
    """
    country = row.item
    if country is None:
        return ()
    is_all = row.key == ALL
    spark = 0 if width < 26 else 6 if width < 36 else 10
    code = 0 if is_all or width < 22 else 3
    # A number is never cut: it takes what it needs of the name's room.
    badge = max(4, len(str(country.new)) + 2)
    digits = max(4 if spark else 3, len(str(country.incidents)))
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
    if unusual:
        spans[-1] = (fit(name, name_width - 1), name_ink)
        spans.append(("!", "amber"))
    known = told or covers or is_all
    spans.append(
        (_count(country, digits, is_all=is_all) if known else " " * digits, "strong" if told else "muted")
    )
    if spark:
        trend: Span = _trend(country, spark, is_all=is_all, top=top) if known else (" " * spark, "faint")
        spans += [(" ", "ink"), trend]
    past = f"b{country.baseline}" if country.baseline and not told else ""
    spans.append((f"+{country.new}".rjust(badge), "new") if country.new else (past.rjust(badge), "faint"))
    return tuple(spans)


def _count(country: CountryRow, digits: int, *, is_all: bool) -> str:
    """A zero when its feeds were looking, a question mark when they were not."""
    known = country.incidents or is_all or not country.iso2 or country.coverage.sight is Sight.WATCHED
    return (str(country.incidents) if known else "?").rjust(digits)


def _trend(country: CountryRow, cells: int, *, is_all: bool, top: int) -> Span:
    if country.incidents:
        bars = braille(country.recent, cells, max(country.recent, default=1) * 2 if is_all else top)
        return bars, "acc" if is_all else heat_of(country.incidents)
    if is_all or not country.iso2:
        return " " * cells, "faint"
    coverage = country.coverage
    word = ZERO_WORDS[coverage.sight]
    told = f"{word} {coverage.fresh}/{coverage.feeds}"
    short = len(told) > cells or coverage.sight not in {Sight.WATCHED, Sight.BLIND}
    return (
        fit((word if len(word) <= cells else f"{word[: cells - 1]}.") if short else told, cells),
        "warn" if coverage.sight is Sight.BLIND else "faint",
    )


def heat_of(incidents: int) -> str:
    """Ink of a number of incidents, for dots and bars; numbers themselves have the colour of text."""
    return "heat3" if incidents < 4 else "heat4" if incidents < 10 else "heat5"
