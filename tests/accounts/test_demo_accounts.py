"""Accounts of a demo, found in the database of an installation that is none, let nobody in."""

import pytest
from django.test import Client, override_settings

from accounts.models import User
from accounts.services import people

PASSWORD = "printed-on-the-console-8"


@pytest.fixture(params=[True, False], ids=["demo", "real"])
def person(request: pytest.FixtureRequest, db: None) -> User:
    return people.create_staff(
        username="somebody", password=PASSWORD, name="演示", password_lasts=True, is_demo=request.param
    )


def is_signed_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


@pytest.mark.parametrize("demo", [True, False])
def test_a_password_opens_a_demo_account_in_a_demo_alone(person: User, client: Client, demo: bool) -> None:
    with override_settings(DEMO=demo):
        client.post("/accounts/login/", {"login": "somebody", "password": PASSWORD})
        assert is_signed_in(client) is (demo or not person.is_demo)


def test_a_session_from_the_demo_ends_where_there_is_none(person: User, client: Client) -> None:
    client.force_login(person)
    with override_settings(DEMO=True):
        assert is_signed_in(client)
    with override_settings(DEMO=False):
        assert is_signed_in(client) is not person.is_demo
