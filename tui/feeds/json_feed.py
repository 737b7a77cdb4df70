"""JSON Feed 1.0 and 1.1: a body that claims to be one, checked."""

import msgspec

_VERSIONS = ("https://jsonfeed.org/version/1", "http://jsonfeed.org/version/1")


class JsonItem(msgspec.Struct):
    """One item; only `id` is required."""

    id: str | int | float
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    language: str | None = None


class JsonFeed(msgspec.Struct):
    """The whole document."""

    version: str
    title: str
    items: list[JsonItem]
    language: str | None = None


def read_json_feed(text: str) -> JsonFeed | str:
    """The feed, or in plain words what keeps it from being one."""
    try:
        feed = msgspec.json.decode(text, type=JsonFeed)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as problem:
        return str(problem)
    if not feed.version.startswith(_VERSIONS):
        return "its version is not one of jsonfeed.org"
    return feed
