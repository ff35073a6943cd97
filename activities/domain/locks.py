"""Row lock on an activity for all that changes it or its sign-ups."""

from activities.models import Activity


def locked(activity: Activity | int) -> Activity:
    """The activity, or that of an id, as it is now, locked until the transaction ends: all who change it queue.

    Its booking is read when it is asked for: one joined to the row that was waited for could be older than the row.
    """
    pk = activity if isinstance(activity, int) else activity.pk
    return Activity.objects.select_for_update(of=["self"]).select_related("center").get(pk=pk)
