"""Series: each date an activity of its own; all are had, or nothing is made and those that can't are named."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities import exceptions as refused
from activities.choices import ActivityState, Relation, SeriesRule
from activities.domain.rules import Entry
from activities.models import Activity, Series
from activities.selectors.series import date_options, rule_words, series_context
from activities.services.activities import create_activity, edit_activity
from activities.services.series import cancel_later, edit_later, repeat_activity
from activities.services.sign_ups import sign_up
from activities.values.repeats import LONGEST_SERIES, series_days
from bookings.models import Booking, Occupancy, Space
from centers.models import Center, Closure
from notifications.models import Outbox
from tests.factories.activities import D, join, make_activity, make_participant, make_plan
from tests.factories.bookings import book, make_booker, make_policy, make_space, slot
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

WEEK = dt.timedelta(days=7)
W = [D + n * WEEK for n in range(8)]
SATURDAY = dt.date(2026, 11, 28)


@pytest.fixture
def room(village: Center) -> Space:
    return make_space(village)


@pytest.fixture
def weekly(village: Center, staff: User, activity: Activity) -> list[Activity]:
    """Four Mondays, the first of them 30 November."""
    repeat_activity(actor=staff, activity=activity, rule=SeriesRule.WEEKLY, days=W[1:4])
    return list(Series.objects.get().dates.order_by("starts_at"))


@pytest.mark.parametrize(
    ("first", "rule", "days"),
    [
        (dt.date(2026, 11, 28), SeriesRule.WEEKLY, ["2026-12-05", "2026-12-12"]),
        (dt.date(2026, 12, 26), SeriesRule.FORTNIGHTLY, ["2027-01-09", "2027-01-23"]),
        (dt.date(2026, 12, 12), SeriesRule.MONTHLY_WEEKDAY, ["2027-01-09", "2027-02-13", "2027-03-13"]),
        (dt.date(2026, 10, 31), SeriesRule.MONTHLY_WEEKDAY, ["2026-11-28", "2026-12-26", "2027-01-30"]),
        (dt.date(2026, 12, 31), SeriesRule.MONTHLY_DATE, ["2027-01-31", "2027-02-28", "2027-03-31"]),
        (dt.date(2028, 1, 30), SeriesRule.MONTHLY_DATE, ["2028-02-29", "2028-03-30"]),
    ],
)
def test_the_days_follow_the_rule_and_none_drifts(first: dt.date, rule: SeriesRule, days: list[str]) -> None:
    found = series_days(first, rule)
    assert [f"{next(found).day}" for _day in days] == days


def test_each_date_is_an_activity_of_its_own(weekly: list[Activity], staff: User, village: Center) -> None:
    assert [one.day for one in weekly] == W[:4]
    assert {one.state for one in weekly} == {ActivityState.PUBLISHED}
    assert len({one.reference for one in weekly}) == 4
    join(weekly[1], 1)
    weekly[1].refresh_from_db()
    weekly[2].refresh_from_db()
    assert (weekly[1].seats_taken, weekly[2].seats_taken) == (1, 0)
    assert [one.created_by for one in weekly[1:]] == [staff] * 3


def test_sent_twice_each_date_is_made_once(weekly: list[Activity], staff: User) -> None:
    assert repeat_activity(actor=staff, activity=weekly[0], rule=SeriesRule.WEEKLY, days=W[1:4]) == []
    [more] = repeat_activity(actor=staff, activity=weekly[2], rule=SeriesRule.WEEKLY, days=W[1:5])
    assert more.day == W[4]
    assert Series.objects.count() == 1


def test_what_is_refused(activity: Activity, staff: User, resident: User, clock: TestClock) -> None:
    with pytest.raises(refused.NoDates):
        repeat_activity(actor=staff, activity=activity, rule=SeriesRule.WEEKLY, days=[])
    with pytest.raises(refused.ActivityNotAllowed):
        repeat_activity(actor=resident, activity=activity, rule=SeriesRule.WEEKLY, days=W[1:2])
    many = [D + n * WEEK for n in range(1, LONGEST_SERIES + 1)]
    with pytest.raises(refused.TooManyDates, match="60"):
        repeat_activity(actor=staff, activity=activity, rule=SeriesRule.WEEKLY, days=many)
    assert len(repeat_activity(actor=staff, activity=activity, rule=SeriesRule.WEEKLY, days=many[:-1])) == 59
    past = make_activity(activity.center, state=ActivityState.RECORDED, attendance=3)
    with pytest.raises(refused.ActivityIsOver):
        repeat_activity(actor=staff, activity=past, rule=SeriesRule.WEEKLY, days=W[1:2])


def test_each_date_books_the_room_and_one_that_is_taken_is_named_with_nothing_half_made(
    village: Center, staff: User, room: Space
) -> None:
    make_policy(village, quota_count=1)
    booking = book(staff, room, 13.5, 16, day=D)
    activity = create_activity(
        actor=staff, center=village, plan=make_plan(place=room.name), booking=booking, publish=True
    )
    far = D + 40 * WEEK
    book(make_booker(7), room, 15, 17, day=W[2])
    options = date_options(activity, SeriesRule.WEEKLY, times=3, until=None, space=room)
    assert [(option.is_ticked, option.can_be_had) for option in options] == [(True, True), (False, False), (True, True)]
    assert "已被预约" in options[1].remark
    with pytest.raises(refused.DatesRefused, match="12月14日 周一"):
        repeat_activity(actor=staff, activity=activity, rule=SeriesRule.WEEKLY, days=W[1:4], space=room)
    assert (Activity.objects.count(), Booking.objects.count(), Series.objects.count()) == (1, 2, 0)
    # Neither quota nor horizon stand against what the center holds in its own room.
    made = repeat_activity(actor=staff, activity=activity, rule=SeriesRule.WEEKLY, days=[W[1], W[3], far], space=room)
    assert [(one.booking.starts_at, one.booking.ends_at) for one in made] == [
        slot(13.5, 16, day) for day in (W[1], W[3], far)
    ]
    assert {one.booking.status for one in made} == {"approved"}
    assert all(one.booking.is_for_center for one in made)
    assert not Outbox.objects.filter(subject_id__in=[one.booking.reference for one in made]).exists()
    # Nor do those bookings use up anybody's quota in other months.
    book(staff, make_space(village, "书画室"), 9, 10, day=dt.date(2026, 12, 8))


def test_a_room_confirmed_by_a_colleague_is_not_had_by_the_back_door(
    village: Center, staff: User, room: Space, activity: Activity
) -> None:
    make_policy(village, confirm_mode="staff")
    with pytest.raises(refused.DatesRefused, match="同事"):
        repeat_activity(actor=staff, activity=activity, rule=SeriesRule.WEEKLY, days=W[1:2], space=room)


def test_closed_days_and_holidays_are_shown_and_skipped(village: Center, staff: User, clock: TestClock) -> None:
    thursday = make_activity(village, day=dt.date(2026, 12, 4))
    start, end = slot(0, 24, dt.date(2026, 12, 11))
    Closure.objects.create(center=village, starts_at=start, ends_at=end, reason="线路检修")
    options = {
        f"{option.day}": option for option in date_options(thursday, SeriesRule.WEEKLY, times=5, until=None, space=None)
    }
    assert list(options) == ["2026-12-11", "2026-12-18", "2026-12-25", "2027-01-01", "2027-01-08"]
    assert not options["2026-12-11"].is_ticked and "线路检修" in options["2026-12-11"].remark
    assert not options["2027-01-01"].is_ticked and "元旦" in options["2027-01-01"].remark
    assert options["2026-12-18"].is_ticked


def test_until_a_day_includes_it(activity: Activity) -> None:
    options = date_options(activity, SeriesRule.WEEKLY, times=8, until=W[3], space=None)
    assert [option.day for option in options] == W[1:4]


def test_this_and_all_later_are_changed_and_everybody_is_told_once_a_date(weekly: list[Activity], staff: User) -> None:
    for number, date in enumerate(weekly, start=1):
        join(date, number)
        join(date, 9)
    plan = make_plan(15, 17, capacity=12, day=W[1], title="新春送福字")
    edit_later(actor=staff, activity=weekly[1], plan=plan)
    for one in weekly:
        one.refresh_from_db()
    assert [one.starts_at for one in weekly] == [
        slot(14, 16, W[0])[0], *(slot(15, 17, day)[0] for day in W[1:4])
    ]  # fmt: skip
    assert [one.capacity for one in weekly] == [10, 12, 12, 12]
    assert [one.title for one in weekly] == ["新春送福", *["新春送福字"] * 3]
    told = Outbox.objects.filter(kind="activity_moved").values_list("recipient__username", flat=True)
    assert sorted(told) == ["resident-2", "resident-3", "resident-4", *["resident-9"] * 3]


def test_a_series_moved_by_a_week_never_stands_in_its_own_way(village: Center, staff: User, room: Space) -> None:
    booking = book(staff, room, 14, 16, day=D)
    activity = create_activity(actor=staff, center=village, plan=make_plan(), booking=booking, publish=True)
    repeat_activity(actor=staff, activity=activity, rule=SeriesRule.WEEKLY, days=W[1:4], space=room)
    edit_later(actor=staff, activity=activity, plan=make_plan(day=W[1]))
    assert sorted(one.day for one in Activity.objects.all()) == W[1:5]
    edit_later(actor=staff, activity=activity, plan=make_plan(day=W[0]))
    spans = [row.span.lower for row in Occupancy.objects.order_by("span")]
    assert spans == [slot(14, 16, day)[0] for day in W[:4]]


def test_a_later_date_whose_room_is_had_by_others_refuses_all_and_is_named(
    village: Center, staff: User, room: Space
) -> None:
    booking = book(staff, room, 9, 11, day=D)
    activity = create_activity(actor=staff, center=village, plan=make_plan(9, 11), booking=booking, publish=True)
    repeat_activity(actor=staff, activity=activity, rule=SeriesRule.WEEKLY, days=W[1:4], space=room)
    book(make_booker(7), room, 15, 17, day=W[2])
    with pytest.raises(refused.DatesRefused, match="12月14日"):
        edit_later(actor=staff, activity=activity, plan=make_plan(15, 17))
    assert {one.starts_at for one in Activity.objects.all()} == {slot(9, 11, day)[0] for day in W[:4]}


def test_this_one_alone_is_changed_by_itself(weekly: list[Activity], staff: User) -> None:
    edit_activity(actor=staff, activity=weekly[1], plan=make_plan(day=W[1] + dt.timedelta(days=1), capacity=10))
    weekly[1].refresh_from_db()
    assert (weekly[1].day, weekly[1].series_day) == (W[1] + dt.timedelta(days=1), W[1])
    assert Activity.objects.filter(starts_at__in=[slot(14, 16, day)[0] for day in W[:4]]).count() == 3


def test_this_and_all_later_are_called_off_and_their_rooms_are_free(village: Center, staff: User, room: Space) -> None:
    activity = make_activity(village)
    dates = repeat_activity(actor=staff, activity=activity, rule=SeriesRule.WEEKLY, days=W[1:4], space=room)
    join(activity, 1)
    join(dates[1], 2)
    cancel_later(actor=staff, activity=dates[0], reason="老师生病")
    assert {one.day for one in Activity.objects.filter(state=ActivityState.CANCELLED)} == set(W[1:4])
    activity.refresh_from_db()
    assert activity.state == ActivityState.PUBLISHED
    assert not Occupancy.objects.exists()
    told = Outbox.objects.filter(kind="activity_cancelled").values_list("recipient__username", flat=True)
    assert list(told) == ["resident-2"]
    with pytest.raises(refused.ActivityIsOver):
        cancel_later(actor=staff, activity=dates[0], reason="老师生病")
    # A date that was called off can be made again.
    [again] = repeat_activity(actor=staff, activity=activity, rule=SeriesRule.WEEKLY, days=W[1:2])
    assert again.day == W[1]


def test_b07_fourteen_on_the_day_of_each_date_of_a_series(village: Center, staff: User, resident: User) -> None:
    first = make_activity(village, min_age=14)
    [last] = repeat_activity(actor=staff, activity=first, rule=SeriesRule.WEEKLY, days=W[2:3])
    child = make_participant(resident, "演示孩子01", relation=Relation.CHILD, born=dt.date(2012, 12, 7))
    with pytest.raises(refused.TooYoung):
        sign_up(actor=resident, activity=first, entries=[Entry(child, guardian_consent=True)])
    with pytest.raises(refused.ConsentMissing):
        sign_up(actor=resident, activity=last, entries=[Entry(child)])
    assert sign_up(actor=resident, activity=last, entries=[Entry(child, guardian_consent=True)])


def test_sign_up_opens_as_long_before_each_date(village: Center, staff: User) -> None:
    opens = slot(9, 10, dt.date(2026, 11, 27))[0]
    first = make_activity(village, sign_up_opens_at=opens)
    [second] = repeat_activity(actor=staff, activity=first, rule=SeriesRule.WEEKLY, days=W[1:2])
    assert second.sign_up_opens_at == opens + WEEK


def test_the_public_page_says_the_rule_and_how_often_still(weekly: list[Activity], client: Client) -> None:
    assert rule_words(SeriesRule.MONTHLY_WEEKDAY, dt.date(2026, 12, 12)) == "每月第二个周六"
    page = client.get(weekly[0].get_absolute_url()).content.decode()
    assert "每周一 · 还有3次" in page
    assert series_context(weekly[3])["series_words"] == "每周一"


def test_pages_make_change_and_call_off(activity: Activity, staff: User, client: Client) -> None:
    client.force_login(staff)
    address = reverse("activities:series_create", args=[activity.reference])
    assert "12月7日 周一" in client.get(f"{address}?rule=weekly&times=2").content.decode()
    assert client.post(f"{address}?rule=weekly&times=2", {}).status_code == 422
    sent = {"days": ["2026-12-07", "2026-12-14"]}
    for _ in range(2):
        assert client.post(f"{address}?rule=weekly&times=2", sent).status_code == 302
    dates = list(Activity.objects.order_by("starts_at"))
    assert [one.day for one in dates] == W[:3]
    edit = reverse("activities:manage_edit", args=[dates[1].reference])
    assert client.post(edit, form_of(client, edit, title="读书会", reach="later")).status_code == 302
    assert [one.title for one in Activity.objects.order_by("starts_at")] == ["新春送福", "读书会", "读书会"]
    cancel = reverse("activities:manage_cancel", args=[dates[2].reference])
    assert client.post(cancel, {"reason": "台风", "reach": "this"}).status_code == 302
    assert Activity.objects.filter(state=ActivityState.CANCELLED).get().day == W[2]


def form_of(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the form at an address, with changes."""
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data |= {"day": "2026-12-07", "starts_at": "14:00", "ends_at": "16:00", **changes}
    return {name: value for name, value in data.items() if value not in (None, False, [])}


def test_nonsense_in_the_address_is_answered(activity: Activity, staff: User, client: Client) -> None:
    client.force_login(staff)
    address = reverse("activities:series_create", args=[activity.reference])
    for query in ("rule=x", "rule=weekly&times=0", "rule=weekly&until=9999-12-31", "rule=weekly&space=x&times=99999"):
        assert client.get(f"{address}?{query}").status_code == 200


def test_the_page_costs_the_same_for_two_dates_and_for_many(
    activity: Activity, staff: User, client: Client, room: Space
) -> None:
    client.force_login(staff)
    address = reverse("activities:series_create", args=[activity.reference])
    shown = []
    assert_constant_queries(
        shown.append,
        lambda: client.get(f"{address}?rule=weekly&times={sum(shown)}&space={room.pk}"),
    )
