"""Exporters of other packages: `--format plugin:NAME`."""

import json
from importlib.metadata import entry_points

import click

from tui.cli.wiring import StartError
from tui.exports.objects import json_text
from tui.exports.view import View

GROUP = "overflight.exporters"
"""Entry points of this group are called with the JSON document of `overflight export`, read, and give text or bytes."""

PREFIX = "plugin:"


class FormChoice(click.Choice[str]):
    """One of our forms, or that of a plug-in."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The form as it was written."""
        return value if value.startswith(PREFIX) else super().convert(value, param, ctx)


def by_plugin(view: View, form: str) -> bytes:
    """The document as the exporter of that name makes it.

    Raises:
        StartError: there is none of that name, or it failed.
    """
    name = form.removeprefix(PREFIX)
    found = entry_points(group=GROUP, name=name)
    if not found:
        known = ", ".join(sorted(point.name for point in entry_points(group=GROUP))) or "none"
        raise StartError(
            f"No installed package has an exporter {name[:60]!r} in {GROUP}. There are: {known}."
        )
    try:
        made = next(iter(found)).load()(json.loads(json_text(view)))
    except Exception as problem:
        raise StartError(
            f"The exporter {name!r} raised {type(problem).__name__}: {problem}. Tell whoever wrote it, or take another format."
        ) from problem
    return made.encode() if isinstance(made, str) else bytes(made)
