"""What the whole text of a story adds to what its feed gave: it fills what was left open, and contradicts nothing."""

from dataclasses import replace

from tui.domain.codes import OBJECT_TAG, PlacePrecision, Response
from tui.domain.incident import FiledReport
from tui.domain.reading import Report
from tui.reading.history.changes import counterpart
from tui.reading.history.words import RESPONSE_WORDS
from tui.reading.phrases import noun


def with_whole_text(filed: FiledReport) -> FiledReport:
    """The report with what the story's page adds to it; as it is when there is none, or nothing."""
    report = _filled(filed)
    return filed if report == filed.report else replace(filed, report=report)


def _filled(filed: FiledReport) -> Report:
    """Whose sky, who, what happened and how sure stay with the feed's words: a page also tells of other events.

    The words that these facts were read from are not those of the feed, so no spans come with them.
    """
    own = filed.report
    told = counterpart(own, filed.whole.reports) if filed.whole is not None and filed.stands else None
    if told is None or _of_another(own, told):
        return own
    place = own.place
    if place is None or (place.precision is PlacePrecision.COUNTRY and told.place is not None):
        place = told.place
    return replace(
        own,
        responder=own.responder or told.responder,
        object=own.object or told.object,
        zone=own.zone or told.zone,
        response=own.response + tuple(answer for answer in told.response if _is_more(answer, own)),
        count=told.count if own.count is None else own.count,
        place=place,
        event_date=own.event_date or told.event_date,
    )


def _is_more(answer: Response, own: Report) -> bool:
    """Whether an answer is one that the feed's words do not give; "none" says nothing beside any other."""
    return answer not in own.response and not (own.response and answer is Response.NONE_REPORTED)


def _of_another(own: Report, told: Report) -> bool:
    """Whether the page's report is of another event: other states, another kind of thing."""
    states = bool(own.affected and told.affected) and not set(own.affected) & set(told.affected)
    things = [{OBJECT_TAG[code] for code in one.object} - {"UNK"} for one in (own, told)]
    return states or (all(things) and not things[0] & things[1])


def added_words(before: Report, after: Report) -> str:
    """What the page added, in our words; empty when nothing."""
    answers = [RESPONSE_WORDS[answer] for answer in after.response if answer not in before.response]
    parts = [
        "" if before.object or not after.object else noun(after.object[0]),
        f"number {after.count}" if before.count is None and after.count is not None else "",
        f"place {after.place.name}" if after.place is not None and after.place != before.place else "",
        f"day {after.event_date.date.isoformat()}" if after.event_date and not before.event_date else "",
        *answers,
    ]
    return ", ".join(filter(None, parts))
