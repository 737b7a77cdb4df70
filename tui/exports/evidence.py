"""What a claim rests on, as files: the words as they were stored, where and when from, and a sum of each."""

import hashlib
import io
import zipfile
from collections.abc import Mapping

from tui.domain.board import StoryDetail
from tui.exports.geojson import geojson_text
from tui.exports.objects import json_text, moment
from tui.exports.report import markdown_text
from tui.exports.view import View

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Of every file in the pack: the same evidence gives the same bytes."""

_READ_ME = """What Overflight had stored of these incidents when the pack was made.

report.md          for reading
incidents.json     everything, with the words each fact was read from
incidents.geojson  the places that are exactly known
stories/           each story as it was fetched, with earlier wordings
SHA256SUMS         sums of the files above: sha256sum -c SHA256SUMS

Headlines and summaries are their publishers'. They are as the feed gave them after markup and control characters
were taken out; the answer of the server itself, and its headers, are not kept.
"""


def _story_text(story: StoryDetail) -> str:
    row = story.row
    head = [
        ("Story", row.key),
        ("Publisher", row.publisher),
        ("Feed", row.feed),
        ("Link", row.url),
        ("Language", row.lang),
        ("Published", moment(row.published) or "not told"),
        ("First fetched", moment(row.first_seen) or ""),
        ("Incidents", " ".join(story.incidents)),
    ]
    lines = [*(f"{name}: {value}" for name, value in head), "", row.title, "", story.summary]
    for version in story.versions:
        lines += [
            "",
            f"-- Earlier wording, first fetched {moment(version.seen)}",
            version.title,
            "",
            version.summary,
        ]
    return "\n".join(lines).rstrip() + "\n"


def evidence_files(view: View) -> Mapping[str, str]:
    """Name and text of every file of the pack; the sums last."""
    files = {
        "README.txt": _READ_ME,
        "report.md": markdown_text(view),
        "incidents.json": json_text(view),
        "incidents.geojson": geojson_text(view),
    }
    for exported in view.incidents:
        for story in exported.stories:
            files[f"stories/{story.row.key}.txt"] = _story_text(story)
    sums = [f"{hashlib.sha256(text.encode()).hexdigest()}  {name}" for name, text in files.items()]
    files["SHA256SUMS"] = "\n".join(sums) + "\n"
    return files


def evidence_pack(view: View) -> bytes:
    """The files as one ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in evidence_files(view).items():
            info = zipfile.ZipInfo(f"overflight-evidence/{name}", _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            pack.writestr(info, text)
    return out.getvalue()
