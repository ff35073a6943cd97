"""Whatever goes wrong, the API answers with problem details; also where no view of the API runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import override_settings
from django.utils import translation

from accounts.models import User
from bookings.models import Booking, Space
from common.api.framework import FRAMEWORK_WORDS
from common.api.throttling import Anonymous, SignedIn
from tests.api.asking import BOOKINGS, assert_problem, wish
from tests.support.cast import Cast

BOTH = pytest.mark.parametrize("language", ["zh-hans", "en"])
JSON = "application/json"


@contextmanager
def at_most(rate: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for throttle in (Anonymous, SignedIn):
            patch.setattr(throttle, "rate", rate, raising=False)
        yield


@pytest.mark.parametrize(
    "path", ["x", "v1/", "v1/nothing/", "v2/centers/", "v1/centers", "v1/bookings/short/", "v1/centers/a/b/", "v1/%00/"]
)
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_an_address_that_there_is_not(path: str, method: str, cast: Cast, api: Callable[..., Any]) -> None:
    client = api()
    client.handler.enforce_csrf_checks = False
    assert_problem(getattr(client, method)(f"/api/{path}"), 404, "not_found")


@BOTH
def test_a_missing_booking_reads_as_a_missing_page(
    language: str, cast: Cast, resident: User, api: Callable[..., Any]
) -> None:
    body = assert_problem(api(resident, language).get(f"{BOOKINGS}2222222222/"), 404, "not_found")
    with translation.override(language):
        assert body["detail"] == translation.gettext("Page not found")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_method_that_it_does_not_take(
    method: str, cast: Cast, space: Space, resident: User, api: Callable[..., Any]
) -> None:
    client = api(resident)
    response = getattr(client, method)(f"/api/v1/spaces/{space.pk}/", headers={"x-csrftoken": "t" * 32})
    assert_problem(response, 405, "method_not_allowed")
    assert "GET" in response["Allow"]


@pytest.mark.parametrize("body", ["{", "", "\xff", '{"headcount": NaN}', "[" * 100_000])
def test_a_body_that_is_no_json(body: str, cast: Cast, resident: User, api: Callable[..., Any]) -> None:
    response = api(resident).post(
        BOOKINGS, body.encode("latin-1"), content_type=JSON, headers={"x-csrftoken": "t" * 32}
    )
    assert response.status_code == 400
    assert response["Content-Type"].startswith("application/problem+json")
    assert response.json()["code"] in ("parse_error", "invalid")


@pytest.mark.parametrize("body", [[], "text", 1, None, {}])
def test_json_of_another_kind(body: Any, cast: Cast, resident: User, api: Callable[..., Any]) -> None:
    import json

    response = api(resident).post(BOOKINGS, json.dumps(body), content_type=JSON, headers={"x-csrftoken": "t" * 32})
    assert_problem(response, 400, "invalid")


def test_a_form_is_not_json(cast: Cast, space: Space, resident: User, api: Callable[..., Any]) -> None:
    response = api(resident).post(BOOKINGS, {"space": space.pk}, headers={"x-csrftoken": "t" * 32})
    assert_problem(response, 415, "unsupported_media_type")


def test_it_answers_in_json_only(cast: Cast, api: Callable[..., Any]) -> None:
    assert_problem(api().get("/api/v1/centers/", headers={"accept": "text/html"}), 406, "not_acceptable")
    assert api().get("/api/v1/centers/", headers={"accept": "text/html,*/*;q=0.8"}).status_code == 200


@BOTH
def test_without_the_token_nothing_is_booked(
    language: str, cast: Cast, space: Space, resident: User, api: Callable[..., Any]
) -> None:
    for headers in ({}, {"x-csrftoken": "u" * 32}):
        response = api(resident, language).post(BOOKINGS, wish(space), content_type=JSON, headers=headers)
        body = assert_problem(response, 403, "csrf_failed")
        with translation.override(language):
            assert body["detail"] in map(str, FRAMEWORK_WORDS.values())
    assert not Booking.objects.exists()


@BOTH
def test_too_often(language: str, cast: Cast, resident: User, api: Callable[..., Any]) -> None:
    with at_most("2/min"):
        for client in (api(language=language), api(resident, language)):
            answers = [client.get("/api/v1/spaces/") for _ in range(3)]
            assert [answer.status_code for answer in answers] == [200, 200, 429]
            body = assert_problem(answers[-1], 429, "throttled")
            assert 0 < int(answers[-1]["Retry-After"]) <= 60
            with translation.override(language):
                assert body["detail"] == translation.gettext("Too many requests")


def test_a_forged_address_does_not_lift_the_limit(cast: Cast, api: Callable[..., Any]) -> None:
    with at_most("2/min"):
        answers = [api().get("/api/v1/spaces/", headers={"x-forwarded-for": f"10.0.0.{n}"}) for n in range(3)]
    assert answers[-1].status_code == 429


@pytest.mark.parametrize(
    ("fault", "status", "code"), [(RuntimeError, 500, "error"), (SuspiciousOperation, 400, "parse_error")]
)
def test_what_nobody_foresaw(
    fault: type[Exception], status: int, code: str, cast: Cast, api: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from bookings.api.spaces import SpaceViewSet

    def fail(self: Any) -> Any:
        raise fault("secret detail")

    monkeypatch.setattr(SpaceViewSet, "get_queryset", fail)
    client = api()
    client.raise_request_exception = False
    assert "secret" not in str(assert_problem(client.get("/api/v1/spaces/"), status, code))


@override_settings(ALLOWED_HOSTS=["elsewhere"])
def test_a_host_that_is_not_ours(db: None, api: Callable[..., Any]) -> None:
    assert_problem(api().get("/api/v1/spaces/"), 400, "parse_error")


def test_every_code_has_words_of_our_own() -> None:
    codes = [error.default_code for error in FRAMEWORK_WORDS]
    assert len(codes) == len(set(codes)) and all(map(str, FRAMEWORK_WORDS.values()))
