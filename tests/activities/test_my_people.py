"""The people of an account: added, corrected, removed without a trace of who they were."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.choices import Relation
from activities.models import Activity, Participant
from tests.factories.activities import join, make_participant
from tests.factories.bookings import make_booker
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

LIST, NEW = reverse("activities:participant_list"), reverse("activities:participant_create")
CHILD = {"name": "演示孩子01", "relation": "child", "birth_date": "2018-03-02"}


@pytest.fixture
def mine(client: Client, resident: User) -> Client:
    client.force_login(resident)
    return client


def edit(person: Participant) -> str:
    return reverse("activities:participant_edit", args=[person.pk])


def remove(person: Participant) -> str:
    return reverse("activities:participant_remove", args=[person.pk])


def test_somebody_is_added_and_corrected(mine: Client, resident: User) -> None:
    mine.post(NEW, CHILD)
    child = Participant.objects.get()
    assert (child.account, child.birth_date) == (resident, dt.date(2018, 3, 2))
    assert "8岁" in mine.get(LIST).content.decode()
    mine.post(edit(child), {**CHILD, "name": "演示孩子02", "birth_date": ""})
    child.refresh_from_db()
    assert (child.name, child.birth_date) == ("演示孩子02", None)


def test_the_same_person_twice_is_said_at_the_name(mine: Client, resident: User) -> None:
    mine.post(NEW, CHILD)
    again = mine.post(NEW, CHILD)
    assert again.status_code == 409 and list(again.context["form"].errors) == ["name"]
    other = make_participant(resident, "演示孩子02", relation=Relation.CHILD)
    assert mine.post(edit(other), CHILD).status_code == 409
    assert Participant.objects.count() == 2


def test_an_account_has_one_who_is_its_holder(mine: Client, resident: User) -> None:
    own = make_participant(resident)
    assert mine.post(NEW, {"name": "演示居民02", "relation": "self"}).status_code == 422
    assert mine.post(edit(own), {"name": "演示居民02", "relation": "self"}).status_code == 302


def test_a_date_of_birth_is_corrected_within_the_age_rules_of_what_is_to_come(
    mine: Client, activity: Activity, resident: User, clock: TestClock
) -> None:
    Activity.objects.filter(pk=activity.pk).update(max_age=30)
    person = make_participant(resident, "演示居民01", born=dt.date(2000, 1, 1))
    join(activity, 1)
    changed = {"name": "演示居民01", "relation": "self", "birth_date": "1990-01-01"}
    refused = mine.post(edit(person), changed)
    assert refused.status_code == 409 and list(refused.context["form"].errors) == ["birth_date"]
    assert mine.post(edit(person), {**changed, "birth_date": "2000-11-11"}).status_code == 302
    assert activity.sign_ups.live().count() == 1
    clock.move_to(activity.ends_at)
    assert mine.post(edit(person), changed).status_code == 302


def test_one_name_with_another_date_of_birth_is_corrected_and_not_entered_again(
    mine: Client, activity: Activity, resident: User
) -> None:
    make_participant(resident, "演示孩子01", relation="child", born=dt.date(2016, 5, 1))
    again = {"name": "演示孩子01", "relation": "child", "birth_date": "2016-05-10"}
    assert mine.post(reverse("activities:participant_create"), again).status_code == 409
    assert Participant.objects.count() == 1


def test_who_never_signed_up_is_deleted(mine: Client, resident: User) -> None:
    mine.post(remove(make_participant(resident)))
    assert not Participant.objects.exists()


def test_who_came_is_forgotten_and_the_sign_up_stays(
    mine: Client, activity: Activity, resident: User, clock: TestClock
) -> None:
    person = make_participant(resident, "演示居民01", born=dt.date(2000, 1, 1), phone="19900000001")
    join(activity, 1)
    kept = mine.post(remove(person), follow=True)
    assert "演示居民01" in kept.content.decode() and Participant.objects.of_account(resident).exists()
    clock.move_to(activity.ends_at)
    mine.post(remove(person))
    person.refresh_from_db()
    assert (person.account, person.name, person.phone, person.birth_date) == (None, "—", "", None)
    assert activity.sign_ups.get().participant == person
    assert not Participant.objects.of_account(resident).exists()


def test_others_people_dont_exist(mine: Client) -> None:
    strange = make_participant(make_booker(2))
    assert mine.get(edit(strange)).status_code == 404
    assert mine.post(remove(strange)).status_code == 404


def test_the_list_asks_the_same_of_two_and_of_twenty(mine: Client, activity: Activity, resident: User) -> None:
    numbers = iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            make_participant(resident, f"演示家人{next(numbers):02}", relation=Relation.OTHER)

    assert_constant_queries(grow, lambda: mine.get(LIST))
