"""Weekly hours in effect at a center, for the page they are set on."""

from centers.models import Center, CenterAncestor, WeeklyHours
from common import clock


def week_of(center: Center) -> tuple[Center | None, list[WeeklyHours]]:
    """Weekly hours in effect at `center`: the center they belong to (itself, else the nearest above) and their rows.

    (None, []) where no hours are entered up to the top.
    """
    at_hand = CenterAncestor.objects.on(clock.today()).filter(center=center, ancestor__weekly_hours__isnull=False)
    nearest = at_hand.order_by("depth").select_related("ancestor").first()
    if nearest is None:
        return None, []
    return nearest.ancestor, list(nearest.ancestor.weekly_hours.all())
