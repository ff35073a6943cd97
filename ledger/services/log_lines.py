"""The free line of a day in the work log: written once, corrected by new rows."""

import datetime as dt

from django.db import IntegrityError, transaction

from accounts.models import User
from centers.models import Center
from common import clock
from common.database import violates
from ledger import exceptions as refused
from ledger.models import CORRECTED_ONCE, FIRST_LINE_ONCE, LogLine
from ledger.permissions import can_keep
from ledger.selectors.work_log import line_of


def write_line(*, actor: User, center: Center, day: dt.date, text: str, corrects: int | None = None) -> LogLine:
    """Write the line of a day, or correct the one with the id `corrects`. The same words again return what stands.

    Raises LedgerNotAllowed, LogDayAhead, LogLineMissing, LogLineChanged: somebody else wrote or corrected it meanwhile.
    """
    if not can_keep(actor, center):
        raise refused.LedgerNotAllowed
    if day > clock.today():
        raise refused.LogDayAhead
    words = text.strip()
    if not words:
        raise refused.LogLineMissing
    standing = line_of(center, day)
    if standing is not None and standing.text == words:
        return standing
    _must_correct(standing, corrects)
    try:
        with transaction.atomic():
            return LogLine.objects.create(center=center, day=day, text=words, corrects=standing, written_by=actor)
    except IntegrityError as error:
        if not (violates(error, FIRST_LINE_ONCE) or violates(error, CORRECTED_ONCE)):
            raise
        # Another was quicker, perhaps with the same words: the button pressed twice.
        standing = line_of(center, day)
        if standing is not None and standing.text == words:
            return standing
        raise refused.LogLineChanged(text=standing.text if standing else "") from error


def _must_correct(standing: LogLine | None, corrects: int | None) -> None:
    """Raise LogLineChanged where the line that the form showed isn't the one that stands."""
    if standing is not None and standing.pk != corrects:
        raise refused.LogLineChanged(text=standing.text)
