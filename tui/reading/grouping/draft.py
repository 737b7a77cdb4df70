"""The filing of one poll while it grows: laid over what is held, so that nothing is taken over early."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from math import log2
from sys import maxsize

from tui.domain.constraints import NO_CONSTRAINTS, Constraints
from tui.domain.incident import (
    Assignment,
    FiledReport,
    Filing,
    GroupReason,
    IncidentSketch,
    MergeProposal,
    NearMiss,
    ReportKey,
)
from tui.domain.value import dataclass
from tui.reading.grouping.compare import Fit, compare, other_craft, surely_apart
from tui.reading.grouping.index import BASELINE, Index
from tui.reading.grouping.keys import hint_keys, incident_keys, report_keys
from tui.reading.grouping.memory import Memory
from tui.reading.grouping.sketching import grown, report_of
from tui.reading.grouping.traits import Traits, traits_of_sketch
from tui.reading.grouping.weights import Weights

_TOLD_OF = 2
"""Incidents that a report is compared with, if there are so many: the one that it joins, and the nearest other."""
_RECALLED = 500
"""Incidents fetched from the store that one poll keeps at hand."""
_REPORTS = 16
"""Reports of one story that are looked for at most."""
_MOVED = GroupReason("moved", "told before its event was known", 0.0)
_PAST = 10
"""Days after which a story about a baseline incident is a look back at it."""


def incident_key(story: str, position: int) -> str:
    """The name of the incident that this report founds; the same report always founds the same one."""
    named = f"{story}\x00{position}".encode("utf-8", "surrogatepass")
    return "i" + hashlib.blake2b(named, digest_size=10).hexdigest()


@dataclass(frozen=True, slots=True)
class _Weighed:
    incident: str
    fit: Fit
    conflict: str | None


def _weighed(incident: str, fit: Fit) -> _Weighed:
    return _Weighed(incident, fit, fit.conflict)


_Known = tuple[IncidentSketch, Traits]
"""An incident and its compared form."""


class Draft:
    """Files reports one after the other; `held` and `filed` are only read."""

    def __init__(
        self,
        held: Memory,
        filed: Mapping[ReportKey, str],
        points: Weights,
        constraints: Constraints = NO_CONSTRAINTS,
    ) -> None:
        self._points = points
        self._constraints = constraints
        self._held = held
        self._filed = filed
        self._changed = Index(held=maxsize)
        self._rarity = cache(held.index.rarity)
        """As many words are asked for again and again, and what is held stays as it is for a draft."""
        self._recalled: dict[str, _Known] = {}
        """What the store found again, lately."""
        self._assignments: list[Assignment] = []
        self._emptied: dict[str, None] = {}
        """Incidents whose only report was found to belong to another, or is told no more."""
        self._told: dict[str, set[str]] = {}
        """Incidents that each story's first-hand reports of this poll are in."""

    def filing(self) -> Filing:
        """What was decided."""
        return Filing(tuple(self._assignments), self._changed.sketches(), tuple(self._emptied))

    def forget(self, stored: Mapping[ReportKey, str], told: Collection[ReportKey]) -> None:
        """Empty the incidents whose only report is told no more: its story is revised and tells of less than before."""
        stories = {story for story, _ in told}
        for only, incident in stored.items():
            if only[0] not in stories or only in told:
                continue
            known = self._known(incident)
            if known is not None and known[0].only == only and not self._is_held(only[0], incident):
                self._emptied[incident] = None

    def file(self, filed: FiledReport, traits: Traits) -> None:
        """Decide on one report."""
        if len(self._recalled) > _RECALLED:
            self._recalled.clear()
        known = self._filed.get((filed.story, filed.position))
        chosen_home = self._constraints.home(filed.story, filed.position)
        if chosen_home:
            self._obey(filed, traits, chosen_home, revised=known == chosen_home)
            return
        if known and (self._holds(known) or self._constraints.drops(filed.story)):
            self._stay(filed, traits, known)
            return
        weighed = self._weigh(filed.story, traits)
        fitting = self._fitting(weighed, traits)
        chosen = fitting[0] if fitting else None
        if chosen is None or self._open_answer(fitting, traits):
            self._found(filed, traits, weighed)
            return
        near = self._nearest(weighed, chosen.incident, "it fits, but not as well as the one that was joined")
        proposal = self._proposal(chosen, fitting[1:])
        self._note(filed, traits, chosen.incident, chosen.fit.why, near, proposal=proposal)
        self._grow(chosen.incident, filed, traits)

    def reconsider(self) -> None:
        """Ask follow-ups that stand alone whether they belong to what grew in this poll.

        What came of an event may be told before the event: of its own it fits nothing yet.
        """
        asked: set[str] = set()
        for incident in [sketch.incident for sketch in self._changed.sketches() if sketch.stories > 1]:
            for lone in self._lone_near(incident):
                if lone not in asked and lone not in self._emptied:
                    asked.add(lone)
                    self._rejoin(lone)

    def _lone_near(self, incident: str) -> list[str]:
        """Lone follow-ups that would join it."""
        traits, keys = self._changed.traits(incident), self._changed.sketch(incident).keys
        near = dict.fromkeys((*self._changed.lone_near(keys), *self._held.index.lone_near(keys)))
        return [lone for lone in near if self._would_join(self._traits(lone), incident, traits)]

    def _would_join(self, lone: Traits, incident: str, traits: Traits) -> bool:
        if surely_apart(lone, traits) or other_craft(lone, traits):
            return False
        return self._joins(_weighed(incident, compare(lone, traits, self._rarity, self._points)))

    def _rejoin(self, lone: str) -> None:
        """Move its only report to the incident of several stories that it fits best, if nobody chose its place."""
        known = self._known(lone)
        if known is None or known[0].only is None:
            return
        sketch, traits = known
        story, position = known[0].only
        if self._is_held(story, lone):
            return
        for (other, at), incident in self._siblings(story):
            if at != position:
                self._told.setdefault(other, set()).add(self._constraints.shown(incident))
        weighed = [one for one in self._weigh(story, traits) if one.incident != lone]
        fitting = self._fitting(weighed, traits)
        if not fitting or self._open_answer(fitting, traits) or self._traits(fitting[0].incident).stories < 2:
            return
        chosen = fitting[0]
        filed = report_of(sketch, (story, position))
        near = self._nearest(weighed, chosen.incident, "it fits, but not as well as the one that was joined")
        self._assignments = [
            one for one in self._assignments if (one.story, one.position) != (story, position)
        ]
        self._emptied[lone] = None
        self._changed.drop(lone)
        self._note(filed, traits, chosen.incident, (_MOVED, *chosen.fit.why), near)
        self._grow(chosen.incident, filed, traits)

    def _is_held(self, story: str, incident: str) -> bool:
        """Whether a person said, by whatever act, that the story stays in it."""
        return self._constraints.pins(story, incident) or self._held.pinned(incident)

    def _siblings(self, story: str) -> list[tuple[ReportKey, str]]:
        """Where the reports of a story are, as far as it is remembered."""
        keys = [(story, position) for position in range(_REPORTS)]
        return [(key, self._filed[key]) for key in keys if key in self._filed]

    def _proposal(self, chosen: _Weighed, others: Sequence[_Weighed]) -> MergeProposal | None:
        """The best other incident that fits as well, if nothing forbids that it is the same as the chosen one."""
        mine = self._traits(chosen.incident)
        for other in others:
            if other.incident.startswith(BASELINE) or chosen.incident.startswith(BASELINE):
                continue
            if self._constraints.keeps_apart(other.incident, chosen.incident):
                continue
            fit = compare(mine, self._traits(other.incident), self._rarity, self._points)
            if fit.conflict is None:
                return MergeProposal(other.incident, other.fit.why)
        return None

    def _rank(self, weighed: _Weighed) -> tuple[float, str]:
        """Of incidents that fit, the more widely told one is the likelier."""
        told = log2(max(self._traits(weighed.incident).stories, 1)) * self._points.more_told
        return -(weighed.fit.score + told), weighed.incident

    def _joins(self, weighed: _Weighed) -> bool:
        return weighed.conflict is None and weighed.fit.score >= self._points.join

    def _weigh(self, story: str, traits: Traits) -> list[_Weighed]:
        """Every candidate, the best fit first; with none, the latest incident, which it cannot join."""
        rarity = self._rarity
        found = []
        candidates = [(one, self._traits(one)) for one in self._candidates(traits)]
        near = [known for known in candidates if not surely_apart(traits, known[1])] or candidates[:1]
        likely = [known for known in near if not other_craft(traits, known[1])]
        if len(likely) < _TOLD_OF:  # of those that cannot be joined the first serve as the nearest
            likely = (
                near[:_TOLD_OF] if not likely else likely + [one for one in near if one not in likely][:1]
            )
        for incident, theirs in likely:
            fit = compare(traits, theirs, rarity, self._points)
            conflict = fit.conflict or self._rule(story, traits, incident, theirs, fit)
            found.append(_Weighed(incident, fit, conflict))
        if not found and (latest := self._changed.latest or self._held.index.latest):
            fit = compare(traits, self._traits(latest), rarity, self._points)
            found.append(_Weighed(latest, fit, fit.conflict or "nothing in common by which it is found"))
        return sorted(found, key=lambda one: (-one.fit.score, one.incident))

    def _nearest(self, weighed: Sequence[_Weighed], joined: str, fits: str) -> NearMiss | None:
        """The best of those not joined, and why not; `fits`: what to say of one that fits."""
        near = next((one for one in weighed if not self._one(one.incident, joined)), None)
        if near is None:
            return None
        return NearMiss(near.incident, fits if self._joins(near) else near.conflict or near.fit.why_not)

    def _candidates(self, traits: Traits) -> dict[str, None]:
        """Candidates among the changed first, then among the held, then among those only stored."""
        keys, hints = report_keys(traits), hint_keys(traits)
        near = (*self._changed.candidates(keys, hints), *self._held.index.candidates(keys, hints))
        found = (*near, *self._found_again(traits))
        return dict.fromkeys([one for one in found if one not in self._emptied] if self._emptied else found)

    def _found_again(self, traits: Traits) -> Iterator[str]:
        """What only the store has, fetched to be compared."""
        for sketch in self._held.fetched(traits):
            if sketch.incident not in self._changed:
                self._recalled[sketch.incident] = (sketch, traits_of_sketch(sketch))
                yield sketch.incident

    def _rule(self, story: str, traits: Traits, incident: str, theirs: Traits, fit: Fit) -> str | None:
        if not traits.follow_up and self._constraints.shown(incident) in self._told.get(story, ()):
            return "the same story tells of it as another event"
        if incident.startswith(BASELINE):
            return _baseline_conflict(traits, theirs, fit)
        return None

    def _obey(self, filed: FiledReport, traits: Traits, incident: str, *, revised: bool) -> None:
        """A person chose its home."""
        near = self._nearest(self._weigh(filed.story, traits), incident, "you put the story elsewhere")
        self._note(filed, traits, incident, (GroupReason("correction", "you put it here", 0.0),), near)
        self._grow(incident, filed, traits, revised=revised)

    def _stay(self, filed: FiledReport, traits: Traits, incident: str) -> None:
        """A revised report stays where it is."""
        near = self._nearest(
            self._weigh(filed.story, traits), incident, "the story is in another one already"
        )
        self._note(
            filed, traits, incident, (GroupReason("revision", "the story is in it already", 0.0),), near
        )
        self._grow(incident, filed, traits, revised=True)

    def _found(self, filed: FiledReport, traits: Traits, weighed: Sequence[_Weighed]) -> None:
        incident = incident_key(filed.story, filed.position)
        if self._holds(incident):
            self._stay(filed, traits, incident)
            return
        why = (GroupReason("new", "no known incident fits", 0.0),)
        near = self._nearest(
            weighed, incident, "it fits, but so does another, and a bare denial names neither"
        )
        self._note(filed, traits, incident, why, near, is_new=True)
        self._grow(incident, filed, traits)

    def _grow(self, incident: str, filed: FiledReport, traits: Traits, *, revised: bool = False) -> None:
        """A baseline stays as it was; a story that a person called no incursion adds to none."""
        if incident.startswith(BASELINE) or self._constraints.drops(filed.story):
            return
        founded = IncidentSketch(incident)
        sketch, known = self._known(incident) or (founded, traits_of_sketch(founded))
        sketch = grown(sketch, known, filed, traits, revised=revised)
        now = traits_of_sketch(sketch)
        self._changed.put(replace(sketch, keys=incident_keys(now)), now)

    def _note(
        self,
        filed: FiledReport,
        traits: Traits,
        incident: str,
        why: tuple[GroupReason, ...],
        near: NearMiss | None,
        *,
        is_new: bool = False,
        proposal: MergeProposal | None = None,
    ) -> None:
        self._assignments.append(
            Assignment(filed.story, filed.position, incident, is_new, why, near, proposal)
        )
        if not traits.follow_up:
            self._told.setdefault(filed.story, set()).add(self._constraints.shown(incident))

    def _one(self, incident: str, other: str) -> bool:
        """Whether both are shown as one incident."""
        return self._constraints.shown(incident) == self._constraints.shown(other)

    def _fitting(self, weighed: Sequence[_Weighed], traits: Traits) -> list[_Weighed]:
        """What it may join, the best first; a bare denial that it would be the event of comes after all others."""
        fitting = sorted((one for one in weighed if self._joins(one)), key=self._rank)
        if len(fitting) > 1 and not traits.reply:
            fitting.sort(key=lambda one: one.fit.answers)
        return fitting

    def _open_answer(self, fitting: Sequence[_Weighed], traits: Traits) -> bool:
        """A bare denial that fits two incidents may answer either: it joins none."""
        shown = {self._constraints.shown(one.incident) for one in fitting}
        return len(shown) > 1 and fitting[0].fit.answers and traits.reply

    def traits(self, incident: str) -> Traits:
        """A changed incident in the compared form."""
        return self._changed.traits(incident)

    def _known(self, incident: str) -> _Known | None:
        """The sketch and its compared form; fetched when only the store has it."""
        for index in (self._changed, self._held.index):
            if (traits := index.known(incident)) is not None:
                return index.sketch(incident), traits
        if incident not in self._recalled and (sketch := self._held.fetch(incident)):
            self._recalled[incident] = (sketch, traits_of_sketch(sketch))
        return self._recalled.get(incident)

    def _holds(self, incident: str) -> bool:
        return self._known(incident) is not None

    def _traits(self, incident: str) -> Traits:
        traits = self._changed.known(incident) or self._held.index.known(incident)
        if traits is not None:
            return traits
        known = self._known(incident)
        if known is None:
            raise KeyError(incident)
        return known[1]


def _baseline_conflict(report: Traits, baseline: Traits, fit: Fit) -> str | None:
    """Only a look back that names both the day and the place joins a baseline incident."""
    if not (report.told and baseline.told and report.days and baseline.days and report.published):
        return "a baseline incident, and no date is told"
    if (report.published.first - baseline.days.last).days < _PAST:
        return "a baseline incident, and the story is no look back"
    if report.days.gap(baseline.days):
        return "a baseline incident of another day"
    if not any(reason.reason == "place" and reason.weight >= 1.0 for reason in fit.why):
        return "a baseline incident, and the place is not named"
    return None
