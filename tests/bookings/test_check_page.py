"""The check page: the policy of the day of use, read once."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from bookings.models import Space
from centers.models import Center
from centers.services.tree import move_center
from tests.factories.bookings import TOMORROW, make_policy

SLOT = {
    "starts_at": "2026-11-25T09:00",
    "ends_at": "2026-11-25T11:00",
    "headcount": "12",
    "purpose": "residents_meeting",
}


@pytest.fixture
def check(client: Client, resident: User, space: Space) -> Any:
    client.force_login(resident)

    def ask(**query: str) -> Any:
        return client.get(reverse("bookings:booking_create", args=[space.pk]), {**SLOT, **query})

    return ask


def test_the_policy_is_read_once(check: Any) -> None:
    check()
    with CaptureQueriesContext(connection) as captured:
        assert check().context["refusal"] is None
    asked = [query["sql"] for query in captured.captured_queries]
    assert sum("bookings_bookingpolicy" in sql for sql in asked) == 1
    assert not [sql for sql in asked if "centers_snapshotversion" in sql]


@pytest.mark.parametrize(
    ("more", "code"), [({}, None), ({"ends_at": "2026-11-25T12:00"}, "too_long")], ids=["free", "refused"]
)
def test_it_is_that_of_the_day_of_use(
    more: dict[str, str], code: str | None, check: Any, village: Center, client: Client, space: Space
) -> None:
    town = Center.objects.get(code="330482002")
    make_policy(town, longest_minutes=120, confirm_mode="staff")
    move_center(actor=None, center=village, new_parent=town, on=TOMORROW)
    page = check(**more).context
    assert (page["refusal"] and page["refusal"].code, page["policy"].confirm_mode) == (code, "staff")
    # What is sent without the consent is shown again.
    sent = client.post(reverse("bookings:booking_create", args=[space.pk]), {**SLOT, "name": "演示居民01"})
    assert (sent.status_code, sent.context["policy"].longest_minutes) == (422, 120)
