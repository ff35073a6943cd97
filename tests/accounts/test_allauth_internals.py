"""The private parts of allauth in use: one module, this list. A new one is written here on purpose, or it fails."""

import ast
import inspect
from pathlib import Path

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.mixins import RedirectAuthenticatedUserMixin

from accounts.services import allauth_internals
from tests.architecture.sources import APPS, PROJECT

IN_USE = {
    "allauth.account.internal.flows.login_by_code.LoginCodeVerificationProcess",
    "allauth.account.internal.stagekit.clear_login",
    "allauth.core.internal.cryptokit.compare_user_code",
    "allauth.core.internal.ratelimit.Rate",
    "allauth.core.internal.ratelimit.get_cache_key",
    "allauth.core.internal.ratelimit.parse_rates",
}
# Hooks of allauth's classes that ours override, underscore and all.
OVERRIDDEN = {
    "_get_login_attempts_cache_key": DefaultAccountAdapter,
    "_redirect_to_pending_stage": RedirectAuthenticatedUserMixin,
}


def imported(path: Path) -> set[str]:
    """What a module imports of allauth's internals."""
    return {
        f"{node.module}.{name.name}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("allauth.")
        for name in node.names
        if ".internal" in f"{node.module}.{name.name}" or name.name.startswith("_")
    }


def test_they_are_in_one_module_and_on_this_list() -> None:
    found = {path: imported(path) for app in APPS for path in (PROJECT / app).rglob("*.py")}
    places = {path.relative_to(PROJECT).as_posix() for path, names in found.items() if names}
    assert places == {"accounts/services/allauth_internals.py"}
    assert set().union(*found.values()) == IN_USE


def test_private_hooks_are_still_called() -> None:
    source = inspect.getsource(allauth_internals)
    for name, owner in OVERRIDDEN.items():
        assert f"def {name}" in source
        assert f"self.{name}(" in inspect.getsource(owner), f"allauth doesn't call {name} any more"
