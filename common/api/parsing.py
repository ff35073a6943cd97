"""Parser of request bodies."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import JSONParser

from common.text import cleaned_text

LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Json(JSONParser):
    """DRF's JSON parser, with all text cleaned as that of forms is, so that no serializer can forget it.

    Half a character (JSON can say one, UTF-8 can't) is refused at its field, brackets nested deeper than Python can
    follow as a bad request: neither is a fault of ours.
    """

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        try:
            body = super().parse(stream, media_type, parser_context)
            if problems := _halves(body):
                raise ValidationError(problems)
            return _cleaned(body)
        except RecursionError as error:
            raise ParseError from error


def _cleaned(value: Any) -> Any:
    """Copy of the data with every text cleaned; names of members stay as they are."""
    if isinstance(value, str):
        return cleaned_text(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {name: _cleaned(one) for name, one in value.items()}
    return value


def _halves(value: Any) -> Any:
    """Members that hold half a surrogate pair, as the details of a ValidationError; None where none does."""
    if isinstance(value, str) and LONE_SURROGATE.search(value):
        return [ErrorDetail(_("This text holds half a character."), code="invalid")]
    if isinstance(value, list):
        return next(filter(None, map(_halves, value)), None)
    if isinstance(value, dict):
        # A name that can't be encoded can't be quoted in the answer either, and no serializer knows it.
        found = {name: _halves(one) for name, one in value.items() if not LONE_SURROGATE.search(name)}
        return {name: problem for name, problem in found.items() if problem} or None
    return None
