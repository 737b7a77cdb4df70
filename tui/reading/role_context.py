"""What the other states of a story tell of one: whose ground and whose craft are already known."""

from collections.abc import Iterator, Mapping
from datetime import date

from tui.domain.alliances import ALLIES
from tui.reading.role_cues import ANSWERS, KINDS_OF, NO_CUE, NO_PART, OWNERSHIP, SURE_GROUND, Standing
from tui.reading.war import fought_over

SITES = frozenset({"its site", "its airport"})
SHOTS = frozenset({"shot by it", "does a.down", "admits a shot"})
SPEAKS = frozenset({"does a.protest", "does a.consult", "does a.deny", "does a.accuse", "says", "says, at the end", "speaks, with a colon",
                    "does a.analysis"})  # fmt: skip
DENIES = frozenset({"does a.deny", "says no"})
PLEAS = frozenset(
    {
        "says it was elsewhere",
        "makes an excuse",
        "protests over its own craft",
        "says no",
    }
)
_OTHER_SIDE = {"CN": "TW", "TW": "CN", "KP": "KR", "KR": "KP"}
"""Parted lands."""
ELSEWHERE = "over no state's ground"
ALLIANCE = "NATO stands in the title"
OUTSIDER = "outside the alliance that stands in the title"
OWN_INCURSION = frozenset({"incursion named after its people", "incursion by it"})
_NAMED_AFTER = (
    ("incursion named after its name", "incursion named after its people"),
    ("craft incursion named after its name", "craft incursion named after its people"),
)
"""Beside an alliance "Russia drone incursion" is that of an outsider, as "Russian drone incursion" is."""
ITS_HEAD = "its head speaks of the alliance"
_SPEAKING = NO_CUE | SPEAKS
_TITLE = ("named", True)


def add_context(
    standings: Mapping[str, Standing], setting: str, day: date | None, *, minor: frozenset[str] = frozenset()
) -> None:
    """Add to each state's cues what is told of the others; `setting` is the ground when it is no one state's.

    In a part of a story that names several, the `minor` ones are not alone though only they stand here.
    """
    if setting == ALLIANCE:
        for iso2, standing in standings.items():
            _beside_alliance(iso2, standing)
    if len(standings) > 1:
        _add_others(standings, setting, day)
    for iso2, standing in standings.items():
        cues = standing.cues
        if len(standings) == 1:
            _add_alone(iso2, standing, setting, minor)
        cues |= {(kind, where) for name, where in cues if name in KINDS_OF for kind in KINDS_OF[name]}
        if standing.order == 0 and (ITS_HEAD, True) not in cues:
            cues.add(("first state named", True))
        if setting:
            cues.add((setting, True))


def _beside_alliance(iso2: str, standing: Standing) -> None:
    """What it means to be named beside an alliance: its skies are those of its members, its affairs their heads'."""
    cues = standing.cues
    mine = {name for name, _ in cues}
    if iso2 not in ALLIES:
        cues.add((f"{OUTSIDER}, and no part is told" if mine & NO_PART else OUTSIDER, True))
        if "is warned or asked" in mine:
            cues.add(("object of a.accuse", True))
        for name, people in _NAMED_AFTER:
            told = {(name, where) for where in (True, False)} & cues
            cues -= told
            cues |= {(people, where) for _, where in told}
    elif not mine - _SPEAKING and ("named by its force or head", True) in cues:
        cues.add((ITS_HEAD, True))


def _add_alone(iso2: str, standing: Standing, setting: str, minor: frozenset[str]) -> None:
    """What it means to be the only state named."""
    mine = {name for name, _ in standing.cues}
    if mine & DENIES:
        standing.cues.add(("denies", True))
    if iso2 not in minor and OUTSIDER not in mine:
        how = (
            ", and it pleads"
            if mine & PLEAS
            else ", and the incursion is its own"
            if mine & OWN_INCURSION
            else f", {setting}"
            if setting
            else ""
        )
        standing.cues.add((f"only state named{how}", True))


def _add_others(standings: Mapping[str, Standing], setting: str, day: date | None) -> None:
    """What is told of each of several states by what is told of the others."""
    own = {iso2: {name for name, _ in standing.cues} - NO_CUE for iso2, standing in standings.items()}
    grounds = {iso2 for iso2, names in own.items() if names & SURE_GROUND}
    owners = {iso2 for iso2, names in own.items() if names & OWNERSHIP}
    companions = {iso2 for iso2, names in own.items() if "flies with another's" in names}
    in_title = {iso2 for iso2, standing in standings.items() if _TITLE in standing.cues}
    peaceful = {iso2 for iso2 in grounds if not fought_over(iso2, day)}
    for iso2, standing in standings.items():
        cues = standing.cues
        cues |= {(cue, True) for cue in _opposed(iso2, own)}
        apart = {iso2, *standing.mates}
        apart |= companions if iso2 in owners - companions else owners if iso2 in companions else set()
        alone = "the one other state's" if len(standings.keys() - apart) == 1 else "another state's"
        if grounds - apart:
            cues.add((_beside_ground(own[iso2], alone), _TITLE in cues))
        if owners - apart and ITS_HEAD not in own[iso2]:
            cues.add((_beside_craft(own[iso2], alone, setting), True))
        if in_title - apart and iso2 not in in_title:
            cues.add(("only others stand in the title", True))
        if peaceful - {iso2} and fought_over(iso2, day):
            cues.add(("fought over, beside the ground of a state at peace", True))


def _opposed(iso2: str, own: Mapping[str, set[str]]) -> Iterator[str]:
    """What a state's own part tells beside that of the others: another shot, it denies what others say, it lies across a line."""
    mine = own[iso2]
    others = [names for other, names in own.items() if other != iso2]
    if any(names & SHOTS for names in others) and not mine & (SURE_GROUND | SHOTS | ANSWERS | OWNERSHIP):
        yield f"another state shot, and it {'speaks' if mine & SPEAKS else 'is named'}"
    if mine & DENIES:
        craft = any(names & OWNERSHIP for names in others)
        yield _denial(mine, others_craft=craft, others_ground=any(names & SURE_GROUND for names in others))
    if _across(iso2, own):
        yield "the other side of its line"


def _denial(own: set[str], *, others_craft: bool, others_ground: bool) -> str:
    """A denial is the owner's when another's ground is told, and the ground's when another's craft is."""
    if others_craft:
        return "denies, and another's craft is told"
    return "denies, and another's ground is told" if others_ground and not own & SURE_GROUND else "denies"


def _across(iso2: str, own: Mapping[str, set[str]]) -> bool:
    """As in a balloon on Matsu and a coast in Fujian: over the line of a parted land it comes from the other side."""
    other = _OTHER_SIDE.get(iso2)
    if other is None or other not in own or own[iso2] & (ANSWERS | SPEAKS | SURE_GROUND - {"place in it"}):
        return False
    return bool(own[other] & (ANSWERS | SPEAKS | SURE_GROUND))


def _beside_craft(own: set[str], alone: str, setting: str) -> str:
    """What it means for a state that another's craft is told; over no state's ground it means less."""
    if own & OWNERSHIP:
        return "its craft beside another's"
    return f"{alone} craft is told, {setting}" if setting else f"{alone} craft is told"


def _beside_ground(own: set[str], alone: str) -> str:
    """What it means for a state that another's ground is told depends on what is told of itself."""
    if own & ANSWERS or own & {"by it", "shot by it"}:
        return "answered, and another's ground is told"
    if own & SURE_GROUND:
        return "its ground beside another's"
    if own & NO_PART and not own - NO_PART:
        return "no part told, and another's ground is"
    if own & OWNERSHIP:
        return "its craft, and another's ground is told"
    if own <= SITES:
        return f"{'its base' if own else 'barely named'}, and another's ground is told"
    return f"{alone} ground is told"
