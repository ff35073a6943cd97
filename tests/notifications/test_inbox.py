"""The inbox: one's own messages, new ones marked until they were shown."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from common.navigation import counts_of
from notifications.models import InboxMessage
from notifications.selectors.inbox import unread_count
from notifications.services.delivery import deliver
from notifications.services.inbox import mark_read
from notifications.services.posting import post_message
from tests.factories.people import make_resident
from tests.support.queries import assert_constant_queries

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def send(person: Any, *subject_ids: str, kind: str = "thing") -> None:
    for subject_id in subject_ids:
        deliver(post_message(recipient=person, kind=kind, subject_id=subject_id).pk)


@pytest.fixture
def resident(client: Client, wake_ups: list[Any]) -> Any:
    person = make_resident(1)
    client.force_login(person)
    return person


def test_own_messages_newest_first(client: Client, resident: Any) -> None:
    send(resident, "1", "2")
    send(make_resident(2), "3")
    page = client.get(reverse("notifications:message_list"))
    assert [entry.text.title for entry in page.context["entries"]] == ["thing 2", "thing 1"]
    assert "/things/2/" in page.content.decode()


def test_new_until_shown(client: Client, resident: Any) -> None:
    send(resident, "1")
    assert unread_count(resident) == 1
    client.get(reverse("notifications:message_list"), headers={"Sec-Purpose": "prefetch;prerender"})
    client.head(reverse("notifications:message_list"))
    assert unread_count(resident) == 1
    assert ">New<" in client.get(reverse("notifications:message_list"), headers=ENGLISH).content.decode()
    assert unread_count(resident) == 0
    assert ">New<" not in client.get(reverse("notifications:message_list"), headers=ENGLISH).content.decode()


def test_others_messages_cannot_be_marked(resident: Any) -> None:
    other = make_resident(2)
    send(other, "1")
    assert mark_read(actor=resident, message_ids=InboxMessage.objects.values_list("pk", flat=True)) == 0


def test_what_is_gone_is_said(client: Client, resident: Any) -> None:
    send(resident, "gone")
    assert "no longer there" in client.get(reverse("notifications:message_list"), headers=ENGLISH).content.decode()


def test_empty_inbox_shows_the_next_step(client: Client, resident: Any) -> None:
    assert reverse("bookings:space_search") in client.get(reverse("notifications:message_list")).content.decode()


def test_pages(client: Client, resident: Any) -> None:
    send(resident, *[str(number) for number in range(25)])
    assert len(client.get(reverse("notifications:message_list"), {"page": 2}).context["entries"]) == 5
    assert len(client.get(reverse("notifications:message_list"), {"page": "x"}).context["entries"]) == 20


def test_constant_queries(client: Client, resident: Any) -> None:
    def grow(number: int) -> None:
        start = InboxMessage.objects.count()
        send(resident, *[str(start + step) for step in range(number)])

    def ask() -> None:
        InboxMessage.objects.update(read_at=None)
        client.get(reverse("notifications:message_list"))

    assert_constant_queries(grow, ask)


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    answer = client.get(reverse("notifications:message_list"))
    assert (
        answer.headers["Location"]
        == f"{reverse('account_request_login_code')}?next={reverse('notifications:message_list')}"
    )


def test_count_is_asked_once_a_request(rf: Any, resident: Any, django_assert_num_queries: Any) -> None:
    send(resident, "1")
    request = rf.get("/")
    request.user = resident
    with django_assert_num_queries(0):
        counts_of(request)
    with django_assert_num_queries(1):
        assert [int(f"{counts_of(request)['unread'].n}") for _ in range(3)] == [1, 1, 1]
