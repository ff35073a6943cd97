"""The door of an activity: how many people it has counted."""

from django.db.models import Sum

from activities.models import Activity


def people_at_door(activity: Activity) -> int:
    """Number of people checked in or counted at the door. Two queries."""
    walked_in = activity.walk_ins.aggregate(total=Sum("count"))["total"] or 0
    return activity.sign_ups.filter(checked_in_at__isnull=False).count() + walked_in
