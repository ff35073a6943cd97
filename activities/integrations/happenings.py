"""Activities as happenings of the room that they were booked into."""

from activities.models import Activity
from activities.selectors.rows import tag_of
from bookings.domain.happenings import Happening, register
from bookings.models import Space
from common import clock
from common.words.times import span_words

READ = (
    *("reference", "title", "state", "starts_at", "ends_at", "takes_sign_ups", "capacity", "seats_taken", "waiting"),
    *("sign_up_opens_at", "sign_up_closes_at"),
)


def coming_in_room(space: Space, limit: int) -> list[Happening]:
    """The next public activities in a room. One query."""
    coming = Activity.objects.public().coming(clock.now()).filter(booking__space=space).order_by("starts_at", "id")
    # What a line and its tag read: a whole row is thirty columns.
    coming = coming.only(*READ)
    return [
        Happening(
            when=span_words(activity.starts_at, activity.ends_at),
            what=activity.title,
            how=tag_of(activity).label,
            url=activity.get_absolute_url(),
        )
        for activity in coming[:limit]
    ]


def register_all() -> None:
    """Make the activities known to the pages of rooms."""
    register("activities", coming_in_room)
