"""Pending choice of a person who was asked to sign in, such as a time slot, shown beside the form.

It isn't lost, and it isn't done yet.

A higher app registers a builder for the page it will go on to; this app only knows that a choice has a time, a thing
and a place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from django.http import QueryDict
from django.urls import Resolver404, resolve


@dataclass(frozen=True)
class PendingChoice:
    """Panel of the choice: when, what, where, some facts, and the address to choose again.

    `head`, `not_yet` and `back` say what is kept, that it isn't done yet, and how to choose again; a time slot's words
    unless given.

    `where` and `what` are names as the page shows them; `drawn_from`, the one its cover is drawn from, is the same in
    every language.
    """

    when: str
    what: str
    where: str = ""
    drawn_from: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    back_url: str = ""
    head: str = ""
    not_yet: str = ""
    back: str = ""


# (keyword arguments of the address, its query) -> the panel, or None when the query makes no sense.
Builder = Callable[[Mapping[str, Any], QueryDict], PendingChoice | None]

_builders: dict[str, Builder] = {}


def register(view_name: str, builder: Builder) -> None:
    """Register `builder` to describe the choice whenever sign-in goes on to the page `view_name`."""
    _builders[view_name] = builder


def pending_choice_of(target: str) -> PendingChoice | None:
    """Panel for `target`, the path and query that this sign-in goes on to, if its app has registered one."""
    path, _, query = target.partition("?")
    try:
        match = resolve(unquote(path))
    except Resolver404:
        return None
    builder = _builders.get(match.view_name)
    return builder(match.kwargs, QueryDict(query)) if builder else None
