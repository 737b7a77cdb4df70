"""Adding feeds to a feeds.toml that a person wrote: at its end, and only when the whole is still in order."""

import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tui.domain.feed import Feed, FeedKind
from tui.feeds.feed_fields import duration_text
from tui.feeds.feed_list import load_feed_list


def written(feed: Feed) -> str:
    """The [[feed]] table of a feed; no headers, since they may hold secrets."""
    lines = ["[[feed]]", f"url = {_text(feed.url)}", f"name = {_text(feed.name)}"]
    if feed.lang:
        lines.append(f"lang = {_text(feed.lang)}")
    if feed.country:
        lines.append(f"country = {_text(feed.country)}")
    if feed.publisher and feed.publisher != feed.name:
        lines.append(f"publisher = {_text(feed.publisher)}")
    if feed.kind is not FeedKind.NATIONAL:
        lines.append(f"kind = {_text(feed.kind)}")
    if feed.every is not None:
        lines.append(f"every = {_text(duration_text(feed.every))}")
    if feed.allow_private:
        lines.append("allow_private = true")
    return "\n".join(lines) + "\n"


def add_feeds(path: Path, feeds: Sequence[Feed], why: str) -> None:
    """Append the feeds under a comment; raises FeedListError and leaves the file as it is when that breaks it."""
    target = path.resolve()
    content = target.read_text(encoding="utf-8").rstrip("\n")
    tables = "\n".join(written(feed) for feed in feeds)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{content}\n\n# {why}\n\n{tables}")
            file.flush()
            os.fsync(file.fileno())
        load_feed_list(draft)
        draft.chmod(target.stat().st_mode & 0o777)
        draft.replace(target)
    except OSError as error:
        error.filename = error.filename or str(target)  # a full disk names no file
        raise
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def _text(value: str) -> str:
    """A TOML string: what JSON escapes is escaped the same way there."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
