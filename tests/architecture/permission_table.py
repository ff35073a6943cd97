"""Who gets what answer from every address: one row a URL name (and method), in tests/architecture/rows/, a file an app.

Each row says to which class its thing belongs: PUBLIC facts, visible to all; OWN records, to their owner; MANAGEMENT
records, to the roles of their subtree (docs/mechanisms/roles.md) – outside it they don't exist (404), inside it without
the right they are forbidden (403). The people are those of tests/support/cast.py; INSIDE work at the
center the thing belongs to or above it, OUTSIDE beside it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.support.cast import ANONYMOUS, EVERYBODY, INSIDE, OUTSIDE, RESIDENTS, Cast

SIGN_IN = "sign in"  # redirected to a page where one signs in
ROW_FILES = tuple(sorted(path.stem for path in (Path(__file__).parent / "rows").glob("[!_]*.py")))
Answer = int | str
Answers = Mapping[str, Answer]


class Kind(StrEnum):
    PUBLIC = "public"
    OWN = "own"
    MANAGEMENT = "management"


@dataclass(frozen=True)
class Row:
    """`target(cast)` makes the thing at `cast.center` and returns the address's arguments."""

    name: str
    kind: Kind
    answers: Answers
    target: Callable[[Cast], dict[str, Any]] = field(default=lambda cast: {})
    method: str = "get"
    data: Mapping[str, Any] = field(default_factory=dict)
    json: bool = False

    def __str__(self) -> str:
        thing = "" if self.target.__name__ == "<lambda>" else f" {self.target.__name__}"
        return f"{self.method.upper()} {self.name}{thing}"


def public(answer: Answer = 200) -> dict[str, Any]:
    """A fact that all may see."""
    return {"kind": Kind.PUBLIC, "answers": dict.fromkeys(EVERYBODY, answer)}


def own(answer: Answer = 200, *, inside: Answer = 404, anonymous: Answer = SIGN_IN) -> dict[str, Any]:
    """A record of the resident's: theirs, perhaps of those who work at its center (`inside`), nobody else's."""
    answers = dict.fromkeys(EVERYBODY, 404) | dict.fromkeys(INSIDE, inside)
    return {"kind": Kind.OWN, "answers": answers | {ANONYMOUS: anonymous, "resident": answer}}


def personal(answer: Answer = 200, *, anonymous: Answer = SIGN_IN) -> dict[str, Any]:
    """A page about whoever looks at it: everybody has their own."""
    return {"kind": Kind.OWN, "answers": dict.fromkeys(EVERYBODY, answer) | {ANONYMOUS: anonymous}}


def management(answer: Answer = 200, *, forbidden: Iterable[str] = (), anonymous: Answer = SIGN_IN) -> dict[str, Any]:
    """A record of the center's.

    To those inside but the `forbidden`; to residents and the other subtree it doesn't exist.
    """
    answers = dict.fromkeys(EVERYBODY, 404) | dict.fromkeys(INSIDE, answer) | dict.fromkeys(forbidden, 403)
    return {"kind": Kind.MANAGEMENT, "answers": answers | {ANONYMOUS: anonymous}}


def workplace(answer: Answer = 200, *, anonymous: Answer = SIGN_IN) -> dict[str, Any]:
    """A page of all who work somewhere, each seeing their own reach; for residents there is none."""
    answers = dict.fromkeys(EVERYBODY, answer) | dict.fromkeys(RESIDENTS, 404)
    return {"kind": Kind.MANAGEMENT, "answers": answers | {ANONYMOUS: anonymous}}


def all_rows() -> list[Row]:
    return [row for name in ROW_FILES for row in import_module(f"tests.architecture.rows.{name}").ROWS]


def all_names() -> list[str]:
    """Every address the portal answers, by its name with its namespace; an address without a name by its route."""
    return sorted(set(_names(get_resolver(), "")))


def _names(resolver: URLResolver, prefix: str) -> Iterable[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}" if pattern.name else f"without a name: {pattern.pattern}"


__all__ = [
    "ANONYMOUS",
    "EVERYBODY",
    "INSIDE",
    "OUTSIDE",
    "RESIDENTS",
    "SIGN_IN",
    "Answer",
    "Kind",
    "Row",
    "management",
    "own",
    "personal",
    "public",
    "workplace",
]
