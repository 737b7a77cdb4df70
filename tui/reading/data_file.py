"""The files that the reading ships, beside its modules."""

import os

_FOLDER = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120  # pathlib takes 9 ms to import, a fortieth of the start


def data_text(name: str) -> str:
    """The whole of one file, as "data/places.tsv"."""
    with open(f"{_FOLDER}/{name}", encoding="utf-8") as file:  # noqa: PTH123  # as above
        return file.read()


def data_names(folder: str) -> list[str]:
    """The files of one folder, as "lexicon", in order."""
    return sorted(os.listdir(f"{_FOLDER}/{folder}"))  # noqa: PTH208  # as above
