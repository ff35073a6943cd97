"""Signing up through the API: one's own people, the places, the waitlist, and refusals that name what they mean."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from accounts.models import User
from activities import exceptions as refused
from activities.choices import Relation, SignUpState
from activities.models import Activity, Participant, SignUp
from activities.services.activities import edit_activity
from tests.api.asking import SIGN_UPS, assert_problem
from tests.factories.activities import join, make_activity, make_participant, make_plan
from tests.support.cast import ANONYMOUS, EVERYBODY, Cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

KEY = {"HTTP_IDEMPOTENCY_KEY": "5b21-once"}


@pytest.fixture
def activity(cast: Cast) -> Activity:
    return make_activity(cast.center, capacity=2, online_url="https://live.example/1")


@pytest.fixture
def me(resident: User) -> Participant:
    return make_participant(resident, "演示居民01")


def wish(activity: Activity, *people: Participant, **said: Any) -> dict[str, Any]:
    return {"activity": activity.reference, "people": [{"participant": person.pk, **said} for person in people]}


def at(sign_up: Any, verb: str = "") -> str:
    return f"{SIGN_UPS}{sign_up if isinstance(sign_up, str) else sign_up.code}/" + (f"{verb}/" if verb else "")


def child(of: User, name: str = "演示孩子01", **fields: Any) -> Participant:
    return make_participant(of, name, relation=Relation.CHILD, **fields)


def test_a_family_signs_up_and_finds_its_sign_ups(
    activity: Activity, me: Participant, resident: User, api: Callable[..., Any]
) -> None:
    client, girl = api(resident), child(resident)
    body = wish(activity, me, girl)
    body["people"][1] |= {"guardian_consent": True, "photo_consent": True}
    response = client.send(SIGN_UPS, body)
    assert response.status_code == 201, response.content.decode()
    first, second = response.json()["sign_ups"]
    assert (first["participant"], first["participant_name"], first["state"]) == (me.pk, "演示居民01", "in")
    assert (second["guardian_consent"], second["photo_consent"]) == (True, True)
    assert first["online_url"] == "https://live.example/1"
    assert [row["code"] for row in client.get(SIGN_UPS).json()["results"]] == [second["code"], first["code"]]
    assert client.get(at(first["code"])).json() == first


def test_who_waits_is_told_the_place_in_the_line_and_no_link(
    activity: Activity, resident: User, me: Participant, api: Callable[..., Any]
) -> None:
    for number in (11, 12, 13):
        join(activity, number)
    [made] = api(resident).send(SIGN_UPS, wish(activity, me)).json()["sign_ups"]
    assert (made["state"], made["position"], made["online_url"]) == ("waiting", 2, "")


def test_an_offer_is_accepted_or_declined_and_both_may_be_sent_again(
    activity: Activity, cast: Cast, resident: User, me: Participant, rival: User, api: Callable[..., Any]
) -> None:
    first, second = join(activity, 11), join(activity, 12)
    client, other = api(resident), api(rival)
    own = client.send(SIGN_UPS, wish(activity, me)).json()["sign_ups"][0]["code"]
    theirs = other.send(SIGN_UPS, wish(activity, make_participant(rival, "演示居民09"))).json()["sign_ups"][0]["code"]
    assert_problem(client.send(at(own, "accept")), 409, "offer_gone")
    for gone in (first, second):
        assert api(gone.participant.account).send(at(gone, "leave")).json()["state"] == "left"
    offered = client.get(at(own)).json()
    assert (offered["state"], offered["position"]) == ("offered", None) and offered["offered_until"]
    for _again in range(2):
        assert client.send(at(own, "accept")).json()["state"] == "in"
        assert other.send(at(theirs, "decline")).json()["state"] == "declined"
    assert_problem(other.send(at(theirs, "accept")), 409, "offer_gone")
    assert_problem(other.send(at(theirs, "leave")), 409, "sign_up_over")


def test_nobody_elses_sign_up_is_found_by_any_role(
    activity: Activity, cast: Cast, api: Callable[..., Any], resident: User, me: Participant
) -> None:
    """The API is for whom the sign-up is of; staff have the desk's pages."""
    own = api(resident).send(SIGN_UPS, wish(activity, me)).json()["sign_ups"][0]["code"]
    for role in set(EVERYBODY) - {ANONYMOUS, "resident"}:
        client = api(cast[role])
        assert client.get(SIGN_UPS).json()["results"] == []
        for verb in ("", "leave", "accept", "decline"):
            ask = client.send if verb else client.get
            theirs, missing = ask(at(own, verb)), ask(at("2222222222", verb))
            assert_problem(theirs, 404, "not_found")
            assert theirs.content == missing.content
    assert_problem(api().get(SIGN_UPS), 403, "not_authenticated")
    assert SignUp.objects.get().state == SignUpState.IN


def test_anothers_people_cannot_be_named(
    activity: Activity, resident: User, rival: User, api: Callable[..., Any]
) -> None:
    stranger = make_participant(rival, "演示居民09")
    body = assert_problem(api(resident).send(SIGN_UPS, wish(activity, stranger)), 400, "invalid")
    assert [error["field"] for error in body["errors"]] == ["people.0.participant"]
    assert not SignUp.objects.exists()


def test_a_draft_cannot_be_named(cast: Cast, resident: User, me: Participant, api: Callable[..., Any]) -> None:
    body = assert_problem(
        api(resident).send(SIGN_UPS, wish(make_activity(cast.center, state="draft"), me)), 400, "invalid"
    )
    assert [error["field"] for error in body["errors"]] == ["activity"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_refusal_about_one_person_names_their_place_and_what_was_said_of_them(
    language: str, cast: Cast, resident: User, me: Participant, rival: User, api: Callable[..., Any]
) -> None:
    me.birth_date = dt.date(1990, 1, 1)
    me.save()
    grown = make_activity(cast.center, min_age=14, max_age=60)
    ageless = make_activity(cast.center)
    client = api(resident, language)
    unknown, young = child(resident, "演示甲"), child(resident, "演示乙", born=dt.date(2020, 1, 1))
    old = make_participant(resident, "演示老人01", born=dt.date(1950, 1, 1))
    teen = child(resident, "演示丙", born=dt.date(2011, 1, 1))
    twin = child(rival, "演示甲")
    ask = api(rival, language)
    assert ask.send(SIGN_UPS, wish(ageless, twin, guardian_consent=True)).status_code == 201
    for body, error, field in (
        (wish(grown, me, unknown), refused.BirthDateMissing(name="演示甲"), "people.1.participant"),
        (wish(grown, me, young), refused.TooYoung(name="演示乙", age=14), "people.1.participant"),
        (wish(grown, me, old), refused.TooOld(name="演示老人01", age=60), "people.1.participant"),
        (wish(grown, teen), refused.ConsentMissing(name="演示丙"), "people.0.guardian_consent"),
        (wish(ageless, me, me), refused.AlreadyIn(name="演示居民01"), "people.1.participant"),
        (
            wish(ageless, me, unknown, guardian_consent=True),
            refused.SamePersonElsewhere(name="演示甲"),
            "people.1.is_another_person",
        ),
        ({"activity": ageless.reference, "people": []}, refused.NobodyChosen(), "people"),
        (
            wish(make_activity(cast.center, capacity=1), me, old),
            refused.TooFewPlaces(free=1, wanted=2),
            "people",
        ),
    ):
        problem = assert_problem(client.send(SIGN_UPS, body), error.status, error.code)
        with translation.override(language):
            assert problem["detail"] == str(error)
        assert [(one["field"], one["code"]) for one in problem["errors"]] == [(field, error.code)]
    assert SignUp.objects.count() == 1
    said = wish(ageless, unknown, guardian_consent=True, is_another_person=True)
    assert client.send(SIGN_UPS, said).status_code == 201


def test_before_it_opens_after_it_closes_and_once_it_has_begun(
    cast: Cast, resident: User, me: Participant, clock: TestClock, api: Callable[..., Any]
) -> None:
    now, client = clock.now, api(resident)
    later = make_activity(cast.center, sign_up_opens_at=now + dt.timedelta(minutes=1))
    over = make_activity(cast.center, sign_up_closes_at=now)
    without = make_activity(cast.center, takes_sign_ups=False)
    begun = make_activity(cast.center, 9, 11, day=now.date())
    off = make_activity(cast.center, state="cancelled")
    for activity, code in (
        (later, "sign_up_not_open"),
        (over, "sign_up_closed"),
        (without, "no_sign_ups"),
        (begun, "activity_begun"),
        (off, "activity_is_over"),
    ):
        problem = assert_problem(client.send(SIGN_UPS, wish(activity, me)), 409, code)
        assert "errors" not in problem


def test_a_request_sent_twice_under_one_key_takes_one_place(
    activity: Activity, resident: User, me: Participant, api: Callable[..., Any]
) -> None:
    first, again = (api(resident).send(SIGN_UPS, wish(activity, me), **KEY) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() and again["Idempotency-Replayed"] == "true"
    assert SignUp.objects.count() == 1


def test_every_refusal_of_signing_up_is_in_the_document() -> None:
    from activities.api.sign_ups import TO_SIGN_UP

    own = set(refused.SignUpError.__subclasses__())
    # Said of a sign-up that is there already.
    of_answers = {refused.SignUpOver, refused.OfferGone}
    assert own - of_answers <= set(TO_SIGN_UP)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"people": [{"participant": 10**30}]}, "people.0.participant"),
        ({"people": [{"participant": 1.5}]}, "people.0.participant"),
        ({"people": [{}]}, "people.0.participant"),
        ({"people": {}}, "people"),
        ({"people": None}, "people"),
        ({"people": [{"participant": 1}] * 21}, "people"),
        ({"activity": "2222222222"}, "activity"),
        ({"activity": []}, "activity"),
        ({"activity": {"reference": 1}}, "activity"),
        ({"activity": 10**40}, "activity"),
        ({"activity": "中\U00020000" * 500}, "activity"),
    ],
)
def test_a_body_of_the_wrong_shape_names_the_field(
    body: dict[str, Any], field: str, activity: Activity, resident: User, me: Participant, api: Callable[..., Any]
) -> None:
    problem = assert_problem(api(resident).send(SIGN_UPS, wish(activity, me) | body), 400, "invalid")
    assert [error["field"] for error in problem["errors"]] == [field]
    assert not SignUp.objects.exists()


def test_lists_are_narrowed(
    activity: Activity, cast: Cast, resident: User, me: Participant, clock: TestClock, api: Callable[..., Any]
) -> None:
    client = api(resident)
    over = make_activity(cast.center, 12, 13, day=clock.now.date())
    left = client.send(SIGN_UPS, wish(make_activity(cast.center), me)).json()["sign_ups"][0]["code"]
    client.send(at(left, "leave"))
    was, comes = (client.send(SIGN_UPS, wish(one, me)).json()["sign_ups"][0]["code"] for one in (over, activity))
    clock.move_to(over.ends_at)

    def codes(query: str) -> list[str]:
        return [row["code"] for row in client.get(f"{SIGN_UPS}?{query}").json()["results"]]

    assert codes("") == [comes, was, left] and codes("ordering=created_at") == [left, was, comes]
    assert codes("state=left&state=waiting") == [left]
    assert codes("coming=true") == [comes]


def test_queries_do_not_grow_with_the_rows(cast: Cast, resident: User, api: Callable[..., Any]) -> None:
    client = api(resident)

    def grow(more: int) -> None:
        for number in range(SignUp.objects.count(), SignUp.objects.count() + more):
            person = make_participant(resident, f"演示家人{number}", relation=Relation.OTHER)
            client.send(SIGN_UPS, wish(make_activity(cast.center), person))

    assert_constant_queries(grow, lambda: client.get(f"{SIGN_UPS}?page_size=100"))


def test_more_places_move_up_who_waited_longest(
    activity: Activity, cast: Cast, resident: User, me: Participant, api: Callable[..., Any]
) -> None:
    join(activity, 11), join(activity, 12)
    own = api(resident).send(SIGN_UPS, wish(activity, me)).json()["sign_ups"][0]["code"]
    join(activity, 13)
    plan = make_plan(capacity=3, online_url=activity.online_url)
    edit_activity(actor=cast["staff"], activity=activity, plan=plan)
    assert api(resident).get(at(own)).json()["state"] == "offered"
