"""The first person of an installation."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from centers.access import roles_at
from centers.choices import Role
from centers.models import Center, CenterRole
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db


def run(**options: Any) -> str:
    out = StringIO()
    call_command("createcityadmin", username="first", stdout=out, **options)
    return out.getvalue()


def test_administers_every_center() -> None:
    assert "first administers" in run(password=PASSWORD)
    person = User.objects.get(username="first")
    assert person.check_password(PASSWORD) and not person.is_superuser
    assert CenterRole.objects.filter(user=person).count() == 1
    for center in Center.objects.order_by("?")[:3]:
        assert roles_at(person, center) == {Role.ADMIN}


def test_password_is_asked_for_twice(monkeypatch: Any) -> None:
    typed = iter([PASSWORD, "another", PASSWORD, PASSWORD])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    with pytest.raises(CommandError, match="differ"):
        run()
    run()
    assert User.objects.get(username="first").check_password(PASSWORD)


@pytest.mark.parametrize("options", [{"password": "12345678"}, {"password": "short"}])
def test_weak_password_makes_nobody(options: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        run(**options)
    assert not User.objects.filter(username="first").exists()


def test_twice_is_refused() -> None:
    run(password=PASSWORD)
    with pytest.raises(CommandError):
        run(password=PASSWORD)
    assert User.objects.filter(username="first").count() == 1


def test_without_centers_the_next_step_is_said(monkeypatch: Any) -> None:
    monkeypatch.setattr(Center.objects, "exclude", lambda **kwargs: Center.objects.none())
    with pytest.raises(CommandError, match="import_register"):
        run(password=PASSWORD)
