"""The product's own files, as the tests of this directory read them."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
APPS = tuple(sorted([*(path.parent.name for path in PROJECT.glob("*/apps.py")), "pingh_portal"]))
NOT_OURS = {
    ".venv",
    "var",
    ".git",
    "node_modules",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
}
TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".toml",
    ".md",
    ".txt",
    ".sh",
    ".sql",
    ".csv",
    ".po",
    ".yml",
    ".yaml",
    ".service",
    ".conf",
    ".cfg",
    "",
}


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def code(*, tests: bool = False) -> list[Path]:
    """Python files of the apps and the embedded engines (and of the tests)."""
    roots = (*APPS, "embedded", *(("tests", "bench") if tests else ()))
    return sorted(path for root in roots for path in (PROJECT / root).rglob("*.py") if not NOT_OURS & set(path.parts))


def templates() -> list[Path]:
    """All templates, the project's and the apps'."""
    return sorted(
        {*(PROJECT / "templates").rglob("*.html"), *(path for app in APPS for path in (PROJECT / app).rglob("*.html"))}
    )


def texts() -> Iterator[Path]:
    """Every text file that goes into the repository."""
    for path in sorted(PROJECT.rglob("*")):
        if path.is_file() and path.suffix in TEXT and not NOT_OURS & set(path.relative_to(PROJECT).parts):
            yield path


def named(path: Path) -> str:
    return str(path.relative_to(PROJECT))
