"""Form submission.

Valid data go to a service; a refusal comes back to its field, a success flashes a message and redirects.
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

    `service` takes the cleaned data; `success` is the message, or makes it from the service's result; `redirect_to` is
    what `django.shortcuts.redirect` takes, or makes it from the result. A `DomainError` is put onto the form
    (`add_refusal`).
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        result = service(form.cleaned_data)
    except DomainError as error:
        add_refusal(form, error)
        return None
    messages.success(request, success(result) if callable(success) else success)
    target = redirect_to(result) if callable(redirect_to) else redirect_to
    return redirect(target)


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


def form_status(form: BaseForm) -> int:
    """HTTP status of a page that shows this form."""
    refusal: DomainError | None = getattr(form, "refusal", None)
    if refusal is not None:
        return refusal.status
    return INVALID if form.is_bound and form.errors else 200
