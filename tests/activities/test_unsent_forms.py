"""Forms of signing up that were sent too late or wrongly: nothing typed is lost, all that is wrong is said at once."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.choices import Relation
from activities.models import Activity, Participant
from centers.models import Center
from tests.activities.test_sign_up_pages import join_url
from tests.activities.test_wall import scan
from tests.factories.activities import make_activity, make_participant
from tests.factories.bookings import make_booker
from tests.support.time import TestClock

TYPED = {"name": "演示孩子03", "relation": "child", "guardian_consent": "on", "photo_consent": "on"}


def test_what_was_typed_when_the_session_had_ended_stands_in_the_form_after_signing_in(
    client: Client, activity: Activity, resident: User
) -> None:
    known = [make_participant(resident, f"演示家人0{n}", relation=Relation.OTHER) for n in (1, 2)]
    ticked = [str(one.pk) for one in known]
    page = activity.get_absolute_url()
    referer = f"http://testserver{page}"
    led = client.post(join_url(activity), {**TYPED, "people": ticked}, headers={"referer": referer})
    assert led.url == f"{reverse('account_request_login_code')}?next={quote(page, safe='')}"  # type: ignore[attr-defined]
    assert client.get(page).context["form"]["name"].value() != TYPED["name"], "a visitor has no form to fill"
    client.force_login(resident)
    form = client.get(page).context["form"]
    assert form.ticked == ticked and not activity.sign_ups.exists(), "filled, and nothing is sent by itself"
    assert {name: form[name].value() for name in TYPED} == TYPED
    assert client.get(page).context["form"]["name"].value() == "", "given back once"


def test_what_was_typed_at_the_door_stands_there_after_signing_in(
    client: Client, activity: Activity, resident: User, clock: TestClock
) -> None:
    clock.move_to(activity.starts_at)
    wall = reverse("activities:wall_join", args=[activity.reference])
    scan(client, activity)
    client.post(wall, TYPED)
    client.force_login(resident)
    form = client.get(wall, follow=True).context["form"]
    assert {name: form[name].value() for name in TYPED} == TYPED


def test_nobody_else_gets_what_somebody_typed(client: Client, activity: Activity, resident: User) -> None:
    client.post(join_url(activity), TYPED)
    client.force_login(resident)
    client.logout()
    client.force_login(make_booker(2))
    form = client.get(activity.get_absolute_url()).context["form"]
    assert form["name"].value() != TYPED["name"]


def test_all_that_is_wrong_is_said_at_once_each_at_its_field(client: Client, village: Center, resident: User) -> None:
    activity = make_activity(village, min_age=6, max_age=12, capacity=9)
    unknown = make_participant(resident, "演示孩子01", relation=Relation.CHILD)
    old = make_participant(resident, "演示孩子02", relation=Relation.CHILD, born=dt.date(2010, 1, 1))
    client.force_login(resident)
    sent = {"people": [unknown.pk, old.pk], "name": "演示孩子03", "relation": "child", "birth_date": "2022-11-01"}
    response = client.post(join_url(activity), sent)
    errors = response.context["form"].errors
    assert response.status_code == 422 and set(errors) == {
        "people",
        f"born_{unknown.pk}",
        "birth_date",
        "guardian_consent",
    }
    assert "演示孩子02" in errors["people"][0] and "演示孩子03" in errors["birth_date"][0]
    assert len(errors["guardian_consent"]) == 3 and Participant.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "status", "wrong"),
    [
        ({"birth_date": "2022-11-01"}, 409, {"birth_date", "guardian_consent"}),
        ({"birth_date": ""}, 422, {"birth_date"}),
        ({"birth_date": "2022-11-01", "name": ""}, 422, {"name"}),
    ],
)
def test_the_desk_is_told_at_once_too(
    client: Client, village: Center, staff: User, sent: dict[str, str], status: int, wrong: set[str]
) -> None:
    activity = make_activity(village, min_age=6)
    client.force_login(staff)
    url = reverse("activities:desk_sign_up", args=[activity.reference])
    response = client.post(url, {"name": "演示孩子01", **sent})
    assert (response.status_code, set(response.context["form"].errors)) == (status, wrong)
    assert not activity.sign_ups.exists()
