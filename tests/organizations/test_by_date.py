"""Which organisations there are, under which center, by the tree of the day asked about."""

import datetime as dt
from typing import Any

import pytest

from centers.choices import CenterStatus
from centers.models import Center
from centers.services.tree import move_center
from organizations.models import Organization
from organizations.selectors.organizations import active_under
from organizations.services.organizations import dissolve_organization, move_organization
from tests.factories.organizations import day, make_organization
from tests.support.cast import EVERYBODY, INSIDE, Cast

FIRST, LAST = day("2026-10-01"), day("2026-12-31")
ONE_DAY = dt.timedelta(days=1)


def active(center: Center, first: dt.date = FIRST, last: dt.date = LAST) -> list[Any]:
    return list(active_under(center, first, last))


def test_half_open_days_of_a_life(cast: Cast) -> None:
    one = make_organization(cast.center, founded_on=day("2026-10-10"))
    dissolve_organization(actor=None, organization=one, on=day("2026-10-20"))
    there = [
        number
        for number in range(1, 31)
        if Organization.objects.active_on(dt.date(2026, 10, number)).filter(pk=one.pk).exists()
    ]
    assert there == list(range(10, 20))


def test_what_nobody_dated_has_always_been_there(branch: Organization) -> None:
    assert Organization.objects.active_on(day("1950-01-01")).get() == branch
    assert Organization.objects.active_on(day("2099-01-01")).get() == branch


def test_one_dissolved_in_the_window_counts_and_one_before_it_does_not(cast: Cast, branch: Organization) -> None:
    dissolve_organization(actor=None, organization=branch, on=FIRST + ONE_DAY)
    assert active(cast.center) == [branch]
    Organization.objects.update(dissolved_on=FIRST)
    assert active(cast.center) == []


def test_one_founded_in_the_window_counts_and_one_after_it_does_not(cast: Cast) -> None:
    young = make_organization(cast.center, founded_on=LAST)
    assert active(cast.center) == [young]
    Organization.objects.update(founded_on=LAST + ONE_DAY)
    assert active(cast.center) == []


def test_one_moved_in_the_window_counts_under_both_once_each(cast: Cast, branch: Organization) -> None:
    move_organization(actor=None, organization=branch, center=cast.other_town, on=day("2026-11-10"))
    for center in (cast.center, cast.town, cast.other_town, cast.city):
        assert active(center) == [branch], center
    assert active(cast.sibling) == []
    before, after = day("2026-11-09"), day("2026-11-10")
    assert active(cast.center, FIRST, before) == [branch] and active(cast.other_town, FIRST, before) == []
    assert active(cast.center, after, LAST) == [] and active(cast.other_town, after, LAST) == [branch]


def test_one_dissolved_before_its_move_never_stood_there(cast: Cast, branch: Organization) -> None:
    """Each two of life, place and window meet; all three have no day in common."""
    move_organization(actor=None, organization=branch, center=cast.other_town, on=day("2026-11-10"))
    dissolve_organization(actor=None, organization=branch, on=day("2026-12-01"))
    assert active(cast.other_town, FIRST, LAST) == [branch]
    Organization.objects.update(dissolved_on=day("2026-11-10"))
    assert active(cast.other_town, FIRST, LAST) == []


def test_the_tree_is_that_of_the_day(cast: Cast, branch: Organization) -> None:
    """The center moves away in the window: its organisation counts under both towns, by the days."""
    move_center(actor=None, center=cast.center, new_parent=cast.other_town, on=day("2026-12-01"))
    assert active(cast.town) == active(cast.other_town) == active(cast.city) == [branch]
    assert active(cast.other_town, FIRST, day("2026-11-30")) == []
    assert active(cast.town, day("2026-12-01"), LAST) == []
    under = Organization.objects.under
    assert list(under([cast.town.pk], day("2026-11-30"))) == [branch] == list(under([cast.city.pk], LAST))
    assert not under([cast.town.pk], day("2026-12-01")).exists()


def test_one_founded_after_its_center_left_the_town_never_was_under_it(cast: Cast) -> None:
    """Life and window meet, center and town meet, but the two never on one day."""
    young = make_organization(cast.center, founded_on=day("2026-12-15"))
    move_center(actor=None, center=cast.center, new_parent=cast.other_town, on=day("2026-12-01"))
    assert active(cast.town) == [] and active(cast.other_town) == [young]


def test_one_that_left_before_its_center_came_never_was_there(cast: Cast, branch: Organization) -> None:
    """Place and window meet, edge and window meet, but place and edge never on one day."""
    move_organization(actor=None, organization=branch, center=cast.sibling, on=day("2026-11-10"))
    move_center(actor=None, center=cast.center, new_parent=cast.other_town, on=day("2026-12-01"))
    assert active(cast.other_town) == [] and active(cast.town) == active(cast.center) == [branch]


def test_a_window_of_one_day_is_that_day(cast: Cast) -> None:
    one = make_organization(cast.center, founded_on=LAST)
    assert active(cast.center, LAST, LAST) == [one]
    assert active(cast.center, LAST - ONE_DAY, LAST - ONE_DAY) == []


def test_it_is_one_query_however_many(cast: Cast, django_assert_num_queries: Any) -> None:
    for number in range(5):
        make_organization(cast.center, f"演示支部{number}")
    with django_assert_num_queries(1):
        assert len(active(cast.city)) == 5


def test_under_takes_all_below_and_at_the_very_center(cast: Cast, branch: Organization) -> None:
    today = day("2026-11-24")
    hall = make_organization(cast.town, "演示党委", type="committee")
    assert set(Organization.objects.under([cast.town.pk], today)) == {branch, hall}
    assert list(Organization.objects.at([cast.town.pk], today)) == [hall]
    assert hall.center == cast.town


@pytest.mark.parametrize("role", EVERYBODY)
def test_those_of_a_center_that_is_not_public_are_seen_by_who_works_there(
    cast: Cast, branch: Organization, role: str
) -> None:
    assert Organization.objects.visible_to(cast[role]).exists()
    Center.objects.filter(pk=cast.center.pk).update(status=CenterStatus.PLANNED)
    assert Organization.objects.visible_to(cast[role]).exists() == (role in INSIDE)
    assert Organization.objects.workable_by(cast[role]).exists() == (role in INSIDE)


def test_words_of_the_name_are_found_in_both_languages(cast: Cast, branch: Organization) -> None:
    Organization.objects.update(short_name="一支部")
    for words in ("第一", "演示 党支部", "一支部", "yanshi", "No. 1"):
        assert Organization.objects.search(words).get() == branch, words
    assert not Organization.objects.search("第二").exists()
