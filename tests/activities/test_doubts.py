"""People who no longer fit what an activity asks for: marked at the desk, and taken out by nobody but its staff."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from activities.choices import Relation, SignUpState
from activities.domain.rules import Entry
from activities.models import Activity, Participant, SignUp
from activities.selectors.desk import door_of
from activities.services.activities import edit_activity
from activities.services.participants import change_person
from activities.services.sign_ups import sign_up
from activities.values.people import Person
from centers.models import Center
from tests.factories.activities import D, make_activity, make_participant, make_plan
from tests.support.time import TestClock


def signed_up(activity: Activity, account: User, name: str, born: dt.date | None, **entry: Any) -> SignUp:
    person = make_participant(account, name, relation=Relation.OTHER, born=born)
    [made] = sign_up(actor=account, activity=activity, entries=[Entry(person, **entry)])
    return made


def doubts(activity: Activity) -> dict[str, list[str]]:
    activity.refresh_from_db()
    door = door_of(activity)
    return {one.name: [str(doubt) for doubt in one.doubts] for one in (*door.missing, *door.here, *door.waiting)}


@pytest.fixture
def grown(village: Center, staff: User, resident: User) -> Activity:
    """Three are in, of whom one waits; then the age rule is raised."""
    activity = make_activity(village, capacity=3, title="亲子读书")
    born = {"演示孩子01": dt.date(2016, 1, 1), "演示孩子02": dt.date(2020, 11, 30), "演示孩子03": None}
    for name, birthday in born.items():
        signed_up(activity, resident, name, birthday, guardian_consent=True)
    signed_up(activity, resident, "演示孩子04", dt.date(2022, 1, 1), guardian_consent=True)
    edit_activity(actor=staff, activity=activity, plan=make_plan(capacity=3, title="亲子读书", min_age=6, max_age=9))
    return activity


def test_a_rule_that_was_raised_marks_who_no_longer_fits(grown: Activity) -> None:
    assert doubts(grown) == {
        "演示孩子01": ["年龄不符"],
        "演示孩子02": [],
        "演示孩子03": ["年龄未知"],
        "演示孩子04": ["年龄不符"],
    }
    states = list(grown.sign_ups.order_by("id").values_list("state", flat=True))
    assert states == [SignUpState.IN] * 3 + [SignUpState.WAITING], "nobody is thrown out"


def test_the_desk_says_so(client: Client, staff: User, grown: Activity) -> None:
    client.force_login(staff)
    page = client.get(grown.get_desk_url()).content.decode()
    assert page.count("年龄不符") == 2 and "3人不符合活动现在的要求" in page


def test_a_date_of_birth_added_later_marks_a_minor_without_consent(village: Center, resident: User) -> None:
    activity = make_activity(village, capacity=3)
    signed_up(activity, resident, "演示居民02", None)
    assert doubts(activity) == {"演示居民02": []}
    person = Participant.objects.get(name="演示居民02")
    change_person(
        actor=resident, participant=person, person=Person(person.name, person.relation, D - 15 * dt.timedelta(365))
    )
    assert doubts(activity) == {"演示居民02": ["缺监护人同意"]}


def test_a_day_that_was_moved_is_asked_about_anew(village: Center, staff: User, resident: User) -> None:
    activity = make_activity(village, capacity=3, max_age=9)
    signed_up(activity, resident, "演示孩子01", dt.date(2016, 12, 1), guardian_consent=True)
    assert doubts(activity) == {"演示孩子01": []}
    edit_activity(actor=staff, activity=activity, plan=make_plan(capacity=3, max_age=9, day=D + dt.timedelta(days=1)))
    assert doubts(activity) == {"演示孩子01": ["年龄不符"]}


def test_after_the_record_there_is_nothing_left_to_decide(grown: Activity, clock: TestClock) -> None:
    Activity.objects.filter(pk=grown.pk).update(state="recorded", attendance=3)
    assert not any(doubts(grown).values())
