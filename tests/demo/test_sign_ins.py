"""What is printed at the start about the accounts of the demo."""

import pytest

from accounts.services.people import create_staff
from centers.choices import Role
from centers.models import Center
from demo.services import people
from demo.values import samples
from tests.factories.centers import grant

pytestmark = pytest.mark.django_db


def test_a_sign_in_shows_the_place_it_was_made_for() -> None:
    row = next(row for row in samples.rows("people") if row["role"])
    person = create_staff(
        username=row["username"], password=row["password"], name=row["name"], password_lasts=True, is_demo=True
    )
    first, *others = Center.objects.order_by("-code")[:3]
    for place in (first, *others):
        grant(person, place, Role.STAFF)
    assert [(one["username"], one["center"]) for one in people.sign_ins()] == [(row["username"], first.name)]
