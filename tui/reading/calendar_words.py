"""Names of months and days of the week, and words such as "yesterday", in every language."""

from functools import cache
from importlib import resources

from tui.reading.folding import fold_quick


@cache
def _rows() -> dict[str, dict[str, tuple[str, int]]]:
    text = (resources.files("tui.reading") / "data" / "calendar.tsv").read_text(encoding="utf-8")
    found: dict[str, dict[str, tuple[str, int]]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            lang, kind, number, forms = line.split("\t")
            for form in fold_quick(forms).split("|"):
                found.setdefault(lang, {}).setdefault(form, (kind, int(number)))
    return found


def calendar(lang: str) -> dict[str, tuple[str, int]]:
    """Folded form to its kind (month, day, relative, ago) and number, in one language."""
    return _rows().get(lang, {})
