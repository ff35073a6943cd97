"""The inbox."""

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from common.http.views import private_page
from notifications.models import InboxMessage
from notifications.selectors.inbox import inbox_entries
from notifications.services.inbox import mark_read

MESSAGES_A_PAGE = 20


@private_page
def message_list(request: HttpRequest) -> HttpResponse:
    """One's own messages, newest first. Those shown count as read afterwards: on this page they still look new."""
    reader = cast(User, request.user)
    mine = InboxMessage.objects.visible_to(reader)
    page = Paginator(mine, MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    entries = inbox_entries(page.object_list)
    response = render(request, "notifications/message_list.html", {"page": page, "entries": entries})
    # A browser that fetches ahead shows nothing to anybody.
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        mark_read(actor=reader, message_ids=[entry.message.pk for entry in entries if entry.message.read_at is None])
    return response
