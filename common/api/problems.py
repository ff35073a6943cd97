"""Errors of the API as problem details (RFC 9457), with the same codes and words as the pages.

Members: `type` ("about:blank": the status says the kind), `title` (the status in words), `status`, `detail`
(localised), `code` (stable; what clients branch on), `errors` (one a field: `field`, `code`, `detail`) where fields are
at fault, and whatever the rule adds (`extra`).
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler, set_rollback

from common.api.framework import FRAMEWORK_WORDS
from common.errors import DomainError

CONTENT_TYPE = "application/problem+json"


def problem_response(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER. None for what isn't foreseen: that stays a 500 and is logged as one."""
    if isinstance(exc, DomainError):
        set_rollback()
        errors = [{"field": exc.field, "code": exc.code, "detail": str(exc)}] if exc.field else []
        return _problem(exc.status, code=exc.code, detail=str(exc), errors=errors, extra=exc.extra)
    known = _as_api_exception(exc)
    answer = exception_handler(known, context)
    if answer is None or not isinstance(known, exceptions.APIException):
        return None
    errors = list(_field_errors(known.detail)) if isinstance(known, exceptions.ValidationError) else []
    words = FRAMEWORK_WORDS.get(type(known), known.detail)
    return _problem(
        answer.status_code, code=known.default_code, detail=str(words), errors=errors, headers=dict(answer.headers)
    )


def problem_page(error: type[exceptions.APIException]) -> HttpResponse:
    """Problem response where no API view ran: for Django's own error handlers."""
    return _page(_body(error.status_code, code=error.default_code, detail=str(FRAMEWORK_WORDS[error])))


def refusal_page(error: DomainError) -> HttpResponse:
    """Problem response of a rule that stands before every API view: for middleware."""
    return _page(_body(error.status, code=error.code, detail=str(error)))


def _as_api_exception(exc: Exception) -> Exception:
    """Translate Django's refusals into DRF's exceptions."""
    if isinstance(exc, Http404):
        return exceptions.NotFound()
    if isinstance(exc, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(exc, ValidationError):
        return exceptions.ValidationError(as_serializer_error(exc))
    return exc


def _field_errors(detail: Any, path: str = "") -> Iterator[dict[str, Any]]:
    """Flatten DRF's nested details: `contact.phone`, `items.0.name`; None for what concerns the whole request."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            whole = name in (api_settings.NON_FIELD_ERRORS_KEY, NON_FIELD_ERRORS)
            yield from _field_errors(inner, path if whole else f"{path}.{name}".lstrip("."))
    elif isinstance(detail, list):
        for position, inner in enumerate(detail):
            yield from _field_errors(
                inner, f"{path}.{position}".lstrip(".") if isinstance(inner, dict | list) else path
            )
    else:
        yield {"field": path or None, "code": getattr(detail, "code", "invalid"), "detail": str(detail)}


def _body(status: int, *, code: str, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, "code": code}


def _page(body: dict[str, Any]) -> HttpResponse:
    return JsonResponse(
        body, status=body["status"], content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False}
    )


def _problem(
    status: int,
    *,
    code: str,
    detail: str,
    errors: list[dict[str, Any]],
    extra: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    body = _body(status, code=code, detail=detail)
    if errors:
        body["errors"] = errors
    kept = {
        name: value for name, value in (headers or {}).items() if name in ("WWW-Authenticate", "Retry-After", "Allow")
    }
    return Response({**(extra or {}), **body}, status=status, headers=kept, content_type=CONTENT_TYPE)
