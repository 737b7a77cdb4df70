"""Our words for the codes, as the history of an incident says them."""

from tui.domain.codes import Event, Response

EVENT_WORDS = {
    Event.VIOLATION: "a violation of airspace",
    Event.ADIZ_ENTRY: "an entry into an identification zone",
    Event.SIGHTING: "a sighting",
    Event.INTERCEPTION: "an interception",
    Event.SHOOTDOWN: "a shoot-down",
    Event.CRASH: "a crash",
    Event.STRIKE: "a strike",
    Event.DEBRIS_FOUND: "a find of remains",
    Event.AIRSPACE_CLOSURE: "a closure",
    Event.EXERCISE: "an exercise",
    Event.PROTEST: "a protest",
    Event.DENIAL: "a denial",
    Event.POLICY: "a policy answer",
    Event.INTEL_SHARING: "shared intelligence",
    Event.ANALYSIS: "an analysis",
}
"""What a report tells of."""

DONE_WORDS = {
    Event.VIOLATION: "violated airspace",
    Event.ADIZ_ENTRY: "entered an identification zone",
    Event.SIGHTING: "seen",
    Event.INTERCEPTION: "intercepted",
    Event.SHOOTDOWN: "shot down",
    Event.CRASH: "crashed",
    Event.STRIKE: "hit its target",
    Event.DEBRIS_FOUND: "remains found",
    Event.AIRSPACE_CLOSURE: "airspace closed",
    Event.EXERCISE: "exercise",
    Event.PROTEST: "protest",
    Event.DENIAL: "denied",
    Event.POLICY: "policy",
    Event.INTEL_SHARING: "intelligence shared",
    Event.ANALYSIS: "analysis",
}
"""What became of the object, to set one beside the other."""

RESPONSE_WORDS = {
    Response.SCRAMBLE: "jets scrambled",
    Response.INTERCEPTION: "intercepted",
    Response.ESCORT: "escorted",
    Response.WARNING_SHOTS: "warning shots",
    Response.SHOOTDOWN: "shot down",
    Response.JAMMING: "jammed",
    Response.AIRPORT_CLOSED: "airport closed",
    Response.AIRSPACE_CLOSED: "airspace closed",
    Response.EVACUATION: "evacuation",
    Response.PROTEST: "protest lodged",
    Response.CONSULTATION: "consultations",
    Response.DEPLOYMENT: "forces deployed",
    Response.MONITORED_ONLY: "monitored only",
    Response.NONE_REPORTED: "said to have been answered by nothing",
}
