"""`overflight explain`: why a story is kept or dropped, every step of it."""

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import replace

import click

from tui.cli.corrected_text import corrected_json, corrected_text
from tui.cli.explain_incident import incident_json, incident_text
from tui.cli.explain_text import explanation_json, explanation_text
from tui.cli.wiring import StartError, database_file, fail, open_board, rules_in_use
from tui.domain.board import IncidentDetail
from tui.domain.correction import Made
from tui.domain.entry import StoryText
from tui.domain.rules import Rules
from tui.domain.territories import TERRITORY_NAMES
from tui.domain.value import dataclass
from tui.pipeline.reread import StoredEntry
from tui.pipeline.story_text import story_of
from tui.reading.explain import explain as explain_story
from tui.reading.plain_text import plain_text
from tui.reading.scene import MAX_SUMMARY, MAX_TITLE
from tui.reading.wire import BadLine, moment_of
from tui.store.database import open_reader
from tui.store.errors import StoreError
from tui.store.stored import StoredIncident, corrections_of, find_entries, find_incident, is_address, is_id

_LIKE_AN_ID = re.compile(r"\d+|i?(?=[a-f]*\d)[0-9a-f]{4,32}|[a-z]:[^\s/]*")
"""What nobody would write as a headline: digits, digits among a to f, a letter and a colon."""


class NotFoundError(Exception):
    """Nothing is stored under what was asked for; says what to do instead."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is told beside a text."""

    lang: str | None
    country: str | None
    published: str | None

    def on(self, text: StoryText) -> StoryText:
        """The text with what was told in place of what it had."""
        if self.country and self.country.upper() not in TERRITORY_NAMES:
            raise NotFoundError(
                f"--country {self.country[:20]!r} is no code of a state; write two letters such as PL"
            )
        return replace(
            text,
            lang=self.lang or text.lang,
            feed_country=(self.country or "").upper() or text.feed_country,
            published=moment_of(self.published, 1) or text.published,
        )


def _typed(title: str, summary: str = "") -> StoryText:
    """A text that a person gives, through the one door of all text."""
    story = StoryText(
        id="", title=plain_text(title, MAX_TITLE), summary=plain_text(summary, MAX_SUMMARY, multiline=True)
    )
    if not story.title and not story.summary:
        raise NotFoundError("no text was given: write a headline, the address or the id of a stored story")
    return story


@dataclass(frozen=True, slots=True)
class Found:
    """What is stored of what was asked for."""

    entries: Sequence[StoredEntry] = ()
    corrections: Sequence[tuple[Made, ...]] = ()
    """What a person corrected of each."""
    incident: StoredIncident | None = None
    detail: IncidentDetail | None = None
    """What is known of that incident."""


def _stored(target: str, db: str | None) -> Found:
    if not (is_address(target) or is_id(target)):
        raise _no_such_id(target[:80])
    reader = open_reader(database_file(db))
    try:
        incident = find_incident(reader, target)
        found = find_entries(reader, target)
        made = [corrections_of(reader, one.entry.key) for one in found]
    finally:
        reader.close()
    if incident is not None and (detail := _known_of(incident.shown, db)) is not None:
        if found or detail.baseline is not None:
            return Found(found, made, incident, detail)
    elif found:
        return Found(found, made)
    if incident is not None and incident.merged:
        raise NotFoundError(
            f"incident {target} was merged into {incident.shown}, which has no stored story; `overflight query` shows those that have"
        )
    if is_address(target):
        raise NotFoundError(
            f"no stored story has the address {target}. Nothing is fetched here: give its headline as words, "
            "or add its feed and let it be polled"
        )
    raise _no_such_id(target)


def _no_such_id(target: str) -> NotFoundError:
    return NotFoundError(
        f"no stored story or incident has the id {target}, or more than one begins so. Ids stand in `overflight once --json`, in "
        "brackets in `overflight query`, and on the story screen; to explain it as a text, write more than one word"
    )


def _known_of(incident: str, db: str | None) -> IncidentDetail | None:
    source = open_board(database_file(db), briefly=True)
    try:
        return source.incident(incident)
    finally:
        source.close()


def _as_printed(words: tuple[str, ...]) -> str:
    """What is asked for; an id may stand in the brackets that `query` prints it in."""
    target = " ".join(words)
    bare = target.removeprefix("[").removesuffix("]")
    return bare if _names(bare) else target


def _names(target: str) -> bool:
    """Whether it is an id, or something that can be meant as nothing else."""
    return is_id(target) or bool(_LIKE_AN_ID.fullmatch(target))


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="TEXT|URL|ID")
@click.option("--summary", default="", help="The summary that goes with a headline given as words.")
@click.option("--lang", help="Language that the feed declares, such as pl.")
@click.option("--country", help="Home country of the feed, such as PL: where 'our airspace' is.")
@click.option(
    "--published", help="Date or date-time of publication, ISO 8601: wars and 'on Friday' depend on it."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def explain(
    options: dict[str, str | None],
    words: tuple[str, ...],
    *,
    summary: str,
    lang: str | None,
    country: str | None,
    published: str | None,
    as_json: bool,
) -> None:
    """Why a story is kept or dropped, or what an incident rests on: gate, language, marks, states, weights, rules, facts, near misses.

    TEXT is a headline, on the command line or, as -, on standard input (first line the headline, the rest
    the summary). URL is the address of a stored story; nothing is fetched. ID is the id of a stored
    story or of an incident (its first eight digits will do). Of an incident it says how sure it is, on what ground and why its
    stories are one, and then explains them one by one; of one of the baseline (b:...), which rests on no story, where it was
    seen. One that was merged is followed to the incident it is shown in, and what you corrected is told with it.
    What is stored is read anew, by the reader and your rules of now.
    """
    target, given = _as_printed(words), Given(lang, country, published)
    stored = Found()
    try:
        rules: Rules = rules_in_use(options["feeds"])
        if len(words) == 1 and (is_address(target) or _names(target)):
            stored = _stored(target, options["db"])
            texts = [given.on(story_of(one.entry, one.feed, one.read_at)) for one in stored.entries]
        elif target == "-":
            if sys.stdin is None:
                sys.exit(fail("no text came: standard input is closed; write the headline as words"))
            title, _, rest = sys.stdin.read(MAX_TITLE + MAX_SUMMARY).partition("\n")
            texts = [given.on(_typed(title, rest))]
        else:
            texts = [given.on(_typed(target, summary))]
    except BadLine as problem:
        sys.exit(fail(problem.reason))
    except (StartError, StoreError, NotFoundError, OSError, UnicodeError) as problem:
        sys.exit(fail(problem))
    explanations = [explain_story(text, rules or None) for text in texts]
    known = [*stored.entries, *[None] * (len(texts) - len(stored.entries))]
    made = [*stored.corrections, *[()] * (len(texts) - len(stored.entries))]
    if as_json:
        document = [
            {**explanation_json(one, kept), "corrected": corrected_json(by_hand)}
            for one, kept, by_hand in zip(explanations, known, made, strict=True)
        ]
        head = {}
        if stored.incident and stored.detail:
            head = {"incident": incident_json(stored.incident, stored.detail)}
        click.echo(json.dumps({**head, "explanations": document}, ensure_ascii=False, indent=2))
        return
    shown = []
    if stored.incident and stored.detail:
        shown.append(incident_text(stored.incident, stored.detail))
    for one, kept, by_hand in zip(explanations, known, made, strict=True):
        shown.append(explanation_text(one, kept) + corrected_text(by_hand))
    click.echo("\n\n".join(shown))
