"""A person who works at a center books a room of it.

Somebody else answers, whatever their role and by whatever way they ask.
"""

import pytest
from django.test import Client
from django.urls import reverse

from bookings import exceptions as refused
from bookings.choices import Status
from bookings.models import Booking
from bookings.services import booking as booking_services
from tests.api.asking import BOOKINGS, assert_problem
from tests.api.conftest import ApiClient
from tests.factories.bookings import book, make_space
from tests.support.cast import INSIDE, Cast

pytestmark = pytest.mark.parametrize("role", INSIDE)


@pytest.fixture
def own(cast: Cast, role: str) -> Booking:
    return book(cast[role], make_space(cast.center), 9, 10)


@pytest.fixture
def decider(cast: Cast, role: str) -> Client:
    client = Client()
    client.force_login(cast[role])
    return client


def test_the_service_refuses(cast: Cast, own: Booking, role: str) -> None:
    with pytest.raises(refused.OwnRequest):
        booking_services.approve_booking(actor=cast[role], booking=own)
    with pytest.raises(refused.OwnRequest):
        booking_services.reject_booking(actor=cast[role], booking=own, reason="检修")


def test_the_api_refuses(cast: Cast, own: Booking, role: str) -> None:
    for verb in ("approve", "reject"):
        answer = ApiClient(cast[role]).send(f"{BOOKINGS}{own.reference}/{verb}/", {"reason": "检修"})
        assert_problem(answer, 403, "own_request")
    own.refresh_from_db()
    assert own.status == Status.PENDING


def test_the_pages_refuse(decider: Client, own: Booking) -> None:
    approve, reject = (reverse(f"bookings:booking_{verb}", args=[own.reference]) for verb in ("approve", "reject"))
    assert str(refused.OwnRequest()) in decider.post(approve, follow=True).content.decode()
    asked = decider.get(reject).content.decode()
    assert str(refused.OwnRequest()) in asked and 'name="reason"' not in asked
    assert decider.post(reject, {"reason": "检修"}).status_code == 403
    own.refresh_from_db()
    assert own.status == Status.PENDING


def test_it_stands_in_the_queue_without_buttons_and_waits_for_others(
    cast: Cast, decider: Client, own: Booking, role: str
) -> None:
    queue, work = decider.get(reverse("bookings:decision_list")), decider.get(reverse("pages:workbench"))
    assert [(card.booking, card.can_decide) for card in queue.context["cards"]] == [(own, False)]
    assert "本人申请" in queue.content.decode()
    assert (queue.context["waiting"], work.context["waiting"], work.context["requests"]) == (0, 0, [])
    for page in (queue, work, decider.get(own.get_absolute_url())):
        for verb in ("approve", "reject"):
            assert reverse(f"bookings:booking_{verb}", args=[own.reference]) not in page.content.decode()


def test_somebody_else_answers(cast: Cast, own: Booking, role: str) -> None:
    other = next(cast[name] for name in INSIDE if name != role)
    assert booking_services.approve_booking(actor=other, booking=own).status == Status.APPROVED
