"""A new app is one command: the skeleton, named wherever the tools want it listed, within the contracts."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from common.management.commands.startapp import name_in_lists
from tests.architecture.sources import APPS

LEFT_OUT = shutil.ignore_patterns(".venv", "var", ".git", "*_cache", "__pycache__", "static", "locale", "docs", "data")
PYPROJECT = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which the app was made."""
    copy = tmp_path_factory.mktemp("startapp") / "project"
    shutil.copytree(settings.BASE_DIR, copy, ignore=LEFT_OUT)
    # As people call it: the project is then what Python imports from, and no folder of it is the app's already.
    subprocess.run([sys.executable, "manage.py", "startapp", "library"], cwd=copy, check=True)
    return copy


def lists_of(pyproject: str) -> dict[str, list[str]]:
    """Each list of apps in pyproject.toml, by the name of its place."""
    tool = tomllib.loads(pyproject)["tool"]
    lists = {
        "isort": tool["ruff"]["lint"]["isort"]["known-first-party"],
        "mypy": tool["mypy"]["packages"],
        "import-linter": tool["importlinter"]["root_packages"],
    }
    for contract in tool["importlinter"]["contracts"]:
        for key in ("layers", "containers", "source_modules", "forbidden_modules"):
            if "centers" in contract.get(key, []) and "bookings" in contract[key]:
                lists[f"{contract['name']}: {key}"] = contract[key]
    return lists


@pytest.mark.parametrize("place", lists_of(PYPROJECT))
def test_every_app_is_named_in_every_list(place: str) -> None:
    apps = {app for app in APPS if (settings.BASE_DIR / app / "apps.py").exists()}
    without_common = {"common"} if place.endswith("containers") else set()
    assert apps - without_common <= set(lists_of(PYPROJECT)[place]), f"an app is missing in pyproject.toml, {place}"


def test_the_new_app_is_named_in_every_list(project: Path) -> None:
    text = (project / "pyproject.toml").read_text(encoding="utf-8")
    assert [place for place, names in lists_of(text).items() if names.count("library") != 1] == []
    layers = next(names for place, names in lists_of(text).items() if place.endswith("layers"))
    assert layers.index("library") == layers.index("bookings") - 1
    assert '"library",\n    "bookings",' in (project / "pingh_portal/settings/base.py").read_text()
    assert 'include("library.urls")' in (project / "pingh_portal/urls.py").read_text()


@pytest.mark.parametrize(
    "file", ["apps.py", "exceptions.py", "urls.py", "api/routes.py", "services/__init__.py", "migrations/__init__.py"]
)
def test_it_has_the_skeleton(project: Path, file: str) -> None:
    assert (project / "library" / file).is_file()
    assert not list((project / "library").rglob("*-tpl"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "tool",
    [
        ["-m", "ruff", "check", "library", "tests/architecture/rows/library.py"],
        ["-m", "ruff", "format", "--check", "library", "tests/architecture/rows/library.py"],
        ["-c", "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"],
    ],
    ids=["lint", "format", "contracts"],
)
def test_the_tools_are_content_with_it(project: Path, tool: list[str]) -> None:
    ran = subprocess.run([sys.executable, *tool], cwd=project, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0 and "library" not in ran.stdout, ran.stdout[-2000:] + ran.stderr[-2000:]


def test_naming_it_twice_changes_nothing() -> None:
    once = name_in_lists(PYPROJECT, "library", "bookings")
    assert name_in_lists(once, "library", "bookings") == once != PYPROJECT


def test_above_an_app_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no app nothing"):
        call_command("startapp", "library", above="nothing", project=tmp_path)
    assert not list(tmp_path.iterdir())
