"""Activities as uses of bookings: shown beside the booking, offered where none is made, and keeping its room."""

from collections.abc import Collection
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activities.choices import ENDED, ActivityState
from activities.exceptions import RoomNeeded
from activities.models import Activity
from activities.services.moving import end_with_booking, lock_activities_of
from bookings.choices import Status
from bookings.domain import uses
from bookings.domain.uses import BookingUse, KindOfUse
from bookings.models import Booking
from centers.access import Viewer, roles_at_each
from centers.choices import WORKING
from common import clock
from common.errors import DomainError


def uses_of_bookings(bookings: Collection[Booking], viewer: Viewer) -> dict[int, list[BookingUse]]:
    """The activity of each booking, if `viewer` may see it; else, for staff, the offer to make one. Three queries."""
    roles = roles_at_each(viewer, {booking.space.center_id for booking in bookings})
    leads = {center for center, held in roles.items() if not held.isdisjoint(WORKING)}
    standing = Activity.objects.exclude(state__in=ENDED).filter(booking__in=bookings)
    made = {activity.booking_id: activity for activity in standing.visible_to(viewer)}
    taken = set(standing.values_list("booking_id", flat=True)) if leads else set()
    found = {}
    for booking in bookings:
        if activity := made.get(booking.pk):
            found[booking.pk] = [_made(activity, is_led=activity.center_id in leads)]
        elif booking.space.center_id in leads and booking.pk not in taken and _can_become_one(booking):
            found[booking.pk] = [_offer(booking)]
    return found


def why_needed(booking: Booking) -> DomainError | None:
    """Refusal to cancel a booking while a published activity is to take place in its room. One query."""
    needing = booking.activities.filter(state=ActivityState.PUBLISHED, ends_at__gt=clock.now()).first()
    return RoomNeeded(title=needing.title) if needing else None


def register_all() -> None:
    """Make the activities known to the bookings."""
    uses.register("activities", KindOfUse(uses_of_bookings, why_needed, lock_activities_of, end_with_booking))


def _can_become_one(booking: Booking) -> bool:
    return booking.status == Status.APPROVED and booking.starts_at > clock.now()


def _made(activity: Activity, *, is_led: bool) -> BookingUse:
    url = reverse("activities:desk_detail", args=[activity.reference]) if is_led else activity.get_absolute_url()
    return BookingUse(_("Activity"), url, activity.title, icon="list")


def _offer(booking: Booking) -> BookingUse:
    address = f"{reverse('activities:manage_create')}?{urlencode({'booking': booking.reference})}"
    return BookingUse(_("Make it an activity"), address, icon="plus")
