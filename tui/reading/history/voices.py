"""On whose word a report rests, by the marks that its reading left."""

from tui.domain.codes import Certainty, Event
from tui.domain.reading import Report
from tui.reading.phrases import country

_ACTS_OF_STATE = frozenset({Event.SHOOTDOWN, Event.PROTEST, Event.POLICY})
"""Only a state does these, so that the telling rests on its word."""


def is_denial(report: Report) -> bool:
    """Whether it carries the denial of an event."""
    return report.certainty is Certainty.DENIED or report.event[:1] == (Event.DENIAL,)


def by_an_official(report: Report) -> bool:
    """Whether one with authority states it: of the affected state, of its alliance, or of the actor that admits it.

    A state's own act speaks for itself. Facts that were given rather than read carry no marks, and are
    taken at their word.
    """
    if not report.spans or _ACTS_OF_STATE.intersection(report.event[:1]):
        return True
    speakers = _speakers(report)
    if speakers:
        return any(_has_authority(speaker, report) for speaker in speakers)
    return any(span.fact == "certainty" for span in report.spans)


def authority(report: Report) -> str:
    """Who may confirm it and is quoted, in plain words; empty when the words do not say."""
    return next((_in_words(one) for one in _speakers(report) if _has_authority(one, report)), "")


def voice_of(report: Report) -> str:
    """The official or alliance quoted, of whichever side, in plain words; empty for a publisher's own words."""
    return next((_in_words(one) for one in _speakers(report) if one.startswith(("official", "alliance"))), "")


def _speakers(report: Report) -> list[str]:
    """As the reading labels them: "official EE", "alliance", "witness"."""
    return [span.value for span in report.spans if span.fact == "speaker"]


def _in_words(speaker: str) -> str:
    voice, _, iso2 = speaker.partition(" ")
    if voice == "alliance":
        return "the alliance"
    return f"an official of {country(iso2)}" if iso2 else "an official"


def _has_authority(speaker: str, report: Report) -> bool:
    """Whether a speaker may confirm an event over the affected states."""
    voice, _, iso2 = speaker.partition(" ")
    if voice == "alliance":
        return True
    return voice == "official" and iso2 in {*report.affected, *report.actor}
