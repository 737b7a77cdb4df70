"""An incident's sketch drawn anew, when a report has left it or says something else."""

from collections.abc import Sequence
from dataclasses import replace

from tui.domain.incident import FiledReport, IncidentSketch
from tui.reading.grouping.keys import incident_keys
from tui.reading.grouping.sketching import grown
from tui.reading.grouping.traits import traits_of_report, traits_of_sketch


def sketch_anew(incident: str, reports: Sequence[FiledReport]) -> IncidentSketch:
    """The sketch that these reports make, in the order given."""
    sketch = IncidentSketch(incident)
    for filed in reports:
        sketch = grown(sketch, traits_of_sketch(sketch), filed, traits_of_report(filed))
    return replace(sketch, keys=incident_keys(traits_of_sketch(sketch)))
