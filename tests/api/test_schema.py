"""The OpenAPI document and the page made of it."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator

from bookings import exceptions as refused
from common.api.framework import FRAMEWORK_WORDS
from common.api.problems import CONTENT_TYPE
from pages.selectors.api_reference import api_reference
from tests.support.cast import Cast


@pytest.fixture
def document() -> dict[str, Any]:
    return SchemaGenerator().get_schema(request=None, public=True)


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, said) for path, methods in document["paths"].items() for method, said in methods.items()]


def test_the_document_is_valid_and_made_without_warnings() -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=io.StringIO())


def test_every_operation_is_told_and_every_refusal_is_a_problem(document: dict[str, Any]) -> None:
    for path, method, said in operations(document):
        assert said.get("summary"), (method, path)
        refusals = {status: told for status, told in said["responses"].items() if status >= "4"}
        assert "429" in refusals
        assert all(list(told["content"]) == [CONTENT_TYPE] for told in refusals.values()), (method, path)


def test_booking_documents_every_rule_and_the_ways_out(document: dict[str, Any]) -> None:
    responses = document["paths"]["/api/v1/bookings/"]["post"]["responses"]
    assert "slot_taken" in responses["409"]["description"] and "csrf_failed" in responses["403"]["description"]
    shape = responses["409"]["content"][CONTENT_TYPE]["schema"]["$ref"].rpartition("/")[2]
    assert "alternatives" in document["components"]["schemas"][shape]["properties"]


def test_anybody_may_read_it_in_either_language(cast: Cast, api: Callable[..., Any]) -> None:
    texts = {
        lang: api().get(f"/api/v1/schema/?lang={lang}", headers={"accept": "application/vnd.oai.openapi"}).content
        for lang in ("zh-hans", "en")
    }
    assert b"openapi: 3" in texts["en"] and "Page of the list" in texts["en"].decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_every_address_and_every_code(language: str, cast: Cast, document: dict[str, Any]) -> None:
    page = Client(headers={"accept-language": language}).get(reverse("pages:api_docs"))
    text = page.content.decode()
    for path, _method, _said in operations(document):
        assert path in text
    codes = [error.code for error in refused.BookingError.__subclasses__() if error is not refused.SetupError]
    assert f"<code>{refused.SetupError.code}</code>" not in text, (
        "met by those who set up rooms, not by the API's callers"
    )
    assert "<code>own_password_needed</code>" in text and "&quot;code&quot;: &quot;slot_taken&quot;" in text
    for code in codes + [error.default_code for error in FRAMEWORK_WORDS]:
        assert f"<code>{code}</code>" in text
    assert not re.search(r" (style|on\w+)=", text) and "<script>" not in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_what_the_page_gives_as_example_can_be_asked(cast: Cast, api: Callable[..., Any]) -> None:
    for section in api_reference()["sections"]:
        for operation in section.operations:
            method, address = operation.request.split("\n")[0].split(" ")
            if method == "GET" and not operation.signed_in:
                assert api().get(address).status_code in (200, 404), address


def test_footer_and_site_map_lead_to_the_page(cast: Cast) -> None:
    link = f'href="{reverse("pages:api_docs")}"'
    assert Client().get(reverse("pages:site_map")).content.decode().count(link) == 2
