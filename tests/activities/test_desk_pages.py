"""The desk: checked in by code and by name, counted, taken back, signed up, taken out; with htmx and without."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import PhoneReveal, User
from activities.choices import Relation, SignUpState, SignUpVerb
from activities.domain.door import people_at_door
from activities.models import Activity, Participant, SignUp
from activities.services.desk import AtDesk, sign_up_at_desk
from centers.models import Center
from tests.factories.activities import join, make_activity, make_participant
from tests.factories.bookings import make_booker
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def client(staff: User) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def begun(activity: Activity, clock: TestClock) -> Activity:
    """The activity, with two who signed up, at its start."""
    for number in (1, 2):
        join(activity, number)
    clock.move_to(activity.starts_at)
    return activity


def address(activity: Activity, name: str, *more: str) -> str:
    return reverse(f"activities:{name}", args=[activity.reference, *more])


def press(client: Client, activity: Activity, name: str, data: dict[str, Any], **more: Any) -> Any:
    return client.post(address(activity, name), data, **more)


def test_a_code_checks_in_once_and_a_second_scan_says_so(client: Client, begun: Activity) -> None:
    code = begun.sign_ups.earliest("id").code
    first = press(client, begun, "desk_check_in", {"code": code.lower()}, **HTMX)
    assert first.status_code == 200
    assert (first.context["door"].total, len(first.context["missing"])) == (1, 1)
    second = press(client, begun, "desk_check_in", {"code": code}, **HTMX)
    assert second.status_code == 409
    assert "14:00" in str(second.context["refusal"])
    assert "演示" in second.content.decode()
    assert people_at_door(begun) == 1


@pytest.mark.parametrize(
    "typed",
    [
        "{code}",
        " {code} ",
        "https://portal.example/sign-ups/{code}/",
        "https://portal.example/sign-ups/{code}/?from=qr",
    ],
)
def test_a_scanner_may_type_the_address_of_the_sign_up(client: Client, begun: Activity, typed: str) -> None:
    code = begun.sign_ups.earliest("id").code
    press(client, begun, "desk_check_in", {"code": typed.format(code=code)})
    assert people_at_door(begun) == 1


def test_full_width_letters_of_a_chinese_keyboard_are_understood(client: Client, begun: Activity) -> None:
    code = begun.sign_ups.earliest("id").code
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    press(client, begun, "desk_check_in", {"code": wide})
    assert people_at_door(begun) == 1


@pytest.mark.parametrize("code", ["", "9XXXXXXXXX", "张三", "//"])
def test_what_is_no_code_is_said_and_changes_nothing(client: Client, begun: Activity, code: str) -> None:
    answer = press(client, begun, "desk_check_in", {"code": code}, **HTMX)
    assert answer.status_code in (404, 422)
    assert str(answer.context["refusal"]) in answer.content.decode()
    assert people_at_door(begun) == 0


def test_without_a_script_each_button_leads_back_to_the_desk(client: Client, begun: Activity) -> None:
    code = begun.sign_ups.earliest("id").code
    for name, data, count in (
        ("desk_check_in", {"code": code, "name": "1"}, 1),
        ("desk_count", {"count": "5"}, 6),
        ("desk_check_in_undo", {"code": code}, 5),
    ):
        answer = press(client, begun, name, data)
        assert answer["Location"] == begun.get_desk_url()
        assert people_at_door(begun) == count


def test_the_last_act_is_shown_and_taken_back_once(client: Client, begun: Activity, clock: TestClock) -> None:
    press(client, begun, "desk_count", {"count": "5"})
    clock.move_to(begun.starts_at + dt.timedelta(minutes=4))
    press(client, begun, "desk_count", {"count": "1"})
    last = client.get(begun.get_desk_url()).context["door"].last
    assert last.walk_in.count == 1
    undo = {"counted": str(last.walk_in.pk)}
    press(client, begun, "desk_count_undo", undo)
    again = press(client, begun, "desk_count_undo", undo, **HTMX)
    assert again.status_code == 409
    assert people_at_door(begun) == 5
    assert client.get(begun.get_desk_url()).context["door"].last.walk_in.count == 5


@pytest.mark.parametrize("count", ["0", "-3", "many", "201", ""])
def test_a_count_that_makes_no_sense_is_refused(client: Client, begun: Activity, count: str) -> None:
    assert press(client, begun, "desk_count", {"count": count}, **HTMX).status_code == 422
    assert people_at_door(begun) == 0


def test_who_offers_and_waits_is_told_apart(client: Client, village: Center, clock: TestClock) -> None:
    activity = make_activity(village, capacity=1)
    join(activity, 1)
    join(activity, 2)
    clock.move_to(activity.starts_at)
    door = client.get(activity.get_desk_url()).context["door"]
    assert (len(door.missing), len(door.waiting), door.signed_up) == (1, 1, 1)


def test_before_the_door_opens_nobody_can_be_checked_in(client: Client, activity: Activity) -> None:
    sign_up = join(activity, 1)
    page = client.get(activity.get_desk_url())
    assert not page.context["is_open"]
    assert address(activity, "desk_check_in") not in page.content.decode()
    assert press(client, activity, "desk_check_in", {"code": sign_up.code}, **HTMX).status_code == 409


def test_somebody_is_found_by_name_or_last_four_digits(client: Client, begun: Activity) -> None:
    def found(text: str) -> list[str]:
        return [person.name for person in client.get(begun.get_desk_url(), {"q": text}).context["missing"]]

    # Names without digits: those of the factory hold the account's id, in which any two may stand.
    for letter, sign_up in zip("甲乙丙丁戊", begun.sign_ups.order_by("id"), strict=False):
        Participant.objects.filter(pk=sign_up.participant_id).update(name=f"演示居民{letter}")
    first = begun.sign_ups.select_related("participant__account").earliest("id").participant
    assert found(first.name) == [first.name]
    assert found("0001") == [first.name]
    assert found("01") == []
    assert found("不在") == []


def test_somebody_at_the_desk_is_signed_up_by_staff(client: Client, activity: Activity, staff: User) -> None:
    sent = {"name": "演示老人01", "phone": "19900000088"}
    assert press(client, activity, "desk_sign_up", sent).status_code == 302
    made = SignUp.objects.select_related("participant").get()
    assert (made.is_by_staff, made.made_by, made.state) == (True, staff, SignUpState.IN)
    assert (made.participant.account, made.participant.center) == (None, activity.center)
    again = press(client, activity, "desk_sign_up", sent)
    assert again.status_code == 409
    assert "is_another_person" in again.context["form"].errors
    assert press(client, activity, "desk_sign_up", {**sent, "is_another_person": "on"}).status_code == 302
    assert SignUp.objects.count() == 2


def test_a_refused_sign_up_leaves_no_person_behind(client: Client, activity: Activity) -> None:
    answer = press(client, activity, "desk_sign_up", {"name": "演示孩子01", "is_child": "on"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["guardian_consent"])
    assert not Participant.objects.exists()


def test_an_age_rule_asks_for_the_birthday(client: Client, village: Center) -> None:
    activity = make_activity(village, min_age=6, max_age=12)
    assert press(client, activity, "desk_sign_up", {"name": "演示孩子01"}).status_code == 422
    sent = {"name": "演示孩子01", "birth_date": "2018-05-01", "guardian_consent": "on"}
    to_come = {**sent, "birth_date": "2027-05-01"}
    assert press(client, activity, "desk_sign_up", to_come).status_code == 422
    assert press(client, activity, "desk_sign_up", sent).status_code == 302
    assert SignUp.objects.get().participant.relation == Relation.SELF


def test_somebody_is_taken_out_and_the_next_moves_up(client: Client, village: Center) -> None:
    activity = make_activity(village, capacity=1)
    first, second = join(activity, 1), join(activity, 2)
    remove = address(activity, "desk_remove", first.code)
    assert client.get(remove).status_code == 200
    assert client.post(remove, {"reason": "换了一天"}).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (SignUpState.REMOVED, SignUpState.OFFERED)
    assert client.post(remove).status_code == 409


def test_a_number_is_shown_in_full_once_asked_for_and_that_is_written_down(
    client: Client, activity: Activity, staff: User
) -> None:
    sign_up = join(activity, 1)
    assert "19900000001" not in client.get(activity.get_desk_url()).content.decode()
    page = client.post(address(activity, "desk_phone", sign_up.code)).content.decode()
    assert 'href="tel:19900000001"' in page
    [line] = PhoneReveal.objects.all()
    assert (line.viewer, line.subject) == (staff, sign_up.participant.account)


def test_a_number_without_an_account_is_written_down_too(client: Client, activity: Activity, staff: User) -> None:
    made = sign_up_at_desk(actor=staff, activity=activity, person=AtDesk("演示老人01", "19900000088"))
    page = client.post(address(activity, "desk_phone", made.code)).content.decode()
    assert 'href="tel:19900000088"' in page
    assert made.events.filter(verb=SignUpVerb.SEE_PHONE, actor=staff).count() == 1


def test_a_sign_up_of_another_activity_is_none_of_this_desk(
    client: Client, village: Center, activity: Activity
) -> None:
    elsewhere = join(make_activity(village, 18, 19), 1)
    for name in ("desk_phone", "desk_remove"):
        assert client.post(address(activity, name, elsewhere.code)).status_code == 404


def test_the_desk_asks_the_same_number_of_questions(client: Client, village: Center, clock: TestClock) -> None:
    activity = make_activity(village)
    numbers = iter(range(1, 100))

    def grow(count: int) -> None:
        clock.move_to(activity.starts_at - dt.timedelta(days=1))
        made = [join(activity, next(numbers)) for _ in range(count)]
        clock.move_to(activity.starts_at)
        for sign_up in made[::2]:
            press(client, activity, "desk_check_in", {"code": sign_up.code})
        press(client, activity, "desk_count", {"count": "1"})

    assert_constant_queries(grow, lambda: client.get(activity.get_desk_url()))


def test_children_are_shown_with_their_age_on_the_day(client: Client, village: Center) -> None:
    activity = make_activity(village, min_age=6)
    parent = make_booker(3)
    child = make_participant(parent, "演示孩子02", relation=Relation.CHILD, born=dt.date(2018, 12, 1))
    SignUp.objects.create(activity=activity, participant=child, state=SignUpState.IN)
    assert client.get(activity.get_desk_url()).context["missing"][0].age == 7
