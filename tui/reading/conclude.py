"""From all reports of one incident to what is said of it: facts, timeline, contradictions and outcome."""

from collections.abc import Sequence
from dataclasses import replace

from tui.domain.codes import IncidentCertainty
from tui.domain.history import ClaimField, IncidentHistory
from tui.domain.incident import Conclusion, FiledReport
from tui.reading.history.claims import contradictions_of
from tui.reading.history.facts import facts_of
from tui.reading.history.notices import Notice, notice_in
from tui.reading.history.tellings import tellings_of
from tui.reading.history.timeline import history_of
from tui.reading.history.turns import in_turn
from tui.reading.history.whole import with_whole_text
from tui.reading.sources import Source, independent, sources_of


def conclude(reports: Sequence[FiledReport]) -> Conclusion:
    """What all reports say together, each by its present wording; the order they are given in changes nothing."""
    sources = sources_of(in_turn(reports))
    standing = tuple(replace(source, filed=with_whole_text(source.filed)) for source in _standing(sources))
    claims = contradictions_of(standing)
    owner_disputed = any(one.field is ClaimField.ACTOR for one in claims)
    told = history_of(tellings_of(sources), owner_disputed=owner_disputed)
    if told.certainty is not IncidentCertainty.DISPUTED:
        claims = tuple(one for one in claims if one.field is not ClaimField.VIOLATION)
    facts = replace(
        facts_of(standing),
        certainty=told.certainty,
        ground=told.ground,
        disputed=tuple(str(one.field) for one in claims),
        outcome=told.outcome,
    )
    return Conclusion(facts, told.timeline, IncidentHistory(claims, told.steps), independent(sources))


def _standing(sources: Sequence[Source]) -> tuple[Source, ...]:
    """Those whose publisher has not taken the report back; all, when each has."""
    left = tuple(source for source in sources if not _taken_back(source.filed))
    return left or tuple(sources)


def _taken_back(filed: FiledReport) -> bool:
    return notice_in(filed.title, filed.summary) is Notice.WITHDRAWN
