"""Pages of a center's set-up, and who asks for them."""

from typing import Any

from django.test import Client

from centers.models import Center


def manage(center: Center, page: str) -> str:
    return f"/manage/centers/{center.code}/{page}/"


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client
