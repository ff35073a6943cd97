"""Draft of a form in the session: what was typed on a page, while its writer signs in again or changes how pages look.

A page keeps one draft; it is given back once, to the address that it was typed at.
"""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from common.http.next_page import FIELD as NEXT

View = TypeVar("View", bound=Callable[..., HttpResponse])

KEY = "draft"
NOT_TYPED = ("csrfmiddlewaretoken", NEXT)
LONGEST = 4000
# Buttons of the frame that a page may send its form along with (`typed_form` in its context), and what they switch.
SWITCHES = {"language": "set_language", "elder": "accounts:elder_mode"}


def keep_draft(request: HttpRequest) -> None:
    """Keep what was sent to this address; too much of it is no draft of a person's."""
    typed = {name: value for name, value in request.POST.items() if name not in (*NOT_TYPED, *SWITCHES)}
    if sum(map(len, typed.values())) <= LONGEST:
        request.session[KEY] = {"path": request.path, "typed": typed}


def take_draft(request: HttpRequest) -> dict[str, str]:
    """What was typed at this address, once; empty where nothing was."""
    if request.session.get(KEY, {}).get("path") != request.path:
        return {}
    return dict(request.session.pop(KEY)["typed"])


def keeps_draft(view: View) -> View:
    """Decorator, outside the one that asks for signing in: what was typed outlives a lost session and a switch.

    A switch of the frame gets what was sent (307), and leads back to the page.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        switch = next((SWITCHES[name] for name in SWITCHES if name in request.POST), None)
        if request.method == "POST" and (switch or not request.user.is_authenticated):
            keep_draft(request)
        if request.method == "POST" and switch:
            address = f"{reverse(switch)}?{urlencode({NEXT: request.get_full_path()})}"
            return HttpResponseRedirect(address, preserve_request=True)
        return view(request, *args, **kwargs)

    return guarded  # type: ignore[return-value]
