"""What a sentence does with the craft of a state, and what the state itself does."""

from collections.abc import Iterator

from tui.reading.matching import Mark
from tui.reading.pleas import mourns
from tui.reading.surroundings import Surroundings

_ACTIVE = ("o.mil", "o.heli")
_TAKEN = ("a.scramble", "a.intercept", "a.escort", "a.down", "a.warn")
_BY = frozenset({"by", "von", "av", "af", "przez", "par", "por", "da", "door", "απο", "tarafindan"})
_TAKEN_TOO = frozenset({*_TAKEN, "a.protest"})
_INTRUDES = ("a.enter", "a.violate", "a.incur", "a.near", "z.median", "z.adiz")
_HARASS = (" flares", " lock", " radar", " dump", " collid", " clip", " laser", " illuminat", "雷達照射", "雷达照射", "干扰弹", "干擾彈",
           "レーダー照射", "フレア", " wiazk")  # fmt: skip
"""Words for unsafe acts in the air: those who do them are the actors, not an answer to one."""
_DISTANCES = ("metre", "meter", "feet", "yard", "mile", "km", "close", "front", "path")
_MET_BY = frozenset({"o.mil", "o.heli"})
"""Another warplane in the sentence is the one that answered."""
_ANSWERS = frozenset({"a.down", "a.intercept", "a.scramble"})
_FOLLOWING = ("track", "shadow", "chase", "monitor", "follow", "tail")
_FEW = 2
_PRONOUNS = frozenset({"je", "ich", "go", "ja", "его", "их", "її", "його", "їх", "lo", "los", "la", "las"})
"""As in "przechwyciły je myśliwce": the verb, whom, and only then who did it."""
_APART = frozenset(
    {
        "po",
        "przez",
        "w",
        "nach",
        "wegen",
        "gegen",
        "efter",
        "mot",
        "apres",
        "tras",
        "dopo",
        "после",
        "через",
        "після",
        "after",
        "as",
        "to",
        "against",
        "over",
        "by",
        "intercept",
    }
)
"""Words between "scrambles" and a craft that is met, not sent."""
_FAR = 120
"""Widest stretch, in code points, between a craft and its verb."""
_MET = frozenset({" down ", " meet ", " met a", " met t", " meets"})
_PASSIVE = frozenset(
    {"was", "were", "is", "are", "been", "being", "that", "wird", "wurde", "zostal", "zostaly", "blev", "ble"}
)


class Craft:
    """The craft of one sentence."""

    def __init__(self, beside: Surroundings, *, drifting: bool, verb_last: bool) -> None:
        self._beside = beside
        self._sentence = beside.sentence
        self._text = beside.text
        self._verb_last = verb_last
        """Whether objects stand before their verb in this language."""
        self._drifting = drifting
        """Whether the story is of balloons or unknown objects: warplanes in it are those that went up."""

    def cues(self, thing: Mark) -> Iterator[str]:
        """As in "Russian drones": the owner's cue, unless these aircraft are the ones that went up to look."""
        if thing.concept == "o.plane":
            yield "its craft answered" if self._answers(thing) or self._is_agent(thing) else "its craft"
        elif thing.concept in _ACTIVE:
            if self._harasses(thing):
                yield "its craft harassed"
            elif (
                self._answers(thing)
                or self._is_agent(thing)
                or (self._drifting and not self._sentence.has(*_INTRUDES))
            ):
                yield "its craft answered"
            else:
                yield "its warplane"
        elif thing.concept == "o.debris":
            yield "its debris"
        else:
            yield "its craft"

    def _harasses(self, thing: Mark) -> bool:
        """As in "jets dropped flares in front of a patrol plane", "locked radar on fighters"."""
        if self._sentence.has("a.violate"):
            return False  # flares fired at an intruder warn it
        end = min(thing.end + 48, self._sentence.end)
        behind = self._text[thing.end : end].split(",")[0]
        return any(word in behind for word in _HARASS)

    def is_met_close(self, start: int, ruled: str | None) -> bool:
        """As in "flew within metres of a British plane", "locked radar on Japanese fighters": met, with no ground told."""
        earlier = self._beside.before(start)
        if any(m.concept == "a.warn" for m in earlier[:3]) or not any(
            m.concept in {"o.mil", "o.heli"} for m in earlier
        ):
            return False
        near = self._text[max(self._sentence.start, start - 34) : start]
        return (
            ruled == "near it"
            or (near.endswith("of ") and any(word in near for word in _DISTANCES))
            or (ruled == "in it" and any(word in near for word in _HARASS))
        )

    def _answers(self, thing: Mark) -> bool:
        """Whether these aircraft scrambled or shot, rather than were met or shot down."""
        if any(m.start == thing.start and m.concept == "a.scramble" for m in self._beside.around(thing)):
            return True  # "Alarmrotte": the word itself says so
        later = self._beside.after(thing.end, _FAR)
        return self._closes_with_answer(later) if self._verb_last else self._goes_on_to_answer(thing, later)

    def _goes_on_to_answer(self, thing: Mark, later: list[Mark]) -> bool:
        """Where the verb follows its subject: whether the first one is an answer to another craft."""
        if self._text[thing.end : thing.end + 6] in _MET and any(m.concept[0] == "o" for m in later):
            return True
        verb = next(
            (m for m in later if m.concept in {*_TAKEN, "a.enter", "a.crash"} or self._follows(m)), None
        )
        if verb is None or verb.concept in {"a.enter", "a.crash"}:
            return self._is_sent_up(thing)
        if verb.concept == "a.scramble":
            return True
        if _PASSIVE & set(self._text[thing.end : verb.start].split()):
            return False
        if self._text[verb.start : verb.end].startswith((*_FOLLOWING, "respond")):
            return True
        objects = [m for m in later if m.concept[0] == "o" and m.start > verb.start]
        if not self._beside.spaced and any(m.concept == "a.warn" and m.start == verb.start for m in later):
            objects += [m for m in self._beside.before(thing.start) if m.concept[0] == "o"]
        told = self._text[verb.end : verb.end + 6].split()[:1]
        behind = self._text[verb.end : verb.end + 4]
        return (bool(objects) or told in (["it"], ["them"], ["one"])) and not behind.startswith(" by")

    def _closes_with_answer(self, later: list[Mark]) -> bool:
        """Where the verb stands last: whether it is an answer, to a craft named between or to none."""
        verbs = [m for m in later if m.concept[0] == "a"]
        if not verbs or verbs[-1].concept not in _TAKEN:
            return False
        craft = [m.concept for m in later if m.concept[0] == "o"]
        warns = self._sentence.has("a.violate") and {"a.warn"} <= {m.concept for m in verbs} <= _TAKEN_TOO
        alone = warns or verbs[-1].concept == "a.scramble"
        return not _MET_BY.intersection(craft) and (alone or bool(craft))

    def _follows(self, verb: Mark) -> bool:
        """As in "F-16s tracked a drone": who watches from the air has gone up to."""
        return verb.concept in {"a.seen", "a.monitor"} and self._text.startswith(_FOLLOWING, verb.start)

    def _is_sent_up(self, thing: Mark) -> bool:
        """As in "scrambles two Dutch jets"; in "scrambles jets after Russian ones" these are met, not sent."""
        for m in self._beside.before(thing.start):
            if m.concept[0] == "o":
                return False
            if m.concept == "a.scramble":
                words = self._text[m.end : thing.start].split()
                return len(words) <= _FEW and _APART.isdisjoint(words)
            if m.concept in _TAKEN and self._text[m.end : thing.start].strip() in _PRONOUNS:
                return True
        return False

    def _is_agent(self, thing: Mark) -> bool:
        """As in "shot down by a Portuguese F-16": the craft that shot or met the other one."""
        before = self._text[max(self._sentence.start, thing.start - 40) : thing.start].split()[-4:]
        shot = self._sentence.has("a.down", "a.intercept", "a.escort")
        return shot and not _BY.isdisjoint(before)

    def did(self, verb: Mark, between: str) -> str:
        """The cue of a state as the subject of a verb; the same verb may launch, or answer, or be suffered."""
        concept = verb.concept
        words = between.split()
        after = self._text[verb.end : verb.end + 5]
        if concept[0] == "a" and (_PASSIVE.intersection(words) or after.startswith((" of ", " by "))):
            return f"suffers {concept}"
        if concept == "a.send":
            return self._sends(verb)
        if concept == "a.down" and words[-1:] == ["the"]:
            return "speaks of a shot"
        if concept == "a.protest" and (self._own_craft(verb) or mourns(self._beside, verb)):
            return "protests over its own craft"
        if concept == "a.deploy" and self._craft_follow(verb, 12):
            return "deploys craft"
        return self._plainly(verb, words)

    def _plainly(self, verb: Mark, words: list[str]) -> str:
        """The deed by its own name, unless an admission is of having shot, or the name is that of an incursion."""
        concept = verb.concept
        if concept == "a.apology" and self._is_no_confession(verb, words):
            return "admits a shot"
        named = concept in {"a.incident", "a.seen"} and "incursion" in self._sentence.words(verb)
        return "incursion named after its name" if named else f"does {concept}"

    def _craft_follow(self, verb: Mark, within: int) -> list[Mark]:
        follow = self._beside.after(verb.end - 2, within + 3)
        return [m for m in follow if m.concept[0] == "o" and m.concept != "o.debris"]

    def _sends(self, verb: Mark) -> str:
        """As in "China flew balloons"; "sent fighters to shoot it down" is an answer, "sent a memo" is neither."""
        craft = self._craft_follow(verb, 28)
        if craft and {"at", "on", "towards"}.intersection(self._text[verb.end : craft[0].start].split()[-2:]):
            return "does a.warn"
        if not craft:
            flies = self._sentence.words(verb).startswith(("fl", "fir"))
            return "flies or fires" if flies else "sends"
        answer = (m for m in self._beside.after(craft[0].end) if m.concept in _ANSWERS)
        told = [self._text[craft[0].end : m.start].split() for m in answer]
        if craft[0].concept in _ACTIVE and any(words == ["to"] for words in told):
            return "does a.scramble"
        return "sends warplanes" if craft[0].concept in _ACTIVE else "sends craft"

    def _own_craft(self, verb: Mark) -> bool:
        """As in "condemned the move to shoot down its balloon": the craft was the subject's own."""
        if not self._sentence.has("a.down"):
            return False
        craft = (m for m in self._beside.after(verb.end, _FAR) if m.concept[0] == "o")
        return any(
            {"its", "their"} & set(self._text[max(verb.end, m.start - 24) : m.start].split()) for m in craft
        )

    def _is_no_confession(self, verb: Mark, words: list[str]) -> bool:
        """Whether an admission is of having shot, or an apology is refused."""
        refused = not {"won't", "not", "no", "never", "refuses"}.isdisjoint(words)
        told = self._sentence.words(verb)
        return refused or (told.startswith(("admi", "ackn")) and self._sentence.has("a.down"))
