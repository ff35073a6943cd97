"""The API: the same classes of thing as the pages, but 403 to visitors, since there is no page to sign in on."""

from typing import Any

from activities.domain.rules import Entry
from activities.services import sign_ups as sign_up_services
from tests.architecture.permission_table import Row, management, own, personal, public
from tests.architecture.rows.bookings import booking, center, space
from tests.architecture.rows.catalog import service
from tests.architecture.rows.organizations import organization
from tests.factories.activities import make_activity, make_participant
from tests.support.cast import Cast

VISITOR = {"anonymous": 403}
# The booker sees the booking but may not decide it; who may not even see it is told that there is none.
DECIDING: dict[str, Any] = own(403, inside=200, **VISITOR)


def activity(cast: Cast) -> dict[str, Any]:
    """A published activity of the center."""
    return {"reference": make_activity(cast.center).reference}


def participant(cast: Cast) -> dict[str, Any]:
    """The resident, as somebody to sign up."""
    return {"pk": make_participant(cast["resident"]).pk}


def sign_up(cast: Cast) -> dict[str, Any]:
    """The resident's sign-up for an activity of the center."""
    person = make_participant(cast["resident"])
    [made] = sign_up_services.sign_up(
        actor=cast["resident"], activity=make_activity(cast.center), entries=[Entry(person)]
    )
    return {"code": made.code}


ROWS = (
    Row("api_schema", **public()),
    Row("api_unknown", **public(404), target=lambda cast: {"rest": "v1/no-such-thing/"}),
    Row("api_v1:center-list", **public()),
    Row("api_v1:center-detail", **public(), target=center),
    Row("api_v1:service-list", **public()),
    Row("api_v1:service-detail", **public(), target=service),
    Row("api_v1:satisfaction-list", **public()),
    Row("api_v1:satisfaction-detail", **public(), target=center),
    Row("api_v1:figure-list", **public()),
    # Visitors get the open figures of the whole network; of any other center those who work there or above it.
    Row("api_v1:figure-detail", **management(anonymous=404), target=center),
    Row("api_v1:metric-list", **public()),
    Row("api_v1:metric-detail", **public(), target=lambda cast: {"code": "activity.people"}),
    Row("api_v1:organization-list", **public()),
    Row("api_v1:organization-detail", **public(), target=organization),
    Row("api_v1:space-list", **public()),
    Row("api_v1:space-detail", **public(), target=space),
    Row("api_v1:space-availability", **public(), target=space),
    Row("api_v1:availability-list", **public()),
    Row("api_v1:find-list", **public(), data={"q": "村"}),
    Row("api_v1:booking-list", **personal(**VISITOR)),
    # Nothing of a booking is said: who is signed in learns what is missing, others that they aren't.
    Row("api_v1:booking-list", **personal(400, **VISITOR), method="post", json=True),
    Row("api_v1:booking-detail", **own(inside=200, **VISITOR), target=booking),
    Row(
        "api_v1:booking-cancel",
        **own(inside=200, **VISITOR),
        target=booking,
        method="post",
        data={"reason": "Repair"},
        json=True,
    ),
    # It isn't in use yet, so nobody can end the use: 409 to those who could.
    Row("api_v1:booking-release", **own(409, inside=409, **VISITOR), target=booking, method="post", json=True),
    Row("api_v1:booking-approve", **DECIDING, target=booking, method="post", json=True),
    Row("api_v1:booking-reject", **DECIDING, target=booking, method="post", data={"reason": "Repair"}, json=True),
    Row("api_v1:activity-list", **public()),
    Row("api_v1:activity-detail", **public(), target=activity),
    Row("api_v1:sign_up-list", **personal(**VISITOR)),
    Row("api_v1:sign_up-list", **personal(400, **VISITOR), method="post", json=True),
    Row("api_v1:sign_up-detail", **own(**VISITOR), target=sign_up),
    Row("api_v1:sign_up-leave", **own(**VISITOR), target=sign_up, method="post", json=True),
    # It has its place already, and no offer that could be declined.
    Row("api_v1:sign_up-accept", **own(**VISITOR), target=sign_up, method="post", json=True),
    Row("api_v1:sign_up-decline", **own(409, **VISITOR), target=sign_up, method="post", json=True),
    Row("api_v1:participant-list", **personal(**VISITOR)),
    Row("api_v1:participant-list", **personal(400, **VISITOR), method="post", json=True),
    Row("api_v1:participant-detail", **own(**VISITOR), target=participant),
    Row("api_v1:participant-detail", **own(**VISITOR), target=participant, method="patch", json=True),
    Row("api_v1:participant-detail", **own(204, **VISITOR), target=participant, method="delete", json=True),
)
