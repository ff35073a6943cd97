"""A new password for somebody who works here and forgot theirs: whose it is to set, what it does, and its page."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import translation

from accounts import exceptions as accounts
from accounts.models import PasswordReset, User
from accounts.services.people import create_staff
from centers import exceptions as refused
from centers import permissions
from centers.choices import Role
from centers.models import CenterRole
from centers.selectors.roles import held_roles
from centers.services import roles as services
from common import clock as portal_clock
from tests.factories.centers import grant
from tests.factories.people import PASSWORD, make_resident, make_staff
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db
NEW = "lake-and-bridge-7"
VILLAGE, TOWN, OTHER_VILLAGE, CITY = "水洞埭社区", "当湖街道", "花园社区", "平湖市"


@pytest.fixture
def manager(pinghu: dict[str, Any]) -> User:
    """Manager of the village."""
    someone = make_staff("manager")
    grant(someone, pinghu[VILLAGE], Role.MANAGER)
    return someone


@pytest.fixture
def forgetful(pinghu: dict[str, Any]) -> User:
    """Works at the village."""
    someone = make_staff("forgetful", name="演示工作人员02")
    grant(someone, pinghu[VILLAGE], Role.STAFF)
    return someone


def page_of(person: User, center: Any) -> str:
    role = CenterRole.objects.get(user=person, center=center)
    return f"/manage/centers/{center.code}/roles/{role.pk}/password/"


def signed_in(user: User) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


class TestService:
    def test_the_new_one_opens_only_the_page_where_it_is_replaced(
        self, manager: User, forgetful: User, clock: TestClock
    ) -> None:
        before = User.objects.filter(pk=forgetful.pk).values().get()
        services.give_password(actor=manager, person=forgetful, password=NEW)
        after = User.objects.filter(pk=forgetful.pk).values().get()
        assert {name for name in after if after[name] != before[name]} == {"password", "must_set_password"}
        forgetful.refresh_from_db()
        assert forgetful.check_password(NEW) and forgetful.must_set_password
        assert signed_in(forgetful).get("/work/").headers["Location"].startswith("/accounts/password/")

    def test_whoever_sits_there_with_the_old_one_is_signed_out(self, manager: User, forgetful: User) -> None:
        sitting = signed_in(forgetful)
        assert sitting.get("/me/").status_code == 200
        services.give_password(actor=manager, person=forgetful, password=NEW)
        assert sitting.get("/me/").status_code == 302

    def test_who_gave_it_to_whom_and_when_stays_on_record(
        self, manager: User, forgetful: User, clock: TestClock, request: pytest.FixtureRequest
    ) -> None:
        services.give_password(actor=manager, person=forgetful, password=NEW)
        services.give_password(actor=None, person=forgetful, password=NEW)
        rows = PasswordReset.objects.order_by("pk").values_list("giver", "person", "at")
        assert list(rows) == [(manager.pk, forgetful.pk, clock.now), (None, forgetful.pk, clock.now)]
        request.getfixturevalue("app_role")
        for change in (lambda: PasswordReset.objects.update(giver=None), lambda: PasswordReset.objects.all().delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    @pytest.mark.parametrize("password", ["short-7", "forgetful", "20261124", "password"])
    def test_a_weak_one_changes_nothing(self, manager: User, forgetful: User, password: str) -> None:
        with pytest.raises(accounts.WeakPassword):
            services.give_password(actor=manager, person=forgetful, password=password)
        forgetful.refresh_from_db()
        assert forgetful.check_password(PASSWORD) and not forgetful.must_set_password
        assert not PasswordReset.objects.exists()

    def test_it_is_no_way_to_guess_the_present_one(self, manager: User, forgetful: User) -> None:
        services.give_password(actor=manager, person=forgetful, password=PASSWORD)
        forgetful.refresh_from_db()
        assert forgetful.must_set_password


class TestWhose:
    """Each refusal with its name, whoever asks.

    The list of who works here shows the way where nothing is refused, and only there.
    """

    def refusal(self, actor: User | None, person: User) -> type[Exception] | None:
        try:
            services.give_password(actor=actor, person=person, password=NEW)
        except (refused.CenterError, accounts.AccountError) as error:
            return type(error)
        return None

    def test_by_rank_at_the_same_center(self, pinghu: dict[str, Any]) -> None:
        people = {role: make_staff(role.value) for role in Role}
        others = {role: make_staff(f"other-{role.value}") for role in Role}
        for role in Role:
            grant(people[role], pinghu[VILLAGE], role)
            grant(others[role], pinghu[VILLAGE], role)
        given = {
            (actor, person) for actor in Role for person in Role if self.refusal(people[actor], others[person]) is None
        }
        assert given == {
            (Role.MANAGER, Role.STAFF),
            (Role.MANAGER, Role.MANAGER),
            (Role.ADMIN, Role.STAFF),
            (Role.ADMIN, Role.MANAGER),
            (Role.ADMIN, Role.ADMIN),
        }

    def test_by_place(self, pinghu: dict[str, Any], forgetful: User) -> None:
        answers = {}
        for place in (VILLAGE, TOWN, CITY, OTHER_VILLAGE, "洁芳社区", "钟埭街道"):
            someone = make_staff(f"of-{pinghu[place].code}")
            grant(someone, pinghu[place], Role.MANAGER)
            answers[place] = self.refusal(someone, forgetful)
        assert [place for place, answer in answers.items() if answer is None] == [VILLAGE, TOWN, CITY]
        assert set(answers.values()) == {None, refused.PasswordBeyondReach}

    def test_who_also_is_more_elsewhere_is_out_of_a_managers_reach(
        self, pinghu: dict[str, Any], manager: User, forgetful: User
    ) -> None:
        """Else the manager of a village came in as the town's administrator."""
        town_admin = make_staff("town_admin")
        grant(town_admin, pinghu[TOWN], Role.ADMIN)
        grant(forgetful, pinghu[TOWN], Role.ADMIN)
        assert self.refusal(manager, forgetful) is refused.PasswordBeyondReach
        assert self.refusal(town_admin, forgetful) is None

    def test_who_works_in_two_towns_is_for_those_above_both(self, pinghu: dict[str, Any], forgetful: User) -> None:
        grant(forgetful, pinghu[OTHER_VILLAGE], Role.STAFF)
        answers = []
        for place in (TOWN, "钟埭街道", CITY):
            admin = make_staff(f"admin-{pinghu[place].code}")
            grant(admin, pinghu[place], Role.ADMIN)
            answers.append(self.refusal(admin, forgetful))
        assert answers == [refused.PasswordBeyondReach, refused.PasswordBeyondReach, None]

    def test_a_role_to_come_counts_and_one_that_is_over_does_not(
        self, pinghu: dict[str, Any], manager: User, forgetful: User
    ) -> None:
        today, day = portal_clock.today(), dt.timedelta(days=1)
        over = grant(forgetful, pinghu[CITY], Role.ADMIN, first=today - 9 * day, last=today - day)
        assert self.refusal(manager, forgetful) is None
        over.delete()
        grant(forgetful, pinghu[CITY], Role.ADMIN, first=today + day)
        assert self.refusal(manager, forgetful) is refused.PasswordBeyondReach

    def test_an_actors_role_that_is_over_gives_nothing(self, pinghu: dict[str, Any], forgetful: User) -> None:
        former = make_staff("former")
        grant(former, pinghu[TOWN], Role.ADMIN, last=portal_clock.today() - dt.timedelta(days=1))
        assert self.refusal(former, forgetful) is refused.PasswordBeyondReach

    def test_never_ones_own(self, pinghu: dict[str, Any], manager: User) -> None:
        assert self.refusal(manager, manager) is refused.PasswordOfOneself

    def test_never_an_account_of_the_demo(self, pinghu: dict[str, Any], manager: User) -> None:
        shown = create_staff(
            username="zhanzhang01", password=PASSWORD, name="演示站长01", password_lasts=True, is_demo=True
        )
        grant(shown, pinghu[VILLAGE], Role.STAFF)
        for actor in (manager, None):
            assert self.refusal(actor, shown) is accounts.DemoPasswordStays

    def test_never_a_resident_who_has_none(self, pinghu: dict[str, Any], manager: User) -> None:
        resident = make_resident()
        grant(resident, pinghu[VILLAGE], Role.STAFF)
        for actor in (manager, None):
            assert self.refusal(actor, resident) is accounts.HasNoPassword

    def test_never_somebody_without_a_role_nor_a_superuser(
        self, pinghu: dict[str, Any], manager: User, forgetful: User
    ) -> None:
        User.objects.filter(pk=forgetful.pk).update(is_superuser=True)
        for actor in (manager, None):
            for person in (make_staff(f"nobody-{actor}"), forgetful):
                assert self.refusal(actor, person) is refused.PasswordBeyondReach

    def test_the_list_shows_the_way_exactly_where_nothing_is_refused(
        self, pinghu: dict[str, Any], manager: User, forgetful: User
    ) -> None:
        people = [manager, forgetful, make_staff("admin"), make_staff("two_towns"), make_resident()]
        for person, role in zip(people[2:], (Role.ADMIN, Role.STAFF, Role.STAFF), strict=True):
            grant(person, pinghu[VILLAGE], role)
        grant(people[3], pinghu[OTHER_VILLAGE], Role.STAFF)
        shown = {held.role.user for held in held_roles(manager, pinghu[VILLAGE]) if held.can_give_password}
        assert shown == {forgetful}
        assert [self.refusal(manager, person) is None for person in people] == [person in shown for person in people]

    def test_visitors_and_residents_give_none(self, pinghu: dict[str, Any], forgetful: User) -> None:
        assert not any(
            permissions.can_give_password(someone, forgetful) for someone in (AnonymousUser(), make_resident())
        )


class TestPage:
    def test_from_the_list_to_the_first_sign_in(self, pinghu: dict[str, Any], manager: User, forgetful: User) -> None:
        client, address = signed_in(manager), page_of(forgetful, pinghu[VILLAGE])
        people = f"/manage/centers/{pinghu[VILLAGE].code}/roles/"
        assert f'href="{address}"' in client.get(people).content.decode()
        asked = client.get(address).content.decode()
        assert "演示工作人员02" in asked and "At least 8 characters; not digits alone" in asked
        done = client.post(address, {"password": NEW})
        assert done.headers["Location"] == people
        assert [str(message) for message in get_messages(done.wsgi_request)] == [
            "The new password holds from now on. Hand it over in person."
        ]
        door = Client()
        assert door.post("/accounts/login/", {"login": "forgetful", "password": NEW}).status_code == 302
        assert door.get("/work/").headers["Location"].startswith("/accounts/password/")

    @pytest.mark.parametrize("password", ["", "short-7", "20261124"])
    def test_what_will_not_do_is_said_and_not_shown_again(
        self, pinghu: dict[str, Any], manager: User, forgetful: User, password: str
    ) -> None:
        page = signed_in(manager).post(page_of(forgetful, pinghu[VILLAGE]), {"password": password})
        assert page.status_code == 422 and page.context["form"].errors["password"]
        assert not password or password not in page.content.decode()
        assert not PasswordReset.objects.exists()

    def test_blanks_count_as_they_do_at_the_door(self, pinghu: dict[str, Any], manager: User, forgetful: User) -> None:
        signed_in(manager).post(page_of(forgetful, pinghu[VILLAGE]), {"password": f" {NEW} "})
        assert Client().post("/accounts/login/", {"login": "forgetful", "password": f" {NEW} "}).status_code == 302

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_who_may_not_reads_why(self, pinghu: dict[str, Any], forgetful: User, method: str) -> None:
        admin = make_staff("admin")
        grant(admin, pinghu[TOWN], Role.ADMIN)
        own = grant(admin, pinghu[VILLAGE], Role.STAFF)
        grant(forgetful, pinghu[OTHER_VILLAGE], Role.STAFF)
        client = signed_in(admin)
        for address, refusal in (
            (page_of(forgetful, pinghu[VILLAGE]), refused.PasswordBeyondReach),
            (page_of(own.user, pinghu[VILLAGE]), refused.PasswordOfOneself),
        ):
            page = getattr(client, method)(address, {"password": NEW})
            with translation.override("en"):
                assert (page.status_code, page.context["refusal"]) == (403, str(refusal()))
            assert 'type="password"' not in page.content.decode()
        assert not PasswordReset.objects.exists()

    def test_outside_404_inside_without_the_right_403(
        self, pinghu: dict[str, Any], manager: User, forgetful: User
    ) -> None:
        outsider = make_staff("outsider")
        grant(outsider, pinghu[OTHER_VILLAGE], Role.ADMIN)
        address = page_of(forgetful, pinghu[VILLAGE])
        assert [signed_in(one).get(address).status_code for one in (outsider, forgetful, manager)] == [404, 403, 200]
        assert Client().get(address).status_code == 302

    def test_only_by_a_role_here_that_is_not_over(self, pinghu: dict[str, Any], manager: User, forgetful: User) -> None:
        client, address = signed_in(manager), page_of(forgetful, pinghu[VILLAGE])
        elsewhere = grant(forgetful, pinghu[OTHER_VILLAGE], Role.STAFF)
        assert client.get(f"/manage/centers/{pinghu[VILLAGE].code}/roles/{elsewhere.pk}/password/").status_code == 404
        CenterRole.objects.filter(user=forgetful).delete()
        over = grant(forgetful, pinghu[VILLAGE], Role.STAFF, last=portal_clock.today() - dt.timedelta(days=1))
        assert client.get(address).status_code == 404
        assert client.get(page_of(over.user, pinghu[VILLAGE])).status_code == 404

    def test_the_list_asks_as_much_about_many_as_about_few(self, pinghu: dict[str, Any], manager: User) -> None:
        client = signed_in(manager)

        def grow(number: int) -> None:
            for _ in range(number):
                someone = make_staff(f"worker{User.objects.count()}")
                grant(someone, pinghu[VILLAGE], Role.STAFF)
                grant(someone, pinghu[TOWN if User.objects.count() % 2 else OTHER_VILLAGE], Role.STAFF)

        assert_constant_queries(grow, lambda: client.get(f"/manage/centers/{pinghu[VILLAGE].code}/roles/"))
