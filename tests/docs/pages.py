"""The pages a person reads, and what stands in their blocks."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOP = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md")
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *(ROOT / name for name in TOP if (ROOT / name).is_file())])


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page."""

    page: str
    language: str
    text: str


def name_of(page: Path) -> str:
    """As a person names it."""
    return page.relative_to(ROOT).as_posix()


def blocks(language: str) -> tuple[Block, ...]:
    """Every fenced block of that language."""
    fence = re.compile(rf"^( *)```{language}[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
    return tuple(
        Block(name_of(page), language, "\n".join(line.removeprefix(indent) for line in text.splitlines()))
        for page in PAGES
        for indent, text in fence.findall(page.read_text(encoding="utf-8"))
    )


def command_lines() -> tuple[tuple[str, str], ...]:
    """Page and command of every line that a person is told to type, the prompt taken off."""
    return tuple(
        (block.page, line.removeprefix("$ "))
        for block in blocks("console")
        for line in block.text.splitlines()
        if line.startswith("$ ")
    )


def settings_of(block: Block) -> dict[str, object]:
    """The tables of a TOML block."""
    return tomllib.loads(block.text)
