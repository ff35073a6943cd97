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
from bookings.services import spaces
from bookings.services.spaces import add_space, set_policy
from centers import exceptions as refused
from centers.choices import DayKind, Role
from centers.domain.conflicts import Conflicts
from centers.models import Center, CenterParent, CenterRole, Level, WeeklyHours
from centers.services import hours as opening
from centers.services import roles as services
from centers.services import tree
from common import clock
from tests.concurrency.conftest import Meeting, run_together
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
    results = rush(lambda n: opening.set_weekly_hours(actor=None, center=village, week=weeks[n]))
    assert results == [[Conflicts()]] * RIVALS
    rows = WeeklyHours.objects.filter(center=village)
    assert rows.count() == len(DayKind)
    assert len(set(rows.values_list("opens", "closes"))) == 1


def test_a_date_has_one_exception(village: Center) -> None:
    day = dt.date(2027, 1, 4)
    results = rush(
        lambda n: opening.add_special_day(actor=None, center=village, day=day, times=[(dt.time(8 + n), dt.time(20))])
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


def set_while_another_clears(manager: User, village: Center, patch: pytest.MonkeyPatch) -> BookingPolicy | None:
    """One sets the rules.

    Just before its row is written another sets them too, and just after that fails a third clears them.
    """
    save = BookingPolicy.save
    setting = threading.local()

    def elsewhere(**fields: Any) -> None:
        def act() -> None:
            setting.is_another = True
            try:
                set_policy(actor=manager, center=village, **fields)
            finally:
                connection.close()

        other = threading.Thread(target=act)
        others.append(other)
        other.start()
        # Under the lock it can't come to an end before this transaction does.
        other.join(1)

    def save_crosswise(policy: BookingPolicy, *args: Any, **kwargs: Any) -> None:
        if getattr(setting, "is_another", False):
            save(policy, *args, **kwargs)
            return
        elsewhere(quota_count=9)
        try:
            save(policy, *args, **kwargs)
        except IntegrityError:
            elsewhere()
            raise

    others: list[threading.Thread] = []
    patch.setattr(BookingPolicy, "save", save_crosswise)
    try:
        return set_policy(actor=manager, center=village, quota_count=3)
    finally:
        for other in others:
            other.join(PATIENCE_SECONDS)


def test_rules_are_set_while_somebody_clears_them(
    village: Center, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = set_while_another_clears(manager, village, monkeypatch)
    assert policy is not None and policy.quota_count == 3
    assert [row.quota_count for row in BookingPolicy.objects.filter(center=village)] == [9], "who came second"


def test_canary_without_the_lock_it_fails(village: Center, manager: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookings.services.spaces.lock_center", lambda center_id: None)
    with pytest.raises(IntegrityError):
        set_while_another_clears(manager, village, monkeypatch)


def name_two_rooms_alike(village: Center, manager: User, patch: pytest.MonkeyPatch) -> list[Any]:
    """Two add a room of one English name; each, its name found free, waits for the other to get as far."""
    check, both = spaces._check_english_name, Meeting(2, 1)

    def checked_together(space: Space) -> None:
        check(space)
        both.wait()

    patch.setattr(spaces, "_check_english_name", checked_together)
    names = ["东厅", "西厅"]
    return run_together(
        [
            lambda name=name: add_space(actor=manager, center=village, name=name, name_en="East Hall", capacity=9)
            for name in names
        ]
    )


def test_an_english_name_is_taken_once(village: Center, manager: User, monkeypatch: pytest.MonkeyPatch) -> None:
    results = name_two_rooms_alike(village, manager, monkeypatch)
    assert sorted(type(result).__name__ for result in results) == ["EnglishNameTaken", "Space"]


def test_canary_without_the_lock_two_rooms_share_it(
    village: Center, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bookings.services.spaces.lock_center", lambda center_id: None)
    assert [type(result) for result in name_two_rooms_alike(village, manager, monkeypatch)] == [Space, Space]
