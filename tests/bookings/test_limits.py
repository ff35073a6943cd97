"""One number a bound: what the model takes, the forms, the API and the queries take."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Field, Model

from bookings.api.booking_serializers import NewBookingSerializer
from bookings.api.filters import SpaceFilter
from bookings.api.search import ASKED
from bookings.forms.booking import SlotForm
from bookings.forms.search import SearchForm
from bookings.forms.space import SpaceForm
from bookings.models import BookingPolicy, Space
from bookings.values.limits import FARTHEST_DAYS, LARGEST_HEADCOUNT, LONGEST_TURNAROUND_MINUTES
from bookings.views.space import SpaceQuery


@pytest.mark.parametrize(
    ("model", "name", "bound"),
    [
        (Space, "capacity", LARGEST_HEADCOUNT),
        (BookingPolicy, "horizon_days", FARTHEST_DAYS),
        (BookingPolicy, "turnaround_minutes", LONGEST_TURNAROUND_MINUTES),
    ],
)
def test_the_model_takes_the_bound_and_no_more(model: type[Model], name: str, bound: int) -> None:
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    field.clean(bound, None)
    with pytest.raises(ValidationError):
        field.clean(bound + 1, None)


@pytest.mark.parametrize(
    "field",
    [
        SearchForm.base_fields["headcount"],
        SlotForm.base_fields["headcount"],
        SpaceForm.base_fields["capacity"],
        SpaceQuery.base_fields["headcount"],
        NewBookingSerializer().fields["headcount"],
        SpaceFilter.base_filters["min_capacity"].field,
    ],
    ids=["search", "slot", "room", "address of a room", "api", "filter of the api"],
)
def test_as_many_people_everywhere(field: Any) -> None:
    assert field.max_value == LARGEST_HEADCOUNT


def test_the_document_says_the_same_of_the_search() -> None:
    (asked,) = (one for one in ASKED if one.name == "headcount")
    assert isinstance(asked.type, dict) and asked.type["maximum"] == LARGEST_HEADCOUNT
