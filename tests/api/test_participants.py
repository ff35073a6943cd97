"""People of an account through the API: added, corrected, removed by their account alone."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from activities.models import Activity, Participant
from tests.api.asking import PARTICIPANTS, SIGN_UPS, assert_problem
from tests.api.conftest import TOKEN
from tests.factories.activities import join, make_activity, make_participant
from tests.support.cast import ANONYMOUS, EVERYBODY, Cast

KEY = {"HTTP_IDEMPOTENCY_KEY": "91aa-once"}
GIRL = {"name": "演示孩子01", "relation": "child", "birth_date": "2018-05-01"}


def patch(client: Any, person: Any, body: Any) -> Any:
    address, headers = f"{PARTICIPANTS}{getattr(person, 'pk', person)}/", {"x-csrftoken": TOKEN}
    return client.patch(address, body, content_type="application/json", headers=headers)


def delete(client: Any, person: Any) -> Any:
    return client.delete(f"{PARTICIPANTS}{getattr(person, 'pk', person)}/", headers={"x-csrftoken": TOKEN})


def test_a_person_is_added_corrected_and_removed(resident: User, api: Callable[..., Any]) -> None:
    client = api(resident)
    made = client.send(PARTICIPANTS, GIRL)
    assert made.status_code == 201
    person = Participant.objects.get()
    assert made.json() == {"id": person.pk, **GIRL}
    assert (person.account, person.birth_date) == (resident, dt.date(2018, 5, 1))
    changed = patch(client, person, {"birth_date": "2018-05-02"}).json()
    assert changed == {"id": person.pk, **GIRL, "birth_date": "2018-05-02"}
    assert client.get(PARTICIPANTS).json()["results"] == [changed]
    assert delete(client, person).status_code == 204
    assert client.get(PARTICIPANTS).json()["results"] == []


def test_nobody_elses_people_are_found_by_any_role(cast: Cast, resident: User, api: Callable[..., Any]) -> None:
    person = make_participant(resident, "演示居民01")
    for role in set(EVERYBODY) - {ANONYMOUS, "resident"}:
        client = api(cast[role])
        assert client.get(PARTICIPANTS).json()["results"] == []
        for theirs, missing in (
            (client.get(f"{PARTICIPANTS}{person.pk}/"), client.get(f"{PARTICIPANTS}{person.pk + 999}/")),
            (patch(client, person, {"name": "x"}), patch(client, person.pk + 999, {"name": "x"})),
            (delete(client, person), delete(client, person.pk + 999)),
        ):
            assert_problem(theirs, 404, "not_found")
            assert theirs.content == missing.content
    assert_problem(api().get(PARTICIPANTS), 403, "not_authenticated")
    person.refresh_from_db()
    assert person.name == "演示居民01"


def test_one_person_is_added_once_and_twins_are_two(resident: User, rival: User, api: Callable[..., Any]) -> None:
    client = api(resident)
    assert client.send(PARTICIPANTS, GIRL, **KEY).status_code == 201
    assert client.send(PARTICIPANTS, GIRL, **KEY)["Idempotency-Replayed"] == "true"
    problem = assert_problem(client.send(PARTICIPANTS, GIRL), 409, "person_known")
    assert [error["field"] for error in problem["errors"]] == ["name"]
    twin = client.send(PARTICIPANTS, GIRL | {"name": "演示孩子02"}).json()["id"]
    assert_problem(patch(client, twin, {"name": "演示孩子01"}), 409, "person_known")
    assert api(rival).send(PARTICIPANTS, GIRL).status_code == 201, "the other parent's account"
    assert Participant.objects.count() == 3


def test_who_is_signed_up_stays_with_a_date_of_birth_that_fits(cast: Cast, api: Callable[..., Any]) -> None:
    sign_up = join(make_activity(cast.center), 11)
    Activity.objects.update(max_age=40)
    person = sign_up.participant
    client = api(person.account)
    assert_problem(delete(client, person), 409, "person_signed_up")
    assert patch(client, person, {"birth_date": "1990-01-01"}).status_code == 200
    assert_problem(patch(client, person, {"birth_date": "1980-01-02"}), 409, "birth_date_in_use")
    assert patch(client, person, {"birth_date": "1990-01-02"}).status_code == 200
    client.send(f"{SIGN_UPS}{sign_up.code}/leave/")
    assert delete(client, person).status_code == 204
    sign_up.refresh_from_db()
    assert sign_up.participant.name != person.name, "the row stays for figures, without the name"


def test_the_oldest_there_are(resident: User, api: Callable[..., Any]) -> None:
    assert api(resident).send(PARTICIPANTS, GIRL | {"birth_date": "1906-11-24"}).status_code == 201, "120 today"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": "x" * 41}, "name"),
        ({"name": "x", "relation": "cat"}, "relation"),
        ({"name": "x", "birth_date": "30 February"}, "birth_date"),
        ({"name": "x", "birth_date": "2026-11-25"}, "birth_date"),
        ({"name": "x", "birth_date": "9999-12-31"}, "birth_date"),
        ({"name": "x", "birth_date": "0001-01-01"}, "birth_date"),
        ({"name": "x", "birth_date": "1905-11-24"}, "birth_date"),
    ],
)
def test_a_body_of_the_wrong_shape_names_the_field(
    body: dict[str, Any], field: str, resident: User, api: Callable[..., Any]
) -> None:
    problem = assert_problem(api(resident).send(PARTICIPANTS, body), 400, "invalid")
    assert [error["field"] for error in problem["errors"]] == [field]
