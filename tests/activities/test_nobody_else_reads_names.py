"""Names, dates of birth and codes of those who sign up stand on nobody else's page."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.choices import Audience, Relation
from activities.domain.rules import Entry
from activities.models import SignUp
from activities.services.feeds import renew_feed
from activities.services.sign_ups import sign_up
from centers.models import Center
from tests.factories.activities import make_activity, make_participant
from tests.factories.bookings import book, make_booker, make_policy, make_space

CHILD = "演示孩子标记"


@pytest.fixture
def ticket(village: Center, resident: User) -> SignUp:
    """A child's, for an activity in a room."""
    make_policy(village, quota_count=9)
    activity = make_activity(village, capacity=4, min_age=6, audience=Audience.CHILDREN)
    activity.booking = book(resident, make_space(village), 14, 16, day=activity.day)
    activity.save(update_fields=["booking"])
    child = make_participant(resident, CHILD, relation=Relation.CHILD, born=dt.date(2018, 3, 2))
    return sign_up(actor=resident, activity=activity, entries=[Entry(child, guardian_consent=True)])[0]


def pages_of(ticket: SignUp) -> list[str]:
    activity = ticket.activity
    assert activity.booking is not None
    return [
        reverse("pages:home"),
        reverse("activities:activity_list"),
        activity.get_absolute_url(),
        reverse("activities:activity_calendar", args=[activity.reference]),
        activity.center.get_absolute_url(),
        activity.booking.space.get_absolute_url(),
        ticket.get_absolute_url(),
        reverse("activities:sign_up_calendar", args=[ticket.code]),
        reverse("activities:sign_up_leave", args=[ticket.code]),
        reverse("activities:sign_up_list"),
        reverse("activities:participant_list"),
        reverse("activities:participant_edit", args=[ticket.participant.pk]),
        reverse("pages:my_page"),
    ]


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_a_stranger_reads_neither_name_nor_birth_nor_code(client: Client, ticket: SignUp, is_signed_in: bool) -> None:
    if is_signed_in:
        client.force_login(make_booker(2))
    for url in pages_of(ticket):
        html = client.get(url, follow=True).content.decode()
        # The address of a page that sends to signing in holds the code that was asked for.
        shown = html.replace(ticket.get_absolute_url(), "")
        assert not [marker for marker in (CHILD, "2018-03-02") if marker in shown], url
        assert f">{ticket.code}<" not in shown, url


def test_its_account_reads_them(client: Client, ticket: SignUp, resident: User) -> None:
    client.force_login(resident)
    for url in (ticket.get_absolute_url(), reverse("activities:participant_list"), reverse("pages:my_page")):
        assert CHILD in client.get(url).content.decode(), url


def test_the_feed_names_no_child(ticket: SignUp, resident: User) -> None:
    feed = reverse("activities:feed_file", args=[renew_feed(actor=resident).token])
    assert CHILD not in Client().get(feed).content.decode()
