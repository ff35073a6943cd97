"""How far moments may lie from ours before they are nonsense: addresses, forms and requests can say any year from 1 to 9999."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common import clock

# Whatever a clock may be reckoned with, to and fro by weeks and zones; whether a day is too early or too late is the rules' question.
FIRST, AFTER_LAST = dt.date(2000, 1, 1), dt.date(2100, 1, 1)


def within_reckoning(moment: dt.date) -> None:
    """Validator of fields of forms and serializers, for dates and aware moments. Raises ValidationError (`out_of_range`)."""
    first, after_last = (clock.midnight(FIRST), clock.midnight(AFTER_LAST)) if isinstance(moment, dt.datetime) else (FIRST, AFTER_LAST)
    if not first <= moment < after_last:
        raise ValidationError(_("Give a moment of this century."), code="out_of_range")
