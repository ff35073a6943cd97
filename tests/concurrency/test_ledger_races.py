"""One person on two phones at the wall, a line by two, a file asked for by two: each once."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from activities.domain.door import people_at_door
from activities.models import Activity, SignUp, SignUpEvent, WalkIn
from activities.services import check_in as door
from activities.services.door_sign_ups import count_group, sign_up_at_wall
from activities.values.people import Group, Party, Person
from centers.choices import Role
from centers.models import Center
from common import clock as portal_clock
from common.months import Month
from ledger.choices import ExportFormat, ExportState
from ledger.exceptions import LogLineChanged
from ledger.models import LedgerExport, LogLine
from ledger.services import exports
from ledger.services.log_lines import write_line
from tests.concurrency.conftest import meet_before
from tests.concurrency.test_closing_races import Rivals
from tests.factories.activities import join, make_activity
from tests.factories.bookings import make_booker, open_daily
from tests.factories.centers import grant
from tests.factories.organizations import make_organization
from tests.support.time import TestClock

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
PHONES = 6


@pytest.fixture
def village(own_database: None, clock: TestClock) -> Center:
    open_daily(Center.objects.get(code="330482"))
    return Center.objects.get(code="330482001001")


@pytest.fixture
def staff(village: Center) -> User:
    user = User.objects.create(username="staff-of-village", name="演示站长01")
    grant(user, village, Role.STAFF)
    return user


@pytest.fixture
def begun(village: Center, clock: TestClock) -> Activity:
    activity = make_activity(village, capacity=3)
    join(activity, 1)
    clock.move_to(activity.starts_at)
    return activity


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The door reads the activity without locking it."""

    def unlocked(activity: Activity) -> Activity:
        return Activity.objects.select_related("center", "booking").get(pk=activity.pk)

    monkeypatch.setattr(door, "locked", unlocked)


def arrive_on_all_phones(activity: Activity, rivals: Rivals) -> list[Any]:
    sign_up = SignUp.objects.select_related("participant__account").get()
    account, now = sign_up.participant.account, portal_clock.now()
    assert account is not None

    def attempt() -> Any:
        return door.check_in_own(actor=account, activity=activity, codes=[sign_up.code], scanned_at=now)

    return rivals([attempt] * PHONES)


def test_one_person_on_several_phones_counts_once(begun: Activity, rivals: Rivals) -> None:
    outcomes = arrive_on_all_phones(begun, rivals)
    assert sorted(len(outcome) for outcome in outcomes) == [0] * (PHONES - 1) + [1], "the others are told so, no error"
    assert SignUpEvent.objects.filter(verb="check_in").count() == 1
    assert people_at_door(begun) == 1


def test_canary_without_the_lock_one_person_arrives_several_times(
    begun: Activity, rivals: Rivals, without_lock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet_before(monkeypatch, door, "mark_here", PHONES)
    arrive_on_all_phones(begun, rivals)
    assert SignUpEvent.objects.filter(verb="check_in").count() > 1


def test_the_last_places_at_the_door_go_to_as_many_as_there_are(begun: Activity, rivals: Rivals) -> None:
    bookers = [make_booker(100 + number) for number in range(PHONES)]
    now = portal_clock.now()

    def attempt(booker: User) -> Callable[[], Any]:
        party = Party(newcomers=[Person(f"演示居民{booker.pk}")])
        return lambda: sign_up_at_wall(actor=booker, activity=begun, party=party, scanned_at=now)

    outcomes = rivals([attempt(booker) for booker in bookers])
    assert sum(not isinstance(outcome, Exception) for outcome in outcomes) == 2
    begun.refresh_from_db()
    assert (begun.seats_taken, people_at_door(begun)) == (3, 2)


def test_a_branch_counted_from_two_tabs_at_once_counts_once(
    begun: Activity, village: Center, staff: User, rivals: Rivals
) -> None:
    group = Group(make_organization(village).pk, uuid.uuid4(), 12)
    outcomes = rivals([lambda: count_group(actor=staff, activity=begun, group=group)] * PHONES)
    assert {outcome.pk for outcome in outcomes} == {WalkIn.objects.get().pk}
    assert people_at_door(begun) == 12


def write_at_once(staff: User, village: Center, corrects: LogLine | None, rivals: Rivals) -> list[Any]:
    before = corrects.pk if corrects else None

    def attempt(number: int) -> Callable[[], Any]:
        return lambda: write_line(
            actor=staff, center=village, day=portal_clock.today(), text=f"第{number}人写，{before}之后", corrects=before
        )

    return rivals([attempt(number) for number in range(PHONES)])


def test_of_lines_written_at_once_one_stands_and_the_others_are_told(
    village: Center, staff: User, rivals: Rivals
) -> None:
    first: LogLine | None = None
    for _ in range(2):
        outcomes = write_at_once(staff, village, first, rivals)
        assert sum(isinstance(outcome, LogLineChanged) for outcome in outcomes) == PHONES - 1, outcomes
        first = next(outcome for outcome in outcomes if isinstance(outcome, LogLine))
    assert LogLine.objects.count() == 2


def ask_at_once(staff: User, village: Center, rivals: Rivals) -> list[Any]:
    make_activity(village, day=portal_clock.today() - dt.timedelta(days=1))
    month = Month.of(portal_clock.today())

    def attempt() -> LedgerExport:
        return exports.ask_for_month(actor=staff, center=village, month=month, format=ExportFormat.PDF)

    return rivals([attempt] * PHONES)


def test_a_file_asked_for_by_many_at_once_is_one_and_made_once(village: Center, staff: User, rivals: Rivals) -> None:
    outcomes = ask_at_once(staff, village, rivals)
    assert {outcome.pk for outcome in outcomes} == {LedgerExport.objects.get().pk}
    made = rivals([lambda: exports.make_due(now=portal_clock.now())] * 3)
    assert sum(made) == 1
    export = LedgerExport.objects.get()
    assert (export.state, export.attempts) == (ExportState.DONE, 1)
