"""Errors of the API: one shape, stable codes, the words of the pages."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as ModelError
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rest_framework import exceptions

from common.api.problems import problem_response
from common.errors import DomainError


class RoomTaken(DomainError):
    code = "room_taken"
    field = "start"
    message = _("Taken until %(until)s")


def problem(error: Exception):
    answer = problem_response(error, {})
    assert answer is not None
    assert answer.content_type == "application/problem+json"
    assert answer.data["status"] == answer.status_code
    return answer


def test_a_rule_says_no_with_its_code_field_words_and_more():
    answer = problem(RoomTaken(until="10:00", extra={"alternatives": [1, 2]}))
    assert answer.data == {
        "type": "about:blank",
        "title": "Conflict",
        "status": 409,
        "detail": "Taken until 10:00",
        "code": "room_taken",
        "errors": [{"field": "start", "code": "room_taken", "detail": "Taken until 10:00"}],
        "alternatives": [1, 2],
    }


def test_extra_members_never_replace_the_usual_ones():
    assert problem(RoomTaken(until="x", extra={"code": "other", "status": 200})).data["code"] == "room_taken"


def test_a_percent_sign_in_words_without_places_is_only_a_sign():
    assert str(DomainError("100 %")) == "100 %"


@pytest.mark.parametrize("reason", ["No Booking matches the given query.", "outside the subtree"])
def test_not_found_never_says_what_was_looked_for(reason):
    with override("en"):
        assert problem(Http404(reason)).data == {
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "detail": "Page not found",
            "code": "not_found",
        }


def test_nested_fields_are_named_by_their_path():
    details = {"contact": {"phone": ["Bad"]}, "slots": [{"start": ["Late"]}], "non_field_errors": ["Both"]}
    answer = problem(exceptions.ValidationError(details))
    assert [(error["field"], error["detail"]) for error in answer.data["errors"]] == [
        ("contact.phone", "Bad"),
        ("slots.0.start", "Late"),
        (None, "Both"),
    ]
    assert answer.data["code"] == "invalid"


def test_a_models_own_validation_is_no_server_error():
    answer = problem(ModelError({"name": ["Too long"]}))
    assert (answer.status_code, answer.data["errors"][0]["field"]) == (400, "name")


def test_refusals_of_django_and_drf_keep_their_status_and_headers():
    assert problem(PermissionDenied()).status_code == 403
    throttled = problem(exceptions.Throttled(wait=7))
    assert (throttled.status_code, throttled.headers["Retry-After"], throttled.data["code"]) == (429, "7", "throttled")


def test_the_unforeseen_stays_a_server_error():
    assert problem_response(RuntimeError("bug"), {}) is None
