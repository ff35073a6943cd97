"""Organisations of the demo: visibly demo, standing where they may, once."""

from typing import Any

import pytest

from centers.models import Center
from demo.services.network import load
from demo.services.seed_organizations import create_organizations
from organizations.domain.hierarchy import Hierarchy
from organizations.models import Liaison, Organization, OrganizationCenter
from organizations.selectors.organizations import active_under
from tests.demo.records import DAY, TODAY
from tests.factories.centers import make_tree
from tests.factories.organizations import make_organization
from tests.support.time import TestClock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def seed() -> int:
    found = load(TODAY)
    assert found is not None
    return create_organizations(found, TODAY)


def test_all_are_demo_by_name_and_mark_and_stand_where_they_may(clock: TestClock) -> None:
    count = seed()
    assert count == Organization.objects.filter(is_demo=True, name__startswith="演示").count() > 50
    hierarchy = Hierarchy.load()
    for pk in hierarchy.places:
        hierarchy.check(pk)
    assert not Liaison.objects.exclude(name__startswith="演示联络员", phone__startswith="1990999").exists()
    assert not Organization.objects.filter(name_en="").exists()


def test_one_was_founded_dissolved_and_moved_lately(clock: TestClock) -> None:
    seed()
    found = load(TODAY)
    assert found is not None
    home, window = found.home, (TODAY - 90 * DAY, TODAY)
    assert Organization.objects.filter(founded_on__range=window).exists()
    assert Organization.objects.filter(dissolved_on__range=window).exists()
    moved = OrganizationCenter.objects.get(valid__startswith__range=window)
    assert moved.center == home
    assert active_under(home, *window).count() > Organization.objects.at([home.pk], TODAY).active_on(TODAY).count()


def test_it_comes_once_and_leaves_what_people_made(clock: TestClock) -> None:
    center = Center.objects.get(code="330482001001")
    own = make_organization(center, "居民自己的支部")
    assert seed() and seed() == 0
    assert list(Organization.objects.at([center.pk], TODAY).filter(is_demo=False)) == [own]
    assert not Organization.objects.at([center.pk], TODAY).filter(is_demo=True, founded_on=TODAY - 2000 * DAY).exists()


@pytest.mark.parametrize("widths", [(), (1,), (2, 2, 3)])
def test_it_fits_any_tree(clock: TestClock, widths: tuple[int, ...]) -> None:
    Center.objects.update(status="closed")
    make_tree(*widths)
    assert seed()


def test_it_asks_little_however_many_centers(clock: TestClock, django_assert_max_num_queries: Any) -> None:
    found = load(TODAY)
    assert found is not None
    with django_assert_max_num_queries(30):
        create_organizations(found, TODAY)
