"""Roles of a center on its pages: granted, ended, one's own."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from centers.choices import Role
from centers.models import CenterRole
from common import clock
from tests.centers.pages import manage
from tests.factories.centers import grant

pytestmark = pytest.mark.django_db
ONE = dt.timedelta(days=1)


class TestRoles:
    def test_granted_listed_and_ended(self, manager: Client, pinghu: dict[str, Any], person: Any) -> None:
        person("newcomer")
        url, today = manage(pinghu["水洞埭社区"], "roles"), clock.today().isoformat()
        assert manager.post(url, {"user": "NewComer", "role": "staff", "first": today}).status_code == 302
        role = CenterRole.objects.get(user__username="newcomer")
        assert "newcomer" in manager.get(url).content.decode()
        assert manager.post(f"{url}{role.pk}/end/", {"last": today}).status_code == 302
        role.refresh_from_db()
        assert role.valid.upper == clock.today() + dt.timedelta(days=1)

    def test_what_a_manager_may_not_grant_is_not_offered(
        self, manager: Client, pinghu: dict[str, Any], person: Any
    ) -> None:
        person("newcomer")
        url = manage(pinghu["水洞埭社区"], "roles")
        assert 'value="admin"' not in manager.get(url).content.decode()
        answer = manager.post(url, {"user": "newcomer", "role": "admin", "first": clock.today().isoformat()})
        assert answer.status_code == 422
        assert not CenterRole.objects.filter(user__username="newcomer").exists()

    def test_an_unknown_user_name(self, manager: Client, pinghu: dict[str, Any]) -> None:
        typed = {"user": "nobody-here", "role": "staff", "first": clock.today().isoformat()}
        assert manager.post(manage(pinghu["水洞埭社区"], "roles"), typed).status_code == 422

    def test_an_administrators_role_is_not_a_managers_to_end(
        self, manager: Client, pinghu: dict[str, Any], person: Any
    ) -> None:
        role = grant(person("admin"), pinghu["水洞埭社区"], Role.ADMIN)
        url = f"{manage(pinghu['水洞埭社区'], 'roles')}{role.pk}/end/"
        assert manager.post(url, {"last": clock.today().isoformat()}).status_code == 403

    def test_another_centers_role_is_not_found_here(self, manager: Client, pinghu: dict[str, Any], person: Any) -> None:
        role = grant(person("other"), pinghu["洁芳社区"], Role.STAFF)
        url = f"{manage(pinghu['水洞埭社区'], 'roles')}{role.pk}/end/"
        assert manager.post(url, {"last": clock.today().isoformat()}).status_code == 404

    def test_a_role_over_before_it_is_granted_is_refused(
        self, manager: Client, pinghu: dict[str, Any], person: Any
    ) -> None:
        person("newcomer")
        url, yesterday = manage(pinghu["水洞埭社区"], "roles"), (clock.today() - ONE).isoformat()
        answer = manager.post(url, {"user": "newcomer", "role": "staff", "first": "2020-01-01", "last": yesterday})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["last"])
        assert not CenterRole.objects.filter(user__username="newcomer").exists()

    def test_an_administrators_role_is_not_asked_about_either(
        self, manager: Client, pinghu: dict[str, Any], person: Any
    ) -> None:
        role = grant(person("admin"), pinghu["水洞埭社区"], Role.ADMIN)
        assert manager.get(f"{manage(pinghu['水洞埭社区'], 'roles')}{role.pk}/end/").status_code == 403

    def test_a_new_account(self, manager: Client, pinghu: dict[str, Any]) -> None:
        url = manage(pinghu["水洞埭社区"], "staff/new")
        typed = {
            "username": "zhiyuan01",
            "name": "演示职员01",
            "password": "a-long-first-one",
            "role": "staff",
            "first": clock.today().isoformat(),
        }
        assert manager.post(url, {**typed, "password": "short"}).status_code == 422
        assert manager.post(url, typed).status_code == 302
        assert manager.post(url, typed).status_code == 409, "the name is taken"
        assert CenterRole.objects.get(user__username="zhiyuan01").center == pinghu["水洞埭社区"]


class TestOwnRole:
    """Who ends their own is asked first, and goes where they still get in."""

    @pytest.fixture
    def url(self, manager: Client, pinghu: dict[str, Any]) -> str:
        role = CenterRole.objects.get(user__username="manager")
        return f"{manage(pinghu['水洞埭社区'], 'roles')}{role.pk}/end/"

    def test_the_list_leads_to_a_question(self, manager: Client, pinghu: dict[str, Any], person: Any, url: str) -> None:
        other = grant(person("other"), pinghu["水洞埭社区"], Role.STAFF)
        page = manager.get(manage(pinghu["水洞埭社区"], "roles")).content.decode()
        assert f'href="{url}"' in page
        assert f'action="{url}"' not in page
        assert f"/{other.pk}/end/" in page

    def test_the_question_says_what_it_means(
        self, manager: Client, pinghu: dict[str, Any], person: Any, url: str
    ) -> None:
        asked = manager.get(url, headers={"Accept-Language": "en"}).context
        assert (asked["is_last"], asked["is_way_in"]) == (True, True)
        grant(person("second"), pinghu["水洞埭社区"], Role.MANAGER)
        grant(CenterRole.objects.get(user__username="manager").user, pinghu["当湖街道"], Role.MANAGER)
        asked = manager.get(url).context
        assert (asked["is_last"], asked["is_way_in"]) == (False, False)

    def test_until_today_the_list_is_still_theirs(self, manager: Client, pinghu: dict[str, Any], url: str) -> None:
        answer = manager.post(url, {"last": clock.today().isoformat()}, follow=True, headers={"Accept-Language": "en"})
        assert answer.redirect_chain == [(manage(pinghu["水洞埭社区"], "roles"), 302)]
        assert [message.level_tag for message in answer.context["messages"]] == ["success", "warning"]

    def test_over_at_once_they_land_where_they_get_in(
        self, manager: Client, pinghu: dict[str, Any], person: Any, url: str
    ) -> None:
        grant(person("second"), pinghu["水洞埭社区"], Role.MANAGER)
        answer = manager.post(url, {"last": (clock.today() - ONE).isoformat()}, follow=True)
        assert (answer.redirect_chain[-1], answer.status_code) == (("/", 302), 200)
        assert [message.level_tag for message in answer.context["messages"]] == ["success"]

    def test_who_still_works_somewhere_lands_on_the_workbench(
        self, manager: Client, pinghu: dict[str, Any], url: str
    ) -> None:
        grant(CenterRole.objects.get(user__username="manager").user, pinghu["水洞埭社区"], Role.STAFF)
        answer = manager.post(url, {"last": (clock.today() - ONE).isoformat()}, follow=True)
        assert (answer.redirect_chain[-1], answer.status_code) == (("/work/", 302), 200)

    def test_no_day_is_asked_for_again(self, manager: Client, url: str) -> None:
        assert manager.post(url, {"last": ""}).status_code == 422
        assert manager.get(url).status_code == 200
