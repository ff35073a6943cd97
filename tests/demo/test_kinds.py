"""Details of the demo's activities, what its inspections demand, and requests for visits: possible, and one of each."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from activities.choices import ActivityKind, ActivityState, RectificationState, VisitState
from activities.models import Activity, ActivityRecord, InspectionDetail, Rectification, VisitRequest
from activities.selectors.coverage import coverage
from activities.services.archiving import archive_old
from activities.services.chasing import chase_missing_photos
from activities.services.receptions import confirm_visit
from centers.models import CenterRole
from common import clock
from demo.services.fill import fill
from demo.services.network import load
from tests.demo.records import DAY, TODAY, a_few_days
from tests.support import databases
from tests.support.time import TestClock

pytestmark = pytest.mark.usefixtures("filled")


@pytest.fixture(scope="module")
def filled_database(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[str]:
    """A database of this module's, filled once, with activities of long enough ago to be archived."""
    with django_db_blocker.unblock(), databases.clone(f"{worker_id}_demo_kinds") as name:
        with databases.connected_to(name), TestClock.started(), a_few_days(), pytest.MonkeyPatch.context() as patch:
            patch.setattr("demo.services.activity_fill.PAST_DAYS", 100)
            fill(TODAY)
        yield name


@pytest.fixture
def filled(filled_database: str, clock: TestClock) -> Iterator[None]:
    with databases.connected_to(filled_database), transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_each_of_those_kinds_has_its_detail() -> None:
    for kind, name in (("training", "training"), ("reception", "reception"), ("inspection", "inspection")):
        found = Activity.objects.filter(kind=kind)
        assert found.exists()
        assert not found.filter(**{f"{name}__isnull": True}).exists(), kind
    assert not Activity.objects.filter(reception__isnull=False, reception__asked_on__gte=F("starts_at__date")).exists()
    wrong = InspectionDetail.objects.exclude(organization__type__in=("branch", "general_branch", "committee"))
    assert not wrong.exists()


def test_home_has_something_to_put_right_in_every_state() -> None:
    network = load(TODAY)
    assert network is not None
    at_home = Rectification.objects.filter(inspection__activity__center=network.home)
    assert set(at_home.values_list("state", flat=True)) == set(RectificationState.values)
    assert at_home.overdue(TODAY).exists()
    assert not Rectification.objects.filter(events__isnull=True).exists()
    assert not Rectification.objects.filter(done_at__gt=clock.now()).exists()
    assert not Rectification.objects.filter(verified_at__lt=F("done_at")).exists()


def test_coverage_is_partly() -> None:
    network = load(TODAY)
    assert network is not None
    found = coverage(network.top, TODAY - 90 * DAY, TODAY)
    assert 0 < found.inspected < found.total


def test_visits_wait_at_home_and_can_be_confirmed() -> None:
    network = load(TODAY)
    assert network is not None
    states = Counter(VisitRequest.objects.values_list("state", flat=True))
    assert set(states) == {VisitState.REQUESTED, VisitState.REFUSED, VisitState.CONFIRMED}
    own = VisitRequest.objects.filter(asker__username="demo-resident-01")
    assert set(own.values_list("state", flat=True)) == {VisitState.REQUESTED, VisitState.REFUSED}
    waiting = VisitRequest.objects.waiting().filter(center=network.home)
    assert waiting.count() >= 2
    staff = CenterRole.objects.filter(center=network.home).first()
    assert staff is not None
    visit = waiting.select_related("center").first()
    assert visit is not None
    assert confirm_visit(actor=staff.user, visit=visit, title="参观学习", liaison="演示接待员01")
    assert not VisitRequest.objects.filter(is_demo=False).exists()


def test_old_records_are_in_the_archive_and_none_is_chased_for_photos() -> None:
    old = Activity.objects.filter(record__recorded_at__lte=clock.now() - 90 * DAY)
    assert set(old.exclude(kind=ActivityKind.INSPECTION).values_list("state", flat=True)) == {ActivityState.ARCHIVED}
    assert ActivityRecord.objects.filter(activity__state=ActivityState.ARCHIVED).exists()
    assert archive_old(now=clock.now()) == 0
    assert chase_missing_photos(now=clock.now()) == 0
