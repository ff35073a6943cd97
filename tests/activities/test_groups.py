"""A branch signed in at the desk: counted with its name, once, to be taken back; names apart from the count."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities import exceptions as refused
from activities.domain.door import people_at_door
from activities.models import Activity, GroupNames, WalkIn
from activities.services.door_sign_ups import count_group
from activities.values.people import Group
from centers.models import Center
from organizations.models import Organization
from organizations.services.organizations import dissolve_organization
from tests.factories.activities import make_activity
from tests.factories.organizations import make_organization
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock


@pytest.fixture
def begun(activity: Activity, clock: TestClock) -> Activity:
    clock.move_to(activity.starts_at)
    return activity


@pytest.fixture
def branch(village: Center) -> Organization:
    return make_organization(village)


@pytest.fixture
def client(staff: User, begun: Activity) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def address(activity: Activity) -> str:
    return reverse("activities:desk_group", args=[activity.reference])


def sent(branch: Organization, **more: Any) -> dict[str, Any]:
    return {"organization": branch.pk, "key": str(uuid.uuid4()), **more}


def test_a_branch_is_counted_by_number(client: Client, begun: Activity, branch: Organization) -> None:
    answer = client.post(address(begun), sent(branch, count="12"))
    assert answer["Location"] == begun.get_desk_url()
    [counted] = WalkIn.objects.all()
    assert (counted.count, counted.organization) == (12, branch)
    assert people_at_door(begun) == 12
    desk = client.get(begun.get_desk_url())
    assert [group.count for group in desk.context["door"].groups] == [12]
    assert branch.name in desk.content.decode()


def test_or_by_names_one_a_line(client: Client, begun: Activity, branch: Organization) -> None:
    client.post(address(begun), sent(branch, names="演示党员01\r\n\r\n 演示党员02 \n"))
    assert people_at_door(begun) == 2
    assert GroupNames.objects.get().names == ["演示党员01", "演示党员02"]


def test_some_may_stay_unnamed(client: Client, begun: Activity, branch: Organization) -> None:
    client.post(address(begun), sent(branch, names="演示党员01", count="5"))
    assert people_at_door(begun) == 5


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "count"),
        ({"count": "0"}, "count"),
        ({"count": "201"}, "count"),
        ({"count": "many"}, "count"),
        ({"count": "1", "names": "甲\n乙"}, "count"),
        ({"names": "长" * 41}, "names"),
        ({"names": "\n".join(f"演示{n}" for n in range(201))}, "names"),
        ({"count": "3", "organization": "0"}, "organization"),
        ({"count": "3", "organization": ""}, "organization"),
        ({"count": "3", "key": "x"}, "key"),
    ],
)
def test_what_makes_no_sense_is_said_on_its_field_and_kept(
    client: Client, begun: Activity, branch: Organization, data: dict[str, str], field: str
) -> None:
    answer = client.post(address(begun), {**sent(branch), **data})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not WalkIn.objects.exists()
    if data.get("names", "长") != "长" * 41 and "names" in data:
        assert data["names"].splitlines()[0] in answer.content.decode()


def test_the_same_form_twice_counts_once(client: Client, begun: Activity, branch: Organization) -> None:
    data = sent(branch, count="12")
    for _ in range(2):
        assert client.post(address(begun), data).status_code == 302
    assert people_at_door(begun) == 12


def test_it_is_taken_back_as_any_count_and_its_names_go(client: Client, begun: Activity, branch: Organization) -> None:
    client.post(address(begun), sent(branch, names="演示党员01"))
    counted = WalkIn.objects.get()
    undo = reverse("activities:desk_count_undo", args=[begun.reference])
    for _ in range(2):
        client.post(undo, {"counted": counted.pk})
    assert people_at_door(begun) == 0
    assert not GroupNames.objects.exists()
    assert client.get(begun.get_desk_url()).context["door"].groups == []


def test_only_organisations_of_the_center_and_below_it_are_offered_and_taken(
    client: Client, staff: User, begun: Activity, branch: Organization
) -> None:
    elsewhere = make_organization(Center.objects.get(code="330482001002"), "演示别处支部")
    gone = make_organization(begun.center, "演示撤销支部")
    dissolve_organization(actor=None, organization=gone, on=begun.day)
    page = client.get(address(begun))
    assert page.context["organizations"] == [branch]
    for other in (elsewhere, gone):
        assert client.post(address(begun), sent(other, count="3")).status_code == 422
        with pytest.raises(refused.GroupElsewhere):
            count_group(actor=staff, activity=begun, group=Group(other.pk, uuid.uuid4(), 3))


def test_one_is_found_among_many_by_its_name(client: Client, begun: Activity) -> None:
    for number in range(52):
        make_organization(begun.center, f"演示第{number}支部")
    page = client.get(address(begun))
    assert page.context["has_more"] and len(page.context["organizations"]) == 50
    [found] = client.get(address(begun), {"q": "第51"}).context["organizations"]
    assert found.name == "演示第51支部"
    assert client.post(address(begun), sent(found, count="3")).status_code == 302


def test_before_the_door_opens_and_to_outsiders_it_is_refused(
    staff: User, village: Center, branch: Organization, clock: TestClock
) -> None:
    activity = make_activity(village)
    group = Group(branch.pk, uuid.uuid4(), 3)
    with pytest.raises(refused.CheckInTooEarly):
        count_group(actor=staff, activity=activity, group=group)
    clock.move_to(activity.starts_at)
    with pytest.raises(refused.ActivityNotAllowed):
        count_group(actor=User.objects.create(username="nobody"), activity=activity, group=group)


def test_the_floor_of_the_record_counts_them(
    client: Client, staff: User, begun: Activity, branch: Organization, clock: TestClock
) -> None:
    client.post(address(begun), sent(branch, count="12"))
    clock.move_to(begun.ends_at)
    client.force_login(staff)
    data = {"key": str(uuid.uuid4()), "attendance": "11"}
    answer = client.post(reverse("activities:record_create", args=[begun.reference]), data)
    assert answer.status_code == 400


def test_the_page_costs_the_same_however_many_there_are(client: Client, begun: Activity) -> None:
    def grow(count: int) -> None:
        for _ in range(count):
            make_organization(begun.center, f"演示支部{Organization.objects.count():03}")

    assert_constant_queries(grow, lambda: client.get(address(begun)))
