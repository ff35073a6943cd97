"""Pages of those who lead activities: the list, entering in two taps from a booking, copies, changes, calling off."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.choices import ActivityState
from activities.models import Activity
from activities.services.activities import edit_activity
from centers.models import Center
from notifications.models import Outbox
from tests.activities.shown_forms import initial_of, sendable
from tests.factories.activities import D, join, make_activity, make_plan
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

CREATE = reverse("activities:manage_create")
LIST = reverse("activities:manage_list")


def form_of(activity: Activity | None = None, **changes: Any) -> dict[str, Any]:
    """What the form of a plan sends: the afternoon of D, or that of an activity."""
    sent: dict[str, Any] = {
        "kind": "activity",
        "title": "新春送福",
        "day": D.isoformat(),
        "starts_at": "14:00",
        "ends_at": "16:00",
        "place": "演示活动室",
        "capacity": "20",
        "takes_sign_ups": "on",
        "is_listed": "on",
        "audience": "everyone",
        "line": "organisation",
        "format": "on_site",
        "micro_format": "",
    }
    return {**sent, **changes}


@pytest.fixture
def client(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


def test_alone_it_is_published_or_kept_as_a_draft(client: Client, village: Center) -> None:
    client.post(f"{CREATE}?center={village.code}", form_of(title="一", draft="1"))
    client.post(f"{CREATE}?center={village.code}", form_of(title="二"))
    assert dict(Activity.objects.values_list("title", "state")) == {"一": "draft", "二": "published"}
    draft = Activity.objects.get(title="一")
    client.post(reverse("activities:manage_publish", args=[draft.reference]))
    draft.refresh_from_db()
    assert draft.state == ActivityState.PUBLISHED


def test_a_form_that_is_sent_twice_enters_the_activity_once(client: Client, village: Center) -> None:
    address = f"{CREATE}?center={village.code}"
    key = client.get(address).context["form"]["key"].value()
    answers = [client.post(address, form_of(key=key)) for _ in range(2)]
    activity = Activity.objects.get()
    assert [answer["Location"] for answer in answers] == [activity.get_desk_url()] * 2
    assert activity.events.count() == 1
    client.post(address, form_of(key=client.get(address).context["form"]["key"].value()))
    assert Activity.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": "13:00"}, "ends_at"),
        ({"day": "2026-11-23"}, "starts_at"),
        ({"min_age": "12", "max_age": "6"}, "max_age"),
        ({"sign_up_opens_at": "2026-11-30T15:00"}, "sign_up_closes_at"),
        ({"title": " "}, "title"),
        ({"online_url": "nonsense nonsense"}, "online_url"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    client: Client, village: Center, changes: dict[str, str], field: str
) -> None:
    sent = form_of(summary="写福字，送春联", **changes)
    response = client.post(f"{CREATE}?center={village.code}", sent)
    assert response.status_code in (400, 422)
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert form["summary"].value() == "写福字，送春联"
    assert not Activity.objects.exists()
    if field in ("max_age", "sign_up_closes_at", "online_url"):
        assert '<details class="space-above" open>' in response.content.decode()


def test_midnight_ends_the_day_and_several_days_are_said(client: Client, village: Center) -> None:
    address = f"{CREATE}?center={village.code}"
    client.post(address, form_of(title="一", ends_at="00:00"))
    client.post(address, form_of(title="二", last_day="2026-12-02"))
    ends = dict(Activity.objects.values_list("title", "ends_at"))
    assert ends["一"] == dt.datetime(2026, 11, 30, 16, tzinfo=dt.UTC)
    assert ends["二"] == dt.datetime(2026, 12, 2, 8, tzinfo=dt.UTC)


def test_hosts_are_chosen_among_the_centers_near(client: Client, village: Center) -> None:
    partner = Center.objects.get(code="330482001002")
    client.post(f"{CREATE}?center={village.code}", form_of(co_hosts=[partner.code]))
    assert list(Activity.objects.get().co_hosts.all()) == [partner]


def test_a_copy_keeps_the_rule_of_its_day(client: Client, village: Center) -> None:
    second_saturday = make_activity(village, 9, 11, day=dt.date(2026, 11, 14), summary="老歌新唱", capacity=30)
    address = f"{CREATE}?copy={second_saturday.reference}"
    asked = client.get(address)
    assert initial_of(asked)["day"] == dt.date(2026, 11, 28)
    by_month = client.get(f"{address}&again=month")
    assert initial_of(by_month)["day"] == dt.date(2026, 12, 12)
    client.post(f"{address}&again=month", sendable(by_month))
    copy = Activity.objects.latest("id")
    assert (copy.summary, copy.capacity, copy.day) == ("老歌新唱", 30, dt.date(2026, 12, 12))
    assert copy.booking is None


def test_what_became_of_29_february_is_said(client: Client, village: Center, clock: TestClock) -> None:
    leap = make_activity(village, day=dt.date(2028, 2, 29))
    clock.move_to(leap.ends_at)
    page = client.get(f"{CREATE}?copy={leap.reference}&again=date")
    assert initial_of(page)["day"] == dt.date(2029, 2, 28)
    assert "2月28日" in page.context["copy_days"][-1].words or page.context["copy_days"][-1].remark
    assert page.context["copy_days"][-1].remark in page.content.decode()


def test_an_edit_that_others_overtook_is_shown_and_not_lost(client: Client, activity: Activity, staff: User) -> None:
    address = reverse("activities:manage_edit", args=[activity.reference])
    sent = sendable(client.get(address))
    edit_activity(actor=staff, activity=activity, plan=make_plan(capacity=40))
    response = client.post(address, {**sent, "title": "写福字"})
    assert response.status_code == 409
    assert response.context["form"]["title"].value() == "写福字"
    activity.refresh_from_db()
    assert (activity.title, activity.capacity) == ("新春送福", 40)
    again = {**sent, "title": "写福字", "version": response.context["form"].data["version"]}
    assert client.post(address, again).status_code == 302


def test_fewer_places_than_are_taken_are_refused_at_the_field(client: Client, village: Center) -> None:
    activity = make_activity(village, capacity=3)
    for number in (1, 2):
        join(activity, number)
    address = reverse("activities:manage_edit", args=[activity.reference])
    response = client.post(address, {**sendable(client.get(address)), "capacity": "1"})
    assert (response.status_code, list(response.context["form"].errors)) == (409, ["capacity"])


def test_calling_off_asks_why_and_tells_everybody(client: Client, activity: Activity) -> None:
    join(activity, 1)
    address = reverse("activities:manage_cancel", args=[activity.reference])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "台风"}).status_code == 302
    assert Outbox.objects.filter(kind="activity_cancelled").count() == 1
    assert client.post(address, {"reason": "台风"}).status_code == 409


def test_the_list_begins_with_what_has_to_be_recorded(client: Client, village: Center, clock: TestClock) -> None:
    make_activity(village, title="草稿", state=ActivityState.DRAFT)
    make_activity(village, title="将来")
    make_activity(village, title="刚结束", day=dt.date(2026, 11, 23))
    make_activity(village, title="记过", day=dt.date(2026, 11, 22), state=ActivityState.RECORDED, attendance=9)

    def shown(**asked: str) -> list[str]:
        groups = client.get(LIST, asked).context["groups"]
        return [activity.title for _heading, activities in groups for activity in activities]

    assert shown() == ["刚结束", "将来", "草稿"]
    assert shown(state="all") == ["刚结束", "将来", "草稿", "记过"]
    assert shown(state="recorded") == ["记过"]
    assert shown(kind="training") == []
    assert shown(center="330482001002") == []


def test_the_list_and_the_workbench_ask_the_same_number_of_questions(client: Client, village: Center) -> None:
    def grow(count: int) -> None:
        for _ in range(count):
            make_activity(village, day=dt.date(2026, 11, 23))
            make_activity(village, 18, 19, day=dt.date(2026, 11, 24))

    assert_constant_queries(grow, lambda: client.get(LIST, {"state": "all"}))
    assert_constant_queries(grow, lambda: client.get(reverse("pages:workbench")))


def test_the_workbench_shows_what_is_not_recorded_and_todays_activities(client: Client, village: Center) -> None:
    held = make_activity(village, day=dt.date(2026, 11, 23), title="昨天的课")
    coming = make_activity(village, 18, 19, day=dt.date(2026, 11, 24), title="今晚的课")
    page = client.get(reverse("pages:workbench")).content.decode()
    assert reverse("activities:record_create", args=[held.reference]) in page
    assert coming.get_desk_url() in page
    assert "刚结束，待记录" in page
