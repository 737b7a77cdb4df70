"""What the pages say is there, is there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, TOP, Block, blocks, name_of, settings_of
from tui.domain.codes import Certainty, Event, IncidentCertainty, ObjectCode, Response, Severity, Zone
from tui.domain.query_fields import FIELDS
from tui.feeds.feed_list import load_feed_list

_FILES = re.compile(r"`((?:tui|tests|scripts|bench|docs|seeds|requirements)/[\w./*-]+)`")
_LINKS = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
_PARTS = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)#([^)\s]+)\)")
_MAKE = re.compile(r"`make ([a-z0-9-]+)")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = set(_FILES.findall(page.read_text(encoding="utf-8")))
    gone = [name for name in named if not list(ROOT.glob(name.rstrip("/")))]
    assert not gone


@pytest.mark.parametrize("page", [page for page in PAGES if name_of(page) in TOP], ids=name_of)
def test_links_of_the_pages_at_the_top_lead_somewhere(page: Path) -> None:
    links = _LINKS.findall(page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_link_to_a_part_of_a_page_leads_to_a_heading(page: Path) -> None:
    for link, part in _PARTS.findall(page.read_text(encoding="utf-8")):
        there = page.parent / link if link else page
        assert part in _headings(there), f"{link}#{part}"


def _headings(page: Path) -> set[str]:
    """What a link may name after `#`, as sites and forges make it of a heading."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_target_of_make_that_a_page_names_is_there(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(_MAKE.findall(page.read_text(encoding="utf-8")))
    assert not [name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)]


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    for name in ("mkdocs.yml", *TOP):
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, tmp_path / name)
    built = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert built.returncode == 0, built.stdout[-3000:] + built.stderr[-3000:]
    assert "The way of the data" in (tmp_path / "build/site/architecture/index.html").read_text(
        encoding="utf-8"
    )


def test_every_page_is_on_the_site() -> None:
    nav = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in PAGES if (ROOT / "docs") in page.parents]
    assert not [page for page in pages if f": {page}" not in nav]


def test_the_codebook_page_names_every_code() -> None:
    page = (ROOT / "docs/codebook.md").read_text(encoding="utf-8")
    codes = [*ObjectCode, *Zone, *Event, *Response, *Certainty, *IncidentCertainty, *Severity]
    assert not [code for code in codes if f"`{code}`" not in page]


def test_the_page_of_queries_names_every_field() -> None:
    page = (ROOT / "docs/queries.md").read_text(encoding="utf-8")
    assert not [field.name for field in FIELDS if f"`{field.name}:`" not in page]


@pytest.mark.parametrize("block", blocks("toml"), ids=lambda block: block.page)
def test_every_table_of_settings_that_a_page_shows_is_understood(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK", "hook")
    monkeypatch.setenv("HOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    feeds = (
        "" if "feed" in settings_of(block) else '[[feed]]\nname = "One"\nurl = "https://one.example/feed"\n'
    )
    path = tmp_path / "feeds.toml"
    path.write_text(f"{block.text}\n{feeds}", encoding="utf-8")
    assert load_feed_list(path).feeds
