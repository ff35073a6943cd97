"""Serializer fields of the API."""

import datetime as dt
from typing import Any

from rest_framework import serializers

from common.forms.validators import within_bounds


class MomentField(serializers.DateTimeField):
    """Field of a moment: aware, and within the bounds of `within_bounds`.

    Without an offset it is on a Shanghai clock.
    """

    default_validators = [within_bounds]

    def enforce_timezone(self, value: dt.datetime) -> Any:
        """Enforce the time zone; DRF's own fails on the first hours of year 1, which begin before it in the east."""
        try:
            return super().enforce_timezone(value)
        except OverflowError:
            within_bounds(value.date())
            raise
