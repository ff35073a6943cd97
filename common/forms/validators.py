"""Validator of the bounds that dates and moments must lie within.

Addresses, forms and requests can say any year from 1 to 9999.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from common import clock

# Whatever a clock may be reckoned with, to and fro by weeks and zones; whether a day is too early or too late is the
# rules' question.
FIRST, AFTER_LAST = dt.date(2000, 1, 1), dt.date(2100, 1, 1)


def within_bounds(moment: dt.date) -> None:
    """Validator of fields of forms and serializers, for dates and aware moments.

    Raises ValidationError (`out_of_range`).
    """
    first, after_last = (
        (clock.midnight(FIRST), clock.midnight(AFTER_LAST)) if isinstance(moment, dt.datetime) else (FIRST, AFTER_LAST)
    )
    if not first <= moment < after_last:
        # As dates are said with their year; the message id is Django's date format.
        bounds = {
            "first": date_format(FIRST, _("j M Y")),
            "last": date_format(AFTER_LAST - dt.timedelta(days=1), _("j M Y")),
        }
        raise ValidationError(_("Choose a day from %(first)s to %(last)s."), code="out_of_range", params=bounds)
