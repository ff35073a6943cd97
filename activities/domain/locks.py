"""Row lock on an activity for all that changes it or its sign-ups."""

from activities.models import Activity


def locked(activity: Activity | int) -> Activity:
    """The activity, or that of an id, as it is now, locked until the transaction ends: all who change it queue.

    Its booking is read when it is asked for: one joined to the row that was waited for could be older than the row. Its
    center is the one that the caller has loaded, or read when it is asked for.
    """
    if isinstance(activity, int):
        return Activity.objects.select_for_update().get(pk=activity)
    found = Activity.objects.select_for_update().get(pk=activity.pk)
    if found.center_id == activity.center_id and Activity.center.is_cached(activity):
        found.center = activity.center
    return found
