"""Lists come in pages."""

from django.utils.translation import gettext_lazy as _
from rest_framework.pagination import PageNumberPagination


class Pages(PageNumberPagination):
    """`?page=2&page_size=50`; 20 to a page unless asked otherwise, never more than 100."""

    page_query_description = _("Page of the list, from 1")  # type: ignore[assignment]
    page_size_query_param = "page_size"
    page_size_query_description = _("Rows to a page: 20 unless asked otherwise, at most 100")  # type: ignore[assignment]
    max_page_size = 100
