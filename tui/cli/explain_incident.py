"""Why an incident is what it is: how sure and on what ground, why its stories are one, and what a person corrected."""

from collections.abc import Iterator

from tui.cli.columns import width_of_output
from tui.domain.board import IncidentDetail
from tui.domain.correction import Kind
from tui.domain.incident import Assignment, BaselineIncident
from tui.exports.objects import incident_object
from tui.exports.plain import certainty_words, codes_words, told_by
from tui.store.stored import StoredIncident
from tui.ui.untrusted import Line, wrap

_OF_BASELINE = (
    "It came with the program, as a known incident of the past: nobody's story was read for it and nothing was weighed, "
    "so there is no score to explain. It is never news, and stands beside the news on every board."
)
_OF_BASELINE_TOLD = (
    "It came with the program, as a known incident of the past, and stories were put into it since: what stands above "
    "rests on them, not on it. This is what was known before:"
)
_OF_HIDDEN = "Hidden by your word that it is no incursion, and whatever joins it later with it: its stories are not counted."


def incident_text(found: StoredIncident, detail: IncidentDetail) -> str:
    """The incident as a whole; its stories are explained one by one after it."""
    width = width_of_output()
    return "\n".join(
        " " * indent + "".join(text for text, _ in line).rstrip()
        for indent, said in _paragraphs(found, detail)
        for line in _wrapped(said, width - indent)
    )


def _wrapped(said: str, width: int) -> list[Line]:
    return wrap([(said, "")], width)


_Paragraphs = Iterator[tuple[int, str]]
"""How far each is indented, and its text."""


def _paragraphs(found: StoredIncident, detail: IncidentDetail) -> _Paragraphs:
    if found.merged:
        yield (
            0,
            f"Incident {found.asked} was merged by you into {found.shown}; its stories are told here.",
        )
    yield 0, f"Incident {found.shown}: {found.line}"
    for one in found.corrected:
        value = f": {one.value}" if one.value else ""
        yield 2, f"corrected by you  {one.fact}{value}  ({one.at:%Y-%m-%d %H:%M}Z)"
    yield 2, f"Certainty: {certainty_words(detail.row)}"
    if detail.assignments:
        counted = _OF_HIDDEN if _hidden(found) else f"Told by {told_by(detail.row)}."
        yield 2, f"Outcome: {codes_words([detail.row.facts.outcome])}. {counted}"
        yield from _why_one(detail)
    if detail.baseline is not None:
        yield 0, ""
        yield 0, _OF_BASELINE_TOLD if detail.assignments else _OF_BASELINE
        yield 0, ""
        yield from _known_before(detail.baseline)


def _hidden(found: StoredIncident) -> bool:
    """Whether a person said that it is no incursion."""
    return any(one.fact == Kind.NOT_INCURSION for one in found.corrected)


def _why_one(detail: IncidentDetail) -> _Paragraphs:
    yield 0, ""
    yield 0, "Why these stories are one incident"
    titles = {story.key: f"{story.publisher}, “{story.title}”" for story in detail.stories}
    for assignment in detail.assignments:
        yield 3, f"{assignment.story[:8]}  {titles.get(assignment.story, 'a story since gone')}"
        yield from _together(assignment)


def _together(assignment: Assignment) -> _Paragraphs:
    if assignment.is_new:
        yield 5, "the first report of it"
    for reason in assignment.why:
        told = f": {reason.detail}" if reason.detail else ""
        yield 5, f"{reason.weight:+.2f}  {codes_words([reason.reason])}{told}"
    if assignment.nearest is not None:
        yield 5, f"not {assignment.nearest.incident}: {assignment.nearest.why_not}"


def _known_before(known: BaselineIncident) -> _Paragraphs:
    told = (
        ("What happened", known.description),
        ("Outcome", known.outcome),
        ("Where it was seen", known.basis),
        ("Not certain", codes_words(known.uncertain) or ("" if known.certain else "written from memory")),
    )
    for name, said in told:
        if said:
            yield 2, f"{name}: {said}"


def incident_json(found: StoredIncident, detail: IncidentDetail) -> dict[str, object]:
    """The same for a program; `merged_into` is null when it stands, `baseline` when it did not come with the program."""
    known = detail.baseline
    return {
        "id": found.asked,
        "merged_into": found.shown if found.merged else None,
        "line": found.line,
        "hidden": _hidden(found),
        "corrected": [
            {"fact": one.fact, "value": one.value, "at": one.at.isoformat()} for one in found.corrected
        ],
        "facts": incident_object(detail.row),
        "together": [
            {
                "story": one.story,
                "first": one.is_new,
                "why": [
                    {"reason": why.reason, "detail": why.detail, "weight": why.weight} for why in one.why
                ],
                "nearest": {"incident": one.nearest.incident, "why_not": one.nearest.why_not}
                if one.nearest
                else None,
            }
            for one in detail.assignments
        ],
        "baseline": None
        if known is None
        else {
            "description": known.description,
            "outcome": known.outcome,
            "basis": known.basis,
            "certain": known.certain,
            "uncertain": list(known.uncertain),
        },
    }
