"""The API keeps to its own document: whatever a client makes of the document, the answer is one that it promises.

Requests are generated from the OpenAPI document by Schemathesis, well-formed and ill-formed ones.
"""

import math
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.models import User
from bookings.models import Space
from common.api.throttling import Anonymous, SignedIn
from tests.factories.activities import join, make_activity, make_participant
from tests.factories.bookings import book
from tests.support.cast import Cast

CALLS = 2000
CSRF = "a" * 32
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
HEADERS = {"X-CSRFToken": CSRF, "Accept-Encoding": "identity"}
METHODS = ("get", "post", "put", "patch", "delete")

pytestmark = pytest.mark.slow


def document() -> dict[str, Any]:
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


DOCUMENT = document()
OPERATIONS = [(method, path) for path, methods in DOCUMENT["paths"].items() for method in methods if method in METHODS]
EACH = math.ceil(CALLS / len(OPERATIONS))


@pytest.fixture
def _same_connection() -> Iterator[None]:
    """Requests stay in the transaction of the test, as those of Django's own test client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def cookies(
    _same_connection: None, cast: Cast, space: Space, resident: User, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Cookies of a signed-in resident in a world that holds one row of each kind at least."""
    for throttle in (Anonymous, SignedIn):
        monkeypatch.setattr(throttle, "rate", "100000/min", raising=False)
    book(resident, space)
    join(make_activity(space.center))
    make_participant(resident)
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(resident.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = resident.get_session_auth_hash()
    session.save()
    return {settings.SESSION_COOKIE_NAME: session.session_key or "", settings.CSRF_COOKIE_NAME: CSRF}


@pytest.mark.usefixtures("_same_connection")
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda part: part)
def test_every_answer_is_one_that_the_document_promises(method: str, path: str, cookies: dict[str, str]) -> None:
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    schema.app = get_wsgi_application()
    operation = schema[path][method.upper()]
    strategies = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @given(case=strategies[0] | strategies[1])
    @hypothesis_settings(
        max_examples=EACH,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case) -> None:
        response = case.call(cookies=cookies, headers=HEADERS)
        case.validate_response(response, checks=CHECKS)

    ask()
