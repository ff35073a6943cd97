"""Addresses that only take what a form sends."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.views.decorators.http import require_POST

View = TypeVar("View", bound=Callable[..., Any])

MARK = "is_post_only"


def post_only(view: View) -> View:
    """Django's `require_POST`, which others can tell from outside.

    Going to such an address shows nothing, so nobody is led there.
    """
    guarded = require_POST(view)
    # Decorators put around it take the mark along (functools.wraps).
    setattr(guarded, MARK, True)
    return guarded


def is_post_only(view: Callable[..., Any]) -> bool:
    """Whether `view` was made by `post_only`."""
    return getattr(view, MARK, False)
