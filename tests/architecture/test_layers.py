"""The direction of imports, as pyproject.toml draws it. New modules get their place there."""

import subprocess
import sys
import tomllib

import grimp

from tests.architecture.sources import APPS, PROJECT

CONFIGURATION = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]


def test_all_contracts_are_kept():
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    linted = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)
    assert linted.returncode == 0, linted.stdout[-4000:] + linted.stderr


def test_every_app_is_in_the_order_of_apps_and_has_an_order_inside():
    apps = {path.parent.name for path in PROJECT.glob("*/apps.py")}
    order, *others = (contract for contract in CONFIGURATION["contracts"] if contract["type"] == "layers")
    assert apps | {"pingh_portal"} == set(order["layers"]) == set(APPS)
    assert {app for contract in others if contract.get("exhaustive") for app in contract["containers"]} == apps


# What other apps may use of an app are its services, selectors, and what lies below them.
PRIVATE = (
    "views",
    "forms",
    "filters",
    "api",
    "integrations",
    "middleware",
    "templatetags",
    "tasks",
    "management",
    "urls",
)


def test_no_app_reaches_into_the_private_layers_of_another():
    graph = grimp.build_graph(*APPS, cache_dir=None)
    apps = [app for app in APPS if app not in ("common", "pingh_portal")]
    reaching = {
        f"{importer} → {module}"
        for module in graph.modules
        if module.count(".") and module.split(".")[0] in apps and module.split(".")[1] in PRIVATE
        for importer in graph.find_modules_that_directly_import(module)
        if importer.split(".")[0] not in (module.split(".")[0], "pingh_portal")
    }
    assert not reaching, sorted(reaching)


def test_no_contract_has_exceptions():
    assert not [
        contract["name"]
        for contract in CONFIGURATION["contracts"]
        if "ignore_imports" in contract or "exhaustive_ignores" in contract
    ]
