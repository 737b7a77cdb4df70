"""`overflight once --plain`: everything that the monitor shows, in sentences that a screen reader can speak."""

from datetime import datetime, timedelta

from tui.cli.board_text import NOBODY_FETCHED, feeds_words, state_words, window_words
from tui.domain.board import Board, CollectorStatus, CountryRow, IncidentRow
from tui.domain.codes import EVENT_TAG, DatePrecision, IncidentCertainty, Origin
from tui.domain.incident import IncidentFacts
from tui.domain.reading import EventDate
from tui.domain.standing import span
from tui.domain.territories import territory_name

_QUARTERS = 4


def board_plain(board: Board, status: CollectorStatus) -> str:
    """No table, no sign, no colour: one sentence after another, the newest incident first."""
    now = board.taken
    lines = [
        f"Overflight, {_moment(now)}.",
        *_live(status, now),
        f"{feeds_words(status)}.",
        f"{_count(board.stories, 'story', 'stories')} kept of {_count(board.entries, 'entry', 'entries')} seen.",
        "",
        *_numbers(board),
        "",
        *(_country(row) for row in board.countries),
        "",
    ]
    news = [row for row in board.incidents if row.origin is not Origin.BASELINE]
    baseline = [row for row in board.incidents if row.origin is Origin.BASELINE]
    lines += [_incident(row, now) for row in news] or ["No incident is in the news of this window."]
    lines += ["", f"Baseline: {_count(len(baseline), 'known incident')} of the past, not news."]
    lines += [_incident(row, now) for row in baseline]
    return "\n".join(lines) + "\n"


def _live(status: CollectorStatus, now: datetime) -> list[str]:
    detail = f", {status.detail[:1].lower()}{status.detail[1:].rstrip('.')}" if status.detail else ""
    said = [f"State: {state_words(status)}{detail}."]
    if not status.known:
        said.append(NOBODY_FETCHED)
    elif status.last_poll is None:
        said.append("No feed has answered yet.")
    else:
        said.append(f"The last answer of a feed came {_ago(status.last_poll, now)}.")
    if status.state == "offline" and status.last_poll is not None:
        said.append(f"What follows is what was stored up to {_moment(status.last_poll)}.")
    if status.next_poll is not None and status.next_poll > now:
        said.append(f"The next poll is due in {span(status.next_poll - now)}.")
    if status.list_problem:
        said.append(f"The list of feeds cannot be used as it is: {status.list_problem}.")
    return [" ".join(said)]


def _numbers(board: Board) -> list[str]:
    window = window_words(board.query.window)
    said = f"{_count(board.total, 'incident')} in {window}"
    if board.query.window is not None:
        said += f", {board.previous_total} in the same time before"
    looked = f" at {_moment(board.looked)}" if board.looked else ""
    lines = [f"{said}; {board.new} new since you last looked{looked}."]
    if board.tags:
        kinds = (f"{_event_words(tag)} {count}" for tag, count in board.tags)
        lines.append(f"By kind: {', '.join(kinds)}.")
    return lines


def _event_words(tag: str) -> str:
    """A tag of the screen by the events it stands for: "shootdown"."""
    return " or ".join(_words(event) for event, known in EVENT_TAG.items() if known == tag)


def _country(row: CountryRow) -> str:
    if not row.incidents:
        silent = f"{row.name}: no news incidents, {row.baseline} in the baseline"
        return f"{silent}; {row.coverage.verdict}." if row.iso2 else f"{silent}."
    said = f"{row.name}: {_count(row.incidents, 'incident')}, {row.new} new, worst {row.severity}."
    length = len(row.recent)
    quarters = [
        sum(row.recent[length * at // _QUARTERS : length * (at + 1) // _QUARTERS]) for at in range(_QUARTERS)
    ]
    if any(quarters):
        said += f" First seen by quarters of the window, oldest first: {', '.join(map(str, quarters))}."
    return said


def _incident(row: IncidentRow, now: datetime) -> str:
    facts = row.facts
    marks = [
        word
        for word, true in (
            ("new", row.new),
            ("updated since you saw it", row.updated and not row.new),
            ("watched", row.watched),
            ("only a reaction", row.follow_up_only),
        )
        if true
    ]
    head = f"{', '.join(marks).capitalize()}: " if marks else ""
    said = [f"{head}{row.line.replace(' · ', ', ')}."]
    if row.origin is not Origin.BASELINE:
        said.append(f"Told {_ago(row.latest, now)}, first seen {_moment(row.first_seen)}.")
    said += _fact_sentences(facts)
    said.append(f"Severity: {facts.severity}. Certainty: {facts.certainty}.")
    if facts.ground:
        said.append(f"Why: {facts.ground}.")
    if row.origin is not Origin.BASELINE:
        said.append(f"Outcome: {_words(facts.outcome)}.")
        said.append(f"{_count(row.publishers, 'publisher')}, {_count(row.stories, 'story', 'stories')}.")
    if row.tags:
        said.append(f"Your tags: {', '.join(row.tags)}.")
    if row.note:
        said.append(f"Your note: {row.note.rstrip('.')}.")
    return " ".join(said)


def _fact_sentences(facts: IncidentFacts) -> list[str]:
    said = [f"Affected: {_names(facts.affected) or 'no state named'}."]
    if facts.place is not None and facts.place.name:
        said.append(f"Place: {facts.place.name}.")
    if facts.zone:
        said.append(f"Zone: {_listed(facts.zone)}.")
    official = facts.certainty is IncidentCertainty.CONFIRMED
    by = f"{_names(facts.actor)}, {'attributed by officials' if official else 'alleged'}"
    said.append(f"Actor: {by if facts.actor else 'unknown'}.")
    counted = f", {facts.count}" if facts.count is not None else ""
    said.append(f"Object: {_listed(facts.object) or 'unknown'}{counted}.")
    said.append(f"Event: {_listed(facts.event) or 'unknown'}.")
    if facts.event_date is not None:
        said.append(f"Happened: {_when(facts.event_date)}.")
    responder = f" by {_names(facts.responder)}" if facts.response and facts.responder else ""
    said.append(f"Response: {_listed(facts.response) or 'unknown'}{responder}.")
    if facts.disputed:
        said.append(f"Publishers differ on: {_listed(facts.disputed)}.")
    said += [f"Corrected by you: {one.fact} {one.value}".rstrip() + "." for one in facts.corrected]
    return said


def _when(date: EventDate) -> str:
    """No more than is known of it: "20 March 2026, known to the day", "August 2022", "2019"."""
    day = date.date
    match date.precision:
        case DatePrecision.DAY:
            return f"{day:%d %B %Y}, known to the day"
        case DatePrecision.WEEK:
            return f"in the week of {day:%d %B %Y}"
        case DatePrecision.MONTH:
            return f"{day:%B %Y}"
        case DatePrecision.YEAR:
            return str(day.year)


def _words(code: str) -> str:
    return code.replace("_", " ")


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(map(_words, codes))


def _names(codes: tuple[str, ...]) -> str:
    return ", ".join(map(territory_name, codes))


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _ago(moment: datetime, now: datetime) -> str:
    return f"{span(max(now - moment, timedelta(0)))} ago"


def _moment(moment: datetime) -> str:
    return f"{moment:%d %B %Y, %H:%M} UTC"
