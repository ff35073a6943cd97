"""The list of centers and the set-up pages, as each kind of person meets them."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from centers.choices import DayKind, Role
from centers.models import Center, Level, SpecialDay, WeeklyHours
from centers.services import tree
from common import clock
from common.clock import at
from tests.centers.pages import manage, signed_in
from tests.factories.centers import grant, make_tree
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db
LIST = "/centers/"
ONE = dt.timedelta(days=1)


def open_all_day(center: Center) -> None:
    WeeklyHours.objects.bulk_create(
        WeeklyHours(center=center, day_kind=kind, opens=dt.time(0), closes=dt.time(23, 59, 59)) for kind in DayKind
    )


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

    @pytest.mark.parametrize(
        ("closes", "hour", "found"), [(21, 12, 1), (21, 20, 1), (21, 22, 0), (18, 12, 0), (19, 12, 1)]
    )
    def test_open_tonight(
        self, client: Client, pinghu: dict[str, Any], clock: TestClock, closes: int, hour: int, found: int
    ) -> None:
        WeeklyHours.objects.bulk_create(
            WeeklyHours(center=pinghu["水洞埭社区"], day_kind=kind, opens=dt.time(9), closes=dt.time(closes))
            for kind in DayKind
        )
        clock.move_to(at(clock.now.date(), dt.time(hour)))
        response = client.get(LIST, {"open_tonight": "true"})
        page = response.context["network"]
        assert (page.tonight_count, page.found) == (found, found)
        assert re.findall(r'<a class="chip" href="([^"]*)" aria-current="true"', response.content.decode()) == [
            "?open_tonight=true"
        ]

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
