"""Context of the page about the API: the OpenAPI document in the order of a page.

Built once a language and day.
"""

import dataclasses
import functools
import json
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator

from common import clock
from common.api import reference
from common.api.framework import FRAMEWORK_WORDS, status_of
from common.api.problems import CONTENT_TYPE
from common.api.schema import words_of
from common.errors import DomainError
from pages.selectors.api_samples import Sampler, resolved

# `* `code` words`, as the document lists choices and codes.
LISTED = re.compile(r"^\* `([^`]*)`(?: -)? ?(.*)$", re.MULTILINE)
UNSAFE = ("post", "put", "patch", "delete")
METHODS = ("get", *UNSAFE)


class Word(NamedTuple):
    """A code and what it means."""

    code: str
    words: str


class Code(NamedTuple):
    """A code of a refusal, the status it comes with, and its words."""

    code: str
    status: int
    words: str


@dataclasses.dataclass(frozen=True)
class Field:
    """A parameter, or a field of a body (`contact.name`, `days[].free`)."""

    name: str
    kind: str
    required: bool
    words: str
    choices: list[Word]


@dataclasses.dataclass(frozen=True)
class Operation:
    """Operation of the API: a method of an address. `answer` is None where there is no body."""

    key: str
    method: str
    path: str
    title: str
    words: str
    signed_in: bool
    parameters: list[Field]
    body: list[Field]
    answer: list[Field]
    refusals: list[Code]
    request: str
    response: str


@dataclasses.dataclass(frozen=True)
class Section:
    """The operations of one kind of thing."""

    key: str
    title: str
    operations: list[Operation]


def api_reference() -> dict[str, Any]:
    """Context of `pages/api.html`, in the active language."""
    return _reference(get_language() or "", clock.today().isoformat())


@functools.lru_cache(maxsize=4)
def _reference(language: str, day: str) -> dict[str, Any]:
    document = SchemaGenerator().get_schema(request=None, public=True)
    return {
        "sections": _sections(document),
        "framework_codes": [
            *(Code(error.default_code, status_of(error), str(words)) for error, words in FRAMEWORK_WORDS.items()),
            *map(_code, reference.general_refusals()),
        ],
        "codes": [_code(error) for error in reference.refusals()],
        "problem_type": CONTENT_TYPE,
        "problem": _json(_sample_problem()),
    }


def _code(error: type[DomainError]) -> Code:
    return Code(error.code, error.status, words_of(error))


def _sample_problem() -> dict[str, Any]:
    """The example that an app has registered, as it comes."""
    error, members = reference.example()
    return {
        "type": "about:blank",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "detail": words_of(error),
        "code": error.code,
        **members,
    }


def _sections(document: dict[str, Any]) -> list[Section]:
    titles = reference.titles()
    found: dict[str, list[Operation]] = {key: [] for key in titles}
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                tag = methods[method]["tags"][0]
                found.setdefault(tag, []).append(_operation(document, path, method, methods[method]))
    return [Section(key, titles.get(key, key), operations) for key, operations in found.items() if operations]


def _operation(document: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Operation:
    sampler = Sampler(document)
    parameters = operation.get("parameters", [])
    body = _json_schema(operation.get("requestBody", {}))
    answer = next(
        (_json_schema(response) for status, response in operation["responses"].items() if status.startswith("2")), None
    )
    return Operation(
        key=operation["operationId"].replace("_", "-"),
        method=method.upper(),
        path=path,
        title=str(operation.get("summary", path)),
        words=_marked_up(operation.get("description", "")),
        signed_in={} not in operation.get("security", [{}]),
        parameters=[
            _field(
                document,
                one["name"],
                {"description": one.get("description", ""), **one["schema"]},
                one.get("required", False),
            )
            for one in parameters
        ],
        body=list(_fields(document, body)),
        answer=list(_fields(document, answer)),
        refusals=[
            Code(code, int(status), words)
            for status, response in operation["responses"].items()
            if status >= "4"
            for code, words in LISTED.findall(response.get("description", ""))
        ],
        request=_request(method, sampler.address(path, parameters), body and sampler.value(body)),
        response=_json(sampler.value(answer)) if answer else "",
    )


def _request(method: str, address: str, body: Any) -> str:
    lines = [f"{method.upper()} {address}"]
    if method in UNSAFE:
        lines.append("X-CSRFToken: …")
    if body:
        lines += ["Content-Type: application/json", "", _json(body)]
    return "\n".join(lines)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _json_schema(message: dict[str, Any]) -> dict[str, Any] | None:
    schema: dict[str, Any] | None = message.get("content", {}).get("application/json", {}).get("schema")
    return schema


def _fields(document: dict[str, Any], schema: dict[str, Any] | None, within: str = "") -> Iterator[Field]:
    """The fields of an object and of those in it, one after the other."""
    whole = resolved(document, schema or {})
    required = whole.get("required", [])
    for name, member in whole.get("properties", {}).items():
        field = _field(document, within + name, member, name in required)
        yield field
        inner = resolved(document, member)
        if inner.get("type") == "array":
            yield from _fields(document, inner["items"], f"{within}{name}[].")
        else:
            yield from _fields(document, inner, f"{within}{name}.")


def _field(document: dict[str, Any], name: str, member: dict[str, Any], required: bool) -> Field:
    schema = resolved(document, member)
    item = resolved(document, schema.get("items", {}))
    text = str(schema.get("description", ""))
    choices = [Word(*pair) for pair in LISTED.findall(text) or LISTED.findall(str(item.get("description", "")))]
    if not choices:
        choices = [Word(str(value), "") for value in (schema.get("enum") or item.get("enum") or []) if value]
    return Field(name, _kind(schema, item), required, _marked_up(LISTED.sub("", text)), choices)


def _marked_up(text: Any) -> SafeString:
    """Markdown's marks of code as elements; the document has no other marks."""
    parts = enumerate(str(text).strip().split("`"))
    return format_html_join("", "{}", ((format_html("<code>{}</code>", part) if i % 2 else part,) for i, part in parts))


def _kind(schema: dict[str, Any], item: dict[str, Any]) -> str:
    """Type of a value in a word."""
    kinds = {
        "integer": _("whole number"),
        "number": _("number"),
        "boolean": _("true or false"),
        "date": _("date"),
        "date-time": _("moment"),
        "object": _("object"),
        "string": _("text"),
    }
    if schema.get("type") == "array":
        return _("list of: %(kind)s") % {"kind": _kind(item, {})}
    return kinds.get(str(schema.get("format")), kinds.get(str(schema.get("type", "object")), kinds["string"]))
