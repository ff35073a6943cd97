"""Days and moments far from ours are refused with the days that aren't."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from rest_framework import serializers

from common import clock
from common.forms.validators import within_bounds

FAR = (
    dt.date(1999, 12, 31),
    dt.date(2100, 1, 1),
    dt.datetime(1, 1, 1, tzinfo=dt.UTC),
    dt.datetime(9999, 12, 31, tzinfo=dt.UTC),
)


@pytest.mark.parametrize("moment", FAR)
def test_the_bounds_are_said(moment: dt.date) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        within_bounds(moment)
    with translation.override("en"):
        assert refused.value.messages == ["Choose a day from 1 Jan 2000 to 31 Dec 2099."]


def test_the_api_says_the_same() -> None:
    field = serializers.DateTimeField(validators=[within_bounds])
    with translation.override("en"), pytest.raises(serializers.ValidationError) as refused:
        field.run_validation("0001-01-01T00:00:00Z")
    assert [str(detail) for detail in refused.value.detail] == ["Choose a day from 1 Jan 2000 to 31 Dec 2099."]


@pytest.mark.parametrize("moment", [dt.date(2000, 1, 1), dt.date(2099, 12, 31), clock.midnight(dt.date(2026, 12, 1))])
def test_days_between_are_fine(moment: dt.date) -> None:
    within_bounds(moment)
