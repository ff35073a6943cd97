"""Row lock on an activity for all that changes it or its sign-ups."""

from activities.models import Activity


def locked(activity: Activity | int) -> Activity:
    """The activity, or that of an id, as it is now, locked until the transaction ends: all who change it queue."""
    pk = activity if isinstance(activity, int) else activity.pk
    return Activity.objects.select_for_update(of=["self"]).select_related("center", "booking").get(pk=pk)
