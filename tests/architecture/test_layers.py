"""The invariants of ARCHITECTURE.md that can be read off the source."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "tui"
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported_names(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_no_field_is_named_as_its_own_type() -> None:
    """From Python 3.14 on such an annotation means the field itself, and what reads it at run time fails."""
    hidden = [
        f"{path.relative_to(REPOSITORY)}:{field.lineno}"
        for path in MODULES
        for made in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(made, ast.ClassDef)
        for field in made.body
        if isinstance(field, ast.AnnAssign) and _own_names(made) & _names(field.annotation)
    ]
    assert not hidden


def _own_names(made: ast.ClassDef) -> set[str]:
    fields = {
        part.target.id
        for part in made.body
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
    }
    return fields | {part.name for part in made.body if isinstance(part, ast.FunctionDef)}


def _names(annotation: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(annotation) if isinstance(node, ast.Name)}


def test_importing_the_pipeline_loads_no_textual() -> None:
    script = (
        "import sys, pkgutil, importlib, tui.pipeline\n"
        "for module in pkgutil.walk_packages(tui.pipeline.__path__, 'tui.pipeline.'):\n"
        "    importlib.import_module(module.name)\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('textual', 'rich')))\n"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"


def test_importing_the_interface_loads_no_fetching_and_no_database() -> None:
    script = (
        "import sys, tui.ui.app\n"
        "print(sorted(set(sys.modules) & {'httpx', 'feedparser', 'sqlite_utils', 'sqlite3', 'pysqlite3', 'ahocorasick_rs'}))\n"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_no_module_outgrows_its_page(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 400, f"{path.name} has {lines} lines: what are its two jobs?"


def test_the_domain_imports_only_pure_parts_of_the_standard_library() -> None:
    impure = {
        "os",
        "io",
        "pathlib",
        "socket",
        "subprocess",
        "sqlite3",
        "threading",
        "asyncio",
        "time",
        "random",
    }
    for path in (PACKAGE / "domain").rglob("*.py"):
        for name in imported_names(path):
            root = name.split(".")[0]
            assert root == "tui" or root in sys.stdlib_module_names, f"{path.name} imports {name}"
            assert root not in impure, f"{path.name} imports {name}"


def test_only_one_module_of_the_interface_draws_feed_text() -> None:
    """Markup parsers and escapes are the ways in which feed text becomes an action."""
    forbidden = {"textual.markup", "rich.markup"}
    for path in (PACKAGE / "ui").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert not (imported_names(path) & forbidden), f"{path.name} imports a markup parser"
        assert "from_markup" not in source or path.name == "untrusted.py", f"{path.name} builds markup"


def test_sql_stands_only_in_the_store() -> None:
    for path in MODULES:
        if (PACKAGE / "store") in path.parents:
            continue
        names = imported_names(path)
        assert (
            not {"sqlite3", "pysqlite3", "sqlite_utils"} & {name.split(".")[0] for name in names}
            or path.parts[-2] == "cli"
        ), f"{path} talks to the database"


def test_the_clock_is_read_in_one_place() -> None:
    """Everything else is told the time, so that tests and replays can turn it."""
    allowed = {PACKAGE / "cli" / "clocks.py"}
    for path in MODULES:
        if path in allowed:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called = f"{node.value.id}.{node.attr}"
                assert called not in {"time.time", "datetime.now", "datetime.utcnow", "date.today"}, (
                    f"{path}: {called}"
                )
