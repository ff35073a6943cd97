"""The history of each tracked table says who wrote to it.

Asked of every form of the permission table that writes to one.
"""

from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from pghistory.models import Event

from bookings.models import BookingPolicy, Space
from centers.models import Center, CenterRole, SpecialDay, WeeklyHours
from organizations.models import Organization, OrganizationCenter
from tests.architecture.permission_table import Row, all_rows
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock

HISTORIES = [model for model in apps.get_models() if issubclass(model, Event)]
ACTOR = "manager"
# Sent, answered with a redirect: what was asked for has been done.
DONE = [row for row in all_rows() if row.method == "post" and row.answers[ACTOR] == 302]
# What can be written by forms; the rest is written by commands and by services that have no page.
BY_FORM: set[type[models.Model]] = {
    Center,
    WeeklyHours,
    SpecialDay,
    CenterRole,
    Space,
    BookingPolicy,
    Organization,
    OrganizationCenter,
}


def new_events(before: dict[type[models.Model], int]) -> list[Any]:
    return [event for model in HISTORIES for event in model._default_manager.order_by("pgh_id")[before[model] :]]


def written_by(row: Row, cast: Cast) -> list[Any]:
    """The events that sending the form made in any history."""
    address = reverse(row.name, kwargs=row.target(cast))
    client = Client()
    client.force_login(cast[ACTOR])
    before = {model: model._default_manager.count() for model in HISTORIES}
    body = {"content_type": "application/json"} if row.json else {}
    assert client.post(address, data=dict(row.data), **body).status_code == 302
    return new_events(before)


@pytest.mark.django_db
@pytest.mark.parametrize("row", DONE, ids=str)
def test_history_says_who_sent_the_form(row: Row, clock: TestClock) -> None:
    cast = make_cast()
    for event in written_by(row, cast):
        assert event.pgh_context, event
        assert event.pgh_context.metadata["user"] == cast[ACTOR].pk, event


@pytest.mark.django_db
def test_the_forms_write_to_each_table_that_has_one(clock: TestClock) -> None:
    cast = make_cast()
    written = set()
    for row in DONE:
        with transaction.atomic():
            written |= {type(event).pgh_obj.field.related_model for event in written_by(row, cast)}
            transaction.set_rollback(True)
    assert written == BY_FORM
