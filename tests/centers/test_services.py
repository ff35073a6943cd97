"""Setting up a center: who may, what is refused, and how far a role reaches."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from centers import access
from centers import exceptions as refused
from centers.choices import DayKind, Role
from centers.domain import hours
from centers.domain.conflicts import Conflicts
from centers.models import Center, CenterRole, WeeklyHours
from centers.services import hours as opening
from centers.services import roles as services
from centers.values.opening import END_OF_DAY
from common import clock
from tests.factories.centers import grant

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 12, 1)
NINE, NOON, FIVE = dt.time(9), dt.time(12), dt.time(17)
ONE = dt.timedelta(days=1)


@pytest.fixture
def manager(pinghu: dict[str, Any], person: Any) -> Any:
    """Manager of 当湖街道."""
    someone = person("manager")
    grant(someone, pinghu["当湖街道"], Role.MANAGER)
    return someone


class TestReach:
    def test_a_role_reaches_down_and_neither_up_nor_aside(self, pinghu: dict[str, Any], manager: Any) -> None:
        at = {
            name: access.roles_at(manager, pinghu[name])
            for name in ("当湖街道", "水洞埭社区", "平湖市", "钟埭街道", "花园社区")
        }
        assert [bool(roles) for roles in at.values()] == [True, True, False, False, False]

    def test_a_role_holds_on_its_dates_only(self, pinghu: dict[str, Any], person: Any) -> None:
        someone = person("dated")
        grant(someone, pinghu["当湖街道"], Role.STAFF, first=DAY, last=DAY)
        held = [bool(access.roles_at(someone, pinghu["水洞埭社区"], DAY + shift * ONE)) for shift in (-1, 0, 1)]
        assert held == [False, True, False]

    def test_the_first_managed_is_none_for_who_only_works(self, pinghu: dict[str, Any], person: Any) -> None:
        someone = person("staff-only")
        grant(someone, pinghu["当湖街道"], Role.STAFF)
        assert access.first_managed(someone) == ""
        grant(someone, pinghu["新埭镇"], Role.MANAGER)
        assert access.first_managed(someone) == pinghu["新埭镇"].code

    def test_scope_equals_roles_center_by_center(self, pinghu: dict[str, Any], manager: Any) -> None:
        within = set(access.scope(manager, [Role.MANAGER]))
        assert within == {center for center in Center.objects.all() if access.roles_at(manager, center)}

    def test_a_center_that_moves_away_leaves_the_role_behind(self, pinghu: dict[str, Any], manager: Any) -> None:
        from centers.services import tree

        tree.move_center(actor=None, center=pinghu["水洞埭社区"], new_parent=pinghu["钟埭街道"], on=DAY)
        assert access.roles_at(manager, pinghu["水洞埭社区"], DAY - ONE)
        assert not access.roles_at(manager, pinghu["水洞埭社区"], DAY)


class TestHours:
    def test_a_week_replaces_the_one_before(self, pinghu: dict[str, Any], manager: Any) -> None:
        village = pinghu["水洞埭社区"]
        opening.set_weekly_hours(
            actor=manager, center=village, week={DayKind.MON: [(NINE, NOON)], DayKind.SUN: [(NINE, FIVE)]}
        )
        opening.set_weekly_hours(actor=manager, center=village, week={DayKind.MON: [(NOON, FIVE), (NINE, NOON)]})
        assert list(village.weekly_hours.values_list("day_kind", "opens")) == [("mon", NINE), ("mon", NOON)]
        opening.set_weekly_hours(actor=manager, center=village, week={})
        assert not village.weekly_hours.exists()

    @pytest.mark.parametrize(
        ("spans", "error"),
        [
            ([(NOON, NINE)], refused.SpanBackwards),
            ([(NINE, FIVE), (NOON, FIVE)], refused.SpansOverlap),
            ([(NINE, END_OF_DAY), (NOON, FIVE)], refused.SpansOverlap),
        ],
    )
    def test_impossible_times(self, pinghu: dict[str, Any], manager: Any, spans: Any, error: type[Exception]) -> None:
        opening.set_weekly_hours(actor=manager, center=pinghu["水洞埭社区"], week={DayKind.TUE: [(NINE, NOON)]})
        with pytest.raises(error):
            opening.set_weekly_hours(actor=manager, center=pinghu["水洞埭社区"], week={DayKind.MON: spans})
        with pytest.raises(error):
            opening.add_special_day(actor=manager, center=pinghu["水洞埭社区"], day=DAY, times=spans)
        assert WeeklyHours.objects.get(center=pinghu["水洞埭社区"]).day_kind == DayKind.TUE

    def test_until_midnight(self, pinghu: dict[str, Any], manager: Any) -> None:
        village = pinghu["水洞埭社区"]
        times = [(FIVE, END_OF_DAY), (dt.time(0), NOON)]
        opening.set_weekly_hours(actor=manager, center=village, week={DayKind.MON: times})
        opening.add_special_day(actor=manager, center=village, day=DAY, times=[(dt.time(0), END_OF_DAY)])
        assert [str(row) for row in village.weekly_hours.all()] == ["mon 00:00–12:00", "mon 17:00–24:00"]
        assert hours.open_days([village.pk], DAY, DAY)[village.pk][DAY].spans == (
            (clock.midnight(DAY), clock.midnight(DAY + ONE)),
        )

    @pytest.mark.parametrize("name", ["平湖市", "花园社区"])
    def test_not_above_nor_beside(self, pinghu: dict[str, Any], manager: Any, name: str) -> None:
        with pytest.raises(refused.NotAllowed):
            opening.set_weekly_hours(actor=manager, center=pinghu[name], week={})
        with pytest.raises(refused.NotAllowed):
            opening.add_special_day(actor=manager, center=pinghu[name], day=DAY, times=[])
        with pytest.raises(refused.NotAllowed):
            opening.remove_special_day(actor=manager, center=pinghu[name], day=DAY)

    def test_staff_work_but_do_not_set_up(self, pinghu: dict[str, Any], person: Any) -> None:
        someone = person("staff")
        grant(someone, pinghu["当湖街道"], Role.STAFF)
        with pytest.raises(refused.NotAllowed):
            opening.set_weekly_hours(actor=someone, center=pinghu["当湖街道"], week={})

    def test_one_exception_a_date(self, pinghu: dict[str, Any], manager: Any) -> None:
        village = pinghu["水洞埭社区"]
        opening.add_special_day(actor=manager, center=village, day=DAY, times=[], reason="停电")
        with pytest.raises(refused.SpecialDayExists):
            opening.add_special_day(actor=manager, center=village, day=DAY, times=[(NINE, NOON)])
        assert village.special_days.count() == 1
        for _ in range(2):
            assert opening.remove_special_day(actor=manager, center=village, day=DAY) == [Conflicts()]
            assert not village.special_days.exists()


class TestRoles:
    def test_granting_below_and_ending(self, pinghu: dict[str, Any], manager: Any, person: Any) -> None:
        someone = person("new")
        role = services.grant_role(actor=manager, user=someone, center=pinghu["水洞埭社区"], role=Role.STAFF, first=DAY)
        with pytest.raises(refused.RoleExists):
            services.grant_role(
                actor=manager, user=someone, center=pinghu["水洞埭社区"], role=Role.STAFF, first=DAY + ONE
            )
        services.end_role(actor=manager, role=role, last=DAY)
        assert [bool(access.roles_at(someone, pinghu["水洞埭社区"], day)) for day in (DAY, DAY + ONE)] == [True, False]
        for last in (DAY - ONE, DAY + ONE):
            with pytest.raises(refused.RoleDatesWrong):
                services.end_role(actor=manager, role=role, last=last)

    def test_nobody_grants_above_their_own(self, pinghu: dict[str, Any], manager: Any) -> None:
        with pytest.raises(refused.RoleAboveOwn):
            services.grant_role(actor=manager, user=manager, center=pinghu["当湖街道"], role=Role.ADMIN, first=DAY)
        for name in ("平湖市", "钟埭街道"):
            with pytest.raises(refused.NotAllowed):
                services.grant_role(actor=manager, user=manager, center=pinghu[name], role=Role.STAFF, first=DAY)

    def test_a_manager_cannot_end_an_administrator(self, pinghu: dict[str, Any], manager: Any, person: Any) -> None:
        role = grant(person("admin"), pinghu["当湖街道"], Role.ADMIN)
        with pytest.raises(refused.RoleAboveOwn):
            services.end_role(actor=manager, role=role, last=DAY)

    def test_dates_the_wrong_way_round(self, pinghu: dict[str, Any], manager: Any) -> None:
        with pytest.raises(refused.RoleDatesWrong):
            services.grant_role(
                actor=manager, user=manager, center=pinghu["当湖街道"], role=Role.STAFF, first=DAY, last=DAY - ONE
            )

    def test_a_role_that_is_over_already(self, pinghu: dict[str, Any], manager: Any) -> None:
        days = {"first": dt.date(2020, 1, 1), "last": clock.today() - ONE}
        with pytest.raises(refused.RoleOver):
            services.grant_role(actor=manager, user=manager, center=pinghu["当湖街道"], role=Role.STAFF, **days)
        days["last"] = clock.today()
        assert services.grant_role(actor=manager, user=manager, center=pinghu["当湖街道"], role=Role.STAFF, **days)

    def test_a_new_account_has_its_role_or_is_not_made(self, pinghu: dict[str, Any], manager: Any) -> None:
        account = {"username": "newcomer", "name": "演示职员09", "password": "a-long-first-one", "first": clock.today()}
        with pytest.raises(refused.RoleAboveOwn):
            services.add_staff(actor=manager, center=pinghu["当湖街道"], role=Role.ADMIN, **account)
        role = services.add_staff(actor=manager, center=pinghu["当湖街道"], role=Role.STAFF, **account)
        assert role.user.check_password("a-long-first-one")
        assert CenterRole.objects.filter(user__username="newcomer").count() == 1


@pytest.mark.parametrize(
    ("times", "words"),
    [([(NOON, NINE)], "On Tue 1 Dec closing"), ([(NINE, FIVE), (NOON, FIVE)], "times of Tue 1 Dec overlap")],
)
def test_impossible_times_of_a_date_are_told_as_dates_are_said(
    pinghu: dict[str, Any], manager: Any, times: Any, words: str
) -> None:
    with translation.override("en"), pytest.raises(refused.CenterError) as error:
        opening.add_special_day(actor=manager, center=pinghu["当湖街道"], day=DAY, times=times)
    with translation.override("en"):
        assert words in str(error.value)
