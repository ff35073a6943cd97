"""Two people set up the same thing at one moment.

One after the other, or one is refused in words; never both, never a failure.
"""

import datetime as dt
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.exceptions import UsernameTaken
from accounts.models import PasswordReset, User
from accounts.services.people import create_staff
from bookings.exceptions import NameTaken
from bookings.models import BookingPolicy, Space
from bookings.services.spaces import add_space, set_policy
from centers import exceptions as refused
from centers.choices import DayKind, Role
from centers.models import Center, CenterParent, CenterRole, Level, WeeklyHours
from centers.services import setup as services
from centers.services import tree
from common import clock
from tests.concurrency.conftest import run_together
from tests.factories.people import PASSWORD, make_staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
RIVALS = 6
PATIENCE_SECONDS = 10.0


@pytest.fixture
def village() -> Center:
    return Center.objects.select_related("level").get(code="330482001001")


@pytest.fixture
def manager(village: Center) -> User:
    someone = make_staff("manager")
    services.grant_role(actor=None, user=someone, center=village, role=Role.MANAGER, first=dt.date(2020, 1, 1))
    return someone


def rush(act: Callable[[int], Any]) -> list[Any]:
    """What each of the rivals got, or the exception it met."""
    return run_together([lambda number=number: act(number) for number in range(RIVALS)])


def assert_one_won(results: list[Any], refusal: type[Exception]) -> None:
    lost = [result for result in results if isinstance(result, Exception)]
    assert [type(error) for error in lost] == [refusal] * (RIVALS - 1), lost


def test_weeks_do_not_mix(village: Center) -> None:
    weeks = [{kind: [(dt.time(8 + n), dt.time(18 + n % 2))] for kind in DayKind} for n in range(RIVALS)]
    results = rush(lambda n: services.set_weekly_hours(actor=None, center=village, week=weeks[n]))
    assert results == [None] * RIVALS
    rows = WeeklyHours.objects.filter(center=village)
    assert rows.count() == len(DayKind)
    assert len(set(rows.values_list("opens", "closes"))) == 1


def test_a_date_has_one_exception(village: Center) -> None:
    day = dt.date(2027, 1, 4)
    results = rush(
        lambda n: services.add_special_day(actor=None, center=village, day=day, times=[(dt.time(8 + n), dt.time(20))])
    )
    assert_one_won(results, refused.SpecialDayExists)


def test_a_role_is_granted_once(village: Center) -> None:
    someone = make_staff("someone")
    first = clock.today()
    assert_one_won(
        rush(lambda _n: services.grant_role(actor=None, user=someone, center=village, role=Role.STAFF, first=first)),
        refused.RoleExists,
    )
    assert CenterRole.objects.filter(user=someone).count() == 1


def test_of_passwords_given_at_once_the_last_holds(village: Center, manager: User) -> None:
    someone = make_staff("someone")
    services.grant_role(actor=None, user=someone, center=village, role=Role.STAFF, first=clock.today())
    results = rush(lambda n: services.give_password(actor=manager, person=someone, password=f"lake-and-bridge-{n}"))
    assert results == [None] * RIVALS
    someone.refresh_from_db()
    assert [someone.check_password(f"lake-and-bridge-{n}") for n in range(RIVALS)].count(True) == 1
    assert someone.must_set_password and PasswordReset.objects.count() == RIVALS


def test_a_role_that_is_being_granted_counts(village: Center, manager: User) -> None:
    """A manager can't slip in just before somebody becomes more than they are."""
    someone = make_staff("someone")
    services.grant_role(actor=None, user=someone, center=village, role=Role.STAFF, first=clock.today())
    granted = threading.Event()

    def promote() -> None:
        with transaction.atomic():
            services.grant_role(actor=None, user=someone, center=village, role=Role.ADMIN, first=clock.today())
            granted.set()
            wait_until_somebody_waits()

    def slip_in() -> None:
        assert granted.wait(PATIENCE_SECONDS)
        services.give_password(actor=manager, person=someone, password="lake-and-bridge-7")

    assert [type(result) for result in run_together([promote, slip_in])] == [type(None), refused.PasswordBeyondReach]


def wait_until_somebody_waits() -> None:
    """Until another transaction stands before a lock of this one's."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    with connection.cursor() as cursor:
        waits = False
        while not waits:
            assert time.monotonic() < give_up_at, "nobody waits"
            time.sleep(0.02)
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
            )
            [waits] = cursor.fetchone()


def test_a_code_is_given_once(village: Center) -> None:
    town, level = CenterParent.objects.get(center=village).parent, Level.objects.get(pk=village.level_id)
    results = rush(
        lambda n: tree.add_center(actor=None, code="new", official_name=f"新{n}村村委会", level=level, parent=town)
    )
    assert_one_won(results, refused.CodeTaken)
    assert Center.objects.filter(code="new").count() == 1


def test_a_center_moves_to_one_place(village: Center) -> None:
    here = CenterParent.objects.get(center=village).parent
    towns = list(Center.objects.filter(level=here.level).exclude(pk=here.pk).select_related("level")[:RIVALS])
    results = rush(lambda n: tree.move_center(actor=None, center=village, new_parent=towns[n], on=dt.date(2027, 1, 1)))
    assert_one_won(results, refused.MoveTooEarly)
    assert tree.lineage(village, dt.date(2027, 1, 1))[1] in {town.pk for town in towns}


def test_a_room_is_added_once(village: Center, manager: User) -> None:
    assert_one_won(rush(lambda _n: add_space(actor=manager, center=village, name="议事厅", capacity=10)), NameTaken)
    # A refused room leaves nothing of itself.
    assert Space.objects.get(center=village).cells.count() == village.cells.count() == 1


def test_a_policy_is_one(village: Center, manager: User) -> None:
    results = rush(lambda n: set_policy(actor=manager, center=village, quota_count=n + 1))
    assert not [result for result in results if isinstance(result, Exception)]
    assert BookingPolicy.objects.filter(center=village).count() == 1


def test_a_user_name_is_taken_once_however_it_is_written() -> None:
    names = ["Zhanzhang", "zhanzhang", "ZHANZHANG", "zhanZhang", "zHanzhang", "zhanzhanG"]
    assert_one_won(rush(lambda n: create_staff(username=names[n], password=PASSWORD, name="x")), UsernameTaken)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="ZHANzhang")
