"""Two change the register of organisations at one moment: one after the other, by its lock, as canaries show."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection

from centers.models import Center
from common.database import violates
from common.sheets import read_sheet
from organizations import exceptions as refused
from organizations.domain import locks
from organizations.models import Organization, OrganizationCenter
from organizations.services import organizations as services
from organizations.services.imports import ImportReport, import_organizations
from organizations.services.organizations import change_organization, create_organization, move_organization
from organizations.values.import_rows import read_rows, to_lines
from tests.concurrency.conftest import Meeting
from tests.factories.organizations import make_organization, sheet_row, workbook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.usefixtures("clock")]

Rivals = Callable[[list[Callable[[], Any]]], list[Any]]
DAY = dt.date(2026, 12, 1)
PATIENCE_SECONDS = 1.0


@pytest.fixture
def centers() -> list[Center]:
    return list(Center.objects.filter(code__startswith="330482001").in_register_order()[:4])


@pytest.fixture
def branch(centers: list[Center]) -> Organization:
    return make_organization(centers[0])


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has the register waits a moment, so that a rival who needn't queue is in it too."""
    met = Meeting(2, PATIENCE_SECONDS)
    lock = locks.lock_register

    def lock_and_linger() -> None:
        lock()
        met.wait()

    monkeypatch.setattr(locks, "lock_register", lock_and_linger)


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "lock_register", lambda: None)


def move_to(organization: Organization, center: Center) -> Callable[[], Any]:
    return lambda: move_organization(actor=None, organization=organization, center=center, on=DAY)


def places(organization: Organization) -> int:
    return OrganizationCenter.objects.filter(organization=organization, valid__contains=DAY).count()


def test_of_two_moves_at_once_one_holds_and_the_other_is_told(
    branch: Organization, centers: list[Center], rivals: Rivals
) -> None:
    results = rivals([move_to(branch, center) for center in centers[1:]])
    refusals = [result for result in results if isinstance(result, Exception)]
    assert [type(refusal) for refusal in refusals] == [refused.MoveTooEarly] * 2, refusals
    [won] = [result for result in results if isinstance(result, OrganizationCenter)]
    assert OrganizationCenter.objects.get(organization=branch, valid__contains=DAY).center == won.center
    assert OrganizationCenter.objects.filter(organization=branch).count() == 2


def without_lock_or_row_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read the present place before either has written."""
    met = threading.Barrier(2)
    check = services._check_name

    def check_and_meet(*args: Any) -> None:
        check(*args)
        met.wait(30)

    monkeypatch.setattr(services, "_check_name", check_and_meet)
    monkeypatch.setattr("django.db.models.QuerySet.select_for_update", lambda self, **_options: self)


def test_canary_without_the_locks_the_constraint_alone_keeps_one(
    branch: Organization, centers: list[Center], rivals: Rivals, unlocked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_lock_or_row_lock(monkeypatch)
    results = rivals([move_to(branch, center) for center in centers[1:3]])
    [error] = [result for result in results if isinstance(result, Exception)]
    assert isinstance(error, IntegrityError) and violates(error, "organization_has_one_center"), error
    assert places(branch) == 1


def test_canary_without_locks_and_constraint_it_stands_in_two_places(
    branch: Organization, centers: list[Center], rivals: Rivals, unlocked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE organizations_organizationcenter DROP CONSTRAINT organization_has_one_center")
    without_lock_or_row_lock(monkeypatch)
    rivals([move_to(branch, center) for center in centers[1:3]])
    assert places(branch) == 2


def enter(center: Center) -> Callable[[], Any]:
    return lambda: create_organization(
        actor=None, center=center, name="演示妇联", type="mass", field_of_work="community"
    )


def test_one_name_is_entered_once(centers: list[Center], rivals: Rivals, together: None) -> None:
    results = rivals([enter(centers[0])] * 2)
    assert sorted(type(result).__name__ for result in results) == ["NameTaken", "Organization"]


def test_canary_without_the_lock_it_is_entered_twice(
    centers: list[Center], rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    met = threading.Barrier(2)
    monkeypatch.setattr(locks, "lock_register", lambda: None)
    check = services._check_name
    monkeypatch.setattr(services, "_check_name", lambda *args: (check(*args), met.wait(30)))
    rivals([enter(centers[0])] * 2)
    assert Organization.objects.filter(name="演示妇联").count() == 2


def below_each_other(centers: list[Center]) -> list[Callable[[], Any]]:
    """Each of two committees is put below the other at one moment."""
    one, two = (make_organization(centers[0], f"演示{n}党委", type="committee") for n in (1, 2))
    return [
        lambda: change_organization(actor=None, organization=one, parent=two),
        lambda: change_organization(actor=None, organization=two, parent=one),
    ]


def test_of_two_that_would_stand_below_each_other_one_does(
    centers: list[Center], rivals: Rivals, together: None
) -> None:
    results = rivals(below_each_other(centers))
    assert sorted(type(result).__name__ for result in results) == ["Organization", "ParentBelow"]


def test_canary_without_the_lock_the_trigger_refuses(
    centers: list[Center], rivals: Rivals, unlocked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    met = threading.Barrier(2)
    check = services.check_place

    def check_and_meet(*args: Any) -> None:
        check(*args)
        met.wait(30)

    monkeypatch.setattr(services, "check_place", check_and_meet)
    results = rivals(below_each_other(centers))
    [error] = [result for result in results if isinstance(result, Exception)]
    assert isinstance(error, IntegrityError) and violates(error, "organization_no_cycle"), error


def test_the_same_sheet_sent_twice_at_once_is_written_once(
    centers: list[Center], rivals: Rivals, together: None
) -> None:
    lines = to_lines(read_sheet(workbook([sheet_row(f"演示{n}支部") for n in range(20)]), most_rows=100))
    assert lines is not None

    def send() -> ImportReport:
        return import_organizations(actor=None, center=centers[0], rows=read_rows(lines))

    results = rivals([send, send])
    assert sorted(type(result).__name__ for result in results) == ["ImportReport", "NothingToImport"]
    assert Organization.objects.count() == 20
