"""Bodies of requests."""

from collections.abc import Mapping
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from common.text import cleaned_text


class Json(JSONParser):
    """DRF's, with all text cleaned as that of forms is: no serializer, now or later, can forget it.

    Brackets nested deeper than Python can follow are a bad request, not a fault of ours.
    """

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        try:
            return _cleaned(super().parse(stream, media_type, parser_context))
        except RecursionError as error:
            raise ParseError from error


def _cleaned(value: Any) -> Any:
    """The same with every text in it cleaned; names of members stay as they are."""
    if isinstance(value, str):
        return cleaned_text(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {name: _cleaned(one) for name, one in value.items()}
    return value
