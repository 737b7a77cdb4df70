"""Which sentences of a story tell of the same event: its own date, ground and craft keep an event apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tui.domain.codes import DatePrecision, Event, ObjectCode
from tui.domain.reading import EventDate
from tui.reading.dates import told_dates
from tui.reading.matching import spot_of
from tui.reading.objects import read_objects
from tui.reading.roles import RoleReader, Roles
from tui.reading.scene import Scene, Sentence
from tui.reading.told_date import Told
from tui.reading.told_events import told_events

_HAPPENED = frozenset(
    {
        Event.VIOLATION, Event.ADIZ_ENTRY, Event.SIGHTING, Event.INTERCEPTION, Event.SHOOTDOWN, Event.CRASH,
        Event.STRIKE, Event.DEBRIS_FOUND, Event.AIRSPACE_CLOSURE,
    },
)  # fmt: skip
_CLASS = {
    ObjectCode.LOITERING_MUNITION: "drone", ObjectCode.UAV: "drone", ObjectCode.BALLOON: "balloon",
    ObjectCode.MILITARY_AIRCRAFT: "aircraft", ObjectCode.CIVIL_AIRCRAFT: "aircraft",
    ObjectCode.LIGHT_AIRCRAFT: "aircraft", ObjectCode.HELICOPTER: "helicopter", ObjectCode.MISSILE: "missile",
    ObjectCode.CRUISE_MISSILE: "missile", ObjectCode.BALLISTIC_MISSILE: "missile", ObjectCode.ROCKET: "missile",
}  # fmt: skip
_WIDE = {DatePrecision.DAY: 3, DatePrecision.WEEK: 9, DatePrecision.MONTH: 35, DatePrecision.YEAR: 370}

_DENIED = frozenset({Event.SHOOTDOWN, Event.CRASH, Event.STRIKE})
"""Events that may first be told inside their denial."""

LONG_STORY = 4
"""Sentences beyond which what a state is in the whole story says little of its part in one sentence."""
SHORT_STORY = 3
"""Stories of up to so many sentences that tell of one event are one report, follow-ups and all."""


class Frame:
    """What one sentence tells, by itself; its events at once, the rest when it is first asked for."""

    def __init__(self, scene: Scene, reader: RoleReader, sentence: Sentence) -> None:
        self.sentence = sentence
        self._scene = scene
        self._reader = reader
        self.events: tuple[Event, ...] = told_events(sentence)
        """The events told, without any guess."""
        self.kind: Event | None = _kind(sentence, self.events)
        """POLICY, INTEL_SHARING or DENIAL when that is what it tells; else None."""
        self.happened: bool = self.kind is not Event.POLICY and not _HAPPENED.isdisjoint(self.events)
        """Whether it tells that something flew, fell or was answered."""

    @cached_property
    def classes(self) -> frozenset[str]:
        """Kinds of craft."""
        found = read_objects([self.sentence], self._scene.sentences)
        return frozenset(_CLASS[one.code] for one in found if one.code in _CLASS)

    @cached_property
    def roles(self) -> Roles:
        """Who is affected and who did it, by these words within the story."""
        return self._reader.read([self.sentence], guess=False)

    @cached_property
    def _told(self) -> list[Told]:
        anchor = self._scene.day
        return [one for one in told_dates(self.sentence, self._scene.lang, anchor) if not one.said]

    @cached_property
    def dates(self) -> tuple[EventDate, ...]:
        """Years, months and days told for what happened here."""
        return tuple(one.when for one in self._told if one.explicit)

    @cached_property
    def days(self) -> tuple[EventDate, ...]:
        """Every day told for what happened here, a weekday too."""
        return tuple(one.when for one in self._told if one.when.precision is DatePrecision.DAY)

    @cached_property
    def places(self) -> frozenset[str]:
        """Names of the places, regions left out."""
        return frozenset(_places(self.sentence))

    @cached_property
    def ground(self) -> frozenset[str]:
        """States on whose ground it is told: the affected ones, else those of the places named."""
        return frozenset(self.roles.affected) or _ground(self.sentence, self.roles)


@dataclass(slots=True)
class Cluster:
    """The sentences of one event."""

    kind: Event | None
    frames: list[Frame] = field(default_factory=list)
    parent: "Cluster | None" = None
    """The event that a denial is about."""
    before: Frame | None = None
    """The sentence before its first: what "the island" in it may mean."""

    @property
    def sentences(self) -> list[Sentence]:
        """Its sentences in order."""
        return [frame.sentence for frame in self.frames]

    def affected(self) -> frozenset[str]:
        """States that its sentences call affected."""
        return frozenset(iso2 for frame in self.frames for iso2 in frame.roles.affected)

    def ground(self) -> frozenset[str]:
        """States on whose ground its sentences are told."""
        return frozenset(iso2 for frame in self.frames for iso2 in frame.ground)

    def classes(self) -> frozenset[str]:
        """Kinds of craft in it."""
        return frozenset(name for frame in self.frames for name in frame.classes)


def clusters_of(scene: Scene, reader: RoleReader) -> list[Cluster]:
    """The events of a story, in the order told; none when its sentences can tell of one only."""
    frames = [Frame(scene, reader, sentence) for sentence in scene.sentences]
    if _tells_of_one(frames):
        return []
    clusters: list[Cluster] = []
    current: Cluster | None = None
    for number, frame in enumerate(frames):
        known = len(clusters)
        current = _place_frame(frame, clusters, current)
        for cluster in clusters[known:]:
            cluster.before = frames[number - 1] if number else None
    return clusters


def within(scene: Scene, whole: Roles) -> Roles:
    """What the whole story says of a part: in a long one who acts, but not who suffers, which may change."""
    if len(scene.sentences) <= LONG_STORY:
        return whole
    weights = {iso2: (min(suffers, 0.0), acts) for iso2, (suffers, acts) in whole.weights.items()}
    return replace(whole, weights=weights)


def _tells_of_one(frames: Sequence[Frame]) -> bool:
    """Whether too few sentences tell of anything to make two clusters, or in a short story two events."""
    happenings = sum(frame.kind is None and frame.happened for frame in frames)
    denials = sum(frame.kind is Event.DENIAL and not _DENIED.isdisjoint(frame.events) for frame in frames)
    others = sum(frame.kind is not None for frame in frames)
    return happenings + denials <= 1 and (len(frames) <= SHORT_STORY or happenings + denials + others <= 1)


def _ground(sentence: Sentence, roles: Roles) -> frozenset[str]:
    """The states of the places named, when no words say who is affected."""
    found = {
        mark.name.iso2
        for mark in sentence.marks
        if mark.name is not None and mark.name.iso2 and mark.concept in {"g.place", "g.area", "g.airport"}
    }
    return frozenset(found.difference(roles.actor))


def _places(sentence: Sentence) -> list[str]:
    return [
        spot.name
        for mark in sentence.marks
        if mark.name is not None and (spot := spot_of(mark)) is not None and spot.precision.value != "region"
    ]


def _kind(sentence: Sentence, events: Sequence[Event]) -> Event | None:
    """What a sentence tells when it is no event in the air."""
    if Event.INTEL_SHARING in events:
        return Event.INTEL_SHARING
    happened = [event for event in events if event in _HAPPENED and event is not Event.VIOLATION]
    if sentence.has("a.excuse") or (Event.DENIAL in events and not happened and Event.POLICY not in events):
        return Event.DENIAL
    if Event.POLICY in events and not happened:
        return Event.POLICY
    return None


def _place_frame(frame: Frame, clusters: list[Cluster], current: Cluster | None) -> Cluster | None:
    """Put a sentence where it belongs; the cluster that the next one continues."""
    kind = frame.kind
    if kind is Event.DENIAL:
        about = _event_of_denial(frame, clusters, current)
        found = next((c for c in clusters if c.kind is kind and c.parent is about), None)
        return _join(found, frame, clusters, kind, parent=about)
    if kind is not None:
        same = [c for c in clusters if c.kind is kind]
        found = next(
            (
                c
                for c in same
                if not c.affected() or not frame.roles.affected or c.affected() & set(frame.roles.affected)
            ),
            None,
        )
        return _join(found, frame, clusters, kind)
    if not frame.happened and not frame.classes:
        if current is not None and _continues(frame, current):
            current.frames.append(frame)
        return current
    home = current if current is not None and _compatible(frame, current) else None
    if home is None:
        home = next((c for c in reversed(clusters) if c.kind is None and _compatible(frame, c)), None)
    if home is None and not frame.happened:
        return current
    return _join(home, frame, clusters, None)


def _join(
    found: Cluster | None,
    frame: Frame,
    clusters: list[Cluster],
    kind: Event | None,
    parent: Cluster | None = None,
) -> Cluster:
    if found is None:
        found = Cluster(kind, parent=parent)
        clusters.append(found)
    found.frames.append(frame)
    return found


def _event_of_denial(frame: Frame, clusters: list[Cluster], current: Cluster | None) -> Cluster | None:
    """The event a denial is about; one that is first told inside the denial is made from it."""
    if not _DENIED.isdisjoint(frame.events) and frame.roles.affected:
        for cluster in clusters:
            if cluster.kind is None and _compatible(frame, cluster):
                return cluster
        return _join(None, frame, clusters, None)
    if current is not None and current.kind is Event.DENIAL:
        return current.parent
    named = [c for c in clusters if c.kind is None and c.ground() & set(frame.roles.named)]
    if named:
        return current if current in named else named[0]
    if current is not None and current.kind is None:
        return current
    return next((c for c in reversed(clusters) if c.kind is None), None)


def _continues(frame: Frame, current: Cluster) -> bool:
    """Whether a sentence without an event goes on about the current one."""
    return current.kind is None and (
        not frame.roles.affected
        or bool(current.affected() & set(frame.roles.named))
        or not current.affected()
    )


def _compatible(frame: Frame, cluster: Cluster) -> bool:
    """Whether a sentence may tell of the same event."""
    if cluster.kind is not None:
        return False
    affected, theirs = frame.ground, cluster.ground()
    if (affected and theirs and not affected & theirs) or _again(frame, cluster):
        return False
    classes, others = frame.classes, cluster.classes()
    if classes and others and not classes & others:
        return False
    dates = [when for other in cluster.frames for when in other.dates]
    if frame.dates and dates and not any(near(one, other) for one in frame.dates for other in dates):
        return False
    if (
        frame.dates
        and not dates
        and frame.sentence.field == "summary"
        and any(when.precision in {DatePrecision.YEAR, DatePrecision.MONTH} for when in frame.dates)
    ):
        return len(cluster.frames) == 1 and cluster.frames[0].sentence.field == "title"
    places = frozenset(name for other in cluster.frames for name in other.places)
    return not (frame.places and places and not frame.places & places and not affected & theirs)


_ONCE = frozenset({Event.SHOOTDOWN, Event.CRASH, Event.AIRSPACE_CLOSURE, Event.STRIKE})
"""What happens to one object, or one airport, on one day only."""


def _again(frame: Frame, cluster: Cluster) -> bool:
    """Whether it tells of the same thing done on another day."""
    for other in cluster.frames:
        same = _ONCE.intersection(frame.events, other.events)
        if same and frame.days and other.days and not set(frame.days) & set(other.days):
            return True
    return False


def near(one: EventDate, other: EventDate) -> bool:
    """Whether two dates may be of one event, each as exact as it is told."""
    if one.precision is other.precision and one.precision in {DatePrecision.MONTH, DatePrecision.YEAR}:
        return one.date == other.date
    width = max(_WIDE[one.precision], _WIDE[other.precision])
    return abs((one.date - other.date).days) <= width
