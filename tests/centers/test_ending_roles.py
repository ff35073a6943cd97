"""A role that ends: on a day, or at once, from the same moment for everything it allowed."""

import datetime as dt
import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bookings.choices import ConfirmMode, Status
from bookings.models import Booking
from centers import access, permissions
from centers import exceptions as refused
from centers.choices import Role
from centers.models import Center, CenterRole
from centers.services import roles as services
from common import clock as portal_clock
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily
from tests.factories.people import make_staff
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock

ONE = dt.timedelta(days=1)


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    make_policy(cast.city, confirm_mode=ConfirmMode.STAFF)
    return cast


@pytest.fixture
def colleague(cast: Cast) -> User:
    """Got a role this morning."""
    return make_staff("colleague")


@pytest.fixture
def role(cast: Cast, colleague: User) -> CenterRole:
    return services.grant_role(
        actor=cast["manager"], user=colleague, center=cast.center, role=Role.STAFF, first=portal_clock.today()
    )


@pytest.fixture
def asked(cast: Cast) -> Booking:
    return book(make_booker(61), make_space(cast.center))


def signed_in(user: User) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


def end_url(center: Center, role: CenterRole) -> str:
    return reverse("centers:role_end", args=[center.code, role.pk])


def test_nothing_is_approved_with_a_role_of_today_that_was_withdrawn(
    cast: Cast, colleague: User, role: CenterRole, asked: Booking
) -> None:
    client = signed_in(colleague)
    approve = reverse("bookings:booking_approve", args=[asked.reference])
    assert client.get(reverse("pages:workbench")).status_code == 200

    answer = signed_in(cast["manager"]).post(end_url(cast.center, role), {"at_once": "1"}, follow=True)

    assert answer.status_code == 200
    assert client.post(approve).status_code == 404
    assert client.get(reverse("pages:workbench")).status_code == 404
    asked.refresh_from_db()
    assert asked.status == Status.PENDING


def test_whoever_asks_hears_that_it_is_over(cast: Cast, colleague: User, role: CenterRole) -> None:
    today, center = portal_clock.today(), cast.center
    services.withdraw_role(actor=cast["manager"], role=role)
    assert access.roles_at(colleague, center) == frozenset()
    assert access.roles_at_each(colleague, [center.pk]) == {center.pk: set()}
    assert not access.scope(colleague, list(Role)).exists()
    assert not access.has_any_role(colleague)
    assert permissions.givable_passwords(cast["manager"], [colleague]) == set()
    assert not CenterRole.objects.not_over(today).filter(user=colleague).exists()
    assert (
        colleague.username
        not in signed_in(cast["manager"]).get(reverse("centers:role_list", args=[center.code])).content.decode()
    )


def test_it_stays_on_record_for_the_days_it_held(cast: Cast, colleague: User) -> None:
    today = portal_clock.today()
    held = services.grant_role(actor=None, user=colleague, center=cast.center, role=Role.STAFF, first=today - 3 * ONE)
    services.withdraw_role(actor=cast["manager"], role=held)
    days = [bool(access.roles_at(colleague, cast.center, today + shift * ONE)) for shift in (-4, -3, -1, 0, 1)]
    assert days == [False, True, True, False, False]
    assert CenterRole.objects.get(pk=held.pk).withdrawn_at == portal_clock.now()
    history = CenterRole.objects.get(pk=held.pk).events.order_by("pgh_id")  # type: ignore[attr-defined]
    assert [row.withdrawn_at for row in history] == [None, portal_clock.now()]


def test_a_role_of_days_to_come_is_withdrawn_too(cast: Cast, colleague: User) -> None:
    later = portal_clock.today() + 7 * ONE
    held = services.grant_role(actor=None, user=colleague, center=cast.center, role=Role.STAFF, first=later)
    services.withdraw_role(actor=cast["manager"], role=held)
    assert not access.roles_at(colleague, cast.center, later)


def test_it_can_be_given_again_the_same_day(cast: Cast, colleague: User, role: CenterRole) -> None:
    services.withdraw_role(actor=cast["manager"], role=role)
    again = services.grant_role(
        actor=cast["manager"], user=colleague, center=cast.center, role=Role.STAFF, first=portal_clock.today()
    )
    assert access.roles_at(colleague, cast.center) == {Role.STAFF}
    with pytest.raises(refused.RoleWithdrawn):
        services.withdraw_role(actor=cast["manager"], role=role)
    with pytest.raises(refused.RoleWithdrawn):
        services.end_role(actor=cast["manager"], role=role, last=portal_clock.today())
    assert again.pk != role.pk


@pytest.mark.parametrize("who", ["staff", "sibling_manager", "other_town_admin"])
def test_only_who_may_grant_it_withdraws_it(cast: Cast, role: CenterRole, who: str) -> None:
    with pytest.raises(refused.NotAllowed):
        services.withdraw_role(actor=cast[who], role=role)
    role.refresh_from_db()
    assert role.withdrawn_at is None


def test_a_manager_withdraws_no_administrator(cast: Cast, colleague: User) -> None:
    held = services.grant_role(
        actor=None, user=colleague, center=cast.center, role=Role.ADMIN, first=portal_clock.today()
    )
    with pytest.raises(refused.RoleAboveOwn):
        services.withdraw_role(actor=cast["manager"], role=held)


class TestQuestion:
    """A colleague's role isn't ended by one tap in a list."""

    def test_the_list_asks_first(self, cast: Cast, role: CenterRole) -> None:
        page = signed_in(cast["manager"]).get(reverse("centers:role_list", args=[cast.center.code])).content.decode()
        assert f'href="{end_url(cast.center, role)}"' in page
        assert f'action="{end_url(cast.center, role)}"' not in page

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ({"at_once": "1"}, "colleague no longer has the role “Center staff”."),
            ({"last": "2026-11-30"}, "colleague keeps the role “Center staff” until Mon 30 Nov, its last day."),
        ],
    )
    def test_the_answer_names_the_person(self, cast: Cast, role: CenterRole, data: Any, words: str) -> None:
        answer = signed_in(cast["manager"]).post(end_url(cast.center, role), data, follow=True)
        assert words in html.unescape(answer.content.decode())

    def test_the_question_names_the_person_and_the_role(self, cast: Cast, role: CenterRole) -> None:
        page = signed_in(cast["manager"]).get(end_url(cast.center, role)).content.decode()
        assert "colleague" in page and "Center staff" in page and 'name="at_once"' in page

    def test_the_last_who_manages_is_warned_of_ending_it_at_once(self, cast: Cast) -> None:
        own = CenterRole.objects.get(user=cast["manager"])
        answer = signed_in(cast["manager"]).post(end_url(cast.center, own), {"at_once": "1"}, follow=True)
        assert answer.redirect_chain[-1] == ("/", 302)
        assert [message.level_tag for message in answer.context["messages"]] == ["success", "warning"]
