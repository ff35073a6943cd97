"""Rows of sheets as origins of activities, shown on their desk."""

from django.utils.translation import gettext as _

from activities.domain.extras import Extra, Place, register
from activities.models import Activity
from imports.choices import Verdict
from imports.models import ImportRow


def extras_of(activity: Activity, place: Place) -> list[Extra]:
    """The row that an activity was made of. One query, at this place alone."""
    if place != Place.ORIGIN:
        return []
    made = ImportRow.objects.filter(activity=activity, verdict=Verdict.NEW, written_at__isnull=False)
    row = made.select_related("sheet").first()
    if row is None:
        return []
    words = _("Imported from %(file)s, row %(row)s") % {"file": row.sheet.file_name, "row": row.number}
    return [Extra(words=words, url=f"{row.sheet.get_absolute_url()}?row={row.number}")]


def register_all() -> None:
    """Make the rows known to the activities."""
    register(extras_of)
