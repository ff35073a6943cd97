"""Every address × every role, against the table in rows/."""

from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.architecture.permission_table import SIGN_IN, Kind, Row, all_names, all_rows
from tests.support.cast import ANONYMOUS, EVERYBODY, RESIDENTS, Cast, make_cast

SIGN_IN_PAGES = ("account_request_login_code", "account_login")
ROWS = all_rows()


@pytest.mark.parametrize("row", ROWS, ids=str)
@pytest.mark.django_db
@pytest.mark.usefixtures("light_pages")
def test_everybody_gets_the_answer_of_the_table(row: Row, clock):
    cast = make_cast()
    address = reverse(row.name, kwargs=row.target(cast))
    assert {role: answer_to(cast, role, row, address) for role in EVERYBODY} == dict(row.answers)


@pytest.mark.django_db
def test_everybody_gets_a_page_with_the_numbers_of_their_menus(clock):
    cast = make_cast()
    row = next(row for row in ROWS if row.name == "pages:about")
    assert {answer_to(cast, role, row, reverse(row.name)) for role in EVERYBODY} == {200}


def test_every_address_is_in_the_table():
    missing = set(all_names()) - {row.name for row in ROWS}
    assert not missing, f"Add a row to tests/architecture/rows/ for: {sorted(missing)}"


def test_the_table_knows_no_address_that_is_gone():
    assert {row.name for row in ROWS} <= set(all_names())


@pytest.mark.parametrize("row", [row for row in ROWS if row.kind != Kind.PUBLIC], ids=str)
def test_nothing_of_others_leaks_by_the_table_itself(row: Row):
    """A wrong row would bless a leak.

    Visitors never get a record, nor the other subtree or residents one of the center's.
    """
    assert row.answers[ANONYMOUS] in (SIGN_IN, 401, 403, 404)
    if row.kind == Kind.MANAGEMENT:
        assert all(row.answers[role] in (404, 403, SIGN_IN) for role in RESIDENTS)
    if row.kind == Kind.OWN:
        assert set(row.answers.values()) - {404, SIGN_IN, 401, 403}, "a record that not even its owner sees"


def answer_to(cast: Cast, role: str, row: Row, address: str) -> int | str:
    """Ask as `role`, and undo whatever that did, so that all find the same."""
    with transaction.atomic():
        client = Client(raise_request_exception=True)
        if role != ANONYMOUS:
            client.force_login(cast[role])
        body = {"content_type": "application/json"} if row.json else {}
        response = getattr(client, row.method)(address, data=dict(row.data), **body)
        transaction.set_rollback(True)
    to_sign_in = response.status_code == 302 and urlsplit(response["Location"]).path in {
        reverse(name) for name in SIGN_IN_PAGES
    }
    return SIGN_IN if to_sign_in else response.status_code
