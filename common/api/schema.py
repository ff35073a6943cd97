"""Refusals in the OpenAPI document.

Every operation lists them, as problem details with their codes and words.
"""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated

from common.api.problems import CONTENT_TYPE
from common.errors import DomainError


class SessionScheme(OpenApiAuthenticationExtension):
    """OpenAPI security scheme of the session."""

    target_class = "common.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": format_lazy(
                _(
                    "The session of the pages. Unsafe methods also need the cookie {cookie}'s value "
                    "in the header X-CSRFToken."
                ),
                cookie=settings.CSRF_COOKIE_NAME,
            ),
        }


class FieldProblemSerializer(serializers.Serializer[Any]):
    """One field at fault."""

    field = serializers.CharField(
        allow_null=True,
        help_text=_("Name of the field, `contact.phone` for one within another; null for the whole request."),
    )
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details (RFC 9457)."""

    type = serializers.CharField(help_text=_("Always “about:blank”: the status says the kind."))
    title = serializers.CharField(help_text=_("The status in words."))
    status = serializers.IntegerField(help_text=_("The status of the answer."))
    detail = serializers.CharField(help_text=_("What is wrong, in the language asked for."))
    code = serializers.CharField(help_text=_("Stable: decide by it, not by the words."))
    errors = FieldProblemSerializer(  # type: ignore[assignment]
        many=True, required=False, help_text=_("The fields at fault, where some are.")
    )


class _AnyNumber(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "n"


def words_of(error: type[DomainError]) -> str:
    """The words of a refusal in the active language, with “n” for the numbers that are only known in the case."""
    return str(error.message) % _AnyNumber()


def _listed(errors: tuple[type[DomainError], ...]) -> str:
    return "\n".join(f"* `{error.code}` {words_of(error)}" for error in errors)


def refusals(*errors: type[DomainError], shape: Any = ProblemSerializer) -> dict[Any, OpenApiResponse]:
    """Responses for `extend_schema`: the named refusals by status, each with its code and words.

    `shape`: of the 409 among them.
    """
    by_status: dict[int, list[type[DomainError]]] = defaultdict(list)
    for error in errors:
        by_status[error.status].append(error)
    return {
        (status, CONTENT_TYPE): OpenApiResponse(
            shape if status == 409 else ProblemSerializer, description=lazy(_listed, str)(tuple(group))
        )
        for status, group in by_status.items()
    }


class ProblemSchema(AutoSchema):
    """Operation schema that adds the framework's own refusals to every operation that doesn't list that status."""

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        for status, codes in self._framework_refusals().items():
            answer = self._get_response_for_code(ProblemSerializer, str(status), [CONTENT_TYPE], direction)
            lines = "\n".join(f"* `{code}`" for code in codes)
            if str(status) in bodies:
                bodies[str(status)]["description"] += f"\n{lines}"
            else:
                bodies[str(status)] = {**answer, "description": lines}
        return bodies

    def _framework_refusals(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        is_read = self.method in SAFE_METHODS
        if not is_read or self._get_parameters_in_query():
            found[400] = ["invalid"] if is_read else ["invalid", "parse_error"]
        if not is_read or IsAuthenticated in self.view.permission_classes:
            found[403] = ["not_authenticated"] if is_read else ["not_authenticated", "csrf_failed"]
        if "{" in self.path:
            found[404] = ["not_found"]
        return {**found, 429: ["throttled"]}

    def _get_parameters_in_query(self) -> list[Any]:
        return [parameter for parameter in self._get_parameters() if parameter["in"] == "query"]
