"""Signing up on the page: who comes, consents, somebody new; the ticket, an offer, cancelling."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar, Event

from accounts.models import User
from activities.choices import Audience, Relation, SignUpState
from activities.domain.rules import Entry
from activities.models import Activity, Participant, SignUp
from activities.services.activities import cancel_activity, edit_activity
from activities.services.sign_ups import leave, sign_up
from centers.models import Center
from common import clock as portal_clock
from tests.factories.activities import D, join, make_activity, make_participant, make_plan
from tests.factories.bookings import make_booker
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

NEWCOMER = {"name": "演示居民01", "relation": "self"}


@pytest.fixture
def mine(client: Client, resident: User) -> Client:
    client.force_login(resident)
    return client


def join_url(activity: Activity) -> str:
    return reverse("activities:sign_up_create", args=[activity.reference])


def of(name: str, sign_up: SignUp) -> str:
    return reverse(f"activities:sign_up_{name}", args=[sign_up.code])


def event_of(client: Client, url: str) -> Event:
    response = client.get(url)
    assert response["Content-Type"].startswith("text/calendar")
    assert b"\r\n" in response.content and b"\n" not in response.content.replace(b"\r\n", b"")
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    return event


def test_signing_in_on_the_way_keeps_the_activity(client: Client, activity: Activity) -> None:
    response = client.get(join_url(activity))
    choice = client.get(response.url).context["pending_choice"]  # type: ignore[attr-defined]
    assert choice.what == activity.title and choice.back_url == f"{activity.get_absolute_url()}#join"
    client.force_login(make_booker(1))
    assert client.get(join_url(activity)).url == choice.back_url  # type: ignore[attr-defined]


def test_the_first_time_ones_own_name_is_asked_once(mine: Client, village: Center, resident: User) -> None:
    first, second = make_activity(village), make_activity(village, 17, 18)
    response = mine.post(join_url(first), NEWCOMER)
    ticket = SignUp.objects.get()
    assert response.url == f"{ticket.get_absolute_url()}?new=1"  # type: ignore[attr-defined]
    assert "<h1>" in mine.get(response.url).content.decode()  # type: ignore[attr-defined]
    own = Participant.objects.get()
    assert (own.account, own.relation, own.name) == (resident, Relation.SELF, "演示居民01")
    form = mine.get(second.get_absolute_url()).context["form"]
    assert form.ticked == [str(own.pk)], "from the list to in: open it, press the button"
    mine.post(join_url(second), {"people": form.ticked})
    assert Participant.objects.count() == 1 and second.sign_ups.get().state == SignUpState.IN


def test_sending_twice_signs_up_once(mine: Client, activity: Activity) -> None:
    mine.post(join_url(activity), NEWCOMER)
    again = mine.post(join_url(activity), NEWCOMER)
    assert again.url == activity.sign_ups.get().get_absolute_url()  # type: ignore[attr-defined]
    assert Participant.objects.count() == 1
    another = mine.post(join_url(activity), {**NEWCOMER, "name": "演示居民02"})
    assert another.status_code == 409 and list(another.context["form"].errors) == ["relation"]


def test_a_second_child_isnt_lost_behind_the_first(mine: Client, activity: Activity, resident: User) -> None:
    people = [make_participant(resident, f"演示家人0{n}", relation=Relation.OTHER) for n in (1, 2)]
    mine.post(join_url(activity), {"people": [people[0].pk]})
    response = mine.post(join_url(activity), {"people": [one.pk for one in people]})
    assert response.status_code == 409
    assert "演示家人01" in response.context["form"].errors["people"][0]


def test_nobody_chosen_is_said_at_the_list(mine: Client, activity: Activity) -> None:
    response = mine.post(join_url(activity), {"name": " "})
    assert response.status_code == 422 and list(response.context["form"].errors) == ["people"]
    assert not Participant.objects.exists()


def test_two_children_with_consent(mine: Client, village: Center, resident: User) -> None:
    activity = make_activity(village, capacity=5, audience=Audience.CHILDREN)
    children = [make_participant(resident, f"演示孩子0{n}", relation=Relation.CHILD) for n in (1, 2)]
    page = mine.get(activity.get_absolute_url())
    form = page.context["form"]
    assert form.ticked == [] and not form["guardian_consent"].value() and not form["photo_consent"].value()
    answers: dict[str, Any] = {"people": [one.pk for one in children]}
    refused = mine.post(join_url(activity), answers)
    assert refused.status_code == 400 and list(refused.context["form"].errors) == ["guardian_consent"]
    assert refused.context["form"].ticked == [str(one.pk) for one in children], "what was ticked stays"
    mine.post(join_url(activity), {**answers, "guardian_consent": "on"})
    made = list(activity.sign_ups.all())
    assert [(one.state, one.guardian_consent, one.photo_consent) for one in made] == [(SignUpState.IN, True, False)] * 2
    assert "演示孩子02" in mine.get(of("detail", made[0])).content.decode(), "one's others stand on the ticket"


def test_a_refused_newcomer_is_not_kept(mine: Client, activity: Activity) -> None:
    response = mine.post(join_url(activity), {"name": "演示孩子01", "relation": "child"})
    assert response.status_code == 400 and "guardian_consent" in response.context["form"].errors
    assert not Participant.objects.exists()
    assert 'value="演示孩子01"' in response.content.decode()


def test_the_date_of_birth_is_asked_where_there_is_an_age_rule_alone(
    mine: Client, village: Center, resident: User
) -> None:
    old_enough = make_participant(resident, "演示孩子01", relation=Relation.CHILD, born=dt.date(2018, 1, 1))
    too_young = make_participant(resident, "演示孩子02", relation=Relation.CHILD, born=dt.date(2022, 11, 1))
    unknown = make_participant(resident, "演示孩子03", relation=Relation.CHILD)
    assert "birth_date" not in mine.get(make_activity(village).get_absolute_url()).context["form"].fields
    activity = make_activity(village, min_age=6, max_age=12, capacity=9)
    page = mine.get(activity.get_absolute_url())
    options = {option.participant.pk: option for option in page.context["options"]}
    assert options[old_enough.pk].can_come and "8岁" in options[old_enough.pk].note
    assert not options[too_young.pk].can_come and "6岁" in str(options[too_young.pk].refusal)
    assert options[unknown.pk].asks_birth_date
    sent = {"people": [unknown.pk], "guardian_consent": "on"}
    refused = mine.post(join_url(activity), sent)
    assert refused.status_code == 422 and list(refused.context["form"].errors) == [f"born_{unknown.pk}"]
    mine.post(join_url(activity), {**sent, f"born_{unknown.pk}": "2019-03-02"})
    unknown.refresh_from_db()
    assert unknown.birth_date == dt.date(2019, 3, 2) and activity.sign_ups.get().participant == unknown


@pytest.mark.parametrize("born", ["2027-01-01", "1880-01-01", "yesterday"])
def test_a_date_of_birth_that_makes_no_sense_is_said(mine: Client, village: Center, born: str) -> None:
    activity = make_activity(village, min_age=6)
    response = mine.post(join_url(activity), {**NEWCOMER, "birth_date": born})
    assert response.status_code == 422 and "birth_date" in response.context["form"].errors


def test_the_other_parents_child_is_asked_about_on_the_page(mine: Client, activity: Activity) -> None:
    other = make_participant(make_booker(2), "演示孩子01", relation=Relation.OTHER)
    sign_up(actor=other.account, activity=activity, entries=[Entry(other)])
    sent = {"name": "演示孩子01", "relation": "other"}
    response = mine.post(join_url(activity), sent)
    assert response.status_code == 409 and list(response.context["form"].errors) == ["is_another_person"]
    assert 'name="is_another_person"' in response.content.decode()
    mine.post(join_url(activity), {**sent, "is_another_person": "on"})
    assert activity.sign_ups.count() == 2


def test_others_people_cant_be_signed_up(mine: Client, activity: Activity) -> None:
    strange = make_participant(make_booker(7))
    response = mine.post(join_url(activity), {"people": [strange.pk]})
    assert response.status_code == 422 and not activity.sign_ups.exists()


def test_the_window_is_said_above_the_page(mine: Client, village: Center, clock: TestClock) -> None:
    activity = make_activity(village)
    clock.move_to(activity.starts_at)
    assert mine.post(join_url(activity), NEWCOMER).status_code == 409
    assert "person-" not in mine.get(activity.get_absolute_url()).content.decode()


def test_the_waitlist_is_said_before_and_the_place_in_it_after(mine: Client, village: Center) -> None:
    activity = make_activity(village, capacity=1)
    join(activity, 8), join(activity, 9)
    assert mine.get(activity.get_absolute_url()).context["will_wait"]
    mine.post(join_url(activity), NEWCOMER)
    ticket = activity.sign_ups.last()
    assert ticket is not None
    page = mine.get(ticket.get_absolute_url())
    assert page.context["ahead"] == 1 and not page.context["is_in"]
    assert "qr-code" not in page.content.decode(), "no code before there is a place"


def test_an_offer_is_answered_on_the_ticket(client: Client, village: Center) -> None:
    activity = make_activity(village, capacity=1)
    first, second, third = (join(activity, number) for number in (1, 2, 3))
    leave(actor=first.participant.account, sign_up=first)
    client.force_login(second.participant.account)
    page = client.get(second.get_absolute_url()).content.decode()
    assert of("accept", second) in page and of("decline", second) in page and "22:05" in page
    client.post(of("decline", second))
    client.force_login(third.participant.account)
    client.post(of("accept", third))
    assert [one.state for one in activity.sign_ups.all()] == ["left", "declined", "in"]
    gone = client.post(of("decline", third), follow=True)
    assert gone.status_code == 200 and "名额" in gone.content.decode()
    assert activity.sign_ups.get(pk=third.pk).state == SignUpState.IN


def test_cancelling_asks_once(mine: Client, activity: Activity) -> None:
    made = join(activity, 1)
    assert mine.get(of("leave", made)).context["can_leave"]
    mine.post(of("leave", made))
    made.refresh_from_db()
    assert made.state == SignUpState.LEFT
    again = mine.post(of("leave", made))
    assert again.status_code == 409 and not again.context["can_leave"]


def test_a_ticket_is_its_accounts_and_the_centers(client: Client, activity: Activity, staff: User) -> None:
    made = join(activity, 1)
    for user, status in ((made.participant.account, 200), (staff, 200), (make_booker(5), 404)):
        client.force_login(user)
        assert client.get(of("detail", made)).status_code == status
        assert client.get(of("calendar", made)).status_code == status
    client.force_login(staff)
    page = client.get(of("detail", made))
    assert not page.context["can_leave"] and not page.context["party"]
    assert made.code not in client.get(of("calendar", made)).content.decode(), "nobody else's code goes along"


def test_a_calendar_file_is_one_event_that_changes_and_ends(mine: Client, village: Center, staff: User) -> None:
    text = "带上剪刀; 一起做,\n然后回家\\"
    activity = make_activity(village, capacity=3, title="新春送福", summary=text)
    public = reverse("activities:activity_calendar", args=[activity.reference])
    made = join(activity, 1)
    first, own = event_of(mine, public), event_of(mine, of("calendar", made))
    assert first["UID"] == own["UID"] and (first["SEQUENCE"], first["STATUS"]) == (0, "CONFIRMED")
    assert first["DESCRIPTION"] == text and made.code in own["DESCRIPTION"] and made.code not in str(first)
    assert first["DTSTART"].dt == activity.starts_at
    plan = make_plan(capacity=3, title="新春送福", summary=text, day=D + dt.timedelta(days=1))
    edit_activity(actor=staff, activity=activity, plan=plan)
    moved = event_of(mine, public)
    assert (moved["UID"], moved["SEQUENCE"]) == (first["UID"], 1)
    cancel_activity(actor=staff, activity=activity, reason="老师生病")
    gone = event_of(mine, of("calendar", made))
    assert (gone["STATUS"], gone["SEQUENCE"]) == ("CANCELLED", 2)
    assert "老师生病" in mine.get(made.get_absolute_url()).content.decode()


def test_who_left_has_it_taken_out_of_the_calendar(mine: Client, activity: Activity) -> None:
    made = join(activity, 1)
    mine.post(of("leave", made))
    event = event_of(mine, of("calendar", made))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event_of(mine, reverse("activities:activity_calendar", args=[activity.reference]))["STATUS"] == "CONFIRMED"


def test_ones_sign_ups_to_come_and_past(mine: Client, village: Center, resident: User, clock: TestClock) -> None:
    soon, later = make_activity(village, title="先来的"), make_activity(village, 18, 19, title="后来的")
    join(later, 1), join(soon, 1)
    context = mine.get(reverse("activities:sign_up_list")).context
    assert [one.activity.title for one, _tag in context["coming"]] == ["先来的", "后来的"]
    clock.move_to(soon.ends_at)
    context = mine.get(reverse("activities:sign_up_list")).context
    assert [one.activity.title for one, _tag in context["past"]] == ["先来的"]
    assert portal_clock.now() == soon.ends_at


def test_the_lists_ask_the_same_of_two_and_of_twenty(mine: Client, village: Center) -> None:
    def grow(count: int) -> None:
        for number in range(count):
            made = join(make_activity(village, title=f"活动{number}"), 1)
            join(make_activity(village), 1)
            if number % 2:
                leave(actor=made.participant.account, sign_up=made)

    assert_constant_queries(grow, lambda: mine.get(reverse("activities:sign_up_list")))


def test_a_ticket_asks_the_same_of_two_waiting_and_of_twenty(mine: Client, village: Center) -> None:
    activity = make_activity(village, capacity=1)
    join(activity, 50)
    made = join(activity, 1)
    numbers = iter(range(100, 200))

    def grow(count: int) -> None:
        for _ in range(count):
            join(activity, next(numbers))

    assert_constant_queries(grow, lambda: mine.get(made.get_absolute_url()))
