"""Who stands behind a text: feeds of one house, wire copies, near-identical texts and aggregators folded into one."""

from collections.abc import Sequence

from tui.domain.incident import FiledReport
from tui.domain.sources import ChainLink, SourceChain
from tui.domain.value import dataclass
from tui.reading.copies import Texts
from tui.reading.credits import Credit, credits_of
from tui.reading.history.turns import in_turn, told_at
from tui.reading.houses import House, house_of, party_label


@dataclass(frozen=True, slots=True)
class Source:
    """One report with the independent source behind it."""

    filed: FiledReport
    publisher: str
    """As the feed names it."""
    house: House
    """The independent source: the publisher's house, or the one whose report it carries."""
    copied_from: str | None = None
    """Whose report it carries; None for its own."""
    why: str = ""
    """Why it counts for another, in plain words."""

    @property
    def key(self) -> str:
        """Key of the independent source."""
        return self.house.key


@dataclass(slots=True)
class _Text:
    """One text, with all the reports that carry it."""

    first: FiledReport
    own: House
    """House of the publisher that first carried it."""
    agency: Credit | None = None
    """The agency that wrote it, when one of those that carry it says so."""


def sources_of(reports: Sequence[FiledReport]) -> tuple[Source, ...]:
    """The reports, given in order of telling, each with its independent source.

    A text counts for the agency that any of its carriers credits, else for the house that carried it first.
    """
    texts, carried = Texts(), []
    by_place: dict[int, _Text] = {}
    for filed in reports:
        place = texts.place(filed)
        own = house_of(filed.publisher)
        text = by_place.setdefault(place, _Text(filed, own))
        carried.append(text)
        text.agency = text.agency or _agency_behind(filed, own)
    named = next((text for text in carried if text.agency or not text.own.is_aggregator), None)
    return tuple(_source(filed, text, named) for filed, text in zip(reports, carried, strict=True))


def _agency_behind(filed: FiledReport, own: House) -> Credit | None:
    """The agency that wrote a text: the publisher itself, or the first other house that it is built on by its words."""
    if own.is_agency:
        return Credit(own, own.name)
    named = credits_of(filed.title, filed.summary)
    if any(credit.house.key == own.key for credit in named):
        return None  # it names itself beside the others: its own work
    return named[0] if named else None


def _source(filed: FiledReport, text: _Text, named: _Text | None) -> Source:
    """`named` is the first text that says whose it is; an aggregator's item that does not adds no source to it."""
    name = filed.publisher.strip() or "unnamed publisher"
    own = house_of(filed.publisher)
    if text.agency is not None:
        return _by_agency(filed, name, own, text.agency.house)
    if text.own.key != own.key:
        first = text.first.publisher.strip() or "unnamed publisher"
        return Source(filed, name, text.own, first, f"the same words as {first}")
    if own.is_aggregator and named is not None:
        house = named.agency.house if named.agency else named.own
        return Source(filed, name, house, "a publisher it does not name", "gathered by an aggregator")
    return Source(filed, name, own)


def _by_agency(filed: FiledReport, name: str, own: House, agency: House) -> Source:
    if agency.key == own.key:
        return Source(filed, name, agency)
    says_so = any(credit.house.key == agency.key for credit in credits_of(filed.title, filed.summary))
    why = f"names {agency.name} as its source" if says_so else f"the same words as {agency.name}"
    return Source(filed, name, agency, agency.name, why)


def independent(sources: Sequence[Source]) -> int:
    """How many publishers tell it on their own."""
    return len({source.key for source in sources})


def chain_of(reports: Sequence[FiledReport]) -> SourceChain:
    """Who told of an incident in order, who of them only carried another's report, and who is a party's voice."""
    sources = sources_of(in_turn(reports))
    parties = frozenset(state for filed in reports for state in (*filed.report.affected, *filed.report.actor))
    links: list[ChainLink] = []
    stories: set[str] = set()
    opened: set[str] = set()
    for source in sources:
        if source.filed.story in stories:
            continue  # two reports of one story are one telling
        stories.add(source.filed.story)
        links.append(
            ChainLink(
                story=source.filed.story,
                publisher=source.publisher,
                house=source.house.name,
                at=told_at(source.filed),
                opens=source.key not in opened,
                copy_of=source.copied_from,
                why=source.why,
                label=party_label(house_of(source.publisher), parties) or party_label(source.house, parties),
            )
        )
        opened.add(source.key)
    return SourceChain(tuple(links))
