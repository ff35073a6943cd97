"""Pages of the code on the wall and of groups at the desk."""

from django.urls import reverse

from activities.values.door import wall_code
from common import clock
from tests.browser.place import FOUR, Place, page, send
from tests.browser.rows.activities import of_activity
from tests.browser.world import World


def scanned(world: World) -> str:
    """The address in the code that stands on the wall now; it leads to one's own people."""
    reference = world.activities["begun"].reference
    return reverse("activities:wall_scan", args=[reference, wall_code(reference, clock.now())])


def expired(world: World) -> str:
    return reverse("activities:wall_scan", args=[world.activities["begun"].reference, "0" * 20])


def of_arrival(state: str, who: str, **more: object) -> Place:
    return page("activities:wall_arrive", state, path=scanned, who=who, **more)


PLACES: tuple[Place, ...] = (
    *(of_activity("activities:wall_detail", which) for which in ("begun", "coming", "cancelled")),
    page("activities:wall_scan", "expired", path=expired, status=410),
    of_arrival("to check in", "stranger", **FOUR),
    of_arrival("not signed up", "manager"),
    of_activity("activities:desk_group", "begun"),
    of_activity("activities:desk_group", "begun", "form errors", then=send),
)
