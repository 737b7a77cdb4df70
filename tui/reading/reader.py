"""Story to reading: gate, language, scene, roles, verdict, reports. Pure; never raises."""

from functools import lru_cache

from tui.domain.entry import StoryText
from tui.domain.reading import Reading, Reason, Verdict
from tui.domain.rules import Rules
from tui.reading.facts import read_reports
from tui.reading.folding import fold_quick
from tui.reading.language import SAMPLE, known_language, read_language
from tui.reading.recall_gate import gate
from tui.reading.relevance import floor, judge, threshold
from tui.reading.roles import RoleReader, at_home
from tui.reading.scene import MAX_SUMMARY, MAX_TITLE, lay_out
from tui.reading.user_rules import user_rules

THRESHOLD = threshold()
"""Scores from here on are kept."""

FLOOR = floor()
"""The score of a story that names nothing; below the threshold."""

_NOTHING = (Reason("no flying object and no airspace named", "", "title", 0, 0, 0.0),)


def read_story(text: StoryText, rules: Rules | None = None) -> Reading:
    """Verdict and reports of one story, under a user's rules if any; the same answer every time."""
    own = user_rules(rules) if rules else None
    title = fold_quick(text.title[:MAX_TITLE])
    summary = fold_quick(text.summary[:MAX_SUMMARY]) if text.summary else ""
    opens = gate().opens
    if not opens(title) and not (summary and opens(summary)) and not (own and own.opens(title, summary)):
        return _nothing_named(text.lang)
    folded = f"{title} {summary[:SAMPLE]}"
    lang = read_language(
        f"{text.title[:MAX_TITLE]} {text.summary[:SAMPLE]}", folded, text.lang, gate().languages
    )
    scene = lay_out(text, lang, own.marks if own else None, (title, summary))
    reader = RoleReader(scene)
    roles = reader.read(scene.sentences)
    verdict = (
        own.settled(scene, judge(scene, roles, own.reasons(scene, roles))) if own else judge(scene, roles)
    )
    if not verdict.relevant and not verdict.war_routine:
        return Reading(verdict)
    return Reading(verdict, read_reports(scene, at_home(roles, scene), reader))


@lru_cache(maxsize=256)
def _nothing_named(declared: str | None) -> Reading:
    """The reading of most stories, one for all that declare one language."""
    lang = known_language(declared) or "und"
    return Reading(
        Verdict(relevant=False, war_routine=False, score=FLOOR, threshold=THRESHOLD, lang=lang, why=_NOTHING)
    )
