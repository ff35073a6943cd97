"""Liaisons: set by managers, seen by who works there, numbers in full by a line in the log, on no public page."""

from contextlib import suppress

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.exceptions import InvalidPhone
from accounts.models import PhoneReveal
from organizations import exceptions as refused
from organizations.models import Liaison, Organization
from organizations.services.liaisons import remove_liaison, reveal_phone, set_liaison
from tests.architecture.permission_table import all_rows
from tests.factories.organizations import LIAISON_PHONE, make_liaison
from tests.factories.people import make_staff
from tests.support.cast import EVERYBODY, INSIDE, OUTSIDE, RESIDENTS, Cast

NAME, MASKED = "演示联络员01", "199****0005"


def address(name: str, organization: Organization) -> str:
    """The address of a page: about this organisation, about its center, or about all."""
    for arguments in ({"pk": organization.pk}, {"code": organization.center.code}, {}):
        with suppress(NoReverseMatch):
            return reverse(name, kwargs=arguments)
    raise LookupError(name)


@pytest.fixture
def liaison(branch: Organization) -> Liaison:
    return make_liaison(branch)


@pytest.mark.parametrize("role", [role for role in EVERYBODY if role not in ("manager", "town_admin", "city_admin")])
def test_only_managers_set_and_erase(cast: Cast, branch: Organization, liaison: Liaison, role: str) -> None:
    with pytest.raises(refused.NotAllowed):
        set_liaison(actor=cast[role], organization=branch, name="演示联络员02")
    with pytest.raises(refused.NotAllowed):
        remove_liaison(actor=cast[role], organization=branch)
    assert Liaison.objects.get().name == NAME


def test_there_is_one_and_the_next_takes_all_of_its_place(cast: Cast, branch: Organization) -> None:
    person = make_staff("liaison")
    set_liaison(actor=cast["manager"], organization=branch, name=NAME, phone="+86 199 0000 0005", user=person)
    set_liaison(actor=cast["manager"], organization=branch, name=" 演示联络员02 ")
    assert Liaison.objects.values_list("name", "phone", "user").get() == ("演示联络员02", "", None)
    remove_liaison(actor=cast["manager"], organization=branch)
    remove_liaison(actor=cast["manager"], organization=branch)
    assert not Liaison.objects.exists()


def test_the_number_stays_with_the_name(cast: Cast, branch: Organization, liaison: Liaison) -> None:
    set_liaison(actor=cast["manager"], organization=branch, name=NAME, user=cast["staff"])
    assert Liaison.objects.values_list("phone", "user").get() == (LIAISON_PHONE, cast["staff"].pk)
    set_liaison(actor=cast["manager"], organization=branch, name=NAME, phone="")
    assert Liaison.objects.get().phone == ""


def test_a_name_is_needed_and_a_number_is_one(cast: Cast, branch: Organization) -> None:
    with pytest.raises(refused.LiaisonIncomplete):
        set_liaison(actor=cast["manager"], organization=branch, name="  ", phone=LIAISON_PHONE)
    with pytest.raises(InvalidPhone):
        set_liaison(actor=cast["manager"], organization=branch, name=NAME, phone="0573-85000000")
    assert not Liaison.objects.exists()


@pytest.mark.parametrize("role", ["anonymous", *RESIDENTS, *OUTSIDE])
def test_who_does_not_work_there_gets_no_number(cast: Cast, branch: Organization, liaison: Liaison, role: str) -> None:
    with pytest.raises(refused.NotAllowed):
        reveal_phone(actor=cast[role], organization=branch)
    assert not PhoneReveal.objects.exists()


@pytest.mark.parametrize("role", INSIDE)
def test_who_works_there_gets_it_by_a_line(cast: Cast, branch: Organization, liaison: Liaison, role: str) -> None:
    assert reveal_phone(actor=cast[role], organization=branch) == LIAISON_PHONE
    line = PhoneReveal.objects.get()
    assert (line.viewer, line.subject, line.purpose) == (cast[role], None, f"organization {branch.pk}")


def test_the_line_names_an_account_and_ones_own_number_leaves_none(cast: Cast, branch: Organization) -> None:
    set_liaison(actor=None, organization=branch, name=NAME, phone=LIAISON_PHONE, user=cast["staff"])
    reveal_phone(actor=cast["staff"], organization=branch)
    assert not PhoneReveal.objects.exists()
    reveal_phone(actor=cast["manager"], organization=branch)
    assert PhoneReveal.objects.get().subject == cast["staff"]


def test_without_a_liaison_there_is_no_number(cast: Cast, branch: Organization) -> None:
    with pytest.raises(refused.NoLiaison):
        reveal_phone(actor=cast["manager"], organization=branch)
    assert not PhoneReveal.objects.exists()


@pytest.mark.parametrize("role", EVERYBODY)
def test_no_page_that_is_looked_at_shows_the_number_nor_strangers_the_name(
    cast: Cast, branch: Organization, liaison: Liaison, role: str
) -> None:
    client = Client()
    if role != "anonymous":
        client.force_login(cast[role])
    shown = set()
    names = {row.name for row in all_rows() if row.method == "get" and row.name.startswith("organizations:")}
    for name in sorted(names):
        url = address(name, branch)
        page = client.get(url, follow=True).content.decode()
        assert LIAISON_PHONE not in page, name
        if NAME in page or MASKED in page:
            shown.add(name)
    assert bool(shown) == (role in INSIDE), shown
    assert not PhoneReveal.objects.exists()


@pytest.mark.parametrize("role", EVERYBODY)
def test_the_api_tells_nothing_of_a_person(cast: Cast, branch: Organization, liaison: Liaison, role: str) -> None:
    client = Client()
    if role != "anonymous":
        client.force_login(cast[role])
    for path in ("/api/v1/organizations/", f"/api/v1/organizations/{branch.pk}/"):
        text = client.get(path).content.decode()
        assert str(branch.pk) in text
        assert NAME not in text and LIAISON_PHONE not in text and MASKED not in text


def test_a_button_shows_it_once(cast: Cast, branch: Organization, liaison: Liaison, client: Client) -> None:
    client.force_login(cast["staff"])
    page = client.post(reverse("organizations:liaison_phone", args=[branch.pk])).content.decode()
    assert f"tel:{LIAISON_PHONE}" in page and PhoneReveal.objects.count() == 1
    assert LIAISON_PHONE not in client.get(branch.get_absolute_url()).content.decode()
