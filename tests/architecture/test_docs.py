"""What documents name exists (paths, modules, targets of `make`, links), and what code cites of documents."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.test import RequestFactory

from pages.context_processors import frame
from tests.architecture.sources import APPS, PROJECT, code, named, templates, text_of

DOCUMENTS = [path for glob in ("README*.md", "CONTRIBUTING.md", "docs/**/*.md") for path in sorted(PROJECT.glob(glob))]
PACKAGES = {*APPS, "embedded", "tests", "bench"}
# What a document names that isn't a file of ours; a decision may also name what was there when it was taken.
NOT_THERE = {
    "CONTRIBUTING.md": {"noun_verb.html", "utils.py"},  # a pattern, and what there must not be
    "docs/components.md": {"css/portal.css"},  # joined from the style sheets when it is asked for
    "docs/decisions/0013-one-style-sheet-for-a-page.md": {"css/portal.css"},
    "docs/operations.md": {"var/"},  # made where the portal runs
}

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
# Quoted with one backtick, or with two around what has one in it.
QUOTED = re.compile(r"``(.+?)``|`([^`\n]+)`")
WORD = re.compile(r"[^\s,;]+")
PLACEHOLDER = re.compile(r"[<>…*{}$|\\]|\.\.\.|://")
PATH = re.compile(r"[A-Za-z_.][\w.-]*(?:/[\w.-]+)*(?:/|\.(?:py|html|css|js|md|toml|txt|csv|json|sh|sql|svg))")
DOTTED = re.compile(rf"(?<![\w./])(?:{'|'.join(sorted(PACKAGES))})(?:\.[A-Za-z_]\w*)+")
# The same within an app that goes without saying: it begins with a layer.
LAYERS = {path.parent.name for app in APPS for path in (PROJECT / app).glob("*/__init__.py")}
IN_AN_APP = re.compile(rf"(?<![\w./])(?:{'|'.join(sorted(LAYERS))})(?:\.[A-Za-z_]\w*)+")
MAKE = re.compile(r"\bmake ((?:[A-Z]+=\S+ )*)([a-z][a-z-]*)")
LINK = re.compile(r"\]\((?!\w+:)([^)#]+)(?:#[^)]*)?\)")
# Code that cites a document, and the heading it means there.
CITED = re.compile(r"\b((?:docs/)?(?:architecture|(?:docs|decisions|mechanisms)/[\w/-]+)(?:\.md)?)(?:, \"([^\"]+)\")?")
TOP = [path for path in PROJECT.iterdir() if path.name not in (".venv", ".git", "var") and "cache" not in path.name]
TARGETS = set(re.findall(r"^([a-z-]+):", text_of(PROJECT / "Makefile"), re.MULTILINE))


def quotations(text: str) -> list[str]:
    """What stands between backticks in a document, without the blocks of code."""
    return [double or single for double, single in QUOTED.findall(FENCE.sub("", text))]


def paths_in(quotation: str) -> list[str]:
    """The words of a quotation that read as paths of this project, without its placeholders."""
    words = [word.rstrip(".:").split("::")[0] for word in WORD.findall(quotation)]
    return [word for word in words if not PLACEHOLDER.search(word) and PATH.fullmatch(word)]


@cache
def files() -> frozenset[str]:
    """Every file and folder of ours, by its path within the project and by its path within any folder above it."""
    ours = [path for root in TOP for path in ([root, *root.rglob("*")] if root.is_dir() else [root])]
    return frozenset(
        "/".join(parts[start:]) + ("/" if path.is_dir() else "")
        for path in ours
        if "__pycache__" not in path.parts
        for parts in [path.relative_to(PROJECT).parts]
        for start in range(len(parts))
    )


@cache
def names_of(module: Path) -> frozenset[str]:
    """What a module defines or imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text_of(module))):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
            case ast.alias(name=name, asname=other):
                found.add(other or name)
            case ast.Attribute(attr=name, ctx=ast.Store()):
                found.add(name)
    return frozenset(found)


def resolves(dotted: str, place: Path = PROJECT) -> bool:
    """Whether a dotted name is a package, a module, or something defined in one."""
    parts = dotted.split(".")
    for depth, part in enumerate(parts):
        if (place / part).is_dir():
            place /= part
        elif (place / f"{part}.py").is_file():
            return set(parts[depth + 1 :]) <= names_of(place / f"{part}.py")
        else:
            return (place / "__init__.py").is_file() and set(parts[depth:]) <= names_of(place / "__init__.py")
    return True


def faults(text: str) -> list[str]:
    """What a document names that isn't there."""
    found = []
    for quotation in quotations(text):
        found += [path for path in paths_in(quotation) if path not in files()]
        found += [name for name in DOTTED.findall(quotation) if not PATH.fullmatch(name) and not resolves(name)]
        found += [
            name
            for name in IN_AN_APP.findall(quotation)
            if not PATH.fullmatch(name) and not any(resolves(name, PROJECT / app) for app in APPS)
        ]
        found += [f"make {target}" for _options, target in MAKE.findall(quotation) if target not in TARGETS]
    return found


@pytest.mark.parametrize(
    "fault",
    [
        "pages/navigatoin.py",
        "bookings/no_such/",
        "centers.domain.hourz",
        "common.clock.yesterday",
        "services.wish",
        "make tests",
    ],
)
def test_it_finds_its_fault(fault: str) -> None:
    assert faults(f"See `{fault}`.")


@pytest.mark.parametrize(
    "right",
    [
        "common/clock.py",
        "docs/",
        "centers.domain.hours",
        "common.clock.today",
        "domain.hours",
        "make test",
        "<app>/urls.py",
    ],
)
def test_it_is_content_with_what_there_is(right: str) -> None:
    assert not faults(f"See `{right}`.")


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_what_a_document_names_exists(document: Path) -> None:
    assert set(faults(text_of(document))) == NOT_THERE.get(named(document), set())


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_what_a_document_links_to_exists(document: Path) -> None:
    assert [link for link in LINK.findall(text_of(document)) if not (document.parent / link).exists()] == []


def test_what_code_cites_of_the_documents_exists() -> None:
    cited = {(named(path), *found) for path in code(tests=True) for found in CITED.findall(text_of(path))}
    assert {name for _path, name, _heading in cited} >= {"docs/mechanisms/tests.md"}
    assert [cite for cite in sorted(cited) if not says(*cite[1:])] == []


def says(name: str, heading: str) -> bool:
    """Whether a cited document exists and has the heading, if one is cited."""
    document = PROJECT / "docs" / name.removeprefix("docs/")
    if not document.exists():
        document = document.with_name(f"{document.name}.md")
    return document.is_file() and (
        not heading or re.search(rf"^#+ {re.escape(heading)}$", text_of(document), re.M) is not None
    )


def test_the_map_shows_each_app() -> None:
    """And no folder that isn't there."""
    tree = re.search(r"^## Where things are\n+```\n(.*?)^```", text_of(PROJECT / "docs/architecture.md"), re.M | re.S)
    assert tree
    folders = {name for line in tree[1].splitlines() for name in re.findall(r"(\w+)/(?=\s)", line.split("  ")[0] + " ")}
    assert folders >= {*APPS, "embedded"}
    assert [name for name in sorted(folders) if not (PROJECT / name).is_dir()] == []


def test_the_catalogue_names_what_the_frame_has(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.resolver_match = None
    told = re.search(r"^`frame` .*?(?=\n\n)", text_of(PROJECT / "docs/components.md"), re.M | re.S)
    assert told
    keys = frame(request)["frame"]
    assert isinstance(keys, dict) and set(keys) <= set(quotations(told[0]))


def test_the_checklist_of_a_field_names_every_file_of_its_example() -> None:
    """A file that it leaves out is where the next field is forgotten."""
    checklist = re.search(r"^## Add a field$(.*?)^## ", text_of(PROJECT / "CONTRIBUTING.md"), re.M | re.S)
    assert checklist
    told = [path for quotation in quotations(checklist[1]) for path in paths_in(quotation)]
    product = [path for path in (*code(), *templates()) if "migrations" not in path.parts]
    having = [named(path) for path in product if re.search(r"\bheadcount\b", text_of(path))]
    assert len(having) > 20
    assert [name for name in having if not any(f"/{name}".endswith(f"/{path}") for path in told)] == []
