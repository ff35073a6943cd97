"""The ledger as a link on the desk of an activity that was held."""

from django.urls import reverse
from django.utils.translation import gettext as _

from activities.domain.extras import Extra, Place, register
from activities.models import Activity


def extras_of(activity: Activity, place: Place) -> list[Extra]:
    """The ledger, once there is something to keep. No query."""
    if place != Place.DESK_LINK or (not activity.is_unrecorded and activity.attendance is None):
        return []
    return [Extra(_("Ledger"), url=reverse("ledger:ledger_detail", args=[activity.reference]), icon="table")]


def register_all() -> None:
    """Make the ledger known to the activities."""
    register(extras_of)
