"""Writing what a screen lists to a file: the form is asked for, the file is written outside."""

from tui.ui.screens.ask import AskLetter
from tui.ui.screens.frame import Frame

_FORMS = (
    ("c", "csv", "CSV, for a spreadsheet"),
    ("j", "json", "JSON, with every fact and its words"),
    ("m", "markdown", "Markdown, to read"),
)


def ask_for_export(frame: Frame) -> None:
    """Say so where there is nothing to write, or no way to."""
    outside, what = frame.session.gate.outside, frame.to_export
    if outside is None:
        frame.say("a recording is not written to files; `overflight export` writes what is stored")
        return
    if what == ():
        frame.say("nothing is listed here that could be written")
        return

    def chosen(form: str | None) -> None:
        if form is not None:
            frame.session.background.outside(lambda: outside.export(what, form), frame)

    listed = f"{len(what):,} incidents" if isinstance(what, tuple) and len(what) > 1 else "it"
    title = f"write {listed if isinstance(what, tuple) else 'what this lists'} to a file here"
    frame.app.push_screen(AskLetter(title, _FORMS), chosen)
