"""Lay down the gazetteer that the package ships, from our tables, CLDR's names and airport lists.

    python scripts/build_gazetteer.py

Reads scripts/gazetteer/*.tsv, babel and airportsdata; writes tui/reading/data/names.tsv and places.tsv.
Two runs give the same bytes.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import airportsdata
from babel import Locale

from tui.domain.territories import TERRITORY_NAMES
from tui.reading.folding import fold_quick

HERE = Path(__file__).parent / "gazetteer"
OUT = Path(__file__).parents[1] / "tui" / "reading" / "data"

LOCALES = {
    "en": "en", "ja": "ja", "zh-Hant": "zh_Hant", "zh-Hans": "zh_Hans", "ko": "ko", "ru": "ru", "uk": "uk",
    "pl": "pl", "et": "et", "lt": "lt", "lv": "lv", "fi": "fi", "sv": "sv", "nb": "nb", "da": "da", "de": "de",
    "nl": "nl", "fr": "fr", "es": "es", "pt": "pt", "it": "it", "ro": "ro", "el": "el", "tr": "tr", "ar": "ar",
    "he": "he", "fa": "fa",
}  # fmt: skip
"""Our language tags to CLDR's."""

INFLECTING = {"ru", "uk", "pl", "et", "lt", "lv", "fi", "ro", "el", "tr", "ar", "he", "sv", "nb", "da", "de"}
"""Here a name takes endings: the last vowel goes, any ending may come."""

COMMON_STEMS = {
    "parag", "kong", "pool", "puol", "dani", "grenad", "komor", "pala", "austr", "malt", "roman", "пала", "мальт", "дани",
    "дані", "инди", "інді", "indi", "inti", "kiin", "taan", "turg", "keen", "span", "chil", "niger", "нигер", "нігер",
    "czad", "franz", "tong", "norj", "oman", "gamb", "чад", "чил",
}  # fmt: skip
"""Stems that also begin ordinary words: "puolustus" is no Poland, "indikator" no India; these states keep their last vowel."""

UNCHANGING = {"et", "fi"}
"""Here a name's last vowel stays, but for an "i" in Finnish."""

VOWELS = set("aeiouyąęōēīūаеиоуыэюяіїєαειουωη")

LOOKALIKES = {"SPA", "PET", "PST", "FAR", "AES", "AFP", "SAF", "GNU", "LNA", "FAE", "Store", "the Kingdom", "Xi", "PAF",
           "Joint Staff", "Northern", "junta", "SANA", "ANP", "FAB", "GDF", "RDF", "HRZ", "the Guards", "Garda",
           "Naval Service", "PLA Navy", "Wales", "the South", "the North", "Republic of China", "Tak", "Nis",
           "Limon", "San Jose", "Cork", "Milan", "Tina", "Adre", "Tyre", "Sidon", "Punjab", "Brest", "Lake Huron",
           "NORAD", "FAA", "FBI", "State Department", "MND", "Gori", "Darwin", "Barents", "Borneo", "Capitol",
           "Golan", "Elva", "Varena", "Zamosc", "Luxembourg City", "Wells", "Emirates", "State Border Committee",
           "Operational Command", "MoD", "SUNA", "GCAA", "WAM", "KUNA", "QNA", "DGAC", "DFS", "MSB", "NAF",
           "Ministry of National Defense", "IAF", "ADF", "Lagos", "Lake Kivu", "Taiwan Strait", "South Carolina",
           "Georgetown", "Crimea", "Al Udeid", "Macron", "Senkaku", "Hamada", "Fidan", "Yoon", "Sinaloa",
           "Turkey", "Jordan", "Chad", "Georgia", "Niger", "Guinea", "Congo", "Mali", "US", "UK", "England",
           "Scotland", "Kim Jong Un", "Second Thomas", "Kurdistan", "Ireland", "Toiu",
           "Scarborough Shoal", "Tine"}  # fmt: skip
"""Cues that mean too many other things; those that are states come back through native.tsv."""

TRAPS = {"georgia", "jordan", "chad", "turkey", "niger", "guinea", "congo", "mali"}
"""States whose English names are also persons, birds and rivers."""

SKIPPED_CLDR = {
    "AQ", "BV", "HM", "IO", "UM", "CP", "AC", "TA", "DG", "EA", "IC", "QO", "EU", "UN", "EZ", "ZZ", "XA", "XB",
}  # fmt: skip
"""Codes that name no ground of news: land without people, groups of states, codes for tests."""


def stemmed(form: str, lang: str) -> str:
    """A name as a stem, when its last vowel may change; names in -oa never change."""
    if form.endswith(("oa", "оа", "οα")):
        return form
    if " " in form or len(form) < 5:
        whole = " " in form or len(form) < 4 or form[-1] in VOWELS or form in COMMON_STEMS
        return form if whole else form + "*"
    if lang in UNCHANGING and (lang == "et" or form[-1] != "i"):
        return form if form in COMMON_STEMS else form + "*"
    stem = form
    while stem[-1] in VOWELS and len(stem) > 4:
        stem = stem[:-1]
    if stem not in COMMON_STEMS:
        return stem + "*"
    if stem == form:
        return form
    return (form[:-1] if len(form) > 5 and form[:-1] != stem else form) + "*"


def folded(form: str) -> str:
    """Folded, its star kept."""
    return " ".join(fold_quick(form).split())


def write_calendar() -> None:
    """Names of months and weekdays in every project language, folded, inflected forms too."""
    lines = []
    for lang, locale in LOCALES.items():
        if lang in {"ja", "zh-Hant", "zh-Hans", "ko"}:
            continue  # these write the number of the month
        for kind, table in (("month", Locale.parse(locale).months), ("day", Locale.parse(locale).days)):
            forms: dict[int, set[str]] = defaultdict(set)
            for context in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    for number, form in table[context][width].items():
                        clean = folded(form).strip(".")
                        if len(clean) >= 3 and not clean.isdigit():
                            forms[number].add(clean)
            lines += [
                f"{lang}\t{kind}\t{number}\t{'|'.join(sorted(forms[number]))}" for number in sorted(forms)
            ]
    (OUT / "calendar.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


PlaceRow = tuple[str, str, str, str, str, str]
"""Name, state, latitude, longitude, precision, and what it is: airport, base, plant or capital."""
LONGER = {
    ("et", "suur*"): "suuria*",
    ("el", "καταρ*"): "καταρ",
    ("el", "παραγ*"): "παραγουα*",
    ("ru", "груз*"): "грузия",
    ("lv", "pala*"): "palau*",
}
"""Stems of states that begin ordinary words: Estonian "suur" is great, Greek "καταρρίπτω" shoot down."""
COMMON = {("it", "riunione"), ("es", "reunion"), ("pt", "reuniao")}
"""Names of states that are everyday words: a meeting, not Réunion."""


class Table:
    """The spellings and places gathered so far; the first owner of a spelling keeps it."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, str, str, int], list[str]] = defaultdict(list)
        self.places: list[PlaceRow] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self.taken: set[tuple[str, str]] = set()

    def add(self, lang: str, kind: str, iso2: str, written: str, place: int = -1) -> None:
        """Take a spelling in."""
        form = folded(written)
        form = LONGER.get((lang, form), form)
        if form and form != "*" and (lang, form) not in self.taken | COMMON:
            self.taken.add((lang, form))
            self.names[lang, kind, iso2, place].append(form)

    def add_place(self, row: PlaceRow, forms: Iterable[str]) -> None:
        """Take a place in with its spellings; one known by name gets the new ones."""
        number = self._numbers.setdefault(row[:2], len(self.places))
        if number == len(self.places):
            self.places.append(row)
        for form in forms:
            lang, colon, own = form.partition(":")
            self.add(lang if colon else "mul", "place", row[1], own if colon else form, number)

    def write(self) -> None:
        """Write both files."""
        OUT.mkdir(exist_ok=True)
        rows = ("\t".join(place) for place in self.places)
        (OUT / "places.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        lines = (
            f"{lang}\t{kind}\t{iso2}\t{place}\t{'|'.join(forms)}"
            for (lang, kind, iso2, place), forms in sorted(self.names.items())
        )
        (OUT / "names.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def rows_of(file: str) -> Iterator[list[str]]:
    """The rows of one of our own tables."""
    for line in (HERE / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def add_places(table: Table) -> None:
    """Our own islands, straits, bases and towns, each with its coordinates."""
    for name, iso2, lat, lon, precision, forms, *site in rows_of("places.tsv"):
        owned = [_in_its_language(iso2, form) for form in forms.split("|")]
        table.add_place((name, iso2, lat, lon, precision, site[0] if site else ""), owned)


def add_wide(table: Table) -> None:
    """Whole classes of places: regions, border towns, bases, plants, airports, seas; a town with an airport lies by it."""
    known = {
        (str(airport["country"]), folded(str(airport["city"]))): (
            f"{airport['lat']:.1f}",
            f"{airport['lon']:.1f}",
        )
        for airport in airportsdata.load("ICAO").values()
    }
    for iso2, precision, site, names in rows_of("wide.tsv"):
        for written in names.split(";"):
            name, _, forms = written.strip().partition("=")
            spellings = forms.split("|") if forms else [_with_endings(name)]
            owned = [_in_its_language(iso2, form) for form in spellings]
            near = known.get((iso2, folded(name)), ("", "")) if precision == "settlement" else ("", "")
            table.add_place((name, iso2.strip("-"), *near, precision, site), owned)


def _with_endings(name: str) -> str:
    """A long name that ends in a consonant takes endings."""
    form = folded(name)
    return form + "*" if len(form) >= 6 and form[-1] not in VOWELS and " " not in form else form


def _in_its_language(iso2: str, form: str) -> str:
    """Polish writes its voivodeships small: such a form is read in Polish only, whatever its case."""
    return (
        f"pl:{form}"
        if iso2 == "PL" and ":" not in form and form.endswith(("sk*", "ck*", "iec*", "ac*"))
        else form
    )


def add_capitals(table: Table) -> None:
    """Capitals as cities: their spellings stand among the state's; here are the stems that tell them."""
    for iso2, name, lat, lon, stems in rows_of("capitals.tsv"):
        known = "|".join(dict.fromkeys(folded(stem) for stem in stems.split("|")))
        table.places.append((name, iso2, lat, lon, "settlement", f"capital:{known}"))


def add_native(table: Table) -> None:
    """Our own adjectives, peoples, capitals and short forms."""
    for line in (HERE / "native.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        lang, *columns = line.split("\t")
        kind = "trap" if lang == "mul-trap" else "adj"
        for column in columns:
            iso2, _, forms = column.partition(" ")
            for form in forms.split("|"):
                table.add("en" if kind == "trap" else lang, kind, iso2, form)


def add_cues(table: Table) -> None:
    """Names, demonyms, capitals, forces and incident-prone places in English."""
    kinds = {
        "names": "name",
        "demonyms": "adj",
        "capital_metonyms": "capital",
        "ministries_forces_people": "force",
        "places": "area",
    }
    lines = (HERE / "cues.tsv").read_text(encoding="utf-8").splitlines()
    for cue in csv.DictReader(lines, delimiter="\t"):
        for column, kind in kinds.items():
            for form in (cue[column] or "").split(";"):
                if form and form not in LOOKALIKES and ("mul", folded(form)) not in table.taken:
                    table.add("en", kind, cue["iso2"], form)


def add_territories(table: Table) -> None:
    """CLDR's names of territories in every project language."""
    for lang, locale in LOCALES.items():
        territories = Locale.parse(locale).territories
        for iso2 in TERRITORY_NAMES:
            if iso2 in SKIPPED_CLDR or iso2 not in territories:
                continue
            form = folded(territories[iso2])
            if lang == "en" and form in TRAPS:
                table.add(lang, "trap", iso2, form)
            else:
                table.add(lang, "name", iso2, stemmed(form, lang) if lang in INFLECTING else form)


CLOSED = frozenset({"TXL", "THF", "SXF", "ISL"})
"""Airports that airlines left though they still have a code."""

NEAR = frozenset({
    "AL", "AM", "AT", "AZ", "BA", "BE", "BG", "BY", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FO",
    "FR", "GB", "GE", "GR", "HR", "HU", "IE", "IS", "IT", "KZ", "LT", "LU", "LV", "MD", "ME", "MK", "MT",
    "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "UA", "XK", "AE", "BH", "EG", "IL", "IQ", "IR",
    "JO", "KW", "LB", "OM", "QA", "SA", "SY", "TR", "YE", "JP", "KR", "TW",
})  # fmt: skip
"""Here every airport with a code is taken, elsewhere the international ones."""


def _airports() -> Iterator[tuple[airportsdata.Airport, set[str]]]:
    """Airports that airlines fly to, with their folded spellings; a city with several keeps only their own names."""
    chosen = [
        airport
        for airport in sorted(airportsdata.load("IATA").values(), key=lambda a: str(a["iata"]))
        if airport["country"] in TERRITORY_NAMES
        and airport["iata"] not in CLOSED
        and ("International Airport" in airport["name"] or airport["country"] in NEAR)
        and "Airport" in airport["name"]
    ]
    cities = Counter(folded(airport["city"]) for airport in chosen)
    for airport in chosen:
        city, name = folded(airport["city"]), folded(airport["name"])
        forms = {name, name.replace(" international airport", " airport")}
        if len(city) > 2 and (cities[city] == 1 or airport["iata"] in {"JFK", "LHR", "CDG", "HND"}):
            forms |= {f"{city} airport", f"{city} international airport"}
        yield airport, forms - {"international airport"}


def add_airports(table: Table) -> None:
    """Airports by their own name and by their city's."""
    for airport, forms in _airports():
        new = {form for form in forms if ("mul", form) not in table.taken}
        if new:
            country = str(airport["country"])
            where = f"{airport['lat']:.2f}", f"{airport['lon']:.2f}"
            table.places.append((str(airport["name"]), country, *where, "point", "airport"))
            for form in sorted(new):
                table.add("mul", "airport", country, form, len(table.places) - 1)


def add_bases(table: Table) -> None:
    """Air bases by their name, written in one word too."""
    for base in sorted(airportsdata.load("ICAO").values(), key=lambda a: str(a["icao"])):
        name = folded(base["name"])
        if base["country"] not in TERRITORY_NAMES or not name.endswith((" air base", " air force base")):
            continue
        forms = {name, name.replace(" air base", " airbase").replace(" air force base", " afb")}
        where = f"{base['lat']:.2f}", f"{base['lon']:.2f}"
        new = sorted(form for form in forms if ("mul", form) not in table.taken)
        if new:
            table.add_place((base["name"], base["country"], *where, "point", "base"), new)


def main() -> None:
    """Write every file."""
    table = Table()
    add_places(table)
    add_wide(table)
    add_native(table)
    add_cues(table)
    add_territories(table)
    add_airports(table)
    add_bases(table)
    add_capitals(table)
    table.write()
    write_calendar()
    print(f"{sum(map(len, table.names.values()))} spellings, {len(table.places)} places")


if __name__ == "__main__":
    main()
