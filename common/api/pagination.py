"""Pagination of lists."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class OpenEnded(Paginator):
    """Paginator of a list that may become shorter while it is walked: behind the last page stand empty ones."""

    def validate_number(self, number: Any) -> int:
        return int(number)


class Pages(PageNumberPagination):
    """`?page=2&page_size=50`; 20 to a page unless asked otherwise, at most 100. What isn't a number is refused."""

    django_paginator_class = OpenEnded
    page_query_description = gettext_lazy("Page of the list, from 1; empty behind the last")  # type: ignore[assignment]
    page_size_query_param = "page_size"
    page_size_query_description = gettext_lazy(  # type: ignore[assignment]
        "Rows to a page: 20 unless asked otherwise, at most 100"
    )
    max_page_size = 100

    def get_page_number(self, request: Request, paginator: Any) -> int:
        return _number(request, self.page_query_param) or 1

    def get_page_size(self, request: Request) -> int | None:
        _number(request, self.page_size_query_param)
        return super().get_page_size(request)


def _number(request: Request, name: str) -> int | None:
    """Parameter as a number from 1 up; None where it is missing. Raises ValidationError naming it."""
    value = request.query_params.get(name)
    if value is None:
        return None
    # Longer than any list: Python wouldn't read it at all.
    if not (value.isascii() and value.isdecimal() and len(value) < 10 and int(value)):
        detail = exceptions.ErrorDetail(_("Say a whole number, 1 or more."), code="invalid")
        raise exceptions.ValidationError({name: [detail]})
    return int(value)
