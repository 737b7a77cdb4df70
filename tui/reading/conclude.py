"""From all reports of one incident to what is said of it: facts, timeline, contradictions and outcome."""

from collections.abc import Sequence
from dataclasses import replace

from tui.domain.incident import Conclusion, FiledReport, IncidentFacts
from tui.reading.history.claims import disputed_fields
from tui.reading.history.facts import facts_of
from tui.reading.history.ledger import CertaintyLedger
from tui.reading.history.timeline import timeline_of
from tui.reading.history.turns import in_turn, told_at
from tui.reading.sources import Source, independent, sources_of


def conclude(reports: Sequence[FiledReport]) -> Conclusion:
    """What all reports say together; the order they are given in changes nothing."""
    sources = sources_of(in_turn(reports))
    return Conclusion(facts=_facts(sources), timeline=timeline_of(sources), publishers=independent(sources))


def _facts(sources: Sequence[Source]) -> IncidentFacts:
    ledger = CertaintyLedger()
    for source in sources:
        ledger.take(source, told_at(source.filed))
    certainty, ground = ledger.verdict()
    return replace(facts_of(sources), certainty=certainty, ground=ground, disputed=disputed_fields(sources))
