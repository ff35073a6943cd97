"""The public list and page: what is when, for whom, with how many places, from the outside."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.choices import ActivityFormat, ActivityKind, ActivityState, Audience, Relation
from activities.models import Activity
from activities.services.sign_ups import leave
from bookings.models import Booking
from centers.models import Center
from common.clock import today
from tests.factories.activities import D, join, make_activity, make_participant
from tests.factories.bookings import book, make_policy, make_space, slot
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

LIST = reverse("activities:activity_list")
NEIGHBOUR, OTHER_TOWN = "330482001002", "330482002"


def page(client: Client, url: str = LIST, **query: Any) -> str:
    return client.get(url, query).content.decode()


def titles(client: Client, **query: Any) -> list[str]:
    response = client.get(LIST, query)
    return [row.activity.title for day in response.context["agenda"] for row in day.rows]


def test_a_week_by_day_with_counts_that_jump(client: Client, village: Center) -> None:
    make_activity(village, title="明天的活动", day=today() + dt.timedelta(days=1))
    make_activity(village, 19, 20, title="晚上的活动")
    make_activity(village, 9, 10, title="早上的活动")
    make_activity(village, title="下周的活动", day=D + dt.timedelta(days=1))
    response = client.get(LIST)
    assert [day.date for day in response.context["agenda"]] == [dt.date(2026, 11, 25), D]
    assert titles(client) == ["明天的活动", "早上的活动", "晚上的活动"]
    html = response.content.decode()
    assert 'href="#day-1130"' in html and 'id="day-1130"' in html and "2场" in html
    assert titles(client, week="2026-12-01") == ["下周的活动"]


@pytest.mark.parametrize("week", ["", "yesterday", "0001-01-01", "9999-12-31", "2026-13-01"])
def test_an_address_that_makes_no_sense_is_this_week(client: Client, village: Center, week: str) -> None:
    make_activity(village)
    assert titles(client, week=week) == ["新春送福"]


def test_an_activity_that_begins_at_midnight_belongs_to_the_day_that_begins(client: Client, village: Center) -> None:
    make_activity(village, 0, 0.25)
    assert [day.date for day in client.get(LIST).context["agenda"]] == [D]


def test_each_state_has_its_words(client: Client, village: Center, clock: TestClock) -> None:
    opens = slot(9, 10, D - dt.timedelta(days=2))[0]
    known = {
        "还有6个名额": {"capacity": 6},
        "已满": {"capacity": 0},
        "不限人数": {},
        "不用报名": {"takes_sign_ups": False},
        "周六 9:00开始报名": {"sign_up_opens_at": opens},
        "报名截止": {"sign_up_closes_at": slot(9, 10, today())[0]},
        "已取消": {"state": ActivityState.CANCELLED},
    }
    for words, fields in known.items():
        make_activity(village, title=words, **fields)
    rows = [row for day in client.get(LIST).context["agenda"] for row in day.rows]
    assert {row.activity.title: row.tag.label for row in rows} == {words: words for words in known}
    clock.move_to(slot(15, 16, D)[0])
    going_on = next(row for day in client.get(LIST).context["agenda"] for row in day.rows)
    assert going_on.tag.label == "进行中" and not going_on.act


def test_who_waits_and_who_is_in(client: Client, village: Center) -> None:
    activity = make_activity(village, capacity=1)
    first, second = join(activity, 1), join(activity, 2)
    assert "候补1人" in page(client)
    for sign_up, words in ((first, "已报名"), (second, "候补中")):
        client.force_login(sign_up.participant.account)
        assert words in page(client)
    leave(actor=first.participant.account, sign_up=first)
    assert "等您答复" in page(client)


def test_filters_are_links_that_work_alone(client: Client, village: Center) -> None:
    make_activity(village, title="孩子的", audience=Audience.CHILDREN)
    make_activity(village, title="培训", kind=ActivityKind.TRAINING)
    make_activity(village, title="满了的", capacity=0)
    make_activity(village, title="线上的", format=ActivityFormat.ONLINE)
    assert titles(client, audience="children") == ["孩子的"]
    assert titles(client, kind="training") == ["培训"]
    assert "满了的" not in titles(client, free="true")
    assert titles(client, reach="online") == ["线上的"]
    assert len(titles(client, audience="nobody", kind="inspection")) == 4, (
        "what isn't a filter is as if it weren't there"
    )
    chip = next(chip for group in client.get(LIST, {"kind": "training"}).context["groups"] for chip in group.chips)
    assert "kind=training" in chip.url, "each filter keeps the others"


def test_it_is_looked_for_by_words(client: Client, village: Center) -> None:
    make_activity(village, title="暖心手工编织", theme="重阳", place="二楼活动室")
    make_activity(village, title="声乐课")
    for words in ("手工", "重阳 编织", "二楼"):
        assert titles(client, q=words) == ["暖心手工编织"]
    assert not titles(client, q="手工 声乐")


def test_near_is_by_the_tree_and_by_the_cookie_of_the_last_search(client: Client, village: Center) -> None:
    for code, title in ((village.code, "本社区"), (NEIGHBOUR, "邻社区"), (OTHER_TOWN, "别的镇")):
        make_activity(Center.objects.get(code=code), title=title)
    assert len(titles(client)) == 3
    assert titles(client, near=village.code, reach="here") == ["本社区"]
    assert titles(client, near=village.code) == ["本社区", "邻社区"], "around it, unless said"
    assert titles(client) == ["本社区", "邻社区"], "the place lasts"
    assert len(titles(client, reach="everywhere")) == 3


def test_a_co_hosted_activity_shows_at_its_partners(client: Client, village: Center) -> None:
    partner = Center.objects.get(code=OTHER_TOWN)
    make_activity(village, title="合办的").co_hosts.add(partner)
    assert titles(client, near=OTHER_TOWN, reach="here") == ["合办的"]
    assert f"与{partner.short_name}合办" in page(client)


def test_what_isnt_for_residents_isnt_shown(client: Client, village: Center, staff: User) -> None:
    make_activity(village, title="草稿", state=ActivityState.DRAFT)
    hidden = make_activity(village, title="内部", is_listed=False)
    assert not titles(client)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    client.force_login(staff)
    assert client.get(hidden.get_absolute_url()).status_code == 200


def test_an_empty_week_leads_on(client: Client, village: Center) -> None:
    assert reverse("bookings:space_search") in page(client)
    make_activity(village, day=D + dt.timedelta(days=10))
    assert "week=2026-12-10" in page(client)
    assert "查看全部" in page(client, kind="training")


def test_a_long_day_has_a_page_of_its_own(client: Client, village: Center) -> None:
    for number in range(35):
        make_activity(village, title=f"活动{number:02}")
    [day] = client.get(LIST).context["agenda"]
    assert (len(day.rows), day.more) == (12, 23)
    [day] = client.get(LIST + day.url).context["agenda"]
    assert len(day.rows) == 30
    assert len(titles(client, week="2026-11-24", day="2026-11-30", page="2")) == 5


def test_htmx_gets_the_week_alone(client: Client, village: Center) -> None:
    html = client.get(LIST, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html and 'id="week"' in html


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_the_list_asks_the_same_of_two_and_of_twenty(
    client: Client, village: Center, resident: User, is_signed_in: bool
) -> None:
    if is_signed_in:
        client.force_login(resident)
    partner = Center.objects.get(code=OTHER_TOWN)

    def grow(count: int) -> None:
        for number in range(count):
            activity = make_activity(village, day=D - dt.timedelta(days=number % 5))
            activity.co_hosts.add(partner)
            join(activity, 1)

    assert_constant_queries(grow, lambda: client.get(LIST))


def test_the_page_of_one_says_what_is_asked(client: Client, activity: Activity) -> None:
    html = page(client, activity.get_absolute_url())
    assert "10个名额" in html and reverse("activities:sign_up_create", args=[activity.reference]) in html
    assert reverse("activities:activity_calendar", args=[activity.reference]) in html


def test_the_page_of_one_asks_the_same_of_two_people_and_of_twenty(
    client: Client, activity: Activity, resident: User
) -> None:
    client.force_login(resident)
    names = iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            make_participant(resident, f"演示家人{next(names):02}", relation=Relation.OTHER)

    assert_constant_queries(grow, lambda: client.get(activity.get_absolute_url()))


def test_a_clash_with_ones_own_things_is_said_before(client: Client, village: Center, resident: User) -> None:
    make_policy(village, quota_count=10, horizon_days=60)
    booking: Booking = book(resident, make_space(village), 15, 17, day=D)
    other = make_activity(village, 13, 15, title="同时的课")
    join(other, 1)
    activity = make_activity(village, title="要报的")
    later = make_activity(village, 17, 18, title="之后的")
    client.force_login(resident)
    html = page(client, activity.get_absolute_url())
    assert booking.get_absolute_url() in html and "同时的课" in html
    assert booking.get_absolute_url() not in page(client, later.get_absolute_url())


def test_the_link_to_join_online_is_for_those_who_are_in(client: Client, village: Center) -> None:
    link = "https://meeting.example/secret"
    activity = make_activity(village, format=ActivityFormat.ONLINE, online_url=link, capacity=1)
    inside, waiting = join(activity, 1), join(activity, 2)
    pages = [activity.get_absolute_url(), reverse("activities:activity_calendar", args=[activity.reference])]
    for url in (*pages, LIST):
        assert link not in page(client, url)
    for sign_up, is_in in ((inside, True), (waiting, False)):
        client.force_login(sign_up.participant.account)
        assert (link in page(client, activity.get_absolute_url())) == is_in
        assert (link in page(client, sign_up.get_absolute_url())) == is_in
