"""The list of centers and the set-up pages, as each kind of person meets them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from centers.choices import DayKind, Role
from centers.models import Center, CenterRole, Level, SpecialDay, WeeklyHours
from centers.services import tree
from common import clock
from tests.factories.centers import grant, make_tree

pytestmark = pytest.mark.django_db
LIST = "/centers/"
ONE = dt.timedelta(days=1)


def manage(center: Center, page: str) -> str:
    return f"/manage/centers/{center.code}/{page}/"


def open_all_day(center: Center) -> None:
    WeeklyHours.objects.bulk_create(
        WeeklyHours(center=center, day_kind=kind, opens=dt.time(0), closes=dt.time(23, 59, 59)) for kind in DayKind
    )


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestList:
    def test_counts_come_from_the_records(self, client: Client, pinghu: dict[str, Any]) -> None:
        open_all_day(pinghu["钟埭街道"])
        page = client.get(LIST).context["network"]
        assert page.count == Center.objects.count()
        assert {level.level.code: level.count for level in page.levels} == {
            level.code: level.centers.count() for level in Level.objects.all() if level.centers.exists()
        }
        fold = next(fold for fold in page.folds if fold.head.center == pinghu["钟埭街道"])
        assert fold.open_count == fold.count == page.open_count

    def test_adding_and_moving_a_village_changes_every_count(self, client: Client, pinghu: dict[str, Any]) -> None:
        def counts() -> dict[str, int]:
            page = client.get(LIST).context["network"]
            return {"all": page.count, **{fold.head.center.short_name: fold.count for fold in page.folds}}

        before = counts()
        village = tree.add_center(
            actor=None,
            code="new",
            official_name="前港社区居委会",
            level=Level.objects.get(code="village"),
            parent=pinghu["广陈镇"],
        )
        assert counts() == {**before, "all": before["all"] + 1, "广陈镇": before["广陈镇"] + 1}
        tree.move_center(actor=None, center=village, new_parent=pinghu["新埭镇"], on=clock.today())
        assert counts() == {**before, "all": before["all"] + 1, "新埭镇": before["新埭镇"] + 1}

    def test_a_name_narrows_and_opens_the_folds(self, client: Client, pinghu: dict[str, Any]) -> None:
        page = client.get(LIST, {"q": "水洞"}).context["network"]
        assert [fold.head.center.short_name for fold in page.folds] == ["当湖街道"]
        assert [node.center.short_name for node in page.folds[0].tiles] == ["水洞埭社区"]
        assert page.folds[0].is_open

    def test_open_now_hides_the_others_and_says_how_many(self, client: Client, pinghu: dict[str, Any]) -> None:
        open_all_day(pinghu["水洞埭社区"])
        page = client.get(LIST, {"open_now": "true"}).context["network"]
        fold = page.folds[0]
        assert ([node.center.short_name for node in fold.tiles], fold.hidden) == (["水洞埭社区"], fold.count - 2)

    def test_nothing_fits(self, client: Client, pinghu: dict[str, Any]) -> None:
        response = client.get(LIST, {"q": "没有这个地方"})
        assert response.status_code == 200
        assert response.context["network"].found == 0

    def test_one_town(self, client: Client, pinghu: dict[str, Any]) -> None:
        page = client.get(LIST, {"under": pinghu["广陈镇"].code}).context["network"]
        assert page.focus.center == pinghu["广陈镇"]
        assert len(page.singles) == page.count - 1
        assert client.get(LIST, {"under": "gone"}).status_code == 200

    def test_htmx_gets_the_part_and_browsers_the_page(self, client: Client, pinghu: dict[str, Any]) -> None:
        part = client.get(LIST, {"q": "水洞"}, headers={"HX-Request": "true"})
        assert b"<html" not in part.content
        assert "HX-Request" in part.headers["Vary"]
        assert b"<html" in client.get(LIST).content

    def test_as_many_queries_with_many_centers_as_with_few(
        self, client: Client, pinghu: dict[str, Any], django_assert_max_num_queries: Any
    ) -> None:
        client.get(LIST)
        with django_assert_max_num_queries(14) as few:
            client.get(LIST, {"under": pinghu["广陈镇"].code})
        make_tree(4, 5, 5)
        client.get(LIST)
        with django_assert_max_num_queries(14) as many:
            client.get(LIST, {"under": pinghu["广陈镇"].code})
        assert len(many) == len(few)

    def test_no_page_names_a_center_that_is_not_public(self, client: Client, pinghu: dict[str, Any]) -> None:
        Center.objects.filter(pk=pinghu["水洞埭社区"].pk).update(status="planned")
        assert "水洞埭" not in client.get(LIST).content.decode()


PAGES = ("hours", "special-days", "roles", "staff/new")


class TestReach:
    @pytest.mark.parametrize("page", PAGES)
    def test_outside_404_inside_without_the_right_403(self, pinghu: dict[str, Any], person: Any, page: str) -> None:
        staff, manager, town_admin, nobody = (person(name) for name in ("staff", "manager", "admin", "nobody"))
        grant(staff, pinghu["水洞埭社区"], Role.STAFF)
        grant(manager, pinghu["水洞埭社区"], Role.MANAGER)
        grant(town_admin, pinghu["当湖街道"], Role.ADMIN)
        url = manage(pinghu["水洞埭社区"], page)
        assert [signed_in(user).get(url).status_code for user in (staff, manager, town_admin, nobody)] == [
            403,
            200,
            200,
            404,
        ]
        for other in ("当湖街道", "平湖市", "洁芳社区", "花园社区"):
            assert signed_in(manager).get(manage(pinghu[other], page)).status_code == 404
        assert Client().get(url).status_code == 302
        assert signed_in(manager).get("/manage/centers/nowhere/hours/").status_code == 404

    def test_a_role_that_has_ended_opens_nothing(self, pinghu: dict[str, Any], person: Any) -> None:
        someone = person("former")
        grant(someone, pinghu["水洞埭社区"], Role.MANAGER, last=clock.today() - dt.timedelta(days=1))
        assert signed_in(someone).get(manage(pinghu["水洞埭社区"], "hours")).status_code == 404


@pytest.fixture
def manager(pinghu: dict[str, Any], person: Any) -> Client:
    """Signed in as manager of 水洞埭社区."""
    someone = person("manager")
    grant(someone, pinghu["水洞埭社区"], Role.MANAGER)
    return signed_in(someone)


class TestHours:
    def test_a_week_is_saved_shown_and_given_up(self, manager: Client, pinghu: dict[str, Any]) -> None:
        url = manage(pinghu["水洞埭社区"], "hours")
        typed = {"mon_opens_1": "08:30", "mon_closes_1": "12:00", "mon_opens_2": "13:30", "mon_closes_2": "17:00"}
        assert manager.post(url, typed).status_code == 302
        assert pinghu["水洞埭社区"].weekly_hours.count() == 2
        assert 'value="13:30"' in manager.get(url).content.decode()
        manager.post(url, {"inherit": "1"})
        assert not pinghu["水洞埭社区"].weekly_hours.exists()

    def test_midnight_is_typed_and_shown_as_24(self, manager: Client, pinghu: dict[str, Any]) -> None:
        url = manage(pinghu["水洞埭社区"], "hours")
        typed = {
            "mon_opens_1": "8:30",
            "mon_closes_1": "24:00",
            "tue_opens_1": "0:00",
            "tue_closes_1": "24",
            "wed_opens_1": "930",
        }
        assert manager.post(url, typed | {"wed_closes_1": "１７：００"}).status_code == 302
        assert [str(row) for row in pinghu["水洞埭社区"].weekly_hours.all()] == [
            "mon 08:30–24:00",
            "tue 00:00–24:00",
            "wed 09:30–17:00",
        ]
        assert manager.get(url).content.decode().count('value="24:00"') == 2

    @pytest.mark.parametrize(
        "typed",
        [
            {"mon_opens_1": "24:00", "mon_closes_1": "24:00"},
            {"mon_opens_1": "09:00", "mon_closes_1": "24:30"},
            {"mon_opens_1": "09:00", "mon_closes_1": "24:00", "mon_opens_2": "20:00", "mon_closes_2": "21:00"},
            {"mon_opens_1": "12:00", "mon_closes_1": "08:00"},
            {"mon_opens_1": "12:00"},
            {"mon_closes_1": "12:00"},
            {"mon_opens_1": "noon", "mon_closes_1": "12:00"},
            {"mon_opens_1": "09:00", "mon_closes_1": "12:00", "mon_opens_2": "11:00", "mon_closes_2": "17:00"},
        ],
    )
    def test_what_cannot_be_keeps_what_was_typed(
        self, manager: Client, pinghu: dict[str, Any], typed: dict[str, str]
    ) -> None:
        response = manager.post(manage(pinghu["水洞埭社区"], "hours"), typed)
        assert response.status_code == 422
        assert all(value in response.content.decode() for value in typed.values())
        assert not pinghu["水洞埭社区"].weekly_hours.exists()


class TestExceptions:
    def test_added_listed_and_removed(self, manager: Client, pinghu: dict[str, Any]) -> None:
        url, day = manage(pinghu["水洞埭社区"], "special-days"), clock.today().isoformat()
        assert manager.post(url, {"day": day, "reason": "停电检修"}).status_code == 302
        assert "停电检修" in manager.get(url).content.decode()
        assert manager.post(url, {"day": day}).status_code == 409, "one a date"
        assert manager.post(f"{url}remove/", {"day": day}).status_code == 302
        assert not SpecialDay.objects.exists()
        assert manager.get(f"{url}remove/").status_code == 405

    @pytest.mark.parametrize("day", ["", "nonsense", "2026-02-30", "9999-12-31"])
    def test_removing_what_is_no_date_says_so(self, manager: Client, pinghu: dict[str, Any], day: str) -> None:
        url = manage(pinghu["水洞埭社区"], "special-days")
        page = manager.post(f"{url}remove/", {"day": day}, follow=True)
        assert page.redirect_chain == [(url, 302)]
        [said] = page.context["messages"]
        assert said.level_tag == "error" and str(said) in page.content.decode()

    def test_until_midnight(self, manager: Client, pinghu: dict[str, Any]) -> None:
        url, today = manage(pinghu["水洞埭社区"], "special-days"), clock.today()
        typed = {"day": today.isoformat(), "on_opens_1": "0:00", "on_closes_1": "24:00", "reason": ""}
        assert manager.post(url, typed).status_code == 302
        assert "0:00–24:00" in manager.get(url).content.decode()
        assert "until 24:00" in manager.get(LIST, headers={"Accept-Language": "en"}).content.decode()

    def test_yesterday_is_too_late(self, manager: Client, pinghu: dict[str, Any]) -> None:
        yesterday = clock.today() - dt.timedelta(days=1)
        assert (
            manager.post(manage(pinghu["水洞埭社区"], "special-days"), {"day": yesterday.isoformat()}).status_code
            == 422
        )


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
