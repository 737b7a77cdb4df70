"""Lay down the gazetteer that the package ships, from our tables, CLDR's names and airport lists.

    python scripts/build_gazetteer.py

Reads scripts/gazetteer/*.tsv, babel and airportsdata; writes tui/reading/data/names.tsv and places.tsv.
Two runs give the same bytes.
"""

import csv
from collections import defaultdict
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

VOWELS = set("aeiouyąęōēīūаеиоуыэюяіїєαειουωη")

LOOKALIKES = {
    "en": {"SPA", "PET", "PST", "FAR", "AES", "AFP", "SAF", "GNU", "LNA", "FAE", "Store", "the Kingdom", "Xi", "PAF",
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
           "Scarborough Shoal", "Tine"},
}  # fmt: skip
"""Cues that mean too many other things; those that are states come back through native.tsv."""

SKIPPED_CLDR = {
    "AQ",
    "BV",
    "HM",
    "IO",
    "UM",
    "CP",
    "AC",
    "TA",
    "DG",
    "EA",
    "IC",
    "QO",
    "EU",
    "UN",
    "EZ",
    "ZZ",
    "XA",
    "XB",
}


def stemmed(form: str) -> str:
    """A name as a stem, when its last vowel may change."""
    if " " in form or len(form) < 5:
        return form + "*" if " " not in form and len(form) >= 4 and form[-1] not in VOWELS else form
    while form[-1] in VOWELS and len(form) > 4:
        form = form[:-1]
    return form + "*"


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


def main() -> None:
    """Write both files."""
    names: dict[tuple[str, str, str, int], list[str]] = defaultdict(list)
    taken: dict[tuple[str, str], str] = {}
    places: list[tuple[str, str, str, str, str]] = []

    def add(lang: str, kind: str, iso2: str, form: str, place: int = -1) -> None:
        form = folded(form)
        if not form or form == "*" or (lang, form) in taken:
            return
        taken[lang, form] = iso2
        names[lang, kind, iso2, place].append(form)

    for row in csv.reader((HERE / "places.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"):
        if not row or row[0].startswith("#"):
            continue
        name, iso2, lat, lon, precision, forms = row
        places.append((name, iso2, lat, lon, precision))
        for form in forms.split("|"):
            lang, colon, own = form.partition(":")
            add(lang if colon else "mul", "place", iso2, own if colon else form, len(places) - 1)

    for line in (HERE / "native.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        lang, *columns = line.split("\t")
        for column in columns:
            iso2, _, forms = column.partition(" ")
            for form in forms.split("|"):
                if lang == "mul-trap":
                    add("en", "trap", iso2, form)
                else:
                    add(lang, "adj", iso2, form)

    cues = csv.DictReader((HERE / "cues.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t")
    for cue in cues:
        for column, kind in (
            ("names", "name"), ("demonyms", "adj"), ("capital_metonyms", "capital"),
            ("ministries_forces_people", "force"), ("places", "area"),
        ):  # fmt: skip
            for form in (cue[column] or "").split(";"):
                if form and form not in LOOKALIKES["en"] and ("mul", folded(form)) not in taken:
                    add("en", kind, cue["iso2"], form)

    for lang, locale in LOCALES.items():
        territories = Locale.parse(locale).territories
        for iso2 in TERRITORY_NAMES:
            if iso2 in SKIPPED_CLDR or iso2 not in territories:
                continue
            form = folded(territories[iso2])
            if (
                form in {"georgia", "jordan", "chad", "turkey", "niger", "guinea", "congo", "mali"}
                and lang == "en"
            ):
                add(lang, "trap", iso2, form)
                continue
            add(lang, "name", iso2, stemmed(form) if lang in INFLECTING else form)
    add("en", "trap", "GE", "georgia")
    add("en", "trap", "GN", "guinea")

    airports = sorted(airportsdata.load("IATA").values(), key=lambda a: str(a["iata"]))
    for airport in airports:
        if airport["country"] not in TERRITORY_NAMES or "International Airport" not in airport["name"]:
            continue
        city = folded(airport["city"])
        name = folded(airport["name"])
        forms = {name, name.replace(" international airport", " airport")}
        if city and len(city) > 2:
            forms |= {f"{city} airport", f"{city} international airport"}
        forms = {
            form
            for form in forms
            if len(form.split()) > 1 and ("mul", form) not in taken and form != "international airport"
        }
        if not forms:
            continue
        places.append(
            (airport["name"], airport["country"], f"{airport['lat']:.2f}", f"{airport['lon']:.2f}", "point")
        )
        for form in sorted(forms):
            add("mul", "airport", airport["country"], form, len(places) - 1)

    OUT.mkdir(exist_ok=True)
    (OUT / "places.tsv").write_text("".join("\t".join(place) + "\n" for place in places), encoding="utf-8")
    (OUT / "names.tsv").write_text(
        "".join(
            f"{lang}\t{kind}\t{iso2}\t{place}\t{'|'.join(forms)}\n"
            for (lang, kind, iso2, place), forms in sorted(names.items())
        ),
        encoding="utf-8",
    )
    write_calendar()
    print(f"{sum(map(len, names.values()))} spellings, {len(places)} places")


if __name__ == "__main__":
    main()
