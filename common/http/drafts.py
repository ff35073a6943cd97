"""Draft of a form in the session: what was typed on a page, while its writer signs in again or changes how pages look.

A page keeps one draft. It is given back once, within a few minutes, at the address that it was typed at, and to its
writer alone; what nobody signed in wrote is given to who signs in next.
"""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from common import clock
from common.http.next_page import FIELD as NEXT

View = TypeVar("View", bound=Callable[..., HttpResponse])

KEY = "draft"
NOT_TYPED = ("csrfmiddlewaretoken", NEXT)
LONGEST = 4000
# As long as a sign-in code lives, so one sign-in fits. A draft holds a name, perhaps a number: on a shared computer
# whoever comes later isn't to find it.
KEPT_SECONDS = 300

_switches: dict[str, str] = {}


def register_switch(field: str, url_name: str) -> None:
    """Let a button of the frame named `field` be pressed with a page's form (`typed_form` in that page's context).

    What was typed is kept, and the address of `url_name` gets what was sent. Registering the same again is harmless.
    """
    _switches[field] = url_name


def keep_draft(request: HttpRequest) -> None:
    """Keep what was sent to this address, with its time and writer; too much of it is no draft of a person's."""
    typed = {name: values for name, values in request.POST.lists() if name not in (*NOT_TYPED, *_switches)}
    if sum(len(value) for values in typed.values() for value in values) <= LONGEST:
        request.session[KEY] = {
            "path": request.path,
            "values": typed,
            "at": clock.now().timestamp(),
            "writer": _person(request),
        }


def take_draft(request: HttpRequest) -> dict[str, str]:
    """Values typed at this address, once; empty where nothing was. The last one of a field that has several."""
    return {name: values[-1] for name, values in take_lists(request, request.path).items() if values}


def take_lists(request: HttpRequest, typed_at: str) -> dict[str, list[str]]:
    """Values of each field typed at an address, once; empty where nothing was.

    `typed_at` is where the form was sent, which may be another address than that of the page that shows it. A draft
    that is too old, or somebody else's, is thrown away, whatever its address.
    """
    draft: dict[str, Any] = request.session.get(KEY, {})
    if not draft:
        return {}
    is_due = clock.now().timestamp() - draft.get("at", 0) < KEPT_SECONDS
    is_theirs = draft.get("writer") in (None, _person(request))
    if not (is_due and is_theirs):
        del request.session[KEY]
        return {}
    if draft["path"] != typed_at:
        return {}
    return dict(request.session.pop(KEY).get("values", {}))


def keeps_draft(view: View) -> View:
    """Decorator, outside the one that asks for signing in: what was typed outlives a lost session and a switch.

    A switch of the frame gets what was sent (307), and leads back to the page.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        switch = next((url_name for field, url_name in _switches.items() if field in request.POST), None)
        if request.method == "POST" and (switch or not request.user.is_authenticated):
            keep_draft(request)
        if request.method == "POST" and switch:
            address = f"{reverse(switch)}?{urlencode({NEXT: request.get_full_path()})}"
            return HttpResponseRedirect(address, preserve_request=True)
        return view(request, *args, **kwargs)

    return guarded  # type: ignore[return-value]


def _person(request: HttpRequest) -> int | None:
    """Id of who has signed in, None of a visitor."""
    return request.user.pk
