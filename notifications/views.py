"""The inbox."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications import selectors, services
from notifications.models import InboxMessage

MESSAGES_A_PAGE = 20


@require_safe
@never_cache
@login_required
def message_list(request: HttpRequest) -> HttpResponse:
    """One's own messages, newest first. Those shown count as read afterwards: on this page they still look new."""
    mine = InboxMessage.objects.visible_to(request.user)
    page = Paginator(mine, MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    letters = selectors.letters(page.object_list)
    response = render(request, "notifications/message_list.html", {"page": page, "letters": letters})
    # A browser that fetches ahead shows nothing to anybody.
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        services.mark_read(
            actor=request.user, message_ids=[letter.message.pk for letter in letters if letter.message.read_at is None]
        )
    return response
