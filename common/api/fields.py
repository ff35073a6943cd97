"""Fields of serializers for what clients of the API send."""

import datetime as dt
from typing import Any

from rest_framework import serializers

from common.forms.validators import within_bounds


class MomentField(serializers.DateTimeField):
    """A moment that can be reckoned with: aware, and within `within_bounds`.

    Without an offset it is on a Shanghai clock.
    """

    default_validators = [within_bounds]

    def enforce_timezone(self, value: dt.datetime) -> Any:
        """As DRF's, which fails on the first hours there are: east of Greenwich they begin in no year."""
        try:
            return super().enforce_timezone(value)
        except OverflowError:
            within_bounds(value.date())
            raise
