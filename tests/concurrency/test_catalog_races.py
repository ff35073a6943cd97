"""Two set up the services of one center at one moment: nothing is lost, nothing stands twice; canaries for the lock."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from catalog.exceptions import TitleTaken
from catalog.models import Service, ServiceVersion
from catalog.services import publishing
from centers.models import Center
from tests.concurrency.conftest import Meeting
from tests.factories.catalog import adapt, make_service

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.usefixtures("clock")]

Rivals = Callable[[list[Callable[[], Any]]], list[Any]]
PATIENCE_SECONDS = 1


@pytest.fixture
def city() -> Center:
    return Center.objects.get(code="330482")


@pytest.fixture
def village() -> Center:
    return Center.objects.get(code="330482001001")


@pytest.fixture
def meet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each waits, once it has read what is there, for the other to have read it too."""
    both, put = Meeting(2, PATIENCE_SECONDS), publishing._put

    def put_together(held: Service, changes: Any) -> bool:
        both.wait()
        return put(held, changes)

    monkeypatch.setattr(publishing, "_put", put_together)


@pytest.fixture
def no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "lock_center", lambda pk: None)


def adapt_twice(city: Center, village: Center, rivals: Rivals) -> list[Any]:
    service = make_service(city)
    return rivals(
        [lambda: adapt(village, service, place="村里").pk, lambda: adapt(village, service, minutes=20).pk],
    )


def edit_twice(city: Center, rivals: Rivals) -> tuple[Service, list[Any]]:
    service = make_service(city)
    changes: list[dict[str, Any]] = [{"place": "市里"}, {"minutes": 20}]
    done = rivals([lambda one=one: publishing.edit_service(actor=None, service=service, **one) for one in changes])
    service.refresh_from_db()
    return service, done


def test_two_adapt_at_once_and_both_are_heard(city: Center, village: Center, rivals: Rivals, meet: None) -> None:
    one, two = adapt_twice(city, village, rivals)
    row = Service.objects.get(adapts__isnull=False)
    assert one == two == row.pk
    assert (row.place, row.minutes, row.version) == ("村里", 20, 2)


def test_canary_without_the_lock_the_constraint_stops_one(
    city: Center, village: Center, rivals: Rivals, meet: None, no_lock: None
) -> None:
    done = adapt_twice(city, village, rivals)
    assert sum(isinstance(one, IntegrityError) for one in done) == 1
    assert Service.objects.filter(adapts__isnull=False).count() == 1


def test_two_change_different_words_at_once_and_both_are_kept(city: Center, rivals: Rivals, meet: None) -> None:
    service, _done = edit_twice(city, rivals)
    assert (service.place, service.minutes, service.version) == ("市里", 20, 3)
    assert ServiceVersion.objects.filter(service=service).count() == 3


def test_canary_without_the_lock_one_version_is_lost(city: Center, rivals: Rivals, meet: None, no_lock: None) -> None:
    service, done = edit_twice(city, rivals)
    assert sum(isinstance(one, IntegrityError) for one in done) == 1
    assert ServiceVersion.objects.filter(service=service).count() == 2


def test_of_two_that_publish_one_title_one_is_told(city: Center, rivals: Rivals) -> None:
    done = rivals([lambda: make_service(city, "谈心交流") for _ in range(2)])
    assert sum(isinstance(one, TitleTaken) for one in done) == 1
    assert Service.objects.filter(center=city).count() == 1
