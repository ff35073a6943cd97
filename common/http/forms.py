"""Form submission.

Valid data go to a service; a refusal comes back to its field, a success flashes a message and redirects. A button
without a page of its own has no field: what came of it is flashed either way, or shown where the button stood.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.database import advisory_lock
from common.errors import DomainError
from common.http.htmx import render_fragment, wants_fragment

INVALID = 422


def add_refusal(form: BaseForm, error: DomainError) -> None:
    """Put a service's refusal onto the field it names, or onto the whole form where the form has no such field."""
    form.add_error(error.field if error.field in form.fields else None, str(error))
    form.refusal = error  # type: ignore[attr-defined]


def submit_form(
    request: HttpRequest,
    form: BaseForm,
    service: Callable[[dict[str, Any]], Any],
    *,
    success: str | Callable[[Any], str],
    redirect_to: Any,
) -> HttpResponse | None:
    """Response to a submitted form that a service accepted: a flash message and a redirect.

    None where the form must be shown (again).

    `service` takes the cleaned data; `success` is the message (blank: none), or makes it from the service's result;
    `redirect_to` is what `django.shortcuts.redirect` takes, or makes it, or the whole response, from the result. A
    `DomainError` is put onto the form (`add_refusal`).
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        result = service(form.cleaned_data)
    except DomainError as error:
        add_refusal(form, error)
        return None
    _flash(request, success, result)
    target = redirect_to(result) if callable(redirect_to) else redirect_to
    return target if isinstance(target, HttpResponse) else redirect(target)


def submit_action(
    request: HttpRequest,
    service: Callable[[dict[str, Any]], Any],
    *,
    success: str | Callable[[Any], str],
    redirect_to: Any,
    form: BaseForm | None = None,
    fragment: tuple[str, Callable[[DomainError | None], Mapping[str, Any]]] | None = None,
) -> HttpResponse:
    """Response to a button without a page of its own: a flash message and a redirect, done or refused.

    `service` takes the cleaned data of `form`, or none; `success` is the message, or makes it from the service's
    result. With a `fragment`, its template and what makes its context from the refusal (None: done), htmx gets that
    instead, with the refusal's own status.
    """
    result, refusal = None, None
    try:
        result = service(_valid_data(form))
    except DomainError as error:
        refusal = error
    if fragment and wants_fragment(request):
        partial, context = fragment
        return render_fragment(request, partial, context(refusal), status=refusal.status if refusal else 200)
    if refusal:
        messages.error(request, str(refusal))
    else:
        _flash(request, success, result)
    return redirect(redirect_to)


def _flash(request: HttpRequest, success: str | Callable[[Any], str], result: Any) -> None:
    """Flash `success`, or what it makes of the service's result; nothing where that is blank."""
    if words := success(result) if callable(success) else success:
        messages.success(request, words)


class InvalidData(DomainError):
    """Refusal of a button's data that make no sense, in the words of its form."""

    code = "invalid"
    status = INVALID


def _valid_data(form: BaseForm | None) -> dict[str, Any]:
    """Cleaned data; empty without a form. Raises InvalidData."""
    if form is None:
        return {}
    if not form.is_valid():
        raise InvalidData(" ".join(str(words) for errors in form.errors.values() for words in errors))
    return form.cleaned_data


@contextmanager
def one_at_a_time(request: HttpRequest, subject: str, key: int) -> Iterator[None]:
    """Within it, submissions about the same thing are handled one after the other, each in a transaction.

    Looks don't wait.

    Read what the form edits inside, so that its version (`common.forms.versions`) is that of the moment it saves.
    """
    if request.method != "POST":
        yield
        return
    with transaction.atomic():
        # Before any lock of a row, so that nobody waits crosswise.
        advisory_lock(subject, key)
        yield


def render_form(
    request: HttpRequest, template: str, form: BaseForm, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Render a page with its form.

    200 for a look, 422 for invalid data, the refusal's own status where a service refused.
    """
    return render(request, template, {"form": form, **(context or {})}, status=form_status(form))


def refusal_of(form: BaseForm) -> DomainError | None:
    """Refusal of this form by a service, if there was one."""
    return getattr(form, "refusal", None)


def form_status(form: BaseForm) -> int:
    """HTTP status of a page that shows this form."""
    refusal = refusal_of(form)
    if refusal is not None:
        return refusal.status
    return INVALID if form.is_bound and form.errors else 200
