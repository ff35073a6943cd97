"""The pinned requirements are what `make lock` makes of pyproject.toml, so far as one can tell without a registry."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sources import PROJECT

DECLARED = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
PRODUCTION = [Requirement(line) for line in DECLARED["project"]["dependencies"]]
GROUPS = DECLARED["dependency-groups"]
EVERYTHING = PRODUCTION + [Requirement(line) for group in GROUPS.values() for line in group if isinstance(line, str)]
FILES = {"requirements.txt": EVERYTHING, "deploy/requirements.txt": PRODUCTION}
# Frameworks whose next major release is one to prepare for.
BOUNDED = {"django", "django-allauth", "djangorestframework", "celery", "django-pghistory", "django-pgtrigger"}
PIN = re.compile(
    r"^(?P<name>[a-z0-9-]+)(?:\[[a-z,]+\])?==(?P<version>[^ ;\\]+)(?P<rest>(?:.*\n(?: .*\n?)*))", re.MULTILINE
)


def text_of(file: str) -> str:
    return (PROJECT / file).read_text(encoding="utf-8")


def pins_of(file: str) -> dict[str, str]:
    return {canonicalize_name(pin["name"]): pin["version"] for pin in PIN.finditer(text_of(file))}


@pytest.mark.parametrize("file", FILES)
def test_what_is_declared_is_pinned_within_its_bounds(file: str) -> None:
    pins = pins_of(file)
    for requirement in FILES[file]:
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), (
            f"{requirement}: run make lock"
        )


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_pinned_for_us_that_is_not_declared(file: str) -> None:
    ours = {
        canonicalize_name(pin["name"])
        for pin in PIN.finditer(text_of(file))
        if "pingh-portal (pyproject.toml" in pin["rest"]
    }
    assert ours == {canonicalize_name(requirement.name) for requirement in FILES[file]}, "run make lock"


@pytest.mark.parametrize("file", FILES)
def test_every_pin_has_hashes_and_the_head_says_how_it_was_made(file: str) -> None:
    assert all("--hash=sha256:" in pin["rest"] for pin in PIN.finditer(text_of(file)))
    head = text_of(file).splitlines()[1]
    assert head.startswith("#    uv pip compile ") and head.endswith(f" -o {file}")
    # Wherever it was made: the file names no registry.
    assert "://" not in text_of(file) and "--index" not in text_of(file)


def test_production_runs_what_was_tested() -> None:
    tested = pins_of("requirements.txt")
    assert {name: tested.get(name) for name in pins_of("deploy/requirements.txt")} == pins_of("deploy/requirements.txt")


def test_the_frameworks_stop_before_their_next_major_release() -> None:
    bounded = {
        requirement.name
        for requirement in PRODUCTION
        if any(bound.operator in ("<", "~=") for bound in requirement.specifier)
    }
    assert bounded >= BOUNDED
