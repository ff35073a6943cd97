"""An app's part of the API is found by its place: `<app>/api/routes.py`."""

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from rest_framework.routers import SimpleRouter

from pingh_portal.api import registrars, router
from tests.architecture.sources import PROJECT

MakeApp = Callable[..., AppConfig]


@pytest.fixture
def make_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeApp:
    """An app in a folder of its own, with the text of its `api/routes.py` if it has any."""
    monkeypatch.syspath_prepend(tmp_path)

    def make(name: str, routes: str | None) -> AppConfig:
        (tmp_path / name / "api").mkdir(parents=True)
        for package in (tmp_path / name, tmp_path / name / "api"):
            (package / "__init__.py").touch()
        if routes is not None:
            (tmp_path / name / "api/routes.py").write_text(routes)
        importlib.invalidate_caches()
        return AppConfig(name, importlib.import_module(name))

    return make


def test_every_app_with_routes_is_in_the_api_lower_apps_first() -> None:
    with_routes = {path.parent.parent.name for path in PROJECT.glob("*/api/routes.py")}
    assert {register.__module__.partition(".")[0] for register in registrars(apps.get_app_configs())} == with_routes
    assert [prefix for prefix, _viewset, _basename in router.registry] == [
        "centers",
        "figures",
        "metrics",
        "organizations",
        "services",
        "spaces",
        "availability",
        "bookings",
        "activities",
        "sign-ups",
        "participants",
        "satisfaction",
        "find",
    ]


def test_a_new_app_needs_no_line_elsewhere(make_app: MakeApp) -> None:
    shelf = make_app("shelf_app", "def register(router):\n    router.register('shelves', object, basename='shelf')\n")
    added = SimpleRouter()
    for register in registrars([shelf, make_app("silent_app", None)]):
        register(added)
    assert [prefix for prefix, _viewset, _basename in added.registry] == ["shelves"]


@pytest.mark.parametrize(
    ("name", "routes", "error", "words"),
    [
        (
            "typo_app",
            "def registre(router): ...\n",
            ImproperlyConfigured,
            r"typo_app\.api\.routes has no function register",
        ),
        ("torn_app", "import no_such_module\n", ModuleNotFoundError, "no_such_module"),
    ],
)
def test_broken_routes_are_told(make_app: MakeApp, name: str, routes: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        registrars([make_app(name, routes)])
