"""What each agreement and disagreement weighs when a report is compared with an incident."""

from tui.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """Points for and against; a report joins at `join` or more."""

    join: float = 3.8

    affected_main: float = 2.1
    """Both name the same state first."""
    affected_other: float = 0.4
    """They share a state that is not first in one of them."""
    affected_answer: float = 1.8
    """The party that one names as actor answers in the other."""
    affected_neither: float = 1.1
    affected_one: float = 0.8
    """Only one of the two names a state."""
    affected_common: float = 1.6
    """The same, where an alliance speaks and all speak of that state."""

    actor_same: float = 0.5
    actor_other: float = -1.5

    object_same: float = 1.2
    object_unknown: float = 0.7
    """One calls it unidentified."""
    object_missing: float = 1.1
    """One of the two is a follow-up, which need not say again what it was."""
    object_untold: float = 0.7
    """A first-hand report does not say what it was."""
    object_related: float = -1.2
    """Taken for each other at times: drone and balloon, jet and helicopter."""
    object_other: float = -3.0

    told_same_day: float = 1.8
    told_agrees: float = 1.3
    """Dates of lesser precision that overlap."""
    told_next_day: float = 0.6
    told_two_days: float = -0.6

    published_same_day: float = 2.1
    published_next_day: float = 0.8
    published_two_days: float = -1.4
    published_three_days: float = -1.5
    published_later: float = -2.5

    published_after_day: float = 1.8
    """One tells the day of the event, the other was published the day after it."""
    published_day_before: float = -0.6
    """The same, and the other was published the day before it."""
    published_after_two: float = -1.4
    told_together: float = 1.4
    """The same with more days between, and both published on one day."""
    told_a_day_later: float = 0.6

    still_told: float = 0.2
    """Share of the days apart forgiven for each doubling of the stories, where they go on day after day."""

    more_told: float = 0.2
    """For each doubling of the stories, where a report fits several incidents."""

    follow_up_at_once: float = 2.0
    follow_up_days: float = 0.9
    """Up to four days later."""
    follow_up_week: float = 0.3
    """Up to ten days later."""
    follow_up_named: float = 0.0
    """Later still, and it names the incident."""
    follow_up_old: float = -0.4
    """The same after more than two months."""

    place_exact: float = 1.1
    """One name of a town or point in common."""
    place_region: float = 1.1
    place_near: float = 1.0
    """Two names of what is within reach of each other."""
    place_vague: float = -0.2
    """Two names, at least one of them a region, of unknown distance."""
    place_other: float = -0.8
    """Two towns of unknown distance, or regions far apart."""
    place_far: float = -1.8
    """Two towns, or sites, too far apart to be one."""
    site_kind: float = -0.8
    """One at an airport, the other at a base or a plant, and only one of them named."""
    site_other: float = -1.0
    """On top, when the event is tied to a site on the ground."""

    count_same: float = 0.6
    count_other: float = -0.3

    words: float = 0.6
    """Times the cosine of the telling words."""
    words_alike: float = 1.2
    """On top, when the texts are wordings of one piece of news."""
    words_none: float = 0.0

    event_same: float = 0.0
    event_other: float = 0.0
    event_follow_up: float = -0.2


WEIGHTS = Weights()
"""Tuned on the development halves of the labelled sets."""
