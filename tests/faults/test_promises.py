"""Promises that no other test keeps.

Refusals in both languages, inheritance of rules, facts that stay where they happened.
"""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from bookings.domain.policies import resolve
from bookings.models import Booking
from bookings.values.policy import FIELDS, Policy
from centers.choices import Role
from centers.models import Center, CenterParent
from centers.services import tree
from common import clock as portal_clock
from common.api.schema import words_of
from common.errors import DomainError
from common.i18n.catalogue import CODE, compile_catalogues
from tests.architecture.test_messages import CJK
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily
from tests.factories.centers import grant, make_tree
from tests.factories.people import make_staff


def refusals(base: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """The product's own; other tests make some up."""
    for error in base.__subclasses__():
        if error.__module__.split(".")[0] in CODE:
            yield error
        yield from refusals(error)


@pytest.mark.parametrize(
    "error",
    sorted(set(refusals()), key=lambda error: (error.__module__, error.__name__)),
    ids=lambda error: error.__name__,
)
def test_a_refusal_has_words_in_both_languages_and_a_code(error: type[DomainError]) -> None:
    compile_catalogues()
    with translation.override("en"):
        english = words_of(error)
    with translation.override("zh-hans"):
        chinese = words_of(error)
    assert english and not CJK.search(english) and CJK.search(chinese)
    assert error.code.isidentifier() and 400 <= error.status < 500


def test_a_code_means_one_thing() -> None:
    """In an app: `not_allowed` is said in two with the same words for readers."""
    told = [(error.__module__.split(".")[0], error.code) for error in set(refusals()) if "code" in vars(error)]
    assert len(told) == len(set(told))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_each_rule_comes_from_the_nearest_that_says_anything(seed: int) -> None:
    """Any rules at any levels, the room first, then its center, then upward, field by field.

    Else the portal's default.
    """
    lot = random.Random(seed)
    line = [row[0] for row in make_tree(1, 1, 1, 1)]
    space = make_space(line[-1])
    said: list[dict[str, Any]] = []
    for owner in (space, *reversed(line)):
        words = {
            "horizon_days": 1 + lot.randrange(300),
            "cancel_hours": lot.randrange(200),
            "confirm_mode": lot.choice(["instant", "staff"]),
        }
        fields = {name: value for name, value in words.items() if lot.random() < 0.4}
        if fields:
            make_policy(owner, **fields)
        said.append(fields)
    default = Policy()
    expected = {
        name: next((fields[name] for fields in said if name in fields), getattr(default, name)) for name in FIELDS
    }
    found, lineage = resolve([space.pk])[space.pk]
    assert found == Policy(**expected)
    assert lineage == [center.pk for center in reversed(line)]


@pytest.mark.django_db
def test_a_center_that_moves_takes_its_past_nowhere(clock: Any) -> None:
    village = Center.objects.select_related("level").get(code="330482001001")
    city = Center.objects.get(code="330482")
    open_daily(city)
    space, here = make_space(village), CenterParent.objects.select_related("parent__level").get(center=village).parent
    before = book(make_booker(1), space, 9, 10)
    there = Center.objects.filter(level=here.level).exclude(pk=here.pk).select_related("level").first()
    assert there is not None
    tree.move_center(actor=None, center=village, new_parent=there, on=portal_clock.today())
    after = book(make_booker(2), space, 14, 15)
    assert Booking.objects.get(pk=before.pk).lineage == [village.pk, here.pk, city.pk]
    assert after.lineage == [village.pk, there.pk, city.pk]


@pytest.mark.django_db
def test_whoever_worked_for_the_old_town_works_there_no_more(clock: Any) -> None:
    """Roles follow the tree of today: the booking is the new town's to decide, also one made before the move."""
    village = Center.objects.select_related("level").get(code="330482001001")
    here = CenterParent.objects.select_related("parent__level").get(center=village).parent
    there = Center.objects.filter(level=here.level).exclude(pk=here.pk).select_related("level").first()
    assert there is not None
    old, new = make_staff("old"), make_staff("new")
    grant(old, here, Role.ADMIN)
    grant(new, there, Role.ADMIN)
    open_daily(village)
    make_policy(village, confirm_mode="staff")
    booking = book(make_booker(1), make_space(village))
    assert list(Booking.objects.manageable_by(old)) == [booking] and not Booking.objects.manageable_by(new)
    tree.move_center(actor=None, center=village, new_parent=there, on=portal_clock.today())
    assert list(Booking.objects.manageable_by(new)) == [booking] and not Booking.objects.visible_to(old)


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last"), [(-30, -1), (1, 30)], ids=["ended", "to come"])
def test_a_role_holds_on_its_days_alone(clock: Any, client: Client, first: int, last: int) -> None:
    village, someone = Center.objects.get(code="330482001001"), make_staff("someone")
    open_daily(village)
    booking, today = book(make_booker(1), make_space(village)), portal_clock.today()
    grant(someone, village, Role.ADMIN, today + dt.timedelta(days=first), today + dt.timedelta(days=last))
    client.force_login(someone)
    outside = [
        client.get(path)
        for path in (
            "/work/",
            "/manage/centers/330482001001/",
            f"/bookings/{booking.reference}/",
            "/bookings/2222222222/",
        )
    ]
    assert [answer.status_code for answer in outside] == [404] * 4
    assert (
        client.get(f"/api/v1/bookings/{booking.reference}/").json() == client.get("/api/v1/bookings/2222222222/").json()
    )


@pytest.mark.django_db
def test_a_deeper_tree_passes_search_room_and_workbench(clock: Any, client: Client) -> None:
    """More than 300 centers on six levels, with rooms at the top, in the middle and at the bottom."""
    rows = make_tree(2, 3, 4, 3, 3)
    open_daily(rows[0][0])
    spaces = [make_space(row[-1], f"房间{depth}") for depth, row in enumerate(rows)]
    admin = make_staff("admin")
    grant(admin, rows[0][0], Role.ADMIN)
    query = {"day": "2026-11-25", "start": "09:00", "end": "10:00", "headcount": "5"}
    for space, row in zip(spaces, rows, strict=True):
        found = client.get("/search/", {**query, "near": row[-1].code})
        assert found.status_code == 200 and space.name in found.content.decode()
        assert client.get(f"/spaces/{space.pk}/").status_code == 200
        assert client.get(f"/centers/{row[-1].code}/").status_code == 200
    client.force_login(admin)
    for row in rows:
        assert client.get("/work/", {"center": row[-1].code}).status_code == 200
        assert client.get(reverse("bookings:decision_list"), {"center": row[-1].code}).status_code == 200
        assert client.get(f"/manage/centers/{row[-1].code}/spaces/").status_code == 200
    assert client.get("/", {"near": rows[-1][-1].code}).status_code == 200
