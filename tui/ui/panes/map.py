"""What the borders of a map and its legend say."""

from tui.domain.board import Board, CountryRow, IncidentRow
from tui.domain.codes import PlacePrecision
from tui.domain.territories import territory_name
from tui.ui.untrusted import Line, Span, cells, clip, fit
from tui.ui.wording import BARS, plural, window_name
from tui.ui.world.drawing import Marks
from tui.ui.world.labels import CHOSEN, EXACT, NEW, ROUGH
from tui.ui.world.outlines import world
from tui.ui.world.paint import STEPS, Layer, Step, spot_of
from tui.ui.world.view import REGIONS
from tui.ui.world.widget import WorldMap

HOT_REGIONS = (
    "Europe",
    "Middle East",
    "East Asia",
    "South Asia",
    "North America",
    "South America",
    "Africa",
    "Oceania",
)
"""Regions that the inset of a wide screen may show."""
_NEW_WEIGHT = 3
"""What a new incident counts for, beside those that were seen."""
_LAYERS = {
    Layer.WORST: "worst event",
    Layer.COUNT: "incidents",
    Layer.NEWEST: "latest news",
}


def map_head(shown: WorldMap, board: Board, width: int) -> Line:
    """What is shown of where."""
    area = shown.area if shown.area in REGIONS else territory_name(shown.area) if shown.area else "moved"
    spans: list[Span] = [("map ", "ink"), (f"· {_LAYERS[shown.telling]} ", "muted")]
    if width >= 100:
        spans.append((f"{window_name(board.query.window)} ", "muted"))
    return (*spans, (f"· {area} ", "muted"))


def map_foot(shown: WorldMap) -> Line:
    """The steps of the colours, most first, in as much room as there is."""
    spans: list[Span] = []
    for step in reversed(STEPS[shown.telling][1:]):
        spans += [(f"{_sample(step, shown.marks)} ", step.ink), (f"{step.name}  ", "muted")]
    spans += [(f"{NEW} ", "new"), ("new ", "muted")]
    return tuple(spans) if cells(spans) <= shown.size.width - 2 else ()


def _sample(step: Step, marks: Marks) -> str:
    if marks is Marks.LETTERS:
        return step.letter
    return chr(0x2800 | (0xFF if marks is Marks.COLOURS else step.dots))


def hottest(board: Board) -> str:
    """The region with most incidents, new ones above all."""
    atlas = world()

    def weight(name: str) -> int:
        box = REGIONS[name]
        total = 0
        for country in board.countries:
            outline = atlas.find(country.iso2)
            if (
                outline
                and box.south <= outline.latitude <= box.north
                and box.west <= outline.longitude <= box.east
            ):
                total += country.incidents + _NEW_WEIGHT * country.new
        return total

    return max(HOT_REGIONS, key=weight)


def legend(shown: WorldMap, board: Board, width: int) -> list[Line]:
    """The country chosen, what the colours and marks mean, and the countries in sight."""
    lines = [*_chosen(shown, board, width), ()]
    lines += [((f"{_LAYERS[shown.telling]}", "strong"), ("  L", "key"), (" changes", "muted"))]
    counts = _by_step(shown)
    for at, step in reversed(list(enumerate(STEPS[shown.telling]))):
        told = plural(counts[at], "country", "countries") if at else ""
        lines.append(
            (
                (f"{_sample(step, shown.marks)} ", step.ink),
                (fit(step.name, width - 15), "ink"),
                (f"{told:>12} ", "muted"),
            )
        )
    lines += [
        ((f"{NEW} ", "new"), ("news you have not seen", "ink")),
        (("+3 ", "new"), ("how many, hidden ones too", "ink")),
        ((f"{CHOSEN} ", "acc"), ("the country chosen", "ink")),
        ((f"{EXACT} ", "strong"), ("where an incident was, near", "ink")),
        ((f"{ROUGH} ", "strong"), ("its region, no point known", "ink")),
        (),
    ]
    rows = {country.iso2: country for country in board.countries}
    codes = shown.in_sight()
    lines.append((("in sight", "strong"), (f"  {plural(len(codes), 'country', 'countries')}", "muted")))
    lines += [_country(rows[code], code == shown.paint.selected, width) for code in codes if code in rows]
    return lines


def known_to(row: IncidentRow) -> str:
    """How exactly the place of an incident is known."""
    place = row.facts.place
    if place is None or place.precision is PlacePrecision.COUNTRY:
        return "only the country is known" if row.facts.affected or place else "no place is known"
    how = ""
    if spot_of(row) is None:
        how = ", not on the map: where it lies is not known"
    elif place.precision not in {PlacePrecision.POINT, PlacePrecision.SETTLEMENT}:
        how = ", no point is known"
    return f"{clip(place.name, 40)} · {place.precision}{how}"


def _by_step(shown: WorldMap) -> list[int]:
    steps = list(shown.paint.steps.values())
    return [steps.count(at) for at in range(len(STEPS[shown.telling]))]


def _chosen(shown: WorldMap, board: Board, width: int) -> list[Line]:
    code = shown.paint.selected
    if not code:
        return [(("no country chosen", "muted"),), (("J K", "key"), (" or a click chooses one", "muted"))]
    row = next((country for country in board.countries if country.iso2 == code), None)
    head: Line = ((f"{CHOSEN} ", "acc"), (fit(territory_name(code), width - 2).rstrip(), "new"))
    if row is None or not row.incidents:
        return [head, ((f"no incident · {board.covered(code).verdict}", "muted"),)]
    told = plural(row.incidents, "incident")
    return [
        head,
        (
            (f"{BARS[row.severity]}", str(row.severity)),
            (f"{told} {window_name(board.query.window)}", "ink"),
            (f"  {row.new} new" if row.new else "", "new"),
        ),
    ]


def _country(country: CountryRow, chosen: bool, width: int) -> Line:  # noqa: FBT001 -- a mark of the row
    return (
        (BARS[country.severity], str(country.severity)),
        (f"{country.iso2} ", "strong" if country.new else "muted"),
        (fit(country.name, width - 13), "chosen" if chosen else "new" if country.new else "ink"),
        (f"{country.incidents:>4}", "strong"),
        (f"+{country.new}".rjust(5) if country.new else "", "new"),
    )
