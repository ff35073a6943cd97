"""The ledger as a link on the desk of an activity that was held."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.domain.desk_links import DeskLink, register
from activities.models import Activity


def ledger_link(activity: Activity) -> DeskLink | None:
    """The ledger, once there is something to keep."""
    if not activity.is_unrecorded and activity.attendance is None:
        return None
    return DeskLink(_("Ledger"), reverse("ledger:ledger_detail", args=[activity.reference]), icon="table")


def register_all() -> None:
    """Make the ledger known to the desk."""
    register("ledger", ledger_link)
