"""记一条: prefilled from the door, sent twice it arrives once, corrected with a reason, entered after the fact."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities import exceptions as refused
from activities.choices import ActivityState, ActivityVerb
from activities.models import Activity, ActivityRecord
from activities.services import check_in as door
from activities.services.records import record_activity, record_held, revise_record
from centers.models import Center
from tests.factories.activities import join, make_activity, make_plan
from tests.support.time import TestClock

HELD = reverse("activities:record_held")


@pytest.fixture
def client(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def held(activity: Activity, staff: User, clock: TestClock) -> Activity:
    """The activity after its end: one checked in, five counted."""
    sign_up = join(activity, 1)
    clock.move_to(activity.starts_at)
    door.check_in(actor=staff, activity=activity, code=sign_up.code)
    door.count_walk_ins(actor=staff, activity=activity, count=5)
    clock.move_to(activity.ends_at)
    return activity


def record_url(activity: Activity) -> str:
    return reverse("activities:record_create", args=[activity.reference])


def revise_url(activity: Activity) -> str:
    return reverse("activities:record_revise", args=[activity.reference])


def form_of(response: Any, **changes: Any) -> dict[str, Any]:
    """The form as a browser sends it untouched, but for the changes."""
    form = response.context["form"]
    shown = {name: form[name].value() for name in ("key", "attendance", "note")}
    return {**{name: value for name, value in shown.items() if value is not None}, **changes}


def test_the_number_at_the_door_stands_there_and_one_tap_records_it(client: Client, held: Activity) -> None:
    page = client.get(record_url(held))
    assert page.context["form"]["attendance"].value() == 6
    assert "签到和点数共6人" in page.content.decode()
    answer = client.post(record_url(held), form_of(page, note="写福字"), follow=True)
    held.refresh_from_db()
    assert (held.state, held.attendance, held.record.note) == (ActivityState.RECORDED, 6, "写福字")
    assert "2026年11月" in answer.content.decode()


def test_the_key_is_made_when_the_form_is_first_shown_and_kept_with_it(client: Client, held: Activity) -> None:
    page = client.get(record_url(held))
    sent = form_of(page, attendance="3")
    assert page.context["form"]["key"].value() != client.get(record_url(held)).context["form"]["key"].value()
    refused_page = client.post(record_url(held), sent)
    assert (refused_page.status_code, list(refused_page.context["form"].errors)) == (400, ["attendance"])
    assert str(refused_page.context["form"]["key"].value()) == str(sent["key"])


def test_sent_twice_it_arrives_once(client: Client, held: Activity) -> None:
    sent = form_of(client.get(record_url(held)), attendance="9")
    assert [client.post(record_url(held), sent).status_code for _ in range(2)] == [302, 302]
    assert ActivityRecord.objects.count() == 1
    assert held.events.filter(verb=ActivityVerb.RECORD).count() == 1


def test_recorded_by_a_colleague_meanwhile_their_record_is_shown(client: Client, held: Activity, staff: User) -> None:
    sent = form_of(client.get(record_url(held)), attendance="30", note="我写的")
    record_activity(actor=staff, activity=held, key=uuid.uuid4(), attendance=9, note="同事写的")
    answer = client.post(record_url(held), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "同事写的" in page
    assert revise_url(held) in page
    held.refresh_from_db()
    assert held.attendance == 9


def test_a_phone_that_was_offline_finds_the_record_at_the_same_address(
    client: Client, held: Activity, staff: User
) -> None:
    record_activity(actor=staff, activity=held, key=uuid.uuid4(), attendance=9)
    page = client.get(record_url(held))
    assert page.status_code == 200
    assert "data-record " not in page.content.decode()


def test_it_goes_back_to_the_page_it_was_begun_on_and_to_no_other_site(client: Client, held: Activity) -> None:
    work = reverse("pages:workbench")
    sent = form_of(client.get(record_url(held), {"next": work}))
    assert client.post(record_url(held), {**sent, "next": "//example.org"})["Location"] == held.get_desk_url()
    assert client.post(record_url(held), {**sent, "next": work})["Location"] == work


@pytest.mark.parametrize("attendance", ["", "-1", "many", "20001", "6.5"])
def test_what_is_no_number_of_people_is_said_at_the_field(client: Client, held: Activity, attendance: str) -> None:
    sent = form_of(client.get(record_url(held)), attendance=attendance, note="写福字")
    answer = client.post(record_url(held), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["attendance"])
    assert answer.context["form"]["note"].value() == "写福字"


def test_nobody_at_the_door_leaves_the_number_to_be_entered(
    client: Client, activity: Activity, clock: TestClock
) -> None:
    clock.move_to(activity.ends_at)
    assert client.get(record_url(activity)).context["form"]["attendance"].value() is None


def test_before_it_begins_there_is_nothing_to_record(client: Client, activity: Activity) -> None:
    assert "data-record " not in client.get(record_url(activity)).content.decode()
    answer = client.post(record_url(activity), {"key": uuid.uuid4(), "attendance": "3"})
    assert answer.status_code == 409


def test_a_record_is_corrected_with_a_reason_and_keeps_what_it_said(
    client: Client, held: Activity, staff: User
) -> None:
    record_activity(actor=staff, activity=held, key=uuid.uuid4(), attendance=9, note="写福字")
    address = revise_url(held)
    assert client.post(address, {"attendance": "10", "note": "写福字", "reason": " "}).status_code == 422
    assert client.post(address, {"attendance": "2", "note": "", "reason": "少数了"}).status_code == 400
    assert client.post(address, {"attendance": "10", "note": "写福字", "reason": "少数了一位"}).status_code == 302
    held.refresh_from_db()
    event = held.events.latest("id")
    assert (held.attendance, event.verb, event.reason) == (10, ActivityVerb.REVISE, "少数了一位")
    assert event.changes == {"attendance": [9, 10]}
    with pytest.raises(refused.ReviseReasonMissing):
        revise_record(actor=staff, activity=held, attendance=11, note="", reason=" ")


def test_what_was_never_planned_is_entered_and_recorded_in_one_step(client: Client, village: Center) -> None:
    address = f"{HELD}?center={village.code}"
    sent = {
        **form_of(client.get(address)),
        "kind": "training",
        "title": "调解员培训",
        "day": "2026-11-20",
        "starts_at": "09:00",
        "ends_at": "11:00",
        "attendance": "18",
        "note": "讲了三个案例",
    }
    answers = [client.post(address, sent) for _ in range(2)]
    activity = Activity.objects.get()
    assert [answer["Location"] for answer in answers] == [activity.get_desk_url()] * 2
    assert (activity.kind, activity.state, activity.attendance) == ("training", ActivityState.RECORDED, 18)
    assert (activity.counted_on, activity.takes_sign_ups) == (dt.date(2026, 11, 20), False)
    assert [event.verb for event in activity.events.order_by("id")] == [ActivityVerb.CREATE, ActivityVerb.RECORD]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": "08:00"}, "ends_at"),
        ({"day": "2026-11-24", "ends_at": "23:00"}, "ends_at"),
        ({"attendance": ""}, "attendance"),
        ({"title": ""}, "title"),
    ],
)
def test_what_is_wrong_with_what_was_held(client: Client, village: Center, changes: dict[str, str], field: str) -> None:
    sent = {"key": uuid.uuid4(), "kind": "activity", "title": "读书会", "day": "2026-11-20", "attendance": "3"}
    sent |= {"starts_at": "09:00", "ends_at": "11:00", "note": "读了一章", **changes}
    answer = client.post(f"{HELD}?center={village.code}", sent)
    assert answer.status_code in (400, 422)
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["note"].value() == "读了一章"
    assert not Activity.objects.exists()


def test_who_works_elsewhere_enters_nothing_here(village: Center, resident: User, staff: User) -> None:
    plan = make_plan(day=dt.date(2026, 11, 20))
    with pytest.raises(refused.ActivityNotAllowed):
        record_held(actor=resident, center=village, plan=plan, key=uuid.uuid4(), attendance=3)


def test_the_menu_counts_what_is_not_recorded(client: Client, village: Center) -> None:
    make_activity(village, day=dt.date(2026, 11, 23))
    page = client.get(reverse("activities:manage_list")).content.decode()
    assert 'id="rail-unrecorded"' in page
