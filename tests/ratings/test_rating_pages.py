"""The page on which a rating is given: by code or link, without an account, once."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from activities.choices import SignUpState
from activities.models import Activity, SignUp
from ratings.choices import Channel
from ratings.models import CallBackNumber, Rating
from ratings.values.tokens import Kind, Token, tablet_token
from tests.factories.activities import join, make_activity, make_participant
from tests.factories.bookings import make_booker
from tests.factories.catalog import make_service
from tests.support.cast import Cast
from tests.support.time import TestClock

Clients = Callable[..., Client]


def address(kind: Kind, key: str, channel: Channel = Channel.QR) -> str:
    return reverse("ratings:rating_create", args=[str(Token(kind, key, channel))])


@pytest.fixture
def page(activity: Activity) -> str:
    return address(Kind.ACTIVITY, activity.reference)


def test_five_grades_none_chosen_beforehand(page: str, client_of: Clients) -> None:
    shown = client_of().get(page)
    html = shown.content.decode()
    assert html.count('type="radio"') == 5
    assert "checked" not in html
    assert [str(option.choice_label) for option, _pips in shown.context["form"].grades] == [
        "非常满意",
        "满意",
        "基本满意",
        "不满意",
        "非常不满意",
    ]
    assert shown.headers["Cache-Control"].startswith("max-age=0")


def test_sent_it_is_kept_and_thanked_for(page: str, activity: Activity, client_of: Clients) -> None:
    visitor = client_of()
    visitor.get(page)
    sent = visitor.post(page, {"grade": "5", "comment": "很好"}, follow=True)
    assert "谢谢您，评价已收到" in sent.content.decode()
    [rating] = Rating.objects.all()
    assert (rating.grade, rating.channel, rating.account, rating.activity) == (5, Channel.QR, None, activity)


def test_a_second_time_says_kindly_what_is_kept(page: str, client_of: Clients) -> None:
    visitor = client_of()
    visitor.get(page)
    visitor.post(page, {"grade": "5"})
    again = visitor.get(page).content.decode()
    assert "您已经评过了" in again and "非常满意" in again
    visitor.post(page, {"grade": "1"})
    assert [rating.grade for rating in Rating.objects.all()] == [5]
    # Another browser is another visit.
    client_of().post(page, {"grade": "4"})
    assert Rating.objects.count() == 2


def test_nothing_typed_is_lost_when_no_grade_was_chosen(page: str, client_of: Clients) -> None:
    answer = client_of().post(page, {"comment": "等了二十分钟", "phone": "12"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "请选择满意程度" in html and "等了二十分钟" in html and 'value="12"' in html
    assert not Rating.objects.exists()


@pytest.mark.parametrize("grade", ["0", "6", "good", "5.0", "-1"])
def test_there_is_no_sixth_grade(page: str, client_of: Clients, grade: str) -> None:
    assert client_of().post(page, {"grade": grade}).status_code == 422
    assert not Rating.objects.exists()


def test_the_dissatisfied_may_leave_a_number(page: str, client_of: Clients) -> None:
    answer = client_of().post(page, {"grade": "1", "phone": "199 0000 0042"}, follow=True)
    assert "上级中心会督促办完" in answer.content.decode()
    assert CallBackNumber.objects.get().phone == "19900000042"


def test_before_it_begins_it_says_when_to_come_back(cast: Cast, client_of: Clients) -> None:
    page = address(Kind.ACTIVITY, make_activity(cast.center).reference)
    shown = client_of().get(page)
    assert "还没有开始" in shown.content.decode()
    assert 'type="radio"' not in shown.content.decode()
    assert client_of().post(page, {"grade": "5"}).status_code == 409
    assert not Rating.objects.exists()


@pytest.mark.parametrize("token", ["nonsense", "a-qr-7K3M9QXW2A.x", "\u0000", "é" * 50])
def test_what_was_not_signed_here_is_no_page(token: str, client_of: Clients, db: None) -> None:
    assert client_of().get(reverse("ratings:rating_create", args=[token])).status_code == 404


def test_what_is_gone_is_no_page(cast: Cast, client_of: Clients) -> None:
    for kind in Kind:
        assert client_of().get(address(kind, "NOTHING")).status_code == 404


def test_a_signed_in_person_by_the_link_of_the_sign_up(cast: Cast, clock: TestClock, client_of: Clients) -> None:
    activity = make_activity(cast.center)
    sign_up = join(activity)
    clock.move_to(activity.starts_at)
    page = address(Kind.SIGN_UP, sign_up.code, Channel.LINK)
    client_of("resident").post(page, {"grade": "4"})
    assert "您已经评过了" in client_of().get(page).content.decode()
    [rating] = Rating.objects.all()
    assert (rating.account, rating.channel) == (cast["resident"], Channel.LINK)


def test_at_the_counter_a_service_is_chosen(cast: Cast, client_of: Clients) -> None:
    one, two = make_service(cast.city, "咨询"), make_service(cast.city, "借阅")
    page, visitor = address(Kind.CENTER, cast.center.code), client_of()
    assert "咨询" in visitor.get(page).content.decode()
    answer = visitor.post(page, {"grade": "5"})
    assert answer.status_code == 422
    assert "请选择您来办什么" in answer.content.decode()
    thanks = visitor.post(page, {"grade": "5", "service": one.pk}, follow=True)
    assert "咨询" in thanks.content.decode()
    # The same again is one visit; another service is another.
    visitor.post(page, {"grade": "1", "service": one.pk})
    visitor.post(page, {"grade": "4", "service": two.pk})
    assert sorted(Rating.objects.values_list("service", "grade")) == [(one.pk, 5), (two.pk, 4)]


def test_a_service_of_elsewhere_is_none(cast: Cast, client_of: Clients) -> None:
    make_service(cast.city, "咨询")
    elsewhere = make_service(cast.sibling, "别处")
    answer = client_of().post(address(Kind.CENTER, cast.center.code), {"grade": "5", "service": elsewhere.pk})
    assert answer.status_code == 422


def test_too_many_from_one_address_are_asked_to_wait(page: str, client_of: Clients, settings) -> None:
    settings.RATING_RATE = "2/m"
    answers = [client_of().get(page, REMOTE_ADDR="198.51.100.7").status_code for _ in range(3)]
    assert answers == [200, 200, 429]


@pytest.fixture
def tablet(cast: Cast) -> str:
    make_service(cast.city, "咨询")
    return reverse("ratings:tablet_question", args=[tablet_token(cast.center.code)])


def tablet_answer(shown: Client, tablet: str, **answer: str) -> dict[str, str]:
    form = shown.get(tablet).context["form"]
    return {"key": str(form["key"].value()), "service": str(form.fields["service"].choices[1][0]), **answer}


def test_on_a_tablet_each_answer_is_a_visit_of_its_own(tablet: str, client_of: Clients) -> None:
    device = client_of()
    for grade in ("5", "4", "5"):
        device.post(tablet, tablet_answer(device, tablet, grade=grade))
    assert Rating.objects.filter(channel=Channel.TABLET, account=None).count() == 3


def test_on_a_tablet_a_form_sent_twice_counts_once(tablet: str, client_of: Clients) -> None:
    device = client_of()
    answer = tablet_answer(device, tablet, grade="5")
    assert [device.post(tablet, answer).status_code for _ in range(2)] == [302, 302]
    assert Rating.objects.count() == 1


def test_the_thanks_return_to_the_question_by_themselves(tablet: str, client_of: Clients) -> None:
    device = client_of()
    thanks = device.post(tablet, tablet_answer(device, tablet, grade="5"), follow=True)
    assert thanks.headers["Refresh"] == f"8; url={tablet}"
    # What somebody left half done is taken away for the next one.
    assert device.post(tablet, {"comment": "半句话"}).headers["Refresh"] == f"300; url={tablet}"


def test_a_tablet_leads_nowhere_else(tablet: str, client_of: Clients) -> None:
    html = client_of().get(tablet).content.decode()
    body = html[html.index("<body") :]
    assert [link for link in body.split('href="')[1:] if not link.startswith("#main")] == []


def test_a_tablet_ends_after_a_week(tablet: str, clock: TestClock, client_of: Clients) -> None:
    clock.advance(days=6, hours=23)
    assert client_of().get(tablet).status_code == 200
    clock.advance(hours=1)
    assert client_of().get(tablet).status_code == 404


def test_handing_a_tablet_over_signs_it_out(cast: Cast, client_of: Clients) -> None:
    make_service(cast.city)
    device = client_of("staff")
    start = reverse("ratings:tablet_start")
    answer = device.post(start, {"center": cast.center.code})
    assert device.get(answer.headers["Location"]).status_code == 200
    assert device.get(reverse("ratings:rating_list")).status_code == 302


def test_who_rated_by_the_link_is_not_asked_by_the_code_on_the_wall(
    page: str, activity: Activity, client_of: Clients
) -> None:
    """Children of one phone are asked each by their own link."""
    account = make_booker(1)
    children = [make_participant(account, name, relation="child") for name in ("演示孩子01", "演示孩子02")]
    links = []
    for child in children:
        sign_up = SignUp.objects.create(activity=activity, participant=child, state=SignUpState.IN, made_by=account)
        links.append(reverse("ratings:rating_create", args=[str(Token(Kind.SIGN_UP, sign_up.code, Channel.LINK))]))
    visitor = client_of()
    for address in (links[0], page, links[1], page):
        visitor.get(address)
        visitor.post(address, {"grade": "4"})
    assert Rating.objects.count() == 2
