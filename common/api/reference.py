"""Registry of additions to the OpenAPI document on the page about the API.

Titles of its parts, and the codes of refusals.

Each app fills it from its `integrations.api_reference` when it is ready.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise

from common.errors import DomainError

_titles: dict[str, Promise | str] = {}
_refusals: set[type[DomainError]] = set()
_general_refusals: set[type[DomainError]] = set()
_example: list[tuple[type[DomainError], dict[str, Any]]] = []


def register_section(tag: str, title: Promise | str) -> None:
    """Register the title of the section with the operations of this tag, in the document's order."""
    _titles[tag] = title


def register_refusals(errors: Iterable[type[DomainError]]) -> None:
    """List refusals of single operations, by code."""
    _refusals.update(errors)


def register_general_refusals(errors: Iterable[type[DomainError]]) -> None:
    """List refusals that any operation may answer with."""
    _general_refusals.update(errors)


def register_example(error: type[DomainError], **members: Any) -> None:
    """Show this refusal as the example of a problem, with the further members that it comes with."""
    _example.clear()
    _example.append((error, members))


def example() -> tuple[type[DomainError], dict[str, Any]]:
    """The example of a problem: a refusal and its further members."""
    return _example[0] if _example else (DomainError, {})


def titles() -> dict[str, str]:
    """Titles by tag, in the active language."""
    return {tag: str(title) for tag, title in _titles.items()}


def refusals() -> list[type[DomainError]]:
    """Refusals of single operations, in order of their codes."""
    return sorted(_refusals, key=lambda error: error.code)


def general_refusals() -> list[type[DomainError]]:
    """Refusals of any operation, in order of their codes."""
    return sorted(_general_refusals, key=lambda error: error.code)
