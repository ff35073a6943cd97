"""Rows of sheets as origins of activities, shown on their desk."""

from django.utils.translation import gettext as _

from activities.domain.origins import Origin, register
from activities.models import Activity
from imports.choices import Verdict
from imports.models import ImportRow


def row_it_came_of(activity: Activity) -> Origin | None:
    """The row that an activity was made of. One query."""
    made = ImportRow.objects.filter(activity=activity, verdict=Verdict.NEW, written_at__isnull=False)
    row = made.select_related("sheet").first()
    if row is None:
        return None
    words = _("Imported from %(file)s, row %(row)s") % {"file": row.sheet.file_name, "row": row.number}
    return Origin(words, f"{row.sheet.get_absolute_url()}?row={row.number}")


def register_all() -> None:
    """Make the rows known to the desk of activities."""
    register("imports", row_it_came_of)
